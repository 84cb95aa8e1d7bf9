//! The binaries of a version by architecture.

use wire::{Arch, ToolVersionAttributes};

use super::attribute::{link, sha};
use crate::{
    components::copy,
    domain::text::visible,
    ui::{El, View, el, row, table},
};

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
pub fn arch_table(archs: &[Arch]) -> El {
    let rows: Vec<El> = archs.iter().map(arch_row).collect();
    let table = table("Architectures", &["Architecture", "URL", "SHA-256"], rows.into());
    el("div").class("table-scroll").child(table.class("table stacked archs"))
}

fn arch_row(arch: &Arch) -> El {
    let name = [visible(&arch.os), visible(&arch.arch)].join("/");
    let url = arch.url.as_deref().unwrap_or_default();
    let digest = arch.sha.as_deref().unwrap_or_default();
    let label = ["Copy digest of ", &name].concat();
    let copy_digest = (!digest.is_empty()).then(|| copy("Copy digest", digest.to_owned()).attr("aria-label", &label));
    let digest = View::from(sha(digest)).and(copy_digest);
    row(name.into(), [("URL", link(url).into()), ("SHA-256", digest)])
}
