//! Runs under random answers, against a model of an installation that knows what was really done.
//!
//! Longer than 300 lines because the model, the player and what must hold are read together.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

use std::{sync::Arc, time::Duration};

use proptest::prelude::*;
use wire::ToolVersion;

use super::*;
use crate::plan::{Action, Purpose, attributes};

/// An installation with a version for each place of the plan, and what was done to it.
struct World {
    versions: Vec<Option<Arc<ToolVersion>>>,
    /// How often a request changed the version, by place.
    effects: Vec<u32>,
    /// How often a request may have changed it, as far as the machine can know.
    open: Vec<bool>,
    /// How often the version was read since.
    looks: Vec<u32>,
    is_stopped: bool,
}

fn version(place: usize) -> ToolVersion {
    let body = format!(
        r#"{{"id":"tool-{place}","attributes":{{"version":"1.{place}.0","url":"https://a","sha":"aa","usage":0,"created-at":"2024-01-01"}}}}"#
    );
    wire::read(&body).unwrap()
}

/// A plan of changes, deletions and additions, and the installation for which it was made.
fn world(kinds: &[u8]) -> (World, Plan) {
    let mut versions = Vec::new();
    let mut items = Vec::new();
    for (place, kind) in kinds.iter().enumerate() {
        let version = Arc::new(version(place));
        let action = if kind % 3 == 0 { Action::Delete } else { Action::Disable };
        if kind % 3 == 1 {
            versions.push(None);
            items.push(Item::create(attributes::again(&version.attributes).unwrap(), ""));
        } else {
            items.extend(Plan::of_selection(action, "", &[Arc::clone(&version)]).items);
            versions.push(Some(version));
        }
    }
    let count = kinds.len();
    let world =
        World { versions, effects: vec![0; count], open: vec![false; count], looks: vec![0; count], is_stopped: false };
    (world, Plan { purpose: Purpose::Change, items })
}

impl World {
    fn apply(&mut self, place: usize, request: &Request) {
        let old = self.versions[place].take();
        self.effects[place] += 1;
        self.versions[place] = match (request, old) {
            (Request::Update { update, .. }, Some(old)) => {
                let attributes = attributes::after(&old.attributes, update);
                Some(Arc::new(ToolVersion { attributes, ..(*old).clone() }))
            }
            (Request::Create(_), None) => Some(Arc::new(version(place))),
            (Request::Delete { .. }, Some(_)) => None,
            (request, old) => panic!("{request:?} of {old:?}"),
        };
    }

    /// What the installation answers, by chance.
    fn answer(&mut self, step: Step, chance: u8) -> Event {
        match step {
            Step::Wait(_) => Event::Waited,
            Step::Rest { place, .. } => Event::Rested(place),
            Step::AskForToken => Event::Renewed(chance.is_multiple_of(2)),
            Step::Read { place, .. } => {
                let reading = match chance % 9 {
                    6 => Reading::Failed("no connection".to_owned()),
                    7 => return Event::Limited(place, Duration::from_secs(1)),
                    8 => return Event::Unauthorized(place),
                    _ => {
                        self.looks[place] += 1;
                        self.versions[place].clone().map_or(Reading::Gone, Reading::Found)
                    }
                };
                Event::Read(place, reading)
            }
            Step::Send { place, request } => {
                let is_possible = self.versions[place].is_some() != matches!(request, Request::Create(_));
                let answer = match chance % 13 {
                    // It is done, and the answer does not show it.
                    11 if is_possible && matches!(request, Request::Update { .. }) => {
                        let old = self.versions[place].clone();
                        self.apply(place, &request);
                        self.open[place] = true;
                        Answer::Done(old)
                    }
                    // The browser has sent it twice.
                    12 if is_possible && matches!(request, Request::Create(_)) => {
                        self.apply(place, &request);
                        self.open[place] = true;
                        Answer::Refused("taken".to_owned())
                    }
                    // Nothing is done, and the answer says that it was.
                    9 if is_possible && matches!(request, Request::Update { .. }) => {
                        Answer::Done(self.versions[place].clone())
                    }
                    9 if is_possible && matches!(request, Request::Delete { .. }) => {
                        self.open[place] = true;
                        Answer::Claimed(200)
                    }
                    10 if is_possible && matches!(request, Request::Delete { .. }) => {
                        self.apply(place, &request);
                        self.open[place] = true;
                        Answer::Claimed(202)
                    }
                    5 => return Event::Limited(place, Duration::ZERO),
                    6 => return Event::Unauthorized(place),
                    7 => Answer::Failed("never left".to_owned()),
                    4 => {
                        self.open[place] = true;
                        Answer::Unclear("cut before".to_owned())
                    }
                    3 if is_possible => {
                        self.apply(place, &request);
                        self.open[place] = true;
                        Answer::Unclear("cut after".to_owned())
                    }
                    _ if !is_possible && matches!(request, Request::Create(_)) => Answer::Refused("taken".to_owned()),
                    _ if !is_possible => Answer::Gone,
                    2 => Answer::Refused("422".to_owned()),
                    _ => {
                        self.apply(place, &request);
                        Answer::Done(self.versions[place].clone())
                    }
                };
                Event::Answered(place, answer)
            }
        }
    }

