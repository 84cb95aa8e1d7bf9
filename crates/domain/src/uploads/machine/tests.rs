//! Stories of uploads, and thousands of random ones.

use super::*;

fn created() -> Created {
    Created { version: 6, upload_path: "/u/1".to_owned(), token: "1".to_owned() }
}

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

/// Tells one event after the other and returns what was to be done.
fn tell(upload: &mut Upload, events: impl IntoIterator<Item = Event>) -> Vec<Action> {
    events.into_iter().filter_map(|event| upload.on(event, Duration::ZERO)).collect()
}

fn failed(is_connection: bool) -> Event {
    Event::Failed { reason: "It failed.".to_owned(), is_connection }
}

const START: Event = Event::Start { needs_packing: false };
const NOT_FOUND: Event = Event::Found { is_uploaded: false };

#[test]
fn a_folder_goes_through_all_steps() {
    let mut upload = Upload::default();
    let start = Event::Start { needs_packing: true };
    let events = [start, Event::Packed { size: 9 }, Event::Created(created()), Event::Accepted];
    assert_eq!(tell(&mut upload, events), [Action::Pack, Action::Create, Action::Send, Action::Follow]);
    assert_eq!(upload.step_state(Step::Sending), StepState::Done);
    assert_eq!(upload.step_state(Step::Processing), StepState::Active);
    assert!(!upload.holds_the_user());
    assert_eq!(tell(&mut upload, [Event::Finished(Ok(()))]), []);
    assert_eq!(upload.phase(), &Phase::Done);
    assert_eq!(tell(&mut upload, [Event::Retry, Event::Cancel, START, failed(true)]), []);
    assert_eq!(upload.phase(), &Phase::Done);
}

#[test]
fn a_failed_sending_goes_on_with_the_same_version_after_a_look() {
    let mut upload = Upload::default();
    tell(&mut upload, [START, Event::Created(created()), failed(true)]);
    assert!(upload.holds_the_user());
    assert_eq!(tell(&mut upload, [Event::Retry, NOT_FOUND]), [Action::Probe, Action::Send]);
    tell(&mut upload, [failed(true)]);
    assert_eq!(tell(&mut upload, [Event::Retry, Event::Found { is_uploaded: true }]), [Action::Probe, Action::Follow]);
}

#[test]
fn what_is_sent_waits_for_its_answer_and_is_asked_for_before_it_is_sent_again() {
    let mut upload = Upload::default();
    tell(&mut upload, [START, Event::Created(created()), Event::Sent { bytes: 4, total: 5 }]);
    assert!(!upload.awaits_answer());
    tell(&mut upload, [Event::Sent { bytes: 5, total: 5 }]);
    assert!(upload.awaits_answer() && !upload.is_probing());
    tell(&mut upload, [failed(true)]);
    assert!(!upload.awaits_answer());
    assert_eq!(tell(&mut upload, [Event::Retry]), [Action::Probe]);
    assert!(upload.is_probing() && !upload.awaits_answer());
    // Without an answer to that nothing is sent.
    assert_eq!(tell(&mut upload, [failed(true), Event::Retry]), [Action::Probe]);
    assert_eq!(tell(&mut upload, [NOT_FOUND]), [Action::Send]);
    assert!(!upload.is_probing() && !upload.awaits_answer());
}

#[test]
fn a_create_that_nobody_answered_is_in_doubt() {
    let mut upload = Upload::default();
    tell(&mut upload, [START, failed(false)]);
    assert!(!upload.create_is_in_doubt());
    assert_eq!(tell(&mut upload, [Event::Retry, failed(true)]), [Action::Create]);
    assert!(upload.create_is_in_doubt());
    // Only the user sends it again.
    assert_eq!(tell(&mut upload, [Event::Offline, Event::Online]), []);
    assert_eq!(tell(&mut upload, [Event::Retry, Event::Created(created())]), [Action::Create, Action::Send]);
    assert!(!upload.create_is_in_doubt());
}

