//! Installations that page in other ways than the specification.

use std::collections::HashSet;

use api::ApiError;

use super::{
    installation::{Ask, Installation, World, item, status, usual_meta},
    is_all_of,
};

fn pages_of(installation: &Installation) -> Vec<usize> {
    installation.world().asked.iter().map(|it| it.page).collect()
}

#[test]
fn a_list_of_one_page_takes_one_request() {
    for count in [0, 1, 70, 99] {
        let installation = Installation::of(count);
        let (summary, told) = installation.load();
        let summary = summary.unwrap();
        is_all_of(&told, count);
        assert!(summary.is_whole());
        assert_eq!((summary.loaded, summary.total), (count as u64, Some(count as u64)));
        assert_eq!(pages_of(&installation), [1], "{count}");
    }
}

#[test]
fn the_first_page_comes_alone_and_the_others_five_at_a_time() {
    let installation = Installation::of(1_234);
    let (summary, told) = installation.load();
    is_all_of(&told, 1_234);
    assert!(summary.unwrap().is_whole());
    assert_eq!(told.totals, vec![Some(1_234); 13]);
    assert_eq!(pages_of(&installation), (1..=13).collect::<Vec<_>>());
    let world = installation.world();
    assert_eq!(world.most_at_once, api::inventory::AT_ONCE);
    assert!(world.asked.iter().all(|it| it.size == Some(100)));
    assert_eq!(world.arrivals.iter().filter(|it| it.is_zero()).count(), 1);
}

#[test]
fn a_small_first_page_is_followed_by_large_ones() {
    let installation = Installation::of(250);
    let (_, told) = installation.load_from(20);
    is_all_of(&told, 250);
    let sizes: Vec<_> = installation.world().asked.iter().map(|it| (it.page, it.size.unwrap())).collect();
    assert_eq!(sizes, [(1, 20), (1, 100), (2, 100), (3, 100)]);
    let installation = Installation::of(12);
    is_all_of(&installation.load_from(20).1, 12);
    assert_eq!(pages_of(&installation), [1]);
}

#[test]
fn a_full_last_page_is_not_taken_at_its_word() {
    let installation = Installation::of(100);
    is_all_of(&installation.load().1, 100);
    assert_eq!(pages_of(&installation), [1, 2]);
}

/// Meta that tells something else.
type Meta = fn(usize, usize, usize) -> String;

/// The size of a page that was asked for with this one.
type Size = fn(Option<usize>) -> usize;

