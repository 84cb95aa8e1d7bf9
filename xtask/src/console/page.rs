//! The text of `index.html`: finding elements in it, replacing them, and what its security policy forbids.
//!
//! Pure text in, text out. It reads the HTML that Trunk writes, minified or not, and is no parser of anything else:
//! what it does not recognise it leaves, and the build then fails on what is left.

use std::ops::Range;

/// An element as it stands in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Element<'page> {
    attributes: &'page str,
    /// What is between its tags; nothing for an element that has no end tag.
    pub content: &'page str,
    /// Where it stands.
    pub range: Range<usize>,
}

impl<'page> Element<'page> {
    /// An attribute's value without its quotes.
    pub fn attribute(&self, name: &str) -> Option<&'page str> {
        self.attributes.split_whitespace().find_map(|attribute| {
            let value = attribute.strip_prefix(name)?.strip_prefix('=')?;
            Some(value.trim_matches(['"', '\'']))
        })
    }

    /// The attributes as they are written, but for one.
    pub fn attributes_without(&self, name: &str) -> String {
        let named = |attribute: &&str| attribute.split('=').next() == Some(name);
        let others = self.attributes.split_whitespace().filter(|attribute| !named(attribute));
        others.collect::<Vec<_>>().join(" ")
    }

    /// A script whose code is in the page.
    pub fn is_inline_script(&self) -> bool {
        self.attribute("src").is_none()
    }
}

/// Every element of this name that has an end tag, in the order of the page.
pub fn elements<'page>(page: &'page str, name: &str) -> Vec<Element<'page>> {
    let close = format!("</{name}>");
    let starts = start_tags(page, name).into_iter();
    starts
        .filter_map(|Element { attributes, range, .. }| {
            let content = page.get(range.end..)?.split_once(&close)?.0;
            let end = range.end + content.len() + close.len();
            Some(Element { attributes, content, range: range.start..end })
        })
        .collect()
}

/// Every start tag of this name, in the order of the page.
pub fn start_tags<'page>(page: &'page str, name: &str) -> Vec<Element<'page>> {
    let open = format!("<{name}");
    let tags = page.match_indices(&open).filter_map(|(start, _)| {
        let attributes = page.get(start + open.len()..)?.split_once('>')?.0;
        // Else the name of another element that begins with this one's.
        let ends_here = attributes.is_empty() || attributes.starts_with(char::is_whitespace);
        let end = start + open.len() + attributes.len() + 1;
        ends_here.then_some(Element { attributes, content: "", range: start..end })
    });
    tags.collect()
}

/// The page with other text in the place of one or more of its ranges, which are in order and apart.
pub fn replace(page: &str, changes: &[(Range<usize>, String)]) -> String {
    let mut changed = String::new();
    let mut from = 0;
    for (range, text) in changes {
        changed.push_str(page.get(from..range.start).unwrap_or_default());
        changed.push_str(text);
        from = range.end;
    }
    changed.push_str(page.get(from..).unwrap_or_default());
    changed
}

/// The first inline script, style element or style attribute of a page, if it has any.
pub fn inline_code(page: &str) -> Option<&str> {
    let script = elements(page, "script").into_iter().find(Element::is_inline_script);
    match script.or_else(|| elements(page, "style").into_iter().next()) {
        Some(element) => page.get(element.range),
        None => page.find(" style=").and_then(|at| page.get(at..)?.split('>').next()),
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn attributes_may_be_quoted_and_in_any_order() {
        let page = "<script nonce=\"n\" type=\"module\">\n code()\n</script><link rel=stylesheet href='/a.css'>";
        let script = &elements(page, "script")[0];
        assert_eq!((script.attribute("type"), script.content.trim()), (Some("module"), "code()"));
        let link = &start_tags(page, "link")[0];
        assert_eq!((link.attribute("href"), link.attribute("hre")), (Some("/a.css"), None));
        assert_eq!(page.get(link.range.clone()), Some("<link rel=stylesheet href='/a.css'>"));
    }

    #[test]
    fn only_whole_elements_of_that_name_are_found() {
        assert_eq!(elements("<scripture></scripture>", "script"), []);
        assert_eq!(elements("<script", "script"), []);
        assert_eq!(elements("<script>never ended", "script"), []);
        assert_eq!(start_tags("<linked><link/", "link"), []);
    }

    #[test]
    fn several_places_are_replaced_at_once() {
        let page = "<link a><p><link b></p>";
        let links = start_tags(page, "link");
        let changes = [(links[0].range.clone(), "<new>".to_owned()), (links[1].range.clone(), String::new())];
        assert_eq!(replace(page, &changes), "<new><p></p>");
        assert_eq!(replace(page, &[]), page);
    }

    #[test]
    fn what_the_policy_forbids_is_found() {
        assert_eq!(inline_code("<script src=/a.js></script><script>b()</script>"), Some("<script>b()</script>"));
        assert_eq!(inline_code("<style>p{}</style>"), Some("<style>p{}</style>"));
        assert_eq!(inline_code("<p style=\"color:red\">"), Some(" style=\"color:red\""));
        assert_eq!(inline_code("<script src=/a.js></script><p class=style></p>"), None);
        assert!(inline_code("<script type=module>start()</script>").unwrap().contains("start()"));
    }
}
