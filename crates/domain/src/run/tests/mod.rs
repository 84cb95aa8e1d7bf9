//! Runs event by event: what is asked, what is sent, and what the report says of it.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::sync::Arc;

use wire::ToolVersion;

use super::*;
use crate::plan::{Action, Purpose};

mod claims;
mod holds;
mod reports;

fn version(id: &str, attributes: &str) -> Arc<ToolVersion> {
    let number = ["1.", id, ".0"].concat();
    let body = [
        r#"{"id":"tool-"#,
        id,
        r#"","attributes":{"version":""#,
        &number,
        r#"","usage":0,"created-at":"2024-01-01","url":"https://a","sha":"aa""#,
        attributes,
        "}}",
    ];
    Arc::new(wire::read(&body.concat()).unwrap())
}

fn enabled(id: &str) -> Arc<ToolVersion> {
    version(id, "")
}

fn disabled(id: &str) -> Arc<ToolVersion> {
    version(id, r#","enabled":false"#)
}

fn run(action: Action, count: usize) -> Run {
    let versions: Vec<_> = (0..count).map(|place| enabled(&place.to_string())).collect();
    Run::new(Plan::of_selection(action, "", &versions), 1)
}

impl Run {
    /// All that is to be done now, as if everything had its turn at once.
    fn next_steps(&mut self) -> Vec<Step> {
        let mut steps = self.next_waits();
        steps.extend(std::iter::from_fn(|| self.next_request()));
        steps
    }
}

/// The one step that is given.
fn step(run: &mut Run) -> Step {
    let mut steps = run.next_steps();
    assert_eq!(steps.len(), 1, "{steps:?}");
    steps.remove(0)
}

fn reads(run: &mut Run, reading: Reading) {
    let Step::Read { place, .. } = step(run) else { unreachable(run) };
    run.on(Event::Read(place, reading));
}

fn sends(run: &mut Run, answer: Answer) {
    let Step::Send { place, .. } = step(run) else { unreachable(run) };
    run.on(Event::Answered(place, answer));
}

/// The second look is not at once.
fn rests(run: &mut Run) {
    let Step::Rest { place, time } = step(run) else { unreachable(run) };
    assert_eq!(time, Duration::from_millis(1_500));
    run.on(Event::Rested(place));
}

#[expect(clippy::panic, reason = "a test fails by panicking")]
fn unreachable(run: &Run) -> ! {
    panic!("{run:?}")
}

fn found(version: Arc<ToolVersion>) -> Reading {
    Reading::Found(version)
}

fn unclear() -> Answer {
    Answer::Unclear("No answer came.".to_owned())
}

fn end(run: &Run) -> End {
    match run.state(0) {
        Some(State::Ended(end)) => end.clone(),
        _ => unreachable(run),
    }
}

#[test]
fn an_item_is_read_and_then_sent_with_what_changes() {
    let mut run = run(Action::Disable, 1);
    assert_eq!(step(&mut run), Step::Read { place: 0, target: Target::Id("tool-0".to_owned()) });
    assert!(run.next_steps().is_empty());
    run.on(Event::Read(0, found(enabled("0"))));
    let update = wire::UpdateToolVersion { enabled: Some(false), ..Default::default() };
    assert_eq!(step(&mut run), Step::Send { place: 0, request: Request::Update { id: "tool-0".to_owned(), update } });
    run.on(Event::Answered(0, Answer::Done(Some(disabled("0")))));
    assert_eq!((end(&run), run.phase()), (End::Done, Phase::Over));
    assert_eq!(run.summary(), "1 done, 0 already so, 0 refused, 0 failed, 0 not tried");
}

#[test]
fn what_changed_since_the_plan_is_left_as_it_is() {
    let table = [
        (Action::Disable, r#","beta":true"#, End::ChangedMeanwhile),
        (Action::Disable, r#","sha":"bb","enabled":true"#, End::ChangedMeanwhile),
        (Action::Delete, r#","deprecated":true"#, End::ChangedMeanwhile),
        (Action::Disable, r#","enabled":false"#, End::AlreadySo),
        (Action::Disable, r#","usage":2"#, End::Refused("2 workspaces use it.".to_owned())),
        (Action::Delete, r#","usage":1"#, End::Refused("1 workspace uses it.".to_owned())),
    ];
    for (action, attributes, expected) in table {
        let mut run = run(action, 1);
        let text = serde_json::to_string(&*enabled("0")).unwrap();
        let mut body: serde_json::Value = serde_json::from_str(&text).unwrap();
        let changed: serde_json::Value = serde_json::from_str(&["{", &attributes[1..], "}"].concat()).unwrap();
        for (name, value) in changed.as_object().unwrap() {
            body["attributes"][name] = value.clone();
        }
        reads(&mut run, found(Arc::new(serde_json::from_value(body).unwrap())));
        assert_eq!(end(&run), expected, "{attributes}");
    }
}

#[test]
fn the_run_goes_on_after_every_refusal() {
    let mut run = run(Action::Disable, 4);
    for (place, answer) in
        [Answer::Refused("Not so.".to_owned()), Answer::Gone, Answer::Failed("Too large.".to_owned())]
            .into_iter()
            .enumerate()
    {
        reads(&mut run, found(enabled(&place.to_string())));
        sends(&mut run, answer);
    }
    reads(&mut run, Reading::Gone);
    let report = run.report();
    let ends: Vec<(&str, &str)> = report.versions.iter().map(|row| (row.end.as_str(), row.why.as_str())).collect();
    assert_eq!(
        ends,
        [
            ("refused", "Not so."),
            ("failed", "It no longer exists."),
            ("failed", "Too large."),
            ("failed", "It no longer exists.")
        ]
    );
    assert_eq!(report.summary, "0 done, 0 already so, 1 refused, 3 failed, 0 not tried");
}

#[test]
fn a_deletion_of_what_is_gone_is_done() {
    let mut one = run(Action::Delete, 1);
    reads(&mut one, Reading::Gone);
    assert_eq!(end(&one), End::AlreadySo);
    let mut other = run(Action::Delete, 1);
    reads(&mut other, found(enabled("0")));
    sends(&mut other, Answer::Gone);
    assert_eq!(end(&other), End::Done);
}

#[test]
fn a_request_without_an_answer_is_looked_up_before_anything_is_said_of_it() {
    type Look = fn() -> Reading;
    let (as_it_was, done, gone): (Look, Look, Look) =
        (|| found(enabled("0")), || found(disabled("0")), || Reading::Gone);
    let blind: Look = || Reading::Failed("No connection.".to_owned());
    let odd: Look = || found(version("0", r#","beta":true,"enabled":false,"official":true"#));
    let table: &[(&[Look], Option<End>)] = &[
        (&[done], Some(End::Done)),
        (&[as_it_was, done], Some(End::Done)),
        (&[blind, done], Some(End::Done)),
        (&[odd], Some(End::Done)),
        (&[gone], Some(End::Failed("It no longer exists.".to_owned()))),
        (&[blind, blind], Some(End::Unclear("No answer came.".to_owned()))),
        // Only then it is sent again.
        (&[as_it_was, as_it_was], None),
        (&[as_it_was, blind, as_it_was], None),
    ];
    for (looks, expected) in table {
        let mut run = run(Action::Disable, 1);
        reads(&mut run, found(enabled("0")));
        sends(&mut run, unclear());
        for (place, look) in looks.iter().enumerate() {
            if place > 0 {
                rests(&mut run);
            }
            reads(&mut run, look());
        }
        match expected {
            Some(expected) => assert_eq!(end(&run), *expected),
            None => {
                sends(&mut run, unclear());
                reads(&mut run, found(enabled("0")));
                rests(&mut run);
                reads(&mut run, found(enabled("0")));
                assert_eq!(end(&run), End::Failed("No answer came.".to_owned()), "sent twice, and no third time");
            }
        }
    }
}

#[test]
fn an_addition_is_looked_up_by_its_number() {
    let old = enabled("0");
    let mut plan = Plan::of_selection(Action::Delete, "", &[Arc::clone(&old)]);
    plan.items = vec![Item::create(crate::plan::attributes::again(&old.attributes).unwrap(), "")];
    let mut taken = Run::new(plan.clone(), 1);
    assert_eq!(step(&mut taken), Step::Read { place: 0, target: Target::Number("1.0.0".to_owned()) });
    taken.on(Event::Read(0, found(enabled("0"))));
    assert_eq!(end(&taken), End::Refused("There is a version of this number.".to_owned()));

    let mut run = Run::new(plan, 1);
    reads(&mut run, Reading::Gone);
    sends(&mut run, unclear());
    reads(&mut run, found(version("0", r#","beta":false"#)));
    assert_eq!(end(&run), End::Done);
    assert_eq!(run.report().versions[0].id, "tool-0");
    let undo = run.undo(&|_| Some(enabled("0")));
    assert_eq!((undo.purpose, undo.items[0].after.as_str()), (Purpose::Undo, "Deleted"));
}

#[test]
fn a_stop_sends_nothing_more_and_hears_what_is_under_way() {
    let mut run = run(Action::Disable, 3);
    reads(&mut run, found(enabled("0")));
    let Step::Send { place, .. } = step(&mut run) else { unreachable(&run) };
    run.on(Event::Stop);
    assert_eq!(run.phase(), Phase::Stopping);
    run.on(Event::Answered(place, unclear()));
    reads(&mut run, found(disabled("0")));
    assert_eq!((run.next_steps(), run.phase()), (Vec::new(), Phase::Over));
    assert_eq!(run.summary(), "1 done, 0 already so, 0 refused, 0 failed, 2 not tried");

    assert_eq!((run.retryable(), run.retry(), run.heading().as_str()), (2, 2, "Disabling 2 versions"));
    for id in ["1", "2"] {
        reads(&mut run, found(enabled(id)));
        sends(&mut run, Answer::Done(None));
    }
    assert_eq!((run.summary().as_str(), run.retry()), ("3 done, 0 already so, 0 refused, 0 failed, 0 not tried", 0));
}
