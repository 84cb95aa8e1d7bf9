//! What the rule for addresses lets pass, read by the URL standard's own parser.

use domain::web_address::is_web_address;
use url::Url;

const SCHEMES: [&str; 4] = ["https://", "HTTP://", "https:/", "ftp://"];

const HOSTS: [&str; 34] = [
    "",
    "example.com",
    "EXAMPLE.com",
    "a",
    "a.",
    "a..b",
    ".a",
    "-",
    "_a",
    "a_b",
    "1",
    "1.2.3.4",
    "1.2.3.4.",
    "1.2.3",
    "1.2.3.4.5",
    "01.2.3.4",
    "1.2.3.256",
    "0x1.2.3.4",
    "1.2.3.0x4",
    "a.0x",
    "0x",
    "a.0xg",
    "1a",
    "a1",
    "a.1a",
    "999",
    "[::1]",
    "[::1",
    "[1:2:3:4:5:6:7:8]",
    "[::ffff:1.2.3.4]",
    "[fe80::1%25eth0]",
    "[1.2.3.4]",
    "me@a",
    "a%41",
];

const PORTS: [&str; 7] = ["", ":", ":0", ":80", ":65535", ":65536", ":8o"];

const RESTS: [&str; 10] =
    ["", "/", "/a b", "/a%20b/{arch}.zip", "?x=/@y", "#@a", "/@b", "\\@b", "/a\n", "//a/../b?c=d|e^f#`\"<>"];

#[test]
fn what_may_be_sent_is_a_url_by_the_standard_and_leads_to_the_host_that_it_shows() {
    let mut passed = 0;
    for scheme in SCHEMES {
        for host in HOSTS {
            for port in PORTS {
                for rest in RESTS {
                    let text = [scheme, host, port, rest].concat();
                    if !is_web_address(&text) {
                        continue;
                    }
                    passed += 1;
                    let url = Url::parse(&text);
                    assert!(url.is_ok(), "{text:?} is none by the standard");
                    let Ok(url) = url else { return };
                    assert!(["http", "https"].contains(&url.scheme()), "{text:?}");
                    assert!(url.username().is_empty() && url.password().is_none(), "{text:?}");
                    let leads_to = url.host_str().unwrap_or_default();
                    let shown = host.to_ascii_lowercase();
                    let is_v6 = shown.starts_with('[');
                    assert!(leads_to == shown || is_v6 && leads_to.starts_with('['), "{text:?} leads to {leads_to}");
                }
            }
        }
    }
    assert!(passed > 500, "{passed} addresses are not enough to tell");
}
