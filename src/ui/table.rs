//! Tables.

use super::{El, View, el};

/// A table with its name (for assistive technology) and the headings of its columns.
pub fn table(name: &str, columns: &[&str], rows: View) -> El {
    let head: Vec<El> = columns.iter().map(|column| el("th").attr("scope", "col").child(*column)).collect();
    el("table")
        .class("table")
        .child(el("caption").class("visually-hidden").child(name))
        .child(el("thead").child(el("tr").child(head)))
        .child(el("tbody").child(rows))
}

/// A row: what it is about, and what is said of that, each with the heading of its column for narrow screens.
pub fn row<const N: usize>(heading: View, cells: [(&str, View); N]) -> El {
    let row = el("tr").child(el("th").attr("scope", "row").child(heading));
    cells.into_iter().fold(row, |row, (label, content)| row.child(el("td").attr("data-label", label).child(content)))
}
