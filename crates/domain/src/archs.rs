//! The binaries of a version by system and architecture, whatever order they are in.

use wire::{Arch, ToolVersionAttributes};

use crate::text::visible;

/// The name of one: "amd64" on Linux, which is all that installations offer; "windows/amd64" on another system.
pub fn name(arch: &Arch) -> String {
    if is_linux(arch) { visible(&arch.arch) } else { [visible(&arch.os), visible(&arch.arch)].join("/") }
}

/// The names of all: "amd64, arm64". An installation without `archs` has linux/amd64 alone.
pub fn names(version: &ToolVersionAttributes) -> String {
    match &version.archs {
        Some(archs) if archs.is_empty() => "none".to_owned(),
        Some(archs) => archs.iter().map(name).collect::<Vec<_>>().join(", "),
        None => "amd64".to_owned(),
    }
}

/// Those that an edit of URL or SHA-256 takes away, since the installation then keeps linux/amd64 alone.
pub fn lost(version: &ToolVersionAttributes) -> Vec<String> {
    version.archs.iter().flatten().map(name).filter(|name| name != "amd64").collect()
}

/// Whether two readings have the same binaries: as a set, since an installation may list them in any order. The spelling
/// of a digest, and `null` in place of an empty text or list, make no difference.
pub fn are_same(one: &ToolVersionAttributes, other: &ToolVersionAttributes) -> bool {
    set(one.archs.iter().flatten()) == set(other.archs.iter().flatten())
}

pub(crate) fn set<'a>(archs: impl Iterator<Item = &'a Arch>) -> Vec<[String; 4]> {
    let key = |it: &Arch| {
        let os = if is_linux(it) { "linux".to_owned() } else { it.os.to_ascii_lowercase() };
        let sha = it.sha.as_deref().unwrap_or_default().to_ascii_lowercase();
        [os, it.arch.to_ascii_lowercase(), it.url.clone().unwrap_or_default(), sha]
    };
    let mut set: Vec<_> = archs.map(key).collect();
    set.sort();
    set.dedup();
    set
}

fn is_linux(arch: &Arch) -> bool {
    arch.os.is_empty() || arch.os.eq_ignore_ascii_case("linux")
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn version(archs: &str) -> ToolVersionAttributes {
        let body = format!(r#"{{"version":"1.5.0","archs":{archs}}}"#);
        wire::read(&body).unwrap()
    }

    const AMD: &str = r#"{"os":"linux","arch":"amd64","url":"https://a","sha":"aa"}"#;
    const ARM: &str = r#"{"os":"linux","arch":"arm64","url":"https://b","sha":"bb"}"#;

    #[test]
    fn another_system_is_named_and_linux_goes_without_saying() {
        let table = [
            ("null", "amd64", vec![]),
            ("[]", "none", vec![]),
            (r#"[{"os":"linux","arch":"amd64"},{"os":"linux","arch":"arm64"}]"#, "amd64, arm64", vec!["arm64"]),
            (r#"[{"os":"windows","arch":"amd64"}]"#, "windows/amd64", vec!["windows/amd64"]),
            (r#"[{"os":"Linux","arch":"s390x"},{"arch":"amd64"}]"#, "s390x, amd64", vec!["s390x"]),
            (r#"[{"os":"dar\u202ewin","arch":"arm64"}]"#, "dar\\u{202e}win/arm64", vec!["dar\\u{202e}win/arm64"]),
        ];
        for (archs, expected, missing) in table {
            assert_eq!(names(&version(archs)), expected);
            assert_eq!(lost(&version(archs)), missing);
        }
    }

    #[test]
    fn the_order_of_architectures_makes_no_difference_and_everything_else_does() {
        let known = version(&format!("[{AMD},{ARM}]"));
        let alike = [
            format!("[{ARM},{AMD}]"),
            format!("[{ARM},{AMD},{ARM}]"),
            format!("[{},{AMD}]", ARM.replace("bb", "BB")),
            format!("[{},{ARM}]", AMD.replace(r#""os":"linux","#, "")),
        ];
        for archs in alike {
            assert!(are_same(&known, &version(&archs)), "{archs}");
        }
        let other = [
            "[]".to_owned(),
            format!("[{AMD}]"),
            format!("[{AMD},{}]", ARM.replace("bb", "bc")),
            format!("[{AMD},{}]", ARM.replace("https://b", "https://B")),
            format!("[{AMD},{}]", ARM.replace("linux", "windows")),
            format!("[{AMD},{}]", ARM.replace("arm64", "s390x")),
        ];
        for archs in other {
            assert!(!are_same(&known, &version(&archs)), "{archs}");
        }
        assert!(are_same(&version("null"), &version("[]")));
        assert!(are_same(&version(r#"[{"url":null}]"#), &version(r#"[{"url":""}]"#)));
    }
}
