//! Ranges and versions by tables. Those of the operators are facts about hashicorp/go-version and Terraform's documentation.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

fn check(table: &[(&str, &str, bool)]) {
    for (range, version, expected) in table {
        let found = VersionRange::parse(range).unwrap().matches(&VersionKey::new(version));
        assert_eq!(found, *expected, "{version} in {range}");
    }
}

#[test]
fn operators_are_read_as_terraform_reads_them() {
    check(&[
        (">= 1.0, < 1.2", "1.1.5", true),
        ("< 1.0, < 1.2", "1.1.5", false),
        ("= 1.0", "1.1.5", false),
        ("= 1.0", "1.0.0", true),
        ("1.0", "1.0.0", true),
        ("1", "1.0.0", true),
        ("v1.0.0", "1.0.0", true),
        ("1.0.0", "v1.0.0", true),
        ("!= 1.4.2", "1.4.2", false),
        ("!= 1.4.2", "1.4.3", true),
        ("!= 1.4", "1.4.0", false),
        ("> 1.5", "1.5.0", false),
        ("> 1.5", "1.5.1", true),
        (">= 1.5", "1.5.0", true),
        ("< 1.5", "1.5.0", false),
        ("<= 1.5", "1.5.0", true),
        ("<= 1.5", "1.5.1", false),
        ("> 1.9", "1.10.0", true),
        (">= 1.3, < 1.6", "1.6.0", false),
        (">= 1.3, < 1.6", "1.5.7", true),
        (">= 1.3, < 1.6, != 1.4.2", "1.4.2", false),
        ("  >=1.3 ,<1.6  ", "1.3.0", true),
        ("\u{FEFF}>=\t1.3", "1.3.0", true),
        ("> 18446744073709551616.0.0", "18446744073709551617.0.0", true),
    ]);
}

#[test]
fn the_pessimistic_operator_lets_the_last_number_grow() {
    check(&[
        ("~> 1.0", "2.0", false),
        ("~> 1.0", "1.1", true),
        ("~> 1.0", "1.2.3", true),
        ("~> 1", "2.1.0", true),
        ("~> 1", "0.9.0", false),
        ("~> 1.0.0", "1.2.3", false),
        ("~> 1.0.0", "1.0.7", true),
        ("~> 1.0.0", "1.1.0", false),
        ("~> 1.0.4", "1.0.5", true),
        ("~> 1.0.4", "1.0.10", true),
        ("~> 1.0.4", "1.1.0", false),
        ("~> 1.1", "1.10.0", true),
        ("~> 1.1", "2.0.0", false),
        ("~> 1.0.7", "1.0.4", false),
        ("~> 1.0.7", "1.0.7", true),
        ("~> 1.0.7", "1.0.8", true),
        ("~> 1.0.7", "1.0.7.5", true),
        ("~> 1.0.7", "1.0.6.99", false),
        ("~> 1.0.7", "1.0.8.0", true),
        ("~> 1.0.9.5", "1.0.9.5", true),
        ("~> 1.0.9.5", "1.0.9.4", false),
        ("~> 1.0.9.5", "1.0.9.6", true),
        ("~> 1.0.9.5", "1.0.9.5.1", true),
        ("~> 1.0.9.5", "1.0.10", false),
        ("~> 0.12.0", "0.12.31", true),
        ("~> 0.12.0", "0.13.0", false),
        ("~> v1.5.0", "1.5.7", true),
    ]);
}

#[test]
fn pre_releases_are_found_only_where_the_range_names_them() {
    check(&[
        ("~> 2.0", "2.1.0-beta", false),
        ("~> 2.1.0-a", "2.2.0", false),
        ("~> 2.1.0-a", "2.1.0", false),
        ("~> 2.1.0-a", "2.1.0-beta", true),
        ("~> 2.1.0-a", "2.2.0-alpha", false),
        ("> 2.0", "2.1.0-beta", false),
        (">= 2.1.0-a", "2.1.0-beta", true),
        (">= 2.1.0-a", "2.1.1-beta", false),
        (">= 2.0.0", "2.1.0-beta", false),
        (">= 2.1.0-a", "2.1.1", true),
        (">= 2.1.0-a", "2.1.0", true),
        ("<= 2.1.0-a", "2.0.0", true),
        (">= 2", "2.2.0-302bd8b", false),
        ("0.15.0-beta2", "0.15.0-beta2", true),
        ("0.15.0-beta2", "0.15.0-beta1", false),
        ("0.15.0", "0.15.0-beta2", false),
        (">= 1.6.0-beta1", "1.6.0-alpha20230719", false),
        (">= 1.6.0-rc2", "1.6.0-rc10", true),
        (">= 1.6.0-rc10", "1.6.0-rc2", false),
        ("< 1.6.0", "1.6.0-rc1", false),
        ("< 1.6.0-rc1", "1.6.0-beta1", true),
        // Where this reads otherwise than go-version.
        (">= 1.6.0-beta1, < 1.7", "1.6.0-rc1", true),
        (">= 1.6.0-beta1, < 1.7", "1.6.3-rc1", false),
        ("!= 1.4.2", "1.5.0-beta1", false),
        ("< 1.7, != 1.6.0-beta1", "1.6.0-beta2", false),
    ]);
}

