//! Trunk's inline loader in the text of `index.html`, and everything else that the page's security policy forbids.
//!
//! Pure text in, text out. It reads the HTML that Trunk writes, minified or not, and is no parser of anything else:
//! what it does not recognise it leaves, and the build then fails on what is left.

/// A page whose inline module scripts were taken out.
#[derive(Debug, PartialEq, Eq)]
pub struct Extracted<'page> {
    /// The code of the script.
    pub code: &'page str,
    before: &'page str,
    after: &'page str,
}

impl<'page> Extracted<'page> {
    /// Takes the first inline module script out of a page; nothing if there is none.
    pub fn from(page: &'page str) -> Option<Self> {
        let script = elements(page, "script").find(|script| script.is_inline() && script.is_module())?;
        Some(Self { code: script.content.trim(), before: page.get(..script.start)?, after: page.get(script.end..)? })
    }

    /// The page with a script of its own in place of the inline one.
    pub fn refer_to(&self, url: &str, integrity: &str) -> String {
        let Self { before, after, .. } = self;
        format!(r#"{before}<script type="module" src="{url}" integrity="{integrity}" crossorigin></script>{after}"#)
    }
}

/// The first inline script, style element or style attribute of a page, if it has any.
pub fn inline_code(page: &str) -> Option<&str> {
    let script = elements(page, "script").find(Element::is_inline);
    let style = elements(page, "style").next();
    let whole = |element: Element<'_>| (element.start, element.end);
    match script.map(whole).or_else(|| style.map(whole)) {
        Some((start, end)) => page.get(start..end),
        None => page.find(" style=").and_then(|at| page.get(at..)?.split('>').next()),
    }
}

/// An element whose content is not markup.
#[derive(Debug)]
struct Element<'page> {
    attributes: &'page str,
    content: &'page str,
    start: usize,
    end: usize,
}

impl Element<'_> {
    fn is_inline(&self) -> bool {
        !self.attributes.split_whitespace().any(|attribute| attribute.starts_with("src="))
    }

    fn is_module(&self) -> bool {
        let types = [r#"type="module""#, "type='module'", "type=module"];
        self.attributes.split_whitespace().any(|attribute| types.contains(&attribute))
    }
}

/// Every element of this name in the order of the page.
fn elements<'page>(page: &'page str, name: &str) -> impl Iterator<Item = Element<'page>> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + page.get(from..)?.find(&open)?;
            let (attributes, rest) = page.get(start + open.len()..)?.split_once('>')?;
            from = start + open.len();
            if !attributes.is_empty() && !attributes.starts_with(char::is_whitespace) {
                continue; // Another element, whose name begins with this one's.
            }
            let content = rest.split(close.as_str()).next()?;
            let end = from + attributes.len() + 1 + content.len() + close.len();
            from = end;
            return Some(Element { attributes, content, start, end: end.min(page.len()) });
        }
    })
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    const PAGE: &str = "<!doctype html><link href=/a.css rel=stylesheet>\
        <script type=module>import init from '/app.js';\nawait init({ module_or_path: '/app_bg.wasm' });</script>\
        <link href=/app.js rel=modulepreload></head><body></body></html>";

    #[test]
    fn the_loader_becomes_a_file_and_the_rest_of_the_page_stays() {
        let found = Extracted::from(PAGE).unwrap();
        assert!(found.code.starts_with("import init") && found.code.ends_with("});"));
        assert_eq!(
            found.refer_to("/boot-1.js", "sha384-x"),
            "<!doctype html><link href=/a.css rel=stylesheet>\
             <script type=\"module\" src=\"/boot-1.js\" integrity=\"sha384-x\" crossorigin></script>\
             <link href=/app.js rel=modulepreload></head><body></body></html>"
        );
    }

    #[test]
    fn attributes_may_be_quoted_and_in_any_order() {
        let page = "<script nonce=\"n\" type=\"module\">\n code()\n</script>";
        assert_eq!(Extracted::from(page).unwrap().code, "code()");
    }

    #[test]
    fn a_script_with_a_source_and_a_plain_script_are_left_alone() {
        assert_eq!(Extracted::from("<script type=module src=/boot.js></script>"), None);
        assert_eq!(Extracted::from("<script>reload()</script>"), None);
        assert_eq!(Extracted::from("<scripture type=module></scripture>"), None);
        assert_eq!(Extracted::from("<script type=module"), None);
    }

    #[test]
    fn what_the_policy_forbids_is_found() {
        assert!(inline_code(PAGE).unwrap().contains("import init"));
        let good = Extracted::from(PAGE).unwrap().refer_to("/boot-1.js", "sha384-x");
        assert_eq!(inline_code(&good), None);
        assert_eq!(inline_code("<style>p{}</style>"), Some("<style>p{}</style>"));
        assert_eq!(inline_code("<p style=\"color:red\">"), Some(" style=\"color:red\""));
        assert_eq!(inline_code("<script src=/a.js></script><script>b()</script>"), Some("<script>b()</script>"));
    }
}