    /// What must hold whenever something is sent.
    fn check(&mut self, place: usize) {
        assert!(!self.is_stopped, "sent after it was stopped");
        assert!(!self.open[place] || self.looks[place] > 0, "sent again without being looked up");
        self.open[place] = false;
        self.looks[place] = 0;
    }

    /// What the report must say, by what was really done.
    fn check_report(&self, run: &Run) {
        let plan = run.plan();
        assert_eq!(run.report().versions.len(), plan.items.len());
        for (place, item) in plan.items.iter().enumerate() {
            let State::Ended(end) = run.state(place).unwrap() else { panic!("an item was lost") };
            let count = self.effects[place];
            assert!(count <= 1, "done twice");
            match end {
                End::Done => assert_eq!(count, 1, "{item:?}"),
                // Somebody else may have done it before, or changed it after a request that nobody answered.
                End::Unclear(_) | End::Failed(_) | End::ChangedMeanwhile if self.open[place] => {}
                _ => assert_eq!(count, 0, "{end:?} of {item:?}"),
            }
        }
        let numbers: usize = run
            .summary()
            .split(['(', ','])
            .take(5)
            .map(|it| it.trim().split(' ').next().unwrap().parse::<usize>().unwrap())
            .sum();
        assert_eq!(numbers, plan.items.len());
    }
}

/// A run with its installation and the steps that are not answered yet.
struct Player {
    run: Run,
    world: World,
    under_way: Vec<Step>,
    /// How often it was held up; by place, how often when it was asked for last, and when what was read last was asked for.
    holds: u32,
    asked: Vec<u32>,
    read: Vec<Option<u32>>,
    /// What the browser's tab keeps, by place, for how many more states there is room, and the last for which there was none.
    saved: Vec<String>,
    room: usize,
    lost: Option<usize>,
    seen: Vec<Track>,
}

const AT_ONCE: usize = 3;

impl Player {
    fn new(kinds: &[u8], room: usize) -> Self {
        let (world, plan) = world(kinds);
        let run = Run::new(plan, AT_ONCE);
        let seen = run.tracks.clone();
        let count = kinds.len();
        Self {
            run,
            world,
            under_way: Vec::new(),
            holds: 0,
            asked: vec![0; count],
            read: vec![None; count],
            saved: vec![String::new(); count],
            room,
            lost: None,
            seen,
        }
    }

    /// Takes the steps that there are.
    fn take(&mut self) {
        self.under_way.extend(self.run.next_waits());
        while let Some(step) = self.run.next_request() {
            assert!(matches!(self.run.phase(), Phase::Running | Phase::Stopping), "asked while it was held up");
            match &step {
                Step::Read { place, .. } => {
                    let is_looked_up = matches!(self.run.tracks[*place].state, State::LookingUp(_));
                    assert!(is_looked_up || !self.world.is_stopped, "read after it was stopped");
                    self.asked[*place] = self.holds;
                }
                Step::Send { place, .. } => {
                    assert_eq!(self.read[*place], Some(self.holds), "sent by what was read before it was held up");
                    self.world.check(*place);
                }
                step => panic!("{step:?} is no request"),
            }
            self.under_way.push(step);
        }
        let requests = self.under_way.iter().filter(|step| matches!(step, Step::Read { .. } | Step::Send { .. }));
        assert!(requests.count() <= AT_ONCE);
    }

    fn play(&mut self, kind: u8, chance: u8) {
        self.take();
        self.save();
        let event = match kind % 26 {
            20 => Event::Pause,
            21 => Event::Offline,
            22 if chance < 32 => {
                self.world.is_stopped = true;
                Event::Stop
            }
            24 => Event::Held(Duration::from_secs(u64::from(chance))),
            17..=19 => Event::Online,
            15 | 16 => Event::Resume,
            _ if self.under_way.is_empty() => return,
            _ => {
                let step = self.under_way.remove(usize::from(chance) % self.under_way.len());
                self.world.answer(step, chance)
            }
        };
        match &event {
            Event::Read(place, _) => self.read[*place] = Some(self.asked[*place]),
            Event::Pause | Event::Offline | Event::Held(_) | Event::Limited(..) | Event::Unauthorized(_) => {
                self.holds += 1;
            }
            _ => {}
        }
        self.run.on(event);
        self.drop_what_is_not_heard();
        self.save();
    }

