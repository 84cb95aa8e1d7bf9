//! Changes of every kind and their reverse, on an installation that couples address, digest and architectures.

use proptest::{prelude::*, sample::subsequence, strategy::Union};
use serde_json::{Map, Value, json};
use wire::Arch;

use super::*;

/// Attributes as the API writes them. Those of an update may be left out.
fn attributes(is_update: bool) -> impl Strategy<Value = Map<String, Value>> {
    let yes_no = || any::<bool>().prop_map(Value::from).boxed();
    let text = |pattern: &'static str| pattern.prop_map(Value::from).boxed();
    let arch = |name: &&str| json!({"arch": name, "url": format!("https://{name}"), "sha": "aa"});
    let archs = subsequence(vec!["amd64", "arm64", "s390x"], 1..=3)
        .prop_map(move |names| Value::from_iter(names.iter().map(arch)))
        .boxed();
    let all = [
        ("version", text("1\\.[0-2]\\.0")),
        ("url", text("https://[ab]")),
        ("sha", text("[aA]{2}")),
        ("official", yes_no()),
        ("enabled", yes_no()),
        ("beta", yes_no()),
        ("deprecated", yes_no()),
        ("deprecated-reason", text("[xy]?")),
        ("archs", archs),
    ];
    let one = move |(name, value): (&'static str, BoxedStrategy<Value>)| {
        let is_optional = is_update || name == "archs";
        let there = value.prop_map(move |value| Some((name.to_owned(), value))).boxed();
        Union::new(if is_optional { vec![there, Just(None).boxed()] } else { vec![there] })
    };
    Vec::from(all.map(one)).prop_map(move |all| {
        let mut all: Map<String, Value> = all.into_iter().flatten().collect();
        if all.get("deprecated") != Some(&json!(true)) {
            all.remove("deprecated-reason");
        }
        if is_update && all.contains_key("archs") {
            // Sent with an address that contradicts them, they would be refused.
            all.retain(|name, _| name != "url" && name != "sha");
        }
        all
    })
}

/// What an installation makes of an update: facts.md 1.4.
fn installed(version: &ToolVersionAttributes, update: &UpdateToolVersion) -> ToolVersionAttributes {
    let mut new = attributes::after(version, update);
    let of_amd64 = |new: &ToolVersionAttributes, field: fn(&Arch) -> &Option<String>| {
        new.archs.iter().flatten().find(|it| it.arch == "amd64").and_then(|it| field(it).clone())
    };
    if update.archs.is_some() {
        (new.url, new.sha) = (of_amd64(&new, |it| &it.url), of_amd64(&new, |it| &it.sha));
    } else if version.archs.is_some() && (update.url.is_some() || update.sha.is_some()) {
        let (url, sha) = (new.url.clone(), new.sha.clone());
        new.archs = Some(vec![Arch { url, sha, os: "linux".to_owned(), arch: "amd64".to_owned() }]);
    }
    new
}

fn version_of(attributes: ToolVersionAttributes) -> Arc<ToolVersion> {
    Arc::new(ToolVersion { id: "tool-1".to_owned(), kind: String::new(), attributes })
}

proptest! {
    #[test]
    fn a_change_and_its_reverse_leave_a_version_as_it_was(old in attributes(false), asked in attributes(true)) {
        let old: ToolVersionAttributes = serde_json::from_value(old.into()).unwrap();
        let archs = UpdateToolVersion { archs: old.archs.clone(), ..UpdateToolVersion::default() };
        let old = version_of(installed(&old, &archs));
        let asked: UpdateToolVersion = serde_json::from_value(asked.into()).unwrap();
        let Kind::Change { update, reverse } = Item::change(&old, asked.clone()).kind else {
            prop_assert!(attributes::has(&old.attributes, &asked));
            return Ok(());
        };
        let new = version_of(installed(&old.attributes, &update));
        prop_assert!(attributes::has(&new.attributes, &update) && !attributes::has(&old.attributes, &update));
        if !attributes::is_reversible(&update, &reverse) {
            return Ok(());
        }
        prop_assert!(attributes::has(&old.attributes, &reverse), "{reverse:?}");
        let Kind::Change { update: back, .. } = Item::change(&new, (*reverse).clone()).kind else {
            panic!("{reverse:?} changes nothing of {new:?}");
        };
        let again = installed(&new.attributes, &back);
        prop_assert!(attributes::is_same(&again, &old.attributes), "{update:?} {back:?}: {again:?}");
    }
}
