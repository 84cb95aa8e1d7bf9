//! The demo data: what someone who tries the console should meet in it.

use std::collections::HashSet;

use serde_json::Value;
use tfe_console_server::{EmbeddedOptions, Seed, UnknownSeed};

use crate::support::{Server, VERSIONS};

async fn everything(server: &Server) -> Vec<Value> {
    let answer = server.get(&format!("{VERSIONS}?page[size]=100")).await;
    answer.json["data"].as_array().unwrap().clone()
}

#[tokio::test]
async fn the_demo_data_has_one_of_every_kind() {
    let all = everything(&Server::demo()).await;
    let count = |test: &dyn Fn(&Value) -> bool| all.iter().filter(|item| test(&item["attributes"])).count();
    assert_eq!(all.len(), 70);
    assert!(count(&|it| it["usage"] == 0) >= 20);
    assert!(count(&|it| it["usage"] == 1) >= 1);
    assert!(count(&|it| it["usage"].as_u64() > Some(1)) >= 20);
    assert!(count(&|it| it["beta"] == true) >= 5);
    assert!(count(&|it| it["enabled"] == false) >= 5);
    assert!(count(&|it| it["created-at"].is_null()) >= 5);
    assert!(count(&|it| it["deprecated"] == true && it["deprecated-reason"].is_string()) >= 5);
    assert!(count(&|it| it["archs"].as_array().unwrap().len() == 2) >= 20);
    assert!(count(&|it| it["official"] == false && it["usage"] == 0) >= 2, "some can be deleted");
    assert!(count(&|it| it["official"] == false && it["usage"] != 0) >= 1, "some only not because they are used");
    assert!(count(&|it| it["enabled"] == false && it["usage"] != 0) == 0, "a used version cannot be disabled");
}

#[tokio::test]
async fn every_seeded_version_could_have_been_created_here() {
    for seed in [Seed::Demo, Seed::Synthetic(100), Seed::Synthetic(600)] {
        let seeded = Server::with(EmbeddedOptions { seed: Some(seed), ..EmbeddedOptions::default() });
        let empty = Server::empty();
        let mut ids = HashSet::new();
        for item in everything(&seeded).await {
            let mut attributes = item["attributes"].clone();
            let members = attributes.as_object_mut().unwrap();
            members.remove("created-at");
            members.remove("usage");
            let created = empty.post(attributes.clone()).await;
            assert_eq!(created.status, 201, "{} {}", item, created.text);
            for (name, value) in attributes.as_object().unwrap() {
                assert_eq!(&created.attributes()[name], value, "{name} of {item}");
            }
            let id = item["id"].as_str().unwrap().to_owned();
            assert!(id.len() == 21 && id.starts_with("tool-"), "{id}");
            assert!(ids.insert(id), "an id is there twice");
        }
    }
}

#[tokio::test]
async fn the_versions_after_the_first_two_are_newest_first() {
    let numbers = |item: &Value| -> Vec<u64> {
        let version = item["attributes"]["version"].as_str().unwrap();
        version.split('-').next().unwrap().split('.').map(|number| number.parse().unwrap()).collect()
    };
    let all: Vec<_> =
        everything(&Server::demo()).await.iter().skip(2).map(|item| numbers(item)[..2].to_vec()).collect();
    assert!(all.is_sorted_by(|one, next| one >= next), "{all:?}");
}

