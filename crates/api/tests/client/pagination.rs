//! Where a page stands, whatever the server says of it.

use api::{ListOptions, VersionPage, tool_versions};
use domain::Tool;
use futures_executor::block_on;

use crate::fake::{Fake, answer};

fn page(asked: (u64, u64), shown: usize, meta: &str) -> VersionPage {
    let items = vec![r#"{"id":"tool-1","type":"terraform-versions","attributes":{"version":"1.0.0"}}"#; shown];
    let body = format!(r#"{{"data":[{}]{meta}}}"#, items.join(","));
    let fake = Fake::script([answer(200, &body)]);
    let options = ListOptions { page: asked.0, size: asked.1 };
    block_on(tool_versions::list(&fake.client(), Tool::Terraform, &options)).unwrap()
}

/// Current, previous and next page, pages, count, and which of all the first is.
type Place = (u64, Option<u64>, Option<u64>, u64, u64, u64);

fn place(asked: (u64, u64), shown: usize, meta: &str) -> Place {
    let page = page(asked, shown, meta);
    let it = page.pagination;
    (it.current_page, it.prev_page, it.next_page, it.total_pages, it.total_count, page.first)
}

fn reported(current: &str, next: &str, pages: &str, count: &str) -> String {
    let numbers = format!(r#""current-page":{current},"next-page":{next},"total-pages":{pages},"total-count":{count}"#);
    format!(r#","meta":{{"pagination":{{"prev-page":null,{numbers}}}}}"#)
}

#[test]
fn what_makes_sense_is_taken_as_it_is() {
    assert_eq!(place((1, 20), 20, &reported("1", "2", "4", "70")), (1, None, Some(2), 4, 70, 1));
    assert_eq!(place((2, 20), 20, &reported("2", "3", "4", "70")), (2, Some(1), Some(3), 4, 70, 21));
    assert_eq!(place((4, 20), 10, &reported("4", "null", "4", "70")), (4, Some(3), None, 4, 70, 61));
    assert_eq!(place((1, 20), 0, &reported("1", "null", "1", "0")), (1, None, None, 1, 0, 1));
}

#[test]
fn without_meta_everything_is_on_one_page() {
    for meta in
        ["", r#","meta":null"#, r#","meta":{}"#, r#","meta":{"pagination":null}"#, r#","meta":{"status-counts":{}}"#]
    {
        assert_eq!(place((3, 20), 70, meta), (1, None, None, 1, 70, 1), "{meta}");
    }
}

#[test]
fn beyond_the_end_there_is_a_way_back() {
    assert_eq!(place((999, 20), 0, &reported("999", "null", "4", "70")), (999, Some(4), None, 4, 70, 1));
    assert_eq!(place((2, 20), 0, &reported("2", "null", "0", "0")), (2, Some(1), None, 1, 0, 1));
}

#[test]
fn a_server_with_smaller_pages_than_asked_for_is_followed() {
    assert_eq!(place((2, 100), 20, &reported("2", "3", "4", "70")), (2, Some(1), Some(3), 4, 70, 21));
    assert_eq!(place((4, 100), 10, &reported("4", "null", "4", "70")), (4, Some(3), None, 4, 70, 61));
    assert_eq!(place((3, 20), 20, &reported("1", "2", "4", "70")), (1, None, Some(2), 4, 70, 1));
}

#[test]
fn what_makes_no_sense_is_put_right() {
    assert_eq!(place((2, 20), 20, &reported("0", "null", "0", "0")), (2, Some(1), None, 2, 40, 21));
    assert_eq!(place((1, 20), 20, &reported("1", "null", "1", "3")), (1, None, None, 1, 20, 1));
    assert_eq!(place((1, 20), 20, &reported("1", "2", "1", "20")), (1, None, Some(2), 2, 20, 1));
    assert_eq!(place((1, 20), 20, &reported("1", "null", "0", "70")), (1, None, Some(2), 4, 70, 1));
    assert_eq!(place((2, 20), 20, &reported("2", "1", "2", "40")), (2, Some(1), None, 2, 40, 21));
    assert_eq!(place((1, 20), 20, &reported(r#""1""#, r#""2""#, r#""4""#, r#""70""#)), (1, None, Some(2), 4, 70, 1));
    assert_eq!(place((2, 20), 20, &reported("-1", "1.5", "{}", "[]")), (2, Some(1), None, 2, 40, 21));
}

#[test]
fn no_number_is_too_large() {
    let most = u64::MAX;
    let text = most.to_string();
    let all = place((1, 20), 20, &reported(&text, &text, &text, &text));
    assert_eq!(all, (most, Some(most - 1), None, most, most, most - 19));
    assert_eq!(place((1, 20), 20, &reported("1", &text, &text, &text)), (1, None, Some(2), most, most, 1));
    let place = place((1, 20), 20, &reported(&text, "null", "1", "1"));
    assert_eq!((place.0, place.4), (most, most));
}
