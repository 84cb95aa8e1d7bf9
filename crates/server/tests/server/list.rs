//! `GET /admin/terraform-versions`: paging, the filter and the search.

use serde_json::{Value, json};
use tfe_console_server::{EmbeddedOptions, Seed};

use crate::support::{Server, VERSIONS, new_version};

fn pagination(current: u64, prev: Option<u64>, next: Option<u64>, pages: u64, count: u64) -> Value {
    json!({"pagination": {
        "current-page": current, "prev-page": prev, "next-page": next, "total-pages": pages, "total-count": count
    }})
}

#[tokio::test]
async fn the_list_of_the_demo_data_begins_and_stands_as_in_the_specification() {
    let sample = include_str!("../../../../tests/fixtures/terraform-versions.list.json");
    let sample: Value = serde_json::from_str(sample).unwrap();
    let answer = Server::demo().get(VERSIONS).await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/vnd.api+json"));
    for (index, expected) in sample["data"].as_array().unwrap().iter().enumerate() {
        let found = &answer.json["data"][index];
        assert_eq!((&found["id"], &found["type"]), (&expected["id"], &expected["type"]));
        for (name, value) in expected["attributes"].as_object().unwrap() {
            assert_eq!(&found["attributes"][name], value, "{name} of {index}");
        }
    }
    assert_eq!(answer.json["meta"], sample["meta"]);
    let links = answer.text.replace("http://tfe.localhost", "https://tfe.example.com");
    assert_eq!(serde_json::from_str::<Value>(&links).unwrap()["links"], sample["links"]);
}

#[tokio::test]
async fn the_pages_together_have_every_version_once() {
    let server = Server::demo();
    let mut all = Vec::new();
    for page in 1..=4 {
        let answer = server.get(&format!("{VERSIONS}?page%5Bnumber%5D={page}")).await;
        assert_eq!(answer.versions().len(), if page == 4 { 10 } else { 20 });
        all.extend(answer.versions().into_iter().map(str::to_owned));
    }
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 70);
}

#[tokio::test]
async fn a_page_knows_its_neighbours() {
    let server = Server::demo();
    let answer = server.get(&format!("{VERSIONS}?page[number]=2&page[size]=30")).await;
    assert_eq!(answer.json["meta"], pagination(2, Some(1), Some(3), 3, 70));
    let link = |page| format!("http://tfe.localhost{VERSIONS}?page%5Bnumber%5D={page}&page%5Bsize%5D=30");
    assert_eq!(
        answer.json["links"],
        json!({"self": link(2), "first": link(1), "prev": link(1), "next": link(3), "last": link(3)})
    );
    let answer = server.get(&format!("{VERSIONS}?page[number]=3&page[size]=30")).await;
    assert_eq!(answer.json["meta"], pagination(3, Some(2), None, 3, 70));
    assert_eq!(answer.json["links"]["next"], Value::Null);
}

#[tokio::test]
async fn beyond_the_end_there_is_an_empty_page_that_says_which_was_asked_for() {
    let server = Server::demo();
    for page in ["999", "18446744073709551615"] {
        let answer = server.get(&format!("{VERSIONS}?page%5Bnumber%5D={page}")).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.json["data"], json!([]));
        assert_eq!(answer.json["meta"]["pagination"]["current-page"].to_string(), page);
        assert_eq!(answer.json["meta"]["pagination"]["prev-page"], 4, "the last page that there is");
        assert_eq!(answer.json["meta"]["pagination"]["next-page"], Value::Null);
    }
}

#[tokio::test]
async fn an_empty_list_has_one_empty_page() {
    let answer = Server::empty().get(VERSIONS).await;
    assert_eq!((answer.status.as_u16(), &answer.json["data"]), (200, &json!([])));
    assert_eq!(answer.json["meta"], pagination(1, None, None, 1, 0));
}

#[tokio::test]
async fn a_page_has_20_versions_by_default_and_100_at_most() {
    let server = Server::with(EmbeddedOptions { seed: Some(Seed::Synthetic(150)), ..EmbeddedOptions::default() });
    for (size, expected) in
        [("", 20), ("1", 1), ("99", 99), ("100", 100), ("101", 100), ("99999999999999999999999", 100)]
    {
        let answer = server.get(&format!("{VERSIONS}?page%5Bsize%5D={size}")).await;
        assert_eq!(answer.versions().len(), expected, "size {size}");
    }
    let answer = server.get(&format!("{VERSIONS}?page[size]=500")).await;
    assert!(answer.json["links"]["next"].as_str().unwrap().ends_with("page%5Bsize%5D=100"), "{}", answer.text);
}