#[tokio::test]
async fn ten_thousand_made_up_versions_are_different_and_like_those_of_a_real_installation() {
    let server = Server::with(EmbeddedOptions { seed: Some(Seed::Synthetic(10_000)), ..EmbeddedOptions::default() });
    let mut all = Vec::new();
    for page in 1..=100 {
        let answer = server.get(&format!("{VERSIONS}?page[size]=100&page[number]={page}")).await;
        assert_eq!(answer.json["meta"]["pagination"]["total-count"], 10_000);
        all.extend(answer.json["data"].as_array().unwrap().clone());
    }
    let different =
        |pointer: &str| all.iter().map(|it| it.pointer(pointer).unwrap().to_string()).collect::<HashSet<_>>();
    assert_eq!((different("/id").len(), different("/attributes/version").len()), (10_000, 10_000));
    assert_eq!(different("/attributes/archs/0/sha").len(), 10_000);
    assert_eq!(all[0]["attributes"]["version"], "6.39.0-beta2");

    let count = |test: &dyn Fn(&Value) -> bool| all.iter().filter(|item| test(&item["attributes"])).count();
    let has_suffix = |suffix: &'static str| move |it: &Value| it["version"].as_str().unwrap().contains(suffix);
    let has_archs = |archs: &'static [&'static str]| {
        move |it: &Value| {
            it["archs"].as_array().unwrap().iter().map(|it| it["arch"].as_str().unwrap()).eq(archs.iter().copied())
        }
    };
    let spread: [(&str, usize, &dyn Fn(&Value) -> bool); 17] = [
        ("alpha builds", 500, &has_suffix("-alpha20")),
        ("second betas", 290, &has_suffix("-beta2")),
        ("tenth release candidates", 50, &has_suffix("-rc10")),
        ("bundles of the kind -oci", 500, &has_suffix("-oci")),
        ("bundles of the kind +ent", 500, &has_suffix("+ent")),
        ("lines before 1.0", 100, &|it| it["version"].as_str().unwrap().starts_with("0.")),
        ("used ones", 1_500, &|it| it["usage"].as_u64() > Some(0)),
        ("much used ones", 100, &|it| it["usage"].as_u64() > Some(50)),
        ("disabled ones", 1_500, &|it| it["enabled"] == false),
        ("custom ones", 1_500, &|it| it["official"] == false),
        ("betas", 1_000, &|it| it["beta"] == true),
        ("deprecated ones with a reason", 800, &|it| it["deprecated-reason"].is_string()),
        ("deprecated ones without", 50, &|it| it["deprecated"] == true && it["deprecated-reason"].is_null()),
        ("such without a date", 50, &|it| it["created-at"].is_null()),
        ("such with three architectures", 500, &has_archs(&["amd64", "arm64", "s390x"])),
        ("such without arm64", 1_000, &has_archs(&["amd64"])),
        ("such for arm64 alone", 10, &|it| it["url"].is_null() && has_archs(&["arm64"])(it)),
    ];
    for (what, least, test) in spread {
        let found = count(test);
        assert!((least..8_000).contains(&found), "{found} {what}");
    }
    assert_eq!(count(&|it| it["enabled"] == false && it["usage"] != 0), 0, "who is used is enabled");
    let dates: HashSet<_> =
        all.iter().filter_map(|it| Some(it["attributes"]["created-at"].as_str()?[..7].to_owned())).collect();
    assert!(dates.len() > 60, "{} months", dates.len());
}

#[tokio::test]
async fn the_first_made_up_versions_are_the_same_however_many_there_are() {
    let seeded =
        |count| Server::with(EmbeddedOptions { seed: Some(Seed::Synthetic(count)), ..EmbeddedOptions::default() });
    let oldest = |answer: crate::support::Answer| answer.json["data"].as_array().unwrap().last().cloned().unwrap();
    let few = oldest(seeded(3).get(VERSIONS).await);
    let many = oldest(seeded(150).get(&format!("{VERSIONS}?page[size]=50&page[number]=3")).await);
    assert_eq!((&few, &few["attributes"]["version"]), (&many, &Value::from("0.11.0-alpha20170101")));
}

#[test]
fn a_seed_is_demo_empty_or_a_number() {
    assert_eq!("demo".parse(), Ok(Seed::Demo));
    assert_eq!("empty".parse(), Ok(Seed::Empty));
    assert_eq!("2000".parse(), Ok(Seed::Synthetic(2000)));
    for wrong in ["", "Demo", "-1", "1000001", "1e3"] {
        assert_eq!(wrong.parse::<Seed>(), Err(UnknownSeed), "{wrong}");
    }
}
