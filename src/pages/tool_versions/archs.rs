//! The binaries of a version by architecture.

use domain::text::visible;
use leptos::prelude::*;
use wire::Arch;

use super::attribute::{Digest, WebAddress};
use crate::{components::Copy, ui::Table};

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
