//! Versions that move from page to page while they are read, and counts that are not right.

use std::collections::HashSet;

use super::{
    installation::{Ask, Installation, World, item, usual_meta},
    is_all_of,
};

#[test]
fn a_version_that_is_added_or_deleted_meanwhile_hides_no_other() {
    for at in 2..=8 {
        for place in [0, 50, 150, 450, 799] {
            // Added.
            let whim = move |world: &mut World, ask: Ask| {
                if ask.nth == at {
                    world.versions.insert(place, "9.9.9".to_owned());
                }
                None
            };
            let (summary, told) = Installation::with(800, |_| {}, whim).load();
            is_all_of(&told, 801);
            assert!(summary.unwrap().is_whole(), "added at {place} before request {at}");
            // Deleted: what was read before it was deleted is still told.
            let whim = move |world: &mut World, ask: Ask| {
                if ask.nth == at {
                    world.versions.remove(place);
                }
                None
            };
            let installation = Installation::with(800, |_| {}, whim);
            let (summary, told) = installation.load();
            let left: HashSet<String> = installation.world().versions.iter().cloned().collect();
            let came: HashSet<String> = told.versions.into_iter().collect();
            assert!(left.is_subset(&came), "deleted at {place} before request {at}: {:?}", left.difference(&came));
            assert!(summary.unwrap().failed.is_empty());
            assert!(installation.world().asked.len() <= 16, "{}", installation.world().asked.len());
        }
    }
}

#[test]
fn what_an_unsteady_order_repeats_and_drops_is_read_until_it_came() {
    // Each page of the first round repeats the last version of the one before in place of its own first.
    let whim = |world: &mut World, ask: Ask| {
        let mut versions = world.versions.clone();
        if ask.nth <= 5 && ask.page > 1 {
            let first = (ask.page - 1) * 100;
            let before = versions.remove(first - 1);
            versions.splice(first - 1..first, [before.clone(), before]);
        }
        let steady = std::mem::replace(&mut world.versions, versions);
        let page = world.page(ask.page, ask.size);
        world.versions = steady;
        Some(Ok(page))
    };
    let (summary, told) = Installation::with(420, |_| {}, whim).load();
    is_all_of(&told, 420);
    assert!(summary.unwrap().is_whole());
    // The last round but one still leaves one out.
    let whim = |world: &mut World, ask: Ask| {
        let page = world.page(ask.page, ask.size);
        let hidden = if ask.nth <= 10 { "1.0.205" } else { "" };
        let other = if ask.nth <= 5 { "1.0.105" } else { "" };
        let body = page.body.replace(&item(hidden), &item("1.0.1")).replace(&item(other), &item("1.0.1"));
        Some(Ok(api::Response { body, ..page }))
    };
    let (summary, told) = Installation::with(420, |_| {}, whim).load();
    is_all_of(&told, 420);
    assert!(summary.unwrap().is_whole());
}

#[test]
fn too_large_a_count_is_told_after_everything_was_read_once_more() {
    let change = |world: &mut World| world.meta = |page, size, count| usual_meta(page, size, count + 5);
    let installation = Installation::with(310, change, |_, _| None);
    let (summary, told) = installation.load();
    is_all_of(&told, 310);
    let summary = summary.unwrap();
    assert_eq!((summary.total, summary.missing(), summary.is_whole()), (Some(315), 5, false));
    assert!(installation.world().asked.len() <= 8);
}

#[test]
fn whatever_is_added_and_deleted_meanwhile_a_load_that_calls_itself_whole_has_all_that_stayed() {
    let mut whole = 0;
    for seed in 0..150_u64 {
        let begun = 150 + usize::try_from(seed).unwrap() * 7 % 900;
        let whim = move |world: &mut World, ask: Ask| {
            // Numbers as if by chance, the same each time.
            let mut state = (seed << 20) + ask.nth as u64;
            let mut chance = |below: usize| {
                state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
                let mixed = (state ^ (state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
                (mixed ^ (mixed >> 27)) as usize % below
            };
            if chance(5) == 0 {
                let place = chance(world.versions.len());
                if seed % 3 == 0 {
                    world.versions.insert(place, format!("9.9.{}", ask.nth));
                } else if seed % 3 == 1 || chance(2) == 0 {
                    world.versions.remove(place);
                } else {
                    world.versions.insert(0, format!("9.9.{}", ask.nth));
                }
            }
            None
        };
        let installation = Installation::with(begun, |_| {}, whim);
        let before: HashSet<String> = installation.world().versions.iter().cloned().collect();
        let (summary, told) = installation.load();
        let summary = summary.unwrap();
        let came: HashSet<String> = told.versions.into_iter().collect();
        let missed: Vec<String> = installation
            .world()
            .versions
            .iter()
            .filter(|it| before.contains(*it) && !came.contains(*it))
            .cloned()
            .collect();
        whole += usize::from(summary.is_whole());
        assert!(missed.is_empty() || !summary.is_whole(), "{seed}: {missed:?} {summary:?}");
    }
    println!("{whole} of 150 were whole");
    assert!(whole > 100);
}

#[test]
fn a_version_that_is_added_meanwhile_is_found_also_where_nothing_is_counted() {
    let whim = |world: &mut World, ask: Ask| {
        if ask.nth == 4 {
            world.versions.insert(0, "9.9.9".to_owned());
        }
        None
    };
    let installation = Installation::with(550, |world| world.meta = |_, _, _| String::new(), whim);
    is_all_of(&installation.load().1, 551);
}
