//! The binaries of a version by architecture.

use domain::text::visible;
use leptos::prelude::*;
use wire::{Arch, ToolVersionAttributes};

use super::attribute::{Digest, WebAddress};
use crate::{components::Copy, ui::Table};

/// The names of the architectures: "amd64, arm64". An installation without `archs` has linux/amd64 alone.
pub fn arch_names(version: &ToolVersionAttributes) -> String {
    match &version.archs {
        Some(archs) if archs.is_empty() => "none".to_owned(),
        Some(archs) => archs.iter().map(|arch| visible(&arch.arch)).collect::<Vec<_>>().join(", "),
        None => "amd64".to_owned(),
    }
}

/// The architectures that an edit of URL or SHA-256 takes away, since the installation then keeps linux/amd64 alone.
pub fn lost_archs(version: &ToolVersionAttributes) -> Vec<String> {
    let archs = version.archs.iter().flatten();
    archs.filter(|it| (it.os.as_str(), it.arch.as_str()) != ("linux", "amd64")).map(|it| visible(&it.arch)).collect()
}

/// A row for each architecture, in the installation's order.
#[component]
pub fn ArchTable(
    /// The architectures.
    archs: Vec<Arch>,
) -> impl IntoView {
    let rows: Vec<AnyView> = archs.into_iter().map(|arch| view! { <ArchRow arch/> }.into_any()).collect();
    view! {
        <Table name="Architectures" columns=&["Architecture", "URL", "SHA-256"] class="stacked archs">
            {rows}
        </Table>
    }
}

#[component]
fn ArchRow(arch: Arch) -> impl IntoView {
    let name = [visible(&arch.os), visible(&arch.arch)].join("/");
    let digest = arch.sha.unwrap_or_default();
    let label = ["Copy digest of ", &name].concat();
    let copy = (!digest.is_empty()).then(|| {
        view! {
            <Copy text=digest.clone() attr:aria-label=label>
                "Copy digest"
            </Copy>
        }
    });
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label="URL">
                <WebAddress url=arch.url.unwrap_or_default()/>
            </td>
            <td data-label="SHA-256">
                <Digest digest=digest.clone()/>
                {copy}
            </td>
        </tr>
    }
}