fn meta(numbers: &str) -> String {
    format!(r#","meta":{{"pagination":{{{numbers}}}}}"#)
}

#[test]
fn every_report_of_pages_leads_to_all_of_them() {
    let metas: [(&str, Meta); 14] = [
        ("none", |_, _, _| String::new()),
        ("null", |_, _, _| r#","meta":null"#.to_owned()),
        ("empty", |_, _, _| meta("")),
        ("links alone", |_, _, _| r#","links":{"next":"http://elsewhere/?page=2"}"#.to_owned()),
        ("the next page alone", |page, size, count| {
            let next = if page * size < count { (page + 1).to_string() } else { "null".to_owned() };
            meta(&format!(r#""next-page":{next}"#))
        }),
        ("the pages alone", |_, size, count| meta(&format!(r#""total-pages":{}"#, count.div_ceil(size)))),
        ("the count alone", |_, _, count| meta(&format!(r#""total-count":{count}"#))),
        ("the count of this page", |_, size, count| meta(&format!(r#""total-count":{}"#, size.min(count)))),
        ("too small a count", |page, size, _| usual_meta(page, size, 3)),
        ("one page", |_, size, _| usual_meta(1, size, size)),
        ("no next page", |page, size, count| {
            usual_meta(page, size, count).replace(r#""next-page":2,"#, r#""next-page":null,"#)
        }),
        ("texts", |page, _, count| meta(&format!(r#""current-page":"{page}","total-count":"{count}""#))),
        ("zeros", |_, _, _| meta(r#""current-page":0,"next-page":0,"total-pages":0,"total-count":0"#)),
        ("pages of another size", |page, size, count| usual_meta(page, size * 10, count)),
    ];
    let sizes: [(&str, Size); 5] = [
        ("as asked for", |asked| asked.unwrap_or(20).min(100)),
        ("20", |_| 20),
        ("7", |_| 7),
        ("250", |_| 250),
        ("everything", |_| 100_000),
    ];
    // Where a server that takes no size counts no more than what it shows, that is all there is for all that anybody knows.
    let is_hopeless = |name, size| {
        let counts_short = ["the count of this page", "one page"].contains(&name);
        counts_short && ["7", "250"].contains(&size)
    };
    for (name, meta) in metas {
        for (size_name, size_of) in sizes.iter().copied().filter(|(size, _)| !is_hopeless(name, *size)) {
            for count in [0, 1, 20, 70, 100, 300, 345] {
                for first in [20, 100] {
                    let change = |world: &mut World| (world.meta, world.size_of) = (meta, size_of);
                    let installation = Installation::with(count, change, |_, _| None);
                    let (summary, told) = installation.load_from(first);
                    let different: HashSet<&String> = told.versions.iter().collect();
                    let case = format!("{name}, size {size_name}, {count} versions, from {first}");
                    assert_eq!((different.len(), told.versions.len()), (count, count), "{case}");
                    let counts_too_many = name == "one page" || (name == "too small a count" && count < 3);
                    assert!(told.failed.is_empty() && (counts_too_many || summary.unwrap().is_whole()), "{case}");
                    let pages = count.div_ceil(size_of(Some(100)).min(first as usize)).max(1);
                    let asked = installation.world().asked.len();
                    assert!(asked <= pages * 2 + 8, "{case}: {asked} requests for {pages} pages");
                }
            }
        }
    }
}

#[test]
fn everything_at_once_is_one_request_and_comes_in_portions() {
    let change = |world: &mut World| world.size_of = |_| 100_000;
    let installation = Installation::with(2_100, change, |_, _| None);
    let (_, told) = installation.load();
    is_all_of(&told, 2_100);
    assert_eq!((pages_of(&installation), told.largest, told.repeated), (vec![1], 500, 0));
}

#[test]
fn a_server_that_answers_every_number_with_the_same_page_is_not_asked_forever() {
    for total in [70, 10_000, 100_000_000] {
        let whim = move |world: &mut World, _: Ask| {
            let page = world.page(1, Some(70));
            let body = page.body.replace(r#""total-count":70"#, &format!(r#""total-count":{total}"#));
            Some(Ok(api::Response { body, ..page }))
        };
        let installation = Installation::with(70, |_| {}, whim);
        let (summary, told) = installation.load();
        is_all_of(&told, 70);
        assert!(pages_of(&installation).len() <= 9, "{:?}", pages_of(&installation));
        assert_eq!(summary.unwrap().missing(), total - 70);
    }
}

#[test]
fn the_same_page_again_and_again_ends_also_where_a_version_on_it_cannot_be_read() {
    let whim = |world: &mut World, _: Ask| {
        let page = world.page(1, Some(100));
        let body = page.body.replace(r#""id":"tool-1.0.7""#, r#""id":[]"#);
        Some(Ok(api::Response { body, ..page }))
    };
    let installation = Installation::with(100, |world| world.meta = |_, _, _| String::new(), whim);
    let (_, told) = installation.load();
    is_all_of(&told, 99);
    assert_eq!(pages_of(&installation), [1, 2]);
}

#[test]
fn a_list_without_an_end_is_cut() {
    let whim = |world: &mut World, ask: Ask| {
        let new = (0..100).map(|it| item(&format!("{}.{it}.0", ask.page))).collect::<Vec<_>>().join(",");
        let body = format!(r#"{{"data":[{new}]{}}}"#, (world.meta)(ask.page, 100, usize::MAX / 2));
        Some(Ok(api::Response { status: 200, body, ..Default::default() }))
    };
    let installation = Installation::with(0, |_| {}, whim);
    let (summary, told) = installation.load();
    let summary = summary.unwrap();
    assert!(summary.is_cut && !summary.is_whole());
    assert!((100_000..100_500).contains(&told.versions.len()), "{}", told.versions.len());
    assert!(pages_of(&installation).len() <= 1_005);
}

#[test]
fn a_size_that_is_refused_is_not_asked_for_again() {
    for refusal in [400, 422] {
        // Every size.
        let whim = move |_: &mut World, ask: Ask| ask.size.and_then(|_| status(refusal));
        let installation = Installation::with(70, |_| {}, whim);
        is_all_of(&installation.load().1, 70);
        assert_eq!(pages_of(&installation), [1, 1, 2, 3, 4]);
        // The largest.
        let whim = move |_: &mut World, ask: Ask| ask.size.filter(|size| *size > 20).and_then(|_| status(refusal));
        let installation = Installation::with(70, |_| {}, whim);
        is_all_of(&installation.load_from(20).1, 70);
        assert_eq!(pages_of(&installation), [1, 1, 2, 3, 4]);
    }
    let installation = Installation::with(70, |_| {}, |_, _| status(422));
    assert!(matches!(installation.load().0, Err(ApiError::Invalid(_))));
    let installation = Installation::with(70, |_| {}, |_, _| status(404));
    assert_eq!(installation.load().0, Err(ApiError::NotFound));
    assert_eq!(pages_of(&installation), [1]);
}

#[test]
fn beyond_the_end_a_refusal_is_the_end() {
    for refusal in [404, 400, 422, 416, 500] {
        for count in [100, 300] {
            let whim = move |_: &mut World, ask: Ask| if ask.page * 100 > count { status(refusal) } else { None };
            let (summary, told) = Installation::with(count, |_| {}, whim).load();
            is_all_of(&told, count);
            assert!(summary.unwrap().is_whole());
        }
    }
}

#[test]
fn versions_that_cannot_be_read_count_and_hide_no_others() {
    let whim = |world: &mut World, ask: Ask| {
        let page = world.page(ask.page, ask.size);
        let body = page.body.replace(r#""id":"tool-1.0.150""#, r#""id":[]"#);
        Some(Ok(api::Response { body, ..page }))
    };
    let installation = Installation::with(250, |_| {}, whim);
    let (summary, told) = installation.load();
    is_all_of(&told, 249);
    let summary = summary.unwrap();
    assert_eq!((summary.loaded, summary.unreadable, summary.missing(), summary.is_whole()), (249, 1, 0, true));
    assert_eq!(pages_of(&installation), [1, 2, 3]);
}
