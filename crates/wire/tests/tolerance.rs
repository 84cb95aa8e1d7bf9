//! What installations leave out or spell differently, and what is refused all the same, with its place.
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use wire::{
    Account, Document, Mismatch, ResourceList, ToolVersion, ToolVersionAttributes, Unreadable, check, read,
    read_resource,
};

const BOOLEANS: &str = include_str!("../../../tests/fixtures/answers/list-booleans-as-numbers-or-text.json");
const BROKEN: &str = include_str!("../../../tests/fixtures/answers/list-one-element-broken.json");
const ARCHS: &str = include_str!("../../../tests/fixtures/answers/list-archs-odd.json");

fn version(attributes: &str) -> Result<ToolVersionAttributes, Unreadable> {
    let body = format!(r#"{{"data":{{"id":"tool-1","type":"terraform-versions","attributes":{attributes}}}}}"#);
    let resource = read_resource(&body);
    // Read as a whole document it is the same.
    let document = read::<Document<ToolVersion>>(&body).map(|document| document.data);
    assert_eq!(document, resource);
    resource.map(|resource| resource.attributes)
}

fn list(body: &str) -> ResourceList<ToolVersionAttributes> {
    ResourceList::read(body).unwrap()
}

/// The place and the problem in one sentence.
fn sentence(mismatch: &Mismatch) -> String {
    [&mismatch.place, " ", &mismatch.problem].concat()
}

fn problem<T: std::fmt::Debug>(outcome: Result<T, Unreadable>) -> String {
    match outcome.unwrap_err() {
        Unreadable::Mismatch(mismatch) => sentence(&mismatch),
        other => format!("{other:?}"),
    }
}

#[test]
fn booleans_are_read_as_numbers_and_as_text() {
    let list = list(BOOLEANS);
    assert_eq!(list.unreadable, []);
    for (_, version) in list.readable {
        let it = version.attributes;
        assert_eq!((it.official, it.enabled, it.beta), (false, true, false), "{}", version.id);
    }
    for (json, expected) in [
        ("1", true),
        ("0", false),
        (r#""1""#, true),
        (r#""0""#, false),
        (r#""True""#, true),
        (r#""FALSE""#, false),
        ("null", false),
    ] {
        assert_eq!(version(&format!(r#"{{"version":"1","official":{json}}}"#)).unwrap().official, expected, "{json}");
    }
    for (json, problem_of_it) in [
        ("2", "is 2, not true or false"),
        ("-1", "is -1, not true or false"),
        (r#""maybe""#, r#"is "maybe", not true or false"#),
        (r#""""#, r#"is "", not true or false"#),
        ("[]", "is a list, not true or false"),
        ("{}", "is an object, not true or false"),
    ] {
        let told = problem(version(&format!(r#"{{"version":"1","official":{json}}}"#)));
        assert_eq!(told, ["data.attributes.official ", problem_of_it].concat());
    }
}

#[test]
fn counts_are_read_as_text_and_with_a_fraction_of_nothing() {
    for (json, expected) in [
        ("7", Some(7)),
        (r#""7""#, Some(7)),
        (r#"" 7 ""#, Some(7)),
        ("7.0", Some(7)),
        ("7e0", Some(7)),
        ("18446744073709551615", Some(u64::MAX)),
        ("null", None),
    ] {
        assert_eq!(version(&format!(r#"{{"version":"1","usage":{json}}}"#)).unwrap().usage, expected, "{json}");
    }
    for json in ["-1", "7.5", "1e300", "-0.5", r#""7.5""#, r#""many""#, "true", "[7]", "18446744073709551616"] {
        let told = problem(version(&format!(r#"{{"version":"1","usage":{json}}}"#)));
        assert!(told.starts_with("data.attributes.usage is ") && told.ends_with(", not a count"), "{json}: {told}");
    }
}

#[test]
fn texts_are_read_as_whole_numbers_but_never_as_fractions() {
    let read = version(r#"{"version":15,"sha":7}"#).unwrap();
    assert_eq!((read.version.as_str(), read.sha.as_deref()), ("15", Some("7")));
    let body = r#"{"data":{"id":7,"attributes":{"version":"1"}}}"#;
    let numbered: Document<ToolVersion> = wire::read(body).unwrap();
    assert_eq!((numbered.data.id.as_str(), numbered.data.kind.as_str()), ("7", ""));
    for (attributes, told) in [
        (r#"{}"#, "data.attributes.version is missing"),
        (r#"{"version":null}"#, "data.attributes.version is missing"),
        (r#"{"version":[]}"#, "data.attributes.version is a list, not text"),
        (r#"{"version":{}}"#, "data.attributes.version is an object, not text"),
        (r#"{"version":1.5}"#, "data.attributes.version is 1.5, not text"),
        (r#"{"version":true}"#, "data.attributes.version is true, not text"),
        (r#"{"version":"1","archs":[{},{"os":[]}]}"#, "data.attributes.archs[1].os is a list, not text"),
        (r#"{"version":"1","archs":[[]]}"#, "data.attributes.archs[0] is a list, not an object"),
        (r#"{"version":"1","archs":{}}"#, "data.attributes.archs is an object, not a list"),
        (r#"["1"]"#, "data.attributes is a list, not an object"),
    ] {
        assert_eq!(problem(version(attributes)), told);
    }
}

#[test]
fn what_an_installation_leaves_out_is_the_same_as_null() {
    let nulls = r#"{"version":"1","url":null,"sha":null,"official":null,"enabled":null,"beta":null,"deprecated":null,
        "usage":null,"created-at":null,"archs":null,"tomorrow":{"x":[1]}}"#;
    let read = version(nulls).unwrap();
    assert_eq!(read, version(r#"{"version":"1"}"#).unwrap());
    assert_eq!((read.enabled, read.official, read.deprecated, read.archs), (true, false, None, None));
    // Here it matters: an update may take a reason away.
    assert_eq!(read.deprecated_reason, None);
    assert_eq!(version(r#"{"version":"1","deprecated-reason":null}"#).unwrap().deprecated_reason, Some(None));
}

#[test]
fn todays_attributes_are_read() {
    let read = version(
        r#"{"version":"1.9.0","url":null,"sha":null,"deprecated":true,"deprecated-reason":"CVE","usage":3,
            "archs":[{"url":"https://x/a.zip","sha":"00","os":"linux","arch":"arm64"},{"url":null,"os":null}]}"#,
    )
    .unwrap();
    assert_eq!((read.deprecated, read.deprecated_reason), (Some(true), Some(Some("CVE".to_owned()))));
    let archs = read.archs.unwrap();
    let names: Vec<_> = archs.iter().map(|it| (it.os.as_str(), it.arch.as_str())).collect();
    assert_eq!(names, [("linux", "arm64"), ("linux", "amd64")]);
}

#[test]
fn odd_architectures_are_read_as_the_installation_lists_them() {
    let list = list(ARCHS);
    assert_eq!(list.unreadable, []);
    let archs: Vec<Option<Vec<String>>> = list
        .readable
        .into_iter()
        .map(|(_, version)| Some(version.attributes.archs?.into_iter().map(|it| it.os + "/" + &it.arch).collect()))
        .collect();
    let names = |names: &[&str]| Some(names.iter().map(|&it| it.to_owned()).collect::<Vec<_>>());
    assert_eq!(
        archs,
        [
            names(&["linux/amd64", "linux/arm64", "linux/s390x"]),
            names(&["linux/arm64"]),
            names(&[]),
            None,
            names(&["linux/amd64"]),
            names(&["linux/arm64", "linux/arm64"]),
            names(&["windows/amd64"]),
        ]
    );
}

#[test]
fn one_broken_element_of_a_list_is_told_by_its_place_and_the_others_stay() {
    let list = list(BROKEN);
    let versions: Vec<_> = list.readable.iter().map(|(index, it)| (*index, it.attributes.version.as_str())).collect();
    assert_eq!(versions, [(0, "1.2.1"), (2, "1.1.9")]);
    assert_eq!(list.unreadable.iter().map(sentence).collect::<Vec<_>>(), ["data[1].id is missing"]);
    assert_eq!(list.pagination.unwrap().total_count, Some(3));
}

#[test]
fn every_element_that_is_broken_is_told() {
    let good = r#"{"id":"1","attributes":{"version":"1.0.0"}}"#;
    let list = list(&format!(
        r#"{{"data":[null,{good},"x",{{"id":"1"}},{{"id":"1","attributes":{{"version":[]}}}},{{"id":"1",
            "attributes":{{"version":"1","version":"2"}}}},{{"id":"1","id":"1","attributes":{{}}}},
            {{"id":"1","attributes":{{"version":"\ud800"}}}}]}}"#
    ));
    assert_eq!(list.readable.len(), 1);
    let told = [
        "data[0] is missing",
        "data[2] is \"x\", not an object",
        "data[3].attributes is missing",
        "data[4].attributes.version is a list, not text",
        "data[5].attributes.version is there twice",
        "data[6].id is there twice",
        "data[7].attributes.version is not valid JSON",
    ];
    assert_eq!(list.unreadable.iter().map(sentence).collect::<Vec<_>>(), told);
}

#[test]
fn a_body_without_a_list_is_told_with_its_place() {
    let read = |body: &str| problem(ResourceList::<ToolVersionAttributes>::read(body));
    assert_eq!(read("[]"), " is a list, not an object");
    assert_eq!(read("null"), " is missing");
    assert_eq!(read("{}"), "data is missing");
    assert_eq!(read(r#"{"data":null}"#), "data is missing");
    assert_eq!(read(r#"{"data":{"id":1}}"#), "data is an object, not a list");
    assert_eq!(read(r#"{"data":[],"data":[]}"#), "data is there twice");
    assert_eq!(read("{\n\"data\": x}"), "NotJson { line: 2 }");
    assert_eq!(read("{\"data\": ["), "BreaksOff");
    assert_eq!(read(r#"{"data": []} more"#), "NotJson { line: 1 }");
}

#[test]
fn a_mistake_in_meta_does_not_hide_the_resources_but_a_doubled_key_is_told() {
    let with = |meta: &str| ResourceList::<ToolVersionAttributes>::read(&format!(r#"{{"data":[],"meta":{meta}}}"#));
    for meta in ["null", "[]", "7", r#"{"pagination":[]}"#, r#"{"pagination":null}"#, r#"{"pagination":"\ud800"}"#] {
        assert_eq!(with(meta).unwrap().pagination, None, "{meta}");
    }
    let pagination = with(r#"{"pagination":{"current-page":-1,"next-page":"2","total-pages":{},"total-count":3.0}}"#);
    let pagination = pagination.unwrap().pagination.unwrap();
    assert_eq!((pagination.current_page, pagination.next_page), (None, Some(2)));
    assert_eq!((pagination.total_pages, pagination.total_count), (None, Some(3)));
    let doubled = with(r#"{"pagination":{"total-count":1,"total-count":2}}"#);
    assert_eq!(problem(doubled), "meta.pagination.total-count is there twice");
    assert_eq!(problem(with(r#"{"pagination":{},"pagination":{}}"#)), "meta.pagination is there twice");
}

#[test]
fn a_key_that_is_there_twice_is_told_wherever_it_is_read() {
    for (attributes, told) in [
        (r#"{"version":"1","version":"2"}"#, "data.attributes.version is there twice"),
        (
            r#"{"version":"1","deprecated-reason":null,"deprecated-reason":"x"}"#,
            "data.attributes.deprecated-reason is there twice",
        ),
        (r#"{"version":"1","archs":[{"os":"a","os":"a"}]}"#, "data.attributes.archs[0].os is there twice"),
    ] {
        assert_eq!(problem(version(attributes)), told);
    }
    assert_eq!(version(r#"{"version":"1","unknown":1,"unknown":2}"#).unwrap().version, "1");
}

#[test]
fn an_account_is_an_administrators_by_either_name() {
    for (attributes, expected) in [
        ("{}", None),
        (r#"{"is-admin":null}"#, None),
        (r#"{"is-admin":"true"}"#, Some(true)),
        (r#"{"is-site-admin":1}"#, Some(true)),
        (r#"{"is-admin":0,"is-site-admin":false}"#, Some(false)),
    ] {
        let body = format!(r#"{{"data":{{"id":"user-1","type":"users","attributes":{attributes}}}}}"#);
        let account: Document<Account> = read(&body).unwrap();
        assert_eq!(account.data.attributes.is_administrator(), expected, "{attributes}");
    }
}

#[test]
fn any_json_confirms_a_delete() {
    for body in ["{}", "null", r#"{"data":null}"#, " [] "] {
        assert_eq!(check(body), Ok(()), "{body}");
    }
    assert_eq!(check("<html>"), Err(Unreadable::NotJson { line: 1 }));
    assert_eq!(check("{"), Err(Unreadable::BreaksOff));
}