#[test]
fn it_waits_for_the_network_and_goes_on_by_itself() {
    let mut upload = Upload::default();
    tell(&mut upload, [START, Event::Created(created())]);
    assert_eq!(tell(&mut upload, [Event::Offline]), [Action::Stop]);
    assert_eq!(upload.phase(), &Phase::Waiting(Step::Sending));
    assert_eq!(tell(&mut upload, [failed(true), Event::Accepted]), []);
    assert_eq!(tell(&mut upload, [Event::Online, NOT_FOUND]), [Action::Probe, Action::Send]);
    tell(&mut upload, [Event::Accepted, Event::Offline]);
    assert_eq!(upload.phase(), &Phase::Waiting(Step::Processing));
    assert_eq!(tell(&mut upload, [Event::Online]), [Action::Follow]);
}

#[test]
fn a_cancelled_upload_can_go_on() {
    let mut upload = Upload::default();
    tell(&mut upload, [START, Event::Created(created())]);
    assert_eq!(tell(&mut upload, [Event::Cancel]), [Action::Stop]);
    assert_eq!(upload.step_state(Step::Sending), StepState::Cancelled);
    assert_eq!(tell(&mut upload, [Event::Accepted, START]), []);
    assert_eq!(tell(&mut upload, [Event::Retry]), [Action::Probe]);
}

#[test]
fn a_packed_folder_is_not_packed_again() {
    let mut upload = Upload::default();
    tell(&mut upload, [Event::Start { needs_packing: true }, Event::Packed { size: 1 }, failed(false)]);
    assert_eq!(tell(&mut upload, [Event::Retry]), [Action::Create]);
    // Begun anew, with another archive perhaps, it is.
    tell(&mut upload, [failed(false)]);
    assert_eq!(tell(&mut upload, [Event::Start { needs_packing: true }]), [Action::Pack]);
}

#[test]
fn packing_that_is_begun_anew_begins_at_nothing() {
    let mut upload = Upload::default();
    let start = Event::Start { needs_packing: true };
    tell(&mut upload, [start.clone(), Event::Packing { bytes: 5, total: 9 }, Event::Cancel]);
    assert_eq!(upload.bytes(), (5, 9));
    assert_eq!(tell(&mut upload, [start]), [Action::Pack]);
    assert_eq!(upload.bytes(), (0, 0));
}

#[test]
fn the_speed_is_that_of_the_last_seconds() {
    let mut upload = Upload::default();
    tell(&mut upload, [START, Event::Created(created())]);
    assert_eq!((upload.speed(), upload.time_left()), (None, None));
    for second in 0..=20 {
        // Slow at first.
        let bytes = if second < 10 { second } else { 10 + (second - 10) * 1_000 };
        upload.on(Event::Sent { bytes, total: 20_010 }, at(second));
    }
    assert_eq!(upload.speed(), Some(1_000.0));
    assert_eq!(upload.time_left(), Some(at(10)));
    // A clock that is set back is no reason to fail.
    upload.on(Event::Sent { bytes: 10_011, total: 20_010 }, at(1));
    assert_eq!(upload.speed(), None);
}

#[test]
fn whatever_happens_there_is_one_version_only() {
    let mut seed = 42_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for _ in 0..5_000 {
        let mut upload = Upload::default();
        for _ in 0..40 {
            let events = [
                START,
                Event::Start { needs_packing: true },
                Event::Packed { size: 5 },
                Event::Created(created()),
                Event::Sent { bytes: 1, total: 5 },
                Event::Accepted,
                NOT_FOUND,
                Event::Found { is_uploaded: true },
                Event::Finished(Ok(())),
                Event::Finished(Err("No.".to_owned())),
                failed(true),
                failed(false),
                Event::Offline,
                Event::Online,
                Event::Cancel,
                Event::Retry,
            ];
            let had_version = upload.created().is_some();
            let event = events.into_iter().nth(random(16)).unwrap_or(Event::Cancel);
            let action = upload.on(event.clone(), Duration::ZERO);
            assert!(!(had_version && action == Some(Action::Create)), "{event:?} creates a second version");
            let needs_version = matches!(action, Some(Action::Send | Action::Probe | Action::Follow));
            assert!(!needs_version || upload.created().is_some(), "{event:?} sends for no version");
        }
    }
}
