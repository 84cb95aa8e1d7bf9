//! Plans, by what the installation has and what is asked for.

#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

use super::*;

mod random;

fn version(attributes: &str) -> Arc<ToolVersion> {
    let body =
        [r#"{"id":"tool-1","attributes":{"version":"1.5.0","created-at":"2024-01-01T00:00:00Z","#, attributes, "}}"];
    Arc::new(wire::read(&body.concat()).unwrap())
}

fn one(action: Action, reason: &str, attributes: &str) -> Item {
    Plan::of_selection(action, reason, &[version(attributes)]).items.remove(0)
}

fn json(update: &UpdateToolVersion) -> String {
    serde_json::to_string(update).unwrap()
}

/// What is sent, and what takes it back.
fn sent(item: &Item) -> (String, String) {
    match &item.kind {
        Kind::Change { update, reverse } => (json(update), json(reverse)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_action_sends_only_what_changes_and_knows_the_way_back() {
    let table = [
        (Action::Enable, r#""enabled":false"#, r#"{"enabled":true}"#, r#"{"enabled":false}"#, "Disabled", "Enabled"),
        (Action::Disable, r#""usage":0"#, r#"{"enabled":false}"#, r#"{"enabled":true}"#, "Enabled", "Disabled"),
        (
            Action::Deprecate,
            r#""usage":0"#,
            r#"{"deprecated":true,"deprecated-reason":"old"}"#,
            r#"{"deprecated":false}"#,
            "Not deprecated",
            "Deprecated: old",
        ),
        (
            Action::Deprecate,
            r#""deprecated":true,"deprecated-reason":"bad""#,
            r#"{"deprecated-reason":"old"}"#,
            r#"{"deprecated-reason":"bad"}"#,
            "Deprecated: bad",
            "Deprecated: old",
        ),
        (
            Action::Deprecate,
            r#""deprecated":true,"deprecated-reason":null"#,
            r#"{"deprecated-reason":"old"}"#,
            r#"{"deprecated-reason":null}"#,
            "Deprecated",
            "Deprecated: old",
        ),
        (
            Action::RemoveDeprecation,
            r#""deprecated":true,"deprecated-reason":"bad""#,
            r#"{"deprecated":false}"#,
            r#"{"deprecated":true,"deprecated-reason":"bad"}"#,
            "Deprecated: bad",
            "Not deprecated",
        ),
        (
            Action::MarkOfficial,
            r#""official":false"#,
            r#"{"official":true}"#,
            r#"{"official":false}"#,
            "Custom",
            "Official",
        ),
        (
            Action::MarkCustom,
            r#""official":true"#,
            r#"{"official":false}"#,
            r#"{"official":true}"#,
            "Official",
            "Custom",
        ),
        (Action::MarkBeta, r#""beta":false"#, r#"{"beta":true}"#, r#"{"beta":false}"#, "Stable", "Beta"),
        (Action::MarkStable, r#""beta":true"#, r#"{"beta":false}"#, r#"{"beta":true}"#, "Beta", "Stable"),
    ];
    for (action, attributes, update, back, now, after) in table {
        let item = one(action, " old ", attributes);
        assert_eq!(sent(&item), (update.to_owned(), back.to_owned()), "{action:?}");
        assert_eq!((item.now.as_str(), item.after.as_str()), (now, after), "{action:?}");
    }
}

#[test]
fn what_is_so_already_is_not_sent() {
    let table = [
        (Action::Enable, "", r#""enabled":true"#, "Enabled"),
        (Action::Disable, "", r#""enabled":false,"usage":3"#, "Disabled"),
        (Action::Deprecate, "old", r#""deprecated":true,"deprecated-reason":"old""#, "Deprecated: old"),
        (Action::Deprecate, " ", r#""deprecated":true,"deprecated-reason":"bad""#, "Deprecated: bad"),
        (Action::RemoveDeprecation, "", r#""usage":0"#, "Not deprecated"),
        (Action::RemoveDeprecation, "", r#""deprecated":false,"deprecated-reason":null"#, "Not deprecated"),
    ];
    for (action, reason, attributes, now) in table {
        let item = one(action, reason, attributes);
        assert_eq!(item.kind, Kind::AlreadySo, "{action:?} {attributes}");
        assert_eq!((item.now.as_str(), item.after.as_str()), (now, now));
    }
}

#[test]
fn what_the_installation_would_refuse_is_not_sent_and_says_why() {
    let table = [
        (Action::Disable, r#""usage":3"#, "3 workspaces use it."),
        (Action::Delete, r#""official":true,"usage":0"#, "It is an official version."),
        (Action::Delete, r#""usage":1"#, "1 workspace uses it."),
    ];
    for (action, attributes, why) in table {
        let item = one(action, "", attributes);
        assert_eq!(item.kind, Kind::Refused(why.to_owned()));
        assert!(!item.kind.is_sent() && item.note == ["Refused: ", why].concat() && item.now == item.after);
    }
}

#[test]
fn notes_say_what_follows() {
    let shipped = "It came with the installation, whose next upgrade brings it back";
    let table = [
        (Action::Deprecate, r#""usage":2"#, "2 workspaces use it and see a warning."),
        (Action::Deprecate, r#""usage":1"#, "1 workspace uses it and sees a warning."),
        (Action::Disable, r#""usage":null"#, "does not say how many workspaces use it."),
        (Action::Delete, r#""usage":null"#, "does not say how many workspaces use it."),
        (Action::Disable, r#""usage":0,"official":true"#, shipped),
        (Action::Delete, r#""usage":0,"created-at":null"#, shipped),
        (Action::MarkOfficial, r#""usage":0"#, "It can then no longer be deleted."),
        (Action::MarkBeta, r#""usage":0"#, "Only organizations with access to beta versions can use it."),
    ];
    for (action, attributes, part) in table {
        let body = if attributes.contains("created-at") {
            ["{\"id\":\"tool-1\",\"attributes\":{\"version\":\"1.5.0\",", attributes, "}}"].concat()
        } else {
            serde_json::to_string(&*version(attributes)).unwrap()
        };
        let version = Arc::new(wire::read(&body).unwrap());
        let note = Plan::of_selection(action, "", &[version]).items.remove(0).note;
        assert!(note.contains(part), "{action:?} {attributes}: {note}");
    }
    assert_eq!(one(Action::Enable, "", r#""enabled":false"#).note, "");
    assert_eq!(one(Action::Delete, "", r#""usage":0"#).note, "");
}

#[test]
fn a_deletion_keeps_all_that_the_version_was() {
    let item = one(Action::Delete, "", r#""usage":0,"beta":true,"sha":"aa""#);
    assert_eq!((item.now.as_str(), item.after.as_str()), ("Enabled, Custom, Beta", "Deleted"));
    assert_eq!(item.kind, Kind::Delete(Box::new(version(r#""usage":0,"beta":true,"sha":"aa""#).attributes.clone())));
}

const TWO: &str = r#""url":"https://a","sha":"aa","archs":[{"arch":"amd64","url":"https://a","sha":"aa"},{"arch":"arm64","url":"https://b","sha":"bb"}]"#;

#[test]
fn differences_of_any_attribute_make_a_plan() {
    let update = |body: &str| -> UpdateToolVersion { serde_json::from_str(body).unwrap() };
    let change =
        |attributes: &str, body: &str| Plan::of_changes(vec![(version(attributes), update(body))]).items.remove(0);
    let item = change(r#""url":"https://a","sha":"AA""#, r#"{"url":"https://b","sha":"aa","enabled":true}"#);
    assert_eq!(sent(&item), (r#"{"url":"https://b"}"#.to_owned(), r#"{"url":"https://a"}"#.to_owned()));
    assert_eq!((item.now.as_str(), item.after.as_str()), ("URL https://a", "URL https://b"));

    // The plain fields alone take arm64 away; the list alone brings it back.
    let item = change(TWO, r#"{"sha":"cc"}"#);
    assert!(item.note.contains("arm64 will be removed."), "{}", item.note);
    let (_, back) = sent(&item);
    assert!(back.starts_with(r#"{"archs":[{"#) && back.contains("arm64"), "{back}");

    let same =
        r#"{"archs":[{"arch":"arm64","url":"https://b","sha":"BB"},{"arch":"amd64","url":"https://a","sha":"aa"}]}"#;
    assert_eq!(change(TWO, same).kind, Kind::AlreadySo);
    let item = change(TWO, r#"{"archs":[{"arch":"amd64","url":"https://a","sha":"cc"}]}"#);
    assert_eq!(item.after, "Architectures amd64 amd64 none");
    assert!(item.note.contains("arm64 will be removed."), "{}", item.note);
    assert_eq!(
        change("\"usage\":2", r#"{"enabled":false,"beta":true}"#).kind,
        Kind::Refused("2 workspaces use it.".to_owned())
    );
}

#[test]
fn a_plan_is_named_by_its_action_and_its_numbers() {
    let versions =
        [version(r#""usage":0"#), version(r#""usage":3"#), version(r#""enabled":false"#), version(r#""usage":0"#)];
    let plan = Plan::of_selection(Action::Disable, "", &versions);
    assert_eq!(plan.heading(), "Disable 4 versions?");
    assert_eq!(plan.button(), "Disable 2 versions");
    assert_eq!(plan.summary(), "2 will change, 1 already so, 1 refused");
    let table = [
        (Purpose::Selected(Action::Disable), "Disable 1 version?", "Disabling 2 versions", "Report: disable"),
        (
            Purpose::Selected(Action::RemoveDeprecation),
            "Remove deprecation of 1 version?",
            "Removing deprecation of 2 versions",
            "Report: remove deprecation",
        ),
        (
            Purpose::Selected(Action::MarkOfficial),
            "Mark 1 version official?",
            "Marking 2 versions official",
            "Report: mark official",
        ),
        (Purpose::Selected(Action::Delete), "Delete 1 version?", "Deleting 2 versions", "Report: delete"),
        (Purpose::Undo, "Undo 1 change?", "Undoing 2 changes", "Report: undo"),
        (Purpose::Change, "Change 1 version?", "Changing 2 versions", "Report: change"),
    ];
    for (purpose, heading, running, report) in table {
        assert_eq!((purpose.heading(1).as_str(), purpose.running(2).as_str()), (heading, running));
        assert_eq!(purpose.report(), report);
    }
    for action in Action::ALL {
        assert_eq!(Action::of_word(action.word()), Some(action));
        assert_eq!(action.word(), action.label().to_ascii_lowercase().replace(' ', "-"));
    }
}

#[test]
fn the_numbers_of_a_plan_are_found_without_its_items() {
    let versions: Vec<_> = [
        r#""usage":0"#,
        r#""usage":3"#,
        r#""enabled":false,"usage":3"#,
        r#""official":true,"beta":true"#,
        r#""deprecated":true"#,
        r#""deprecated":true,"deprecated-reason":"Old","usage":1"#,
    ]
    .into_iter()
    .map(version)
    .collect();
    let versions: Vec<_> = versions.iter().chain(&versions).cloned().collect();
    let alike = Alike::new(&versions);
    for action in Action::ALL {
        for reason in ["", " ", "Old", "Old ", "Older"] {
            let plan = Plan::of_selection(action, reason, &versions);
            assert_eq!(alike.counts(action, reason), plan.counts(), "{action:?} {reason:?}");
        }
    }
}

#[test]
fn what_a_list_does_not_show_is_no_change_of_a_version() {
    let listed = version(r#""enabled":true,"deprecated":true,"deprecated-reason":"Old""#).attributes.clone();
    let shown = ToolVersionAttributes {
        url: Some("https://a".to_owned()),
        sha: Some("aa".to_owned()),
        archs: Some(Vec::new()),
        ..listed.clone()
    };
    assert!(attributes::is_same(&listed, &shown), "a list may show less than the version itself");
    assert!(!attributes::is_same(&shown, &ToolVersionAttributes { url: None, ..shown.clone() }));
    assert!(!attributes::is_same(&shown, &ToolVersionAttributes { sha: Some("bb".to_owned()), ..shown.clone() }));
    let plain = ToolVersionAttributes { deprecated: None, deprecated_reason: None, ..listed.clone() };
    assert!(!attributes::is_same(&plain, &listed), "somebody deprecated it");
    let no_reason = ToolVersionAttributes { deprecated_reason: None, ..listed.clone() };
    assert!(!attributes::is_same(&no_reason, &listed), "somebody wrote a reason");
}

#[test]
fn a_version_that_no_address_can_name_is_refused_before_anything_is_sent() {
    for id in ["", ".", ".."] {
        let nameless = Arc::new(ToolVersion { id: id.to_owned(), ..ToolVersion::clone(&version(r#""enabled":true"#)) });
        for (action, is_so) in [(Action::Disable, false), (Action::Delete, false), (Action::Enable, true)] {
            let plan = Plan::of_selection(action, "", &[Arc::clone(&nameless)]);
            let item = &plan.items[0];
            assert!(!item.kind.is_sent());
            assert_eq!(item.kind == Kind::AlreadySo, is_so, "{id:?} {action:?}");
            assert!(is_so || item.note.starts_with("Refused: The installation gives it the id"), "{}", item.note);
            assert_eq!(Alike::new(&[Arc::clone(&nameless)]).counts(action, ""), plan.counts());
        }
    }
    assert!(
        Item::change(
            &version(r#""beta":false"#),
            UpdateToolVersion { beta: Some(true), ..UpdateToolVersion::default() }
        )
        .kind
        .is_sent()
    );
}

#[test]
fn hostile_texts_are_shown_as_they_are() {
    let item = one(Action::RemoveDeprecation, "", r#""deprecated":true,"deprecated-reason":"\u202e<b>""#);
    assert_eq!(item.now, "Deprecated: \\u{202e}<b>");
}
