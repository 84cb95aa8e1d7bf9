//! Which paths can be forwarded: those that no server on the way can take for another one.

use percent_encoding::percent_decode_str;

/// Whether each name between the slashes of a path is a name to everyone.
///
/// `%2f`, `%5c` and `%2e%2e` are separators and parent folders to whoever decodes a path before dividing it, `%252f` to
/// whoever decodes twice, `;` ends a name for some, and other alphabets have letters that are folded into a slash. So a
/// name may be encoded, but decoded it has letters and digits and a few marks, and is not of dots alone.
pub(super) fn is_plain(path: &str) -> bool {
    path.strip_prefix('/').is_some_and(|names| names.split('/').all(is_name))
}

fn is_name(encoded: &str) -> bool {
    let is_known = |letter: char| letter.is_alphanumeric() || "-._~@:+".contains(letter);
    let Ok(name) = percent_decode_str(encoded).decode_utf8() else { return false };
    name.chars().all(is_known) && !name.chars().all(|letter| letter == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_names_is_plain_and_may_be_encoded() {
        for path in ["/api/v2/ping", "/a/tool-L4oe7rNwn7J4E5Yr", "/a/v1.2_3~4-x", "/a/%41b", "/a/%C3%A9", "/a/a@b:c+d"]
        {
            assert!(is_plain(path), "{path}");
        }
    }

    #[test]
    fn what_anyone_could_read_as_another_path_is_not_plain() {
        for name in [
            "",
            ".",
            "..",
            "...",
            "%2e",
            "%2E%2e",
            ".%2e",
            "a%2fb",
            "a%2Fb",
            "..%2fb",
            "a%5cb",
            "a\\b",
            "%5c..",
            "a%252fb",
            "%252e%252e",
            "%25252f",
            "a%25b",
            "a%",
            "a%2",
            "a%zz",
            "a%00",
            "a%0d%0ab",
            "..;",
            "a;b",
            "a%3bb",
            "a%3fb",
            "a%23b",
            "a%20b",
            "%c0%af",
            "%c0%ae%c0%ae",
            "%e0%80%af",
            "%uff0f",
            "%EF%BC%8F",
            "%E2%88%95",
            "%EF%BC%8E",
            "%ff",
        ] {
            for path in [format!("/api/{name}"), format!("/api/{name}/b"), format!("/{name}/b")] {
                assert!(!is_plain(&path), "{path}");
            }
        }
        for path in ["", "api", "//api", "/api/", "/api//b"] {
            assert!(!is_plain(path), "{path}");
        }
    }
}
