//! The binaries of a version by architecture.

use leptos::prelude::*;
use wire::{Arch, TerraformVersionAttributes};

use super::show::{Digest, Link};
use crate::{components::Copy, domain::text::visible};

/// The names of the architectures: "amd64, arm64". An installation without `archs` has linux/amd64 alone.
pub fn arch_names(version: &TerraformVersionAttributes) -> String {
    match &version.archs {
        Some(archs) => archs.iter().map(|arch| visible(&arch.arch)).collect::<Vec<_>>().join(", "),
        None => "amd64".to_owned(),
    }
}

/// The architectures that an edit of URL or SHA-256 takes away, since the installation then keeps linux/amd64 alone.
pub fn lost_archs(version: &TerraformVersionAttributes) -> Vec<String> {
    let archs = version.archs.iter().flatten();
    archs.filter(|it| (it.os.as_str(), it.arch.as_str()) != ("linux", "amd64")).map(|it| visible(&it.arch)).collect()
}

/// A row for each architecture.
#[component]
pub fn ArchTable(
    /// The architectures, in the installation's order.
    archs: Vec<Arch>,
) -> AnyView {
    let rows = archs.into_iter().map(|arch| {
        let name = format!("{}/{}", arch.os, arch.arch);
        let sha = arch.sha.unwrap_or_default();
        view! {
            <tr>
                <th scope="row">{visible(&name)}</th>
                <td><Link url=arch.url.unwrap_or_default()/></td>
                <td>
                    <Digest sha=sha.clone()/>
                    {(!sha.is_empty()).then(|| view! { <Copy label="Copy digest" text=sha/> })}
                </td>
            </tr>
        }
    });
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label="Architectures">
            <table class="table">
                <caption class="visually-hidden">"Architectures"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Architecture"</th>
                        <th scope="col">"URL"</th>
                        <th scope="col">"SHA-256"</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
