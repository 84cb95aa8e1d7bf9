//! The installation's rate limit while everything is loaded.

use std::time::Duration;

use super::installation::{Ask, Installation, World};

fn limited(limit: usize, tells_limit: bool) -> std::sync::Arc<Installation> {
    let change = |world: &mut World| (world.limit, world.tells_limit) = (limit, tells_limit);
    Installation::with(10_000, change, |_, _| None)
}

#[test]
fn ten_thousand_versions_come_as_fast_as_nine_tenths_of_the_limit_allow() {
    for latency in [5, 20, 150] {
        let installation = limited(30, true);
        installation.world().latency = Duration::from_millis(latency);
        let (summary, told) = installation.load();
        assert!(summary.unwrap().is_whole());
        let world = installation.world();
        println!("10,000 versions, 30 a second, {latency} ms: {:?}", world.arrivals.last().unwrap());
        assert_eq!((told.versions.len(), world.refused), (10_000, 0));
        let in_a_second = |from: &Duration| {
            world.arrivals.iter().filter(|it| (*from..*from + Duration::from_secs(1)).contains(it)).count()
        };
        assert!(world.arrivals.iter().map(in_a_second).max() <= Some(28));
        assert!(
            *world.arrivals.last().unwrap() <= Duration::from_millis(3_680 + 2 * latency),
            "{:?}",
            world.arrivals.last()
        );
    }
}

#[test]
fn without_a_limit_nothing_waits_but_for_those_under_way() {
    for tells_limit in [true, false] {
        let installation = limited(0, tells_limit);
        assert!(installation.load().0.unwrap().is_whole());
        // 1 page, then 100 with the one behind the end, 5 at a time, each 20 ms.
        assert!(installation.elapsed() <= Duration::from_millis(20 * 22), "{:?}", installation.elapsed());
    }
}

#[test]
fn a_limit_that_is_not_told_is_found_and_never_an_error() {
    let installation = limited(30, false);
    let (summary, told) = installation.load();
    assert!(summary.unwrap().is_whole());
    assert_eq!((told.versions.len(), told.failed.len()), (10_000, 0));
    let refused = installation.world().refused;
    assert!((1..=60).contains(&refused), "{refused}");
    assert!(installation.elapsed() <= Duration::from_secs(20), "{:?}", installation.elapsed());
}

#[test]
fn refusals_slow_it_for_as_long_as_they_come_and_are_never_an_error() {
    // From the first request on, for ten minutes.
    let whim = |world: &mut World, _: Ask| {
        let is_over = world.arrivals.last().unwrap() >= &Duration::from_secs(600);
        let refusal = api::Response { status: 429, ..Default::default() };
        (!is_over).then_some(Ok(refusal))
    };
    let installation = Installation::with(1_000, |_| {}, whim);
    let (summary, told) = installation.load();
    assert!(summary.unwrap().is_whole());
    assert_eq!((told.versions.len(), told.failed.len()), (1_000, 0));
    assert!(installation.elapsed() < Duration::from_secs(640), "{:?}", installation.elapsed());
    assert!(installation.world().asked.len() < 100, "{}", installation.world().asked.len());
}

#[test]
fn a_pause_that_is_asked_for_is_kept_by_all() {
    let whim = |_: &mut World, ask: Ask| {
        let headers = vec![("X-RateLimit-Reset", "2.5".to_owned())];
        (ask.nth == 4).then_some(Ok(api::Response { status: 429, headers, ..Default::default() }))
    };
    let installation = Installation::with(2_000, |_| {}, whim);
    assert!(installation.load().0.unwrap().is_whole());
    let arrivals = installation.world().arrivals.clone();
    let paused_from = *arrivals.get(3).unwrap() + Duration::from_millis(20);
    let within = arrivals
        .iter()
        .filter(|it| (paused_from + Duration::from_millis(1)..paused_from + Duration::from_millis(2_500)).contains(it));
    assert_eq!(within.count(), 0, "{arrivals:?}");
}
