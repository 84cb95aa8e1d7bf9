//! Which addresses may be sent as a download URL, and which may become a link.
//!
//! The rule is stricter than the standard of URLs, and every address that it lets pass is one by that standard and leads
//! to the host that it shows (`tests/web_address.rs`). It is our own because the tables of the crate `url` would be most
//! of what the console weighs (docs/decisions/0025-exact-values.md).

use std::net::{Ipv4Addr, Ipv6Addr};

use super::text::{is_invisible, tidy};

/// The tidied URL of a download, or the sentence that says what is wrong with it.
///
/// Absolute, `http` or `https`, with a host. A user name or password in it is refused: everyone who can read the
/// version could read them, and `https://releases.hashicorp.com@elsewhere.example` is not where it seems to lead.
pub fn check_url(typed: &str) -> Result<String, String> {
    let url = tidy(typed);
    match what_is_wrong(&url) {
        None => Ok(url),
        Some(sentence) => Err(sentence.to_owned()),
    }
}

/// Whether this may be sent as it is written. What the console sends and what the server takes.
pub fn is_web_address(text: &str) -> bool {
    what_is_wrong(text).is_none()
}

/// The URL if it may be a link: absolute, `http` or `https`, and leading where it seems to lead.
pub fn safe_link(url: &str) -> Option<&str> {
    is_web_address(url).then_some(url)
}

fn what_is_wrong(url: &str) -> Option<&'static str> {
    if url.is_empty() {
        return Some("Enter the URL of the zip file, for example https://example.com/terraform_1.9.5_linux_amd64.zip.");
    }
    let Some(rest) = without_scheme(url) else {
        return Some("The URL must begin with https:// or http://.");
    };
    if url.chars().any(|it| it.is_whitespace() || is_invisible(it)) {
        return Some("The URL must not contain spaces. Write a space as %20.");
    }
    let authority = rest.split(['/', '?', '#', '\\']).next().unwrap_or_default();
    if authority.contains('@') {
        return Some("The URL must not contain a user name or password: everyone who sees the version would see them.");
    }
    if !is_host_and_port(authority) {
        return Some("The URL needs the name of a host after the //, for example https://example.com/terraform.zip.");
    }
    if url.contains('\\') {
        return Some("The URL must not contain a backslash. Use / instead.");
    }
    None
}

fn without_scheme(url: &str) -> Option<&str> {
    ["https://", "http://"].into_iter().find_map(|scheme| {
        let start = url.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| url.get(scheme.len()..)).flatten()
    })
}

fn is_host_and_port(authority: &str) -> bool {
    if let Some(rest) = authority.strip_prefix('[') {
        return rest
            .split_once(']')
            .is_some_and(|(address, port)| address.parse::<Ipv6Addr>().is_ok() && is_port(port));
    }
    let (host, port) = match authority.find(':') {
        Some(colon) => authority.split_at(colon),
        None => (authority, ""),
    };
    let of_a_name = |it: char| it.is_ascii_alphanumeric() || !it.is_ascii() || matches!(it, '.' | '-' | '_');
    host.contains(|it: char| it.is_ascii_alphanumeric() || !it.is_ascii())
        && host.chars().all(of_a_name)
        && (!ends_in_a_number(host) || host.parse::<Ipv4Addr>().is_ok())
        && is_port(port)
}

/// Whether browsers read the host as an IPv4 address, also where it does not look like one: `0x7f.1` is `127.0.0.1`.
fn ends_in_a_number(host: &str) -> bool {
    let host = host.strip_suffix('.').unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    let digits = last.strip_prefix(['0']).and_then(|rest| rest.strip_prefix(['x', 'X']));
    match digits {
        Some(digits) => digits.bytes().all(|it| it.is_ascii_hexdigit()),
        None => !last.is_empty() && last.bytes().all(|it| it.is_ascii_digit()),
    }
}

/// Nothing, or a colon and a number.
fn is_port(port: &str) -> bool {
    match port.strip_prefix(':') {
        None => port.is_empty(),
        Some(digits) => digits.bytes().all(|it| it.is_ascii_digit()) && digits.parse::<u16>().is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_web_addresses_are_sent_as_they_were_typed_but_tidied() {
        for url in [
            "https://releases.hashicorp.com/terraform/0.11.8/terraform_0.11.8_linux_amd64.zip",
            "http://mirror:8080/terraform.zip",
            "HTTPS://Example.com",
            "https://10.0.0.1/a?X-Amz-Signature=1%20b@c#part",
            "https://[2001:db8::1]:8443/terraform.zip",
            "https://bücher.example/{platform}/{arch}.zip",
        ] {
            assert_eq!(check_url(url).as_deref(), Ok(url));
            assert_eq!(safe_link(url), Some(url));
        }
        assert_eq!(check_url(" https://x.example/\u{200B}a.zip\n").as_deref(), Ok("https://x.example/a.zip"));
    }

    #[test]
    fn other_addresses_are_refused_with_a_sentence_and_never_a_link() {
        let table = [
            ("", "Enter the URL"),
            ("releases.hashicorp.com/a.zip", "begin with"),
            ("//releases.hashicorp.com/a.zip", "begin with"),
            ("/a.zip", "begin with"),
            ("ftp://example.com/a.zip", "begin with"),
            ("javascript:alert(1)", "begin with"),
            ("data:text/html,x", "begin with"),
            ("https:/example.com", "begin with"),
            ("https://", "name of a host"),
            ("https:///a.zip", "name of a host"),
            ("https://:443/a.zip", "name of a host"),
            ("https://exam%70le.com", "name of a host"),
            ("https://example.com:port/", "name of a host"),
            ("https://example.com:+80/", "name of a host"),
            ("https://example.com:/", "name of a host"),
            ("https://example.com:99999/", "name of a host"),
            ("https://[::1/", "name of a host"),
            ("https://[]/", "name of a host"),
            ("https://...", "name of a host"),
            ("https://[1:2]/", "name of a host"),
            ("https://[::1]x/", "name of a host"),
            ("https://127.1/", "name of a host"),
            ("https://2130706433/", "name of a host"),
            ("https://0x7f.0.0.1/", "name of a host"),
            ("https://example.0x1F/", "name of a host"),
            ("https://256.0.0.1/", "name of a host"),
            ("https://10.0.0.01/", "name of a host"),
            ("https://1.2.3.4.5/", "name of a host"),
            ("https://example.com/a b.zip", "spaces"),
            ("https://me:secret@example.com/", "user name"),
            ("https://releases.hashicorp.com@evil.example/", "user name"),
            ("https://example.com/a\\b", "backslash"),
        ];
        for (url, part) in table {
            let sentence = check_url(url).err().unwrap_or_default();
            assert!(sentence.contains(part), "{url}: {sentence}");
            assert_eq!(safe_link(url), None, "{url}");
        }
        for url in
            ["https://example.com/\u{202E}piz", " https://example.com/", "https://example.com/a\n", "JavaScript:x"]
        {
            assert_eq!(safe_link(url), None, "{url:?}");
        }
    }
}
