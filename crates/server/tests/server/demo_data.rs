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
    for seed in [Seed::Demo, Seed::Synthetic(100)] {
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
async fn ten_thousand_made_up_versions_are_ten_thousand_different_ones() {
    let server = Server::with(EmbeddedOptions { seed: Some(Seed::Synthetic(10_000)), ..EmbeddedOptions::default() });
    let answer = server.get(VERSIONS).await;
    assert_eq!(answer.json["meta"]["pagination"]["total-count"], 10_000);
    assert_eq!(answer.versions().first(), Some(&"10.49.19"));
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