#[test]
fn a_suffix_with_a_tilde_or_without_a_hyphen_is_no_number() {
    check(&[
        ("> 1.2.3~rc1", "1.2.3", true),
        ("> 1.2.3~rc1", "1.2.3~rc2", true),
        ("> 1.2.3~rc1", "1.2.4~rc2", false),
        (">= 1.7.0", "1.7.0~beta1", false),
        ("1.7.0~beta1", "1.7.0~beta1", true),
        ("~>1.7.0~beta1", "1.7.0~beta2", true),
        ("~> 1.7~beta.1", "1.8.0", false),
        ("~> 1.7.0~beta.1", "1.7.0~rc1", true),
        ("~> 1.7.0~beta.1", "1.8.0~rc1", false),
        ("~> 1.7rc.1", "1.7.0-rc2", true),
        (">= 1.2-", "1.2.0-alpha", true),
        (">= 1.2-", "1.2.0", true),
    ]);
}

#[test]
fn bundles_count_as_their_release_unless_they_are_asked_for() {
    check(&[
        (">= 0.11, < 0.12", "0.11.15-oci", true),
        ("~> 0.11.0", "0.11.15-oci", true),
        ("> 0.11.15", "0.11.15-oci", false),
        ("<= 0.11.15", "0.11.15-oci", true),
        ("< 0.11.15", "0.11.15-oci", false),
        ("= 0.11.15", "0.11.15-oci", false),
        ("!= 0.11.15", "0.11.15-oci", true),
        ("0.11.15-oci", "0.11.15-oci", true),
        ("0.11.15-oci", "0.11.15", false),
        ("> 0.11.15-oci", "0.11.15-oci", false),
        (">= 0.11.15-oci", "0.11.15-oci", true),
        ("= 1.3.0", "1.3.0+ent", true),
        ("!= 1.3.0", "1.3.0+ent", false),
        ("= 1.3.0+ent", "1.3.0", true),
        ("<= 1.3.0", "1.3.0+ent", true),
    ]);
}

#[test]
fn what_is_no_version_is_in_no_range() {
    check(&[("!= 1.0", "latest", false), (">= 0", "latest", false), ("", "latest", true), ("  ", "1.5.0-rc1", true)]);
    assert!(VersionRange::parse(" ").unwrap().is_empty());
    assert_eq!(VersionRange::parse(" ~> 1.5 ").unwrap().text(), "~> 1.5");
}

#[test]
fn an_error_names_the_part_that_is_wrong() {
    let table = [
        (">= 1.x", "“1.x” is no version."),
        (">= 1.3, < latest", "“latest” is no version."),
        ("=> 1.3", "“=>” is no operator."),
        ("== 1.3", "“==” is no operator."),
        ("^1.3", "“^” is no operator."),
        ("~1.3", "“~” is no operator."),
        ("≥ 1.3", "“≥” is no operator."),
        (">=", "A version is missing after “>=”, for example >= 1.5."),
        (">= 1.3,", "A version is missing before or after a comma"),
        (", < 1.6", "A version is missing before or after a comma"),
        (">= 1.3,, < 1.6", "A version is missing before or after a comma"),
        (">= 1.3 < 1.6", "Put a comma between the parts of “>= 1.3 < 1.6”"),
        ("1.3 || 1.4", "Put a comma between"),
        ("1.3 - 1.6", "Put a comma between"),
        ("> 1.5.\u{202E}0x", "“1.5.0x” is no version."),
        ("*", "“*” is no operator."),
    ];
    for (typed, part) in table {
        let sentence = VersionRange::parse(typed).err().unwrap_or_default();
        assert!(sentence.contains(part), "{typed:?}: {sentence}");
    }
}