    /// What is only read is given up when the run is stopped, and the rest when it is over.
    fn drop_what_is_not_heard(&mut self) {
        let is_over = self.run.phase() == Phase::Over;
        let tracks = &self.run.tracks;
        self.under_way.retain(|step| match step {
            Step::Read { place, .. } => tracks[*place].state.is_in_flight(),
            Step::Send { .. } => {
                assert!(!is_over, "over while something is sent");
                true
            }
            _ => !is_over,
        });
        if self.world.is_stopped && !is_over {
            let is_under_way =
                |it: &Track| matches!(it.state, State::Sending | State::LookingUp(_) | State::Unanswered(_));
            assert!(tracks.iter().any(is_under_way), "a stop that waits for nothing");
        }
    }

    fn save(&mut self) {
        for place in 0..self.saved.len() {
            if self.seen[place] == self.run.tracks[place] {
                continue;
            }
            self.seen[place] = self.run.tracks[place].clone();
            let is_room = self.room > 0;
            self.room = self.room.saturating_sub(1);
            self.saved[place] = if is_room { self.run.saved_state(place) } else { String::new() };
            if !is_room && !self.run.is_untouched(place) {
                self.lost = self.lost.max(Some(place));
            }
        }
    }

    /// From here on everything goes well, so that it comes to an end.
    fn finish(&mut self) {
        self.run.on(Event::Online);
        self.run.on(Event::Resume);
        for _ in 0..1_000 {
            if self.run.phase() == Phase::Over {
                break;
            }
            self.play(0, 0);
        }
        assert_eq!(self.run.phase(), Phase::Over);
        self.take();
        assert!(self.under_way.is_empty(), "{:?}", self.under_way);
        self.world.check_report(&self.run);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_item_is_lost_none_is_sent_twice_and_the_report_is_what_was_sent(
        kinds in prop::collection::vec(any::<u8>(), 0..12),
        script in prop::collection::vec(any::<(u8, u8)>(), 0..200),
        again in prop::collection::vec(any::<(u8, u8)>(), 0..60),
    ) {
        let mut player = Player::new(&kinds, usize::MAX);
        for (kind, chance) in script {
            player.play(kind, chance);
        }
        player.finish();
        player.world.is_stopped = false;
        player.run.retry();
        for (kind, chance) in again {
            player.play(kind, chance);
        }
        player.finish();
    }

    #[test]
    fn a_reload_loses_no_knowledge(
        kinds in prop::collection::vec(any::<u8>(), 0..12),
        script in prop::collection::vec(any::<(u8, u8)>(), 0..200),
        room in prop_oneof![Just(usize::MAX), 0_usize..60],
    ) {
        let mut player = Player::new(&kinds, room);
        for (kind, chance) in script {
            player.play(kind, chance);
        }
        let plan = player.run.saved_plan();
        let ends: Vec<State> = player.run.tracks.iter().map(|track| track.state.clone()).collect();
        let is_lost: Vec<bool> = player.saved.iter().enumerate().map(|(place, text)| text.is_empty() && player.lost >= Some(place)).collect();
        let states = player.saved.iter().map(String::as_str).enumerate().filter(|(_, text)| !text.is_empty());
        player.run = Run::restore(&plan, states, player.lost, AT_ONCE).unwrap();
        // What was sent and not answered may have been done.
        for step in std::mem::take(&mut player.under_way) {
            if let Step::Send { place, request } = step {
                player.world.open[place] = true;
                if place % 2 == 0 {
                    player.world.apply(place, &request);
                }
            }
        }
        for (place, is_lost) in is_lost.iter().enumerate() {
            player.world.open[place] |= is_lost;
        }
        player.world.check_report(&player.run);
        for ((before, after), is_lost) in ends.iter().zip(&player.run.tracks).zip(is_lost) {
            prop_assert!(is_lost || !matches!(before, State::Ended(_)) || *before == after.state);
        }
        if room == usize::MAX {
            prop_assert_eq!(player.run.was_interrupted(), ends.iter().any(|it| !matches!(it, State::Ended(_))));
        }
        player.world.is_stopped = false;
        player.run.retry();
        player.finish();
    }
}