#[tokio::test]
async fn what_is_no_page_number_means_the_first_page() {
    let server = Server::demo();
    let first = server.get(VERSIONS).await;
    for query in ["page[number]=0", "page[number]=-1", "page[number]=two", "page[number]=", "page[size]=0", "page=2"] {
        let answer = server.get(&format!("{VERSIONS}?{query}")).await;
        assert_eq!((answer.status.as_u16(), answer.versions()), (200, first.versions()), "{query}");
        assert_eq!(answer.json["meta"], first.json["meta"], "{query}");
    }
}

#[tokio::test]
async fn the_filter_finds_one_version_exactly() {
    let server = Server::demo();
    let found = |answer: crate::support::Answer| answer.versions().into_iter().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(found(server.get(&format!("{VERSIONS}?filter%5Bversion%5D=1.5.7")).await), ["1.5.7"]);
    for nothing in ["1.5", "1.5.", "%25", "1000.1000.42", "1.5.7%20"] {
        assert_eq!(found(server.get(&format!("{VERSIONS}?filter%5Bversion%5D={nothing}")).await), [""; 0], "{nothing}");
    }
    let both = format!("{VERSIONS}?search%5Bversion%5D=0.11&filter%5Bversion%5D=1.5.7");
    assert_eq!(found(server.get(&both).await), ["1.5.7"], "the filter takes precedence");
}

#[tokio::test]
async fn the_search_finds_every_version_with_the_text_in_it() {
    let server = Server::demo();
    let answer = server.get(&format!("{VERSIONS}?search%5Bversion%5D=1.0")).await;
    assert!(answer.versions().iter().all(|version| version.contains("1.0")), "{:?}", answer.versions());
    assert!(answer.versions().contains(&"1.0.11"));
    let answer = server.get(&format!("{VERSIONS}?search%5Bversion%5D=ACME")).await;
    assert_eq!(answer.versions().len(), 5, "{:?}", answer.versions());
    for literal in ["%25", "_", "1_5", "1%255", "*", "'", "%5C"] {
        let answer = server.get(&format!("{VERSIONS}?search%5Bversion%5D={literal}")).await;
        assert_eq!((answer.status.as_u16(), answer.versions().len()), (200, 0), "{literal}");
    }
    let everything = server.get(&format!("{VERSIONS}?search%5Bversion%5D=&filter%5Bversion%5D=")).await;
    assert_eq!(everything.json["meta"]["pagination"]["total-count"], 70, "an empty search is none");
}

#[tokio::test]
async fn the_pages_of_a_search_are_counted_and_linked_with_the_search() {
    let server = Server::demo();
    let answer = server.get(&format!("{VERSIONS}?search[version]=1.&page[size]=5&page[number]=2&a=%C3%A4%26")).await;
    assert_eq!(answer.versions().len(), 5);
    let last = answer.json["meta"]["pagination"]["total-pages"].as_u64().unwrap();
    let link = |page: u64| {
        let search = "search%5Bversion%5D=1.&a=%C3%A4%26";
        json!(format!("http://tfe.localhost{VERSIONS}?{search}&page%5Bnumber%5D={page}&page%5Bsize%5D=5"))
    };
    let links = &answer.json["links"];
    assert_eq!((&links["self"], &links["next"], &links["last"]), (&link(2), &link(3), &link(last)));
    let next = links["next"].as_str().unwrap().strip_prefix("http://tfe.localhost").unwrap();
    assert_eq!(server.get(next).await.json["links"]["self"], link(3), "a link leads where it says");
}

#[tokio::test]
async fn the_version_added_last_comes_first() {
    let server = Server::demo();
    server.add(new_version("0.1.0")).await;
    server.add(new_version("9.0.0")).await;
    let answer = server.get(VERSIONS).await;
    assert_eq!(answer.versions().get(..4), Some(["9.0.0", "0.1.0", "0.11.8", "0.11.7"].as_slice()));
}
