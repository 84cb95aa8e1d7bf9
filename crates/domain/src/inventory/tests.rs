//! What is found, counted and sorted, by tables, by random inventories, and with ten thousand versions.
//!
//! Longer than 300 lines because all of it is about the same few versions.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::{moment::moment, *};

const DIGEST: &str = "84ccfb8e13b5fce63051294f787885b76a1fedef6bdbecf51c5e586c9e20c9b7";

fn entry(id: &str, attributes: &str) -> Entry {
    let body = [r#"{"id":""#, id, r#"","type":"terraform-versions","attributes":{"#, attributes, "}}"].concat();
    Entry::new(Arc::new(wire::read(&body).unwrap()))
}

/// One version of every sort.
fn some() -> Vec<Entry> {
    vec![
        entry(
            "tool-1",
            r#""version":"1.5.0","official":true,"usage":3,"created-at":"2023-06-12T10:00:00.000Z",
            "url":"https://Releases.example/1.5.0.zip","sha":"84CCFB8E13B5FCE63051294F787885B76A1FEDEF6BDBECF51C5E586C9E20C9B7""#,
        ),
        entry(
            "tool-2",
            r#""version":"1.10.0","official":true,"usage":0,"created-at":"2024-11-27T10:00:00Z",
            "archs":[{"arch":"amd64","url":"https://a"},{"arch":"arm64","url":"https://arm.example","sha":"beefcafe"}]"#,
        ),
        entry("tool-3", r#""version":"1.10.0-rc2","beta":true,"usage":0,"created-at":"2024-11-20T10:00:00Z""#),
        entry(
            "tool-4",
            r#""version":"0.11.15-oci","enabled":false,"usage":0,"deprecated":true,
            "deprecated-reason":"Überholt: use 1.10""#,
        ),
        entry("tool-5", r#""version":"latest","enabled":false,"created-at":null"#),
    ]
}

fn versions(entries: &[Entry], places: &[u32]) -> Vec<String> {
    places.iter().map(|place| entries[*place as usize].version().attributes.version.clone()).collect()
}

fn found(filters: &Filters) -> Vec<String> {
    let entries = some();
    versions(&entries, &find(&entries, &by_version(&entries, &[]), filters).places)
}

fn is(query: &str) -> Filters {
    Filters { is: Facets::parse(query), ..Filters::default() }
}

fn search(text: &str) -> Filters {
    Filters { search: text.to_owned(), ..Filters::default() }
}

#[test]
fn facets_add_up_within_a_pair_and_narrow_across_pairs() {
    let table: &[(&str, &[&str])] = &[
        ("", &["1.10.0", "1.10.0-rc2", "1.5.0", "0.11.15-oci", "latest"]),
        ("enabled,disabled", &["1.10.0", "1.10.0-rc2", "1.5.0", "0.11.15-oci", "latest"]),
        ("enabled", &["1.10.0", "1.10.0-rc2", "1.5.0"]),
        ("enabled,unused", &["1.10.0", "1.10.0-rc2"]),
        ("official,unused", &["1.10.0"]),
        ("beta", &["1.10.0-rc2"]),
        ("beta,deprecated", &[]),
        ("custom,disabled", &["0.11.15-oci", "latest"]),
        ("in-use,unused", &["1.10.0", "1.10.0-rc2", "1.5.0", "0.11.15-oci"]),
    ];
    for (query, expected) in table {
        assert_eq!(found(&is(query)), *expected, "{query}");
    }
}

#[test]
fn a_search_is_for_any_part_of_a_text_and_the_beginning_of_a_digest() {
    let table: &[(&str, &[&str])] = &[
        ("1.10", &["1.10.0", "1.10.0-rc2", "0.11.15-oci"]),
        (" RC2\u{200B} ", &["1.10.0-rc2"]),
        ("releases.EXAMPLE", &["1.5.0"]),
        ("arm.example", &["1.10.0"]),
        ("TOOL-3", &["1.10.0-rc2"]),
        ("ÜBERHOLT: use", &["0.11.15-oci"]),
        ("84cc", &["1.5.0"]),
        (DIGEST, &["1.5.0"]),
        ("BEEF", &["1.10.0"]),
        // Within a digest, and too short for one.
        ("fb8e13", &[]),
        ("84c", &[]),
        ("lat", &["latest"]),
        ("0.zip\n", &["1.5.0"]),
    ];
    for (text, expected) in table {
        assert_eq!(found(&search(text)), *expected, "{text:?}");
    }
}

#[test]
fn range_architecture_and_search_narrow_together() {
    let range = |text: &str| Some(VersionRange::parse(text).unwrap());
    let table: &[(Filters, &[&str])] = &[
        (Filters { range: range(">= 0.11, < 1.6"), ..Filters::default() }, &["1.5.0", "0.11.15-oci"]),
        (
            Filters { range: range(""), ..Filters::default() },
            &["1.10.0", "1.10.0-rc2", "1.5.0", "0.11.15-oci", "latest"],
        ),
        (Filters { arch: ArchFilter::parse("arm64"), ..Filters::default() }, &["1.10.0"]),
        (Filters { arch: ArchFilter::parse("-arm64"), range: range("> 1"), ..Filters::default() }, &["1.5.0"]),
        (Filters { search: "1.10".to_owned(), ..is("enabled") }, &["1.10.0", "1.10.0-rc2"]),
    ];
    for (filters, expected) in table {
        assert_eq!(found(filters), *expected, "{filters:?}");
    }
}

#[test]
fn a_count_is_what_its_button_alone_in_its_pair_would_show() {
    let entries = some();
    let order = by_version(&entries, &[]);
    for filters in
        [is(""), is("enabled"), is("enabled,unused"), is("beta,deprecated"), search("1.10"), is("disabled,in-use")]
    {
        let counts = find(&entries, &order, &filters);
        for facet in Facet::ALL {
            let group = filters::GROUPS.into_iter().find(|group| group.contains(facet)).unwrap();
            let mut alone = filters.clone();
            for other in Facet::ALL.into_iter().filter(|other| group.contains(*other)) {
                if alone.is.contains(other) != (other == facet) {
                    alone.is = alone.is.toggled(other);
                }
            }
            let shown = find(&entries, &order, &alone).places.len();
            assert_eq!(counts.count(facet) as usize, shown, "{} with {}", facet.label(), filters.is.query());
        }
    }
}

#[test]
fn every_column_sorts_in_both_directions_and_leaves_the_unknown_at_the_end() {
    let entries = some();
    let sorted = |query: &str| versions(&entries, &order(&entries, &by_version(&entries, &[]), Sort::parse(query)));
    let table = [
        ("-version", ["1.10.0", "1.10.0-rc2", "1.5.0", "0.11.15-oci", "latest"]),
        ("version", ["0.11.15-oci", "1.5.0", "1.10.0-rc2", "1.10.0", "latest"]),
        ("status", ["1.10.0", "1.5.0", "1.10.0-rc2", "latest", "0.11.15-oci"]),
        ("-status", ["0.11.15-oci", "latest", "1.10.0-rc2", "1.10.0", "1.5.0"]),
        ("usage", ["1.10.0", "1.10.0-rc2", "0.11.15-oci", "1.5.0", "latest"]),
        ("-usage", ["1.5.0", "1.10.0", "1.10.0-rc2", "0.11.15-oci", "latest"]),
        ("created", ["1.5.0", "1.10.0-rc2", "1.10.0", "0.11.15-oci", "latest"]),
        ("-created", ["1.10.0", "1.10.0-rc2", "1.5.0", "0.11.15-oci", "latest"]),
    ];
    for (query, expected) in table {
        assert_eq!(sorted(query), expected, "{query}");
    }
}

#[test]
fn dates_of_any_precision_are_in_order() {
    let dates = [
        "2018-10-19",
        "2018-10-19T08:00:01Z",
        "2018-10-19T08:00:01.5Z",
        "2018-10-19T08:00:02+00:00",
        "2018-10-20T00:00:00.123456789Z",
    ];
    let moments: Vec<u64> = dates.iter().map(|date| moment(date).unwrap()).collect();
    assert!(moments.is_sorted_by(|one, other| one < other), "{moments:?}");
}

#[test]
fn dates_of_any_time_zone_are_in_order() {
    let same = [
        "2023-12-31T22:30:00Z",
        "2024-01-01T00:30:00+02:00",
        "2024-01-01T00:30+0200",
        "2024-01-01 00:30:00.000+02",
        "2023-12-31t17:30:00-05:00",
        "2024-01-01T04:15:00+05:45",
        "2023-12-31T22:30",
    ];
    for date in same {
        assert_eq!(moment(date), moment("2023-12-31T22:30:00Z"), "{date}");
        assert!(moment(date) < moment("2023-12-31T23:00:00Z"), "{date}");
    }
    let ascending =
        ["2024-02-28T23:00:00-02:00", "2024-02-29T02:00:00Z", "2024-02-29T23:59:60Z", "2024-03-01T00:00:01Z"];
    assert!(ascending.map(|date| moment(date).unwrap()).is_sorted_by(|one, other| one < other));
    assert!(moment("0001-01-01") < moment("1970-01-01") && moment("1970-01-01") < moment("9999-12-31T23:59:59-14:00"));
}

#[test]
fn what_is_no_iso_date_is_of_unknown_time() {
    let none = [
        "",
        "yesterday",
        "2018",
        "2018-10",
        "1704067200",
        "1704067200000",
        "20240101000000",
        "20240101T000000Z",
        "Mon, 01 Jan 2024 00:00:00 GMT",
        "01.01.2024",
        "01/02/2024",
        "2024-13-01",
        "2024-00-10",
        "2024-01-32",
        "2024-01-00",
        "2023-02-29T00:00:00Z",
        "2024-01-01T25:00:00Z",
        "2024-01-01T00:61:00Z",
        "2024-01-01T00:00:00X",
        "2024-01-01T00:00:00+2:00",
        "2024-01-01T00:00:00+02:00Z",
        "2024-01-01T",
        "2024-01-01Z",
        "２０24-01-01",
        "2024-01-01T00:00:00.Z",
        "+2024-01-01",
    ];
    for date in none {
        assert_eq!(moment(date), None, "{date}");
    }
}

#[test]
fn ten_thousand_versions_are_no_trouble() {
    let entries: Vec<Entry> = (0..10_000_u32).map(|number| {
        let version = [number % 7, number / 7 % 40, number / 280].map(|it| it.to_string()).join(".");
        let suffix = ["", "", "-rc1", "-beta2", "-oci", "+ent"][number as usize % 6];
        let url = ["https://releases.hashicorp.com/terraform/", &version, "/terraform_linux_amd64.zip"].concat();
        entry(&["tool-", &number.to_string()].concat(), &format!(
            r#""version":"{version}{suffix}","url":"{url}","sha":"{DIGEST}","usage":{},"created-at":"2024-{:02}-01T00:00:00Z",
            "archs":[{{"arch":"arm64","url":"{url}","sha":"{DIGEST}"}}]"#, number % 5, number % 12 + 1))
    }).collect();
    let versions = by_version(&entries, &[]);
    // For a debug build on a busy machine. What takes the square of the number of versions takes longer than that; what a
    // keystroke takes in a browser is measured by the benchmark.
    let limit = Duration::from_secs(3);
    let timed = |name: &str, work: &dyn Fn()| {
        let best = (0..5)
            .map(|_| {
                let start = Instant::now();
                work();
                start.elapsed()
            })
            .min()
            .unwrap();
        assert!(best < limit, "{name}: {best:?}");
    };
    for text in ["x", "zz", "1.1", "oci", "feedbeef", "releases.hashicorp.com"] {
        let filters = Filters { search: text.to_owned(), ..is("enabled,unused") };
        timed(text, &|| drop(find(&entries, &versions, &filters)));
        timed(&["all ", text].concat(), &|| drop(find(&entries, &versions, &search(text))));
    }
    let range = Filters { range: Some(VersionRange::parse(">= 1.3, < 4.6, != 1.4.2").unwrap()), ..Filters::default() };
    timed("range", &|| drop(find(&entries, &versions, &range)));
    for column in Column::ALL {
        timed(column.word(), &|| drop(order(&entries, &versions, Sort { column, descending: false })));
    }
    timed("by version, afresh", &|| drop(by_version(&entries, &[])));
    timed("by version, the last page", &|| drop(by_version(&entries, &versions[..9_900])));
}

fn entries() -> impl Strategy<Value = Vec<Entry>> {
    let version = "(1\\.[0-3]\\.[0-2](-rc[0-9]{1,2}|-oci)?|latest|[a-c]{0,2})";
    let one = (version, 0..3_u64, any::<bool>(), any::<[bool; 4]>());
    prop::collection::vec(one, 0..40).prop_map(|all| {
        all.into_iter()
            .enumerate()
            .map(|(number, (version, usage, is_counted, [enabled, official, beta, dated]))| {
                let usage = if is_counted { usage.to_string() } else { "null".to_owned() };
                let created = if dated { r#""2024-01-01T00:00:00Z""# } else { "null" };
                entry(
                    &number.to_string(),
                    &format!(
                        r#""version":"{version}","usage":{usage},"enabled":{enabled},
                "official":{official},"beta":{beta},"created-at":{created}"#
                    ),
                )
            })
            .collect()
    })
}

proptest! {
    /// The order does not depend on where the entries were, nor on what of it was known before.
    #[test]
    fn an_order_has_every_version_once_and_does_not_depend_on_the_way_to_it(
        entries in entries(), known in 0..40_usize, column in 0..4_usize, descending: bool,
    ) {
        let sort = Sort { column: Column::ALL[column], descending };
        let versions = by_version(&entries, &[]);
        let part = by_version(&entries[..known.min(entries.len())], &[]);
        prop_assert_eq!(&by_version(&entries, &part), &versions);
        let places = order(&entries, &versions, sort);
        let mut once = places.clone();
        once.sort_unstable();
        prop_assert!(once.into_iter().eq(0..entries.len() as u32));

        let turned: Vec<Entry> = entries.iter().rev().cloned().collect();
        let turned_places = order(&turned, &by_version(&turned, &[]), sort);
        let ids = |entries: &[Entry], places: &[u32]| -> Vec<String> {
            places.iter().map(|place| entries[*place as usize].version().id.clone()).collect()
        };
        prop_assert_eq!(ids(&entries, &places), ids(&turned, &turned_places));
    }

    /// What is found stays in the order that it was looked for in.
    #[test]
    fn what_is_found_is_in_order(entries in entries(), query in "(enabled|unused|beta|official|custom|,){0,5}", text in "[1.rc]{0,2}") {
        let versions = by_version(&entries, &[]);
        let filters = Filters { search: text.clone(), ..is(&query) };
        let places = find(&entries, &versions, &filters).places;
        let expected: Vec<u32> = versions.into_iter().filter(|place| {
            let entry = &entries[*place as usize];
            let matches = |group: &Facets| filters.is.within(*group).is_empty() || entry.facets().overlaps(filters.is.within(*group));
            let id = &entry.version().id;
            filters::GROUPS.iter().all(matches)
                && (entry.version().attributes.version.contains(&text) || id.contains(&text))
        }).collect();
        prop_assert_eq!(places, expected);
    }
}
