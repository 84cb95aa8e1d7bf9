//! Pages that fail, and a load that is given up.

use std::{
    sync::{Arc, Mutex},
    task::{Context, Waker},
};

use api::{
    ApiError, Response, TransportError,
    inventory::{self, Begun, Event},
};
use domain::Tool;

use super::installation::{Ask, Installation, World, load, status};

fn asked_for(installation: &Installation, page: usize) -> usize {
    installation.world().asked.iter().filter(|it| it.page == page).count()
}

#[test]
fn the_first_page_fails_as_every_call() {
    let installation = Installation::with(300, |_| {}, |_, _| Some(Err(TransportError::Unreachable)));
    let (outcome, told) = installation.load();
    assert_eq!(outcome, Err(ApiError::Unreachable));
    assert!(told.failed.is_empty() && told.versions.is_empty());
}

#[test]
fn a_page_that_fails_is_tried_again_when_the_others_are_read() {
    // Four sends of a read, and then it works.
    let whim = |world: &mut World, ask: Ask| {
        let before = world.asked.iter().filter(|it| it.page == 3).count();
        if ask.page == 3 && before <= 4 { status(503) } else { None }
    };
    let installation = Installation::with(1_000, |_| {}, whim);
    let (summary, told) = installation.load();
    assert!(summary.unwrap().is_whole());
    assert_eq!((told.versions.len(), told.failed.len(), asked_for(&installation, 3)), (1_000, 0, 5));
}

#[test]
fn a_page_that_stays_away_is_named_and_can_be_asked_for_again() {
    let whim =
        |world: &mut World, ask: Ask| if ask.page == 3 && world.versions.len() == 1_000 { status(500) } else { None };
    let installation = Installation::with(1_000, |_| {}, whim);
    let (summary, told) = installation.load();
    let summary = summary.unwrap();
    assert_eq!(told.versions.len(), 900, "what is there stays usable");
    let [(pages, error)] = told.failed.as_slice() else { panic!("{:?}", told.failed) };
    assert_eq!((pages.positions(), error), ((201, 300), &ApiError::Refused { status: 500, messages: Vec::new() }));
    assert_eq!((summary.failed.as_slice(), summary.is_whole(), summary.missing()), ([*pages].as_slice(), false, 0));
    // It still fails, and is named again.
    let (second, told) = installation.again(&summary.failed);
    assert_eq!((second.unwrap().failed, told.versions.len()), (vec![*pages], 0));
    // It works.
    installation.world().versions.push("2.0.0".to_owned());
    let (third, told) = installation.again(&summary.failed);
    assert!(third.unwrap().is_whole());
    assert_eq!((told.versions.len(), told.versions.first().unwrap().as_str()), (100, "1.0.201"));
}

#[test]
fn what_is_left_out_behind_the_first_page_is_named_and_can_be_asked_for() {
    let installation = Installation::of(250);
    let named = Arc::new(Mutex::new(Vec::new()));
    let on = {
        let named = Arc::clone(&named);
        Box::new(move |event| {
            if let Event::Failed { pages, error } = event {
                named.lock().unwrap().push((pages.positions(), error));
            }
        })
    };
    let begun = installation.run(inventory::first(&installation.client(), Tool::Terraform, 20, on)).unwrap();
    let Begun::Part(unread) = begun else { panic!("there are 250") };
    let summary = unread.leave_out(ApiError::Unreachable);
    assert_eq!((summary.loaded, summary.is_whole()), (20, false));
    assert_eq!(*named.lock().unwrap(), [((21, 260), ApiError::Unreachable)]);
    let (again, told) = installation.again(&summary.failed);
    assert!(again.unwrap().is_whole());
    assert_eq!(told.versions.len(), 230);
}

#[test]
fn a_page_that_is_no_list_is_named_and_the_others_come() {
    let whim = |_: &mut World, ask: Ask| {
        (ask.page == 2).then(|| Ok(Response { status: 200, body: "<html>".to_owned(), ..Response::default() }))
    };
    let (summary, told) = Installation::with(500, |_| {}, whim).load();
    assert_eq!((summary.unwrap().failed.len(), told.versions.len()), (1, 400));
    assert!(matches!(told.failed.first(), Some((_, ApiError::Unreadable { .. }))));
}

#[test]
fn without_a_network_the_other_pages_are_named_and_not_tried() {
    let whim = |_: &mut World, ask: Ask| (ask.nth > 4).then_some(Err(TransportError::Unreachable));
    let installation = Installation::with(10_000, |_| {}, whim);
    let (summary, told) = installation.load();
    let summary = summary.unwrap();
    let came = told.versions.len();
    assert!((100..=400).contains(&came), "{came}");
    let named: u64 = told.failed.iter().map(|(pages, _)| pages.positions()).map(|(first, last)| last - first + 1).sum();
    assert_eq!((named as usize + came, summary.total), (10_000, Some(10_000)));
    assert!(installation.world().asked.len() < 60, "{}", installation.world().asked.len());
    assert!(told.failed.iter().all(|(_, error)| *error == ApiError::Unreachable));
    // Each page is named once, and all of them together bring the rest.
    let whole = Installation::of(10_000);
    let (third, told) = whole.again(&summary.failed);
    assert!(third.unwrap().failed.is_empty());
    assert_eq!(told.versions.len() + came, 10_000);
}

#[test]
fn a_token_that_is_refused_and_not_renewed_ends_it() {
    let whim = |_: &mut World, ask: Ask| if ask.nth > 3 { status(401) } else { None };
    let installation = Installation::with(10_000, |_| {}, whim);
    let (summary, told) = installation.load();
    assert!(!summary.unwrap().is_whole());
    assert!(told.failed.iter().all(|(_, error)| *error == ApiError::Unauthorized) && !told.failed.is_empty());
    assert!(installation.world().asked.len() <= 10, "{}", installation.world().asked.len());
}

#[test]
fn a_load_that_is_dropped_ends_its_requests() {
    let installation = Installation::of(10_000);
    let mut loading = load(&installation.client(), 100, Box::new(|_| {}));
    assert!(installation.world().asked.is_empty(), "nothing is sent before it is polled");
    for _ in 0..2 {
        assert!(loading.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        installation.pass();
    }
    assert!(loading.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    let asked = installation.world().asked.len();
    drop(loading);
    assert_eq!(installation.world().dropped, inventory::AT_ONCE);
    assert_eq!(installation.world().asked.len(), asked);
}

#[test]
fn a_page_that_failed_on_a_server_that_tells_no_number_of_pages_leads_to_the_others_again() {
    let whim = |world: &mut World, ask: Ask| if ask.page == 3 && world.dropped == 0 { status(500) } else { None };
    let change = |world: &mut World| world.meta = |_, _, _| String::new();
    let installation = Installation::with(1_000, change, whim);
    let (summary, told) = installation.load();
    let summary = summary.unwrap();
    assert_eq!((told.versions.len(), summary.failed.len(), summary.is_whole()), (200, 1, false));
    installation.world().dropped = 1;
    let (summary, told) = installation.again(&summary.failed);
    assert_eq!((told.versions.len(), summary.unwrap().failed.len()), (800, 0));
}
