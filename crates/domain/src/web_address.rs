//! Which addresses may be sent as a download URL, and which may become a link.

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

/// The URL if it may be a link: absolute, `http` or `https`, and leading where it seems to lead.
pub fn safe_link(url: &str) -> Option<&str> {
    what_is_wrong(url).is_none().then_some(url)
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
        return rest.split_once(']').is_some_and(|(address, port)| {
            address.contains(':')
                && address.chars().all(|it| it.is_ascii_hexdigit() || matches!(it, ':' | '.'))
                && is_port(port)
        });
    }
    let (host, port) = match authority.find(':') {
        Some(colon) => authority.split_at(colon),
        None => (authority, ""),
    };
    let of_a_name = |it: char| it.is_ascii_alphanumeric() || !it.is_ascii() || matches!(it, '.' | '-' | '_');
    host.contains(|it: char| it.is_ascii_alphanumeric() || !it.is_ascii())
        && host.chars().all(of_a_name)
        && is_port(port)
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
