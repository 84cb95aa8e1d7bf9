//! The order, by tables and by random texts.

use std::cmp::Ordering;

use proptest::prelude::*;

use super::*;

/// Sorted ascending from its reverse, so that nothing is right by standing still.
fn ascending(texts: &[&str]) {
    let mut keys: Vec<(VersionKey, &str)> = texts.iter().rev().map(|text| (VersionKey::new(text), *text)).collect();
    keys.sort_by(|(one, _), (other, _)| compare(one, other, false));
    let sorted: Vec<&str> = keys.into_iter().map(|(_, text)| text).collect();
    assert_eq!(sorted, texts);
}

#[test]
fn releases_are_compared_number_by_number() {
    ascending(&["0.1.9", "0.2", "0.9.9", "0.10.0", "0.11.8", "0.12.0", "1.0.0", "1.2.3", "1.2.10", "1.10.0", "10.0.0"]);
    ascending(&["1.0.6.99", "1.0.7", "1.0.7.0", "1.0.7.5", "1.0.8"]);
}

#[test]
fn pre_releases_stand_below_their_release_and_count_as_people_do() {
    ascending(&[
        "1.5.7",
        "1.6.0-alpha20230719",
        "1.6.0-alpha20230802",
        "1.6.0-beta1",
        "1.6.0-beta2",
        "1.6.0-beta10",
        "1.6.0-rc1",
        "1.6.0-rc2",
        "1.6.0-rc10",
        "1.6.0",
        "1.6.1",
    ]);
    ascending(&["1.15.0-alpha20251119", "1.15.0-alpha20251203", "1.15.0-alpha20260107", "1.15.0-beta1"]);
    // The example of semver.org.
    ascending(&[
        "1.0.0-alpha",
        "1.0.0-alpha.1",
        "1.0.0-alpha.beta",
        "1.0.0-beta",
        "1.0.0-beta.2",
        "1.0.0-beta.11",
        "1.0.0-rc.1",
        "1.0.0",
    ]);
    ascending(&["1.0.0-0", "1.0.0-1", "1.0.0-2", "1.0.0-10", "1.0.0-302bd8b", "1.0.0-alpha", "1.0.0"]);
    ascending(&[
        "0.12.0-alpha4",
        "0.12.0-Beta1",
        "0.12.0-beta2",
        "0.12.0-dev",
        "0.12.0-pre",
        "0.12.0-RC1",
        "0.12.0-rc2",
        "0.12.0",
    ]);
    ascending(&["1.0.0-rc.2", "1.0.0-rc3", "1.0.0-rc-4", "1.0.0-rc10", "1.0.0rc11", "1.0.0"]);
}

#[test]
fn a_tilde_or_nothing_but_a_hyphen_makes_a_pre_release() {
    ascending(&[
        "1.6.9",
        "1.7.0-",
        "1.7.0~",
        "1.7.0~2",
        "1.7.0~alpha1",
        "1.7.0-beta1",
        "1.7.0~beta1",
        "1.7.0~beta.2",
        "1.7.0-beta10",
        "1.7.0~ent",
        "1.7.0~rc1",
        "1.7.0~rc1+ent~2",
        "1.7.0-rc1~2",
        "1.7.0--rc3",
        "1.7.0",
        "1.7.0+~",
        "1.7.0+ent~2",
        "1.7.0-ent~2",
        "1.7.1",
    ]);
    // As hashicorp/go-version reads them.
    for text in ["1.7.0~beta1", "1.2-", "1.2~", "1.2-~x", "1.2~1", "1.2--", "1.2-.5", "v1.2~rc.1", "1.2rc~1"] {
        assert!(VersionKey::new(text).is_pre_release(), "{text}");
    }
}

#[test]
fn bundles_stand_directly_above_their_release() {
    ascending(&[
        "0.11.15-rc1",
        "0.11.15",
        "0.11.15+ent",
        "0.11.15-custom",
        "0.11.15-custom2",
        "0.11.15-custom10",
        "0.11.15-oci",
        "0.11.15-oci+ent",
        "0.12.0-alpha1",
        "0.12.0",
    ]);
    ascending(&["1.3.0-rc1", "1.3.0-rc1+ent", "1.3.0-rc2", "1.3.0", "1.3.0+ent", "1.3.0+ent.fips1402", "1.3.1-beta1"]);
    // A word that only begins like one of those for pre-releases.
    ascending(&["1.3.0-rc1", "1.3.0", "1.3.0-alphabet", "1.3.0-betamax", "1.3.0-precise"]);
}

#[test]
fn a_leading_v_and_missing_numbers_make_no_difference() {
    ascending(&["1.4.9", "1.5", "1.5.0", "v1.5.0", "1.5.1", "v1.6.0-rc1", "1.6", "2", "v2.0.1"]);
    ascending(&["1.5.0", "01.05.01", "1.5.2"]);
}

#[test]
fn numbers_have_any_length() {
    let long = ["1.0.", &"9".repeat(300)].concat();
    let longer = ["1.0.1", &"0".repeat(300)].concat();
    ascending(&[
        "1.0.18446744073709551615",
        "1.0.18446744073709551616",
        "1.0.99999999999999999999",
        &long,
        &longer,
        "1.1",
    ]);
    ascending(&["1.0.0-rc18446744073709551615", "1.0.0-rc18446744073709551616", "1.0.0"]);
    assert_eq!(VersionKey::new(&longer).numbers().nth(2).map(<[u8]>::len), Some(301));
}

#[test]
fn what_is_no_version_stands_at_the_end_in_both_directions() {
    let texts = [
        "1.5.x",
        "latest",
        "1.10.0",
        "",
        "1.9.0",
        "custom-10",
        "custom-2",
        "<img onerror=alert(1)>",
        "1..0",
        "1.5.0+",
        "1.5.0+x..y",
        "1.5.0~ent beta",
        "1.5.~beta",
        "~1.5.0",
        "1.5.0-a.",
        "1.5.0_1",
        "1.5.0-a..b",
        "7zip",
        "v",
        ".1",
        "1.",
        "1.5.0-ä",
        "２.0",
        "1.5.0 beta",
    ];
    let mut keys: Vec<VersionKey> = texts.iter().map(|text| VersionKey::new(text)).collect();
    assert_eq!(keys.iter().filter(|key| key.is_version()).count(), 2);
    for descending in [false, true] {
        keys.sort_by(|one, other| compare(one, other, descending));
        let ends: Vec<bool> = keys.iter().map(VersionKey::is_version).collect();
        assert_eq!(ends.iter().take_while(|it| **it).count(), 2);
        let expected = if descending { "1.10.0" } else { "1.9.0" };
        assert_eq!(keys.first(), Some(&VersionKey::new(expected)));
    }
}

#[test]
fn the_minor_version_is_the_first_two_numbers() {
    let table = [
        ("1.5.7", Some("1.5")),
        ("v0.12.0-rc1", Some("0.12")),
        ("1.0.0", Some("1.0")),
        ("2", Some("2.0")),
        ("0.0.0", Some("0.0")),
        ("1.10", Some("1.10")),
        ("latest", None),
    ];
    for (text, minor) in table {
        assert_eq!(VersionKey::new(text).minor().as_deref(), minor, "{text}");
    }
}

/// Texts that are versions, nearly versions, or none.
fn texts() -> impl Strategy<Value = String> {
    prop_oneof![
        "v?[0-9]{1,2}(\\.[0-9]{1,2}){0,3}([-~]{1,2}(alpha|beta|rc|oci|ent|RC|x)?[.~-]?[0-9]{0,3})?(\\+(ent|b)[.~]?[0-9]?)?",
        "[0-9a-c.+~-]{0,8}",
        "\\PC{0,6}",
    ]
}

proptest! {
    #[test]
    fn the_order_is_total(a in texts(), b in texts(), c in texts(), descending: bool) {
        let (a_key, b_key, c_key) = (VersionKey::new(&a), VersionKey::new(&b), VersionKey::new(&c));
        let order = compare(&a_key, &b_key, descending);
        prop_assert_eq!(compare(&b_key, &a_key, descending), order.reverse());
        prop_assert_eq!(order == Ordering::Equal, a == b);
        let at_most = |one, other| compare(one, other, descending) != Ordering::Greater;
        prop_assert!(!(at_most(&a_key, &b_key) && at_most(&b_key, &c_key)) || at_most(&a_key, &c_key));
    }

    #[test]
    fn releases_are_in_the_order_of_semver(a in any::<[u16; 3]>(), b in any::<[u16; 3]>()) {
        let text = |it: [u16; 3]| it.map(|number| number.to_string()).join(".");
        prop_assert_eq!(VersionKey::new(&text(a)).cmp(&VersionKey::new(&text(b))), a.cmp(&b));
    }
}
