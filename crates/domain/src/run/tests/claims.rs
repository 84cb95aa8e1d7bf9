//! Successes that show something else than what was asked for, and what is tried again.

use super::*;

#[test]
fn an_answer_that_kept_nothing_is_not_done() {
    let mut run = run(Action::Deprecate, 1);
    reads(&mut run, found(enabled("0")));
    sends(&mut run, Answer::Done(Some(enabled("0"))));
    reads(&mut run, found(enabled("0")));
    let why = "The installation answered that it was done, but has not kept the change. It is still: Not deprecated.";
    assert_eq!(end(&run), End::Failed(why.to_owned()));
    assert_eq!((run.undo(&|_| Some(enabled("0"))).items.len(), run.retryable()), (0, 1));
}

#[test]
fn what_is_kept_in_part_is_told_and_can_be_taken_back() {
    let mut change = Run::new(Plan::of_selection(Action::Deprecate, "Old", &[enabled("0")]), 1);
    reads(&mut change, found(enabled("0")));
    let now = version("0", r#","deprecated":true"#);
    sends(&mut change, Answer::Done(Some(Arc::clone(&now))));
    reads(&mut change, found(Arc::clone(&now)));
    let why = end(&change).why().to_owned();
    assert!(why.ends_with("has not kept the change. It is now: Deprecated."), "{why}");
    let undo = change.undo(&|_| Some(Arc::clone(&now)));
    assert_eq!((undo.summary().as_str(), change.retryable()), ("1 will change, 0 already so, 0 refused", 0));

    let create = crate::plan::attributes::again(&disabled("0").attributes).unwrap();
    let items = vec![Item::create(create, "")];
    let mut addition = Run::new(Plan { purpose: Purpose::Undo, items }, 1);
    reads(&mut addition, Reading::Gone);
    sends(&mut addition, Answer::Done(Some(enabled("0"))));
    reads(&mut addition, found(enabled("0")));
    assert_eq!(end(&addition), End::Failed("It was added, but not kept as it was sent. It is: Enabled.".to_owned()));
    assert_eq!((addition.report().versions[0].id.as_str(), addition.retryable()), ("tool-0", 0));
    assert!(matches!(addition.undo(&|_| Some(enabled("0"))).items[0].kind, Kind::Delete(_)));
}

#[test]
fn a_deletion_that_is_only_claimed_is_looked_up_once_and_not_sent_again() {
    let blind = || Reading::Failed("No connection.".to_owned());
    let table = [
        (vec![Reading::Gone], End::Done),
        (vec![blind(), Reading::Gone], End::Done),
        (vec![found(enabled("0"))], End::Failed("The server answered 200, but the version is still there.".to_owned())),
        (
            vec![blind(), blind()],
            End::Unclear("The server answered 200, and what is so now cannot be read.".to_owned()),
        ),
    ];
    for (readings, expected) in table {
        let mut run = run(Action::Delete, 1);
        reads(&mut run, found(enabled("0")));
        sends(&mut run, Answer::Claimed(200));
        for (place, reading) in readings.into_iter().enumerate() {
            if place > 0 {
                rests(&mut run);
            }
            reads(&mut run, reading);
        }
        assert_eq!((end(&run), run.phase()), (expected, Phase::Over));
    }
}

#[test]
fn an_addition_that_is_answered_with_another_version_is_looked_up() {
    for (reading, is_done) in [(found(enabled("0")), true), (Reading::Gone, false)] {
        let create = crate::plan::attributes::again(&enabled("0").attributes).unwrap();
        let mut run = Run::new(Plan { purpose: Purpose::Undo, items: vec![Item::create(create, "")] }, 1);
        reads(&mut run, Reading::Gone);
        sends(&mut run, Answer::Done(Some(enabled("7"))));
        reads(&mut run, reading);
        assert_eq!((end(&run) == End::Done, run.phase()), (is_done, Phase::Over), "{:?}", end(&run));
    }
}

#[test]
fn what_an_answer_does_not_show_is_read_before_it_is_called_failed() {
    let mut change = run(Action::Disable, 1);
    reads(&mut change, found(enabled("0")));
    sends(&mut change, Answer::Done(Some(enabled("0"))));
    reads(&mut change, found(disabled("0")));
    assert_eq!((end(&change), change.phase()), (End::Done, Phase::Over));

    let mut addition = addition_of(&disabled("0"));
    sends(&mut addition, Answer::Done(Some(enabled("0"))));
    reads(&mut addition, found(disabled("0")));
    assert_eq!(end(&addition), End::Done);

    let mut blind = run(Action::Disable, 1);
    reads(&mut blind, found(enabled("0")));
    sends(&mut blind, Answer::Done(Some(enabled("0"))));
    reads(&mut blind, Reading::Failed(String::new()));
    rests(&mut blind);
    reads(&mut blind, Reading::Failed(String::new()));
    let why = "The installation answered that it was done, and what is so now cannot be read.";
    assert_eq!(end(&blind), End::Unclear(why.to_owned()));
}

#[test]
fn a_refused_addition_is_looked_up_since_the_browser_may_have_sent_it_twice() {
    let taken = || "Version has already been taken".to_owned();
    for (reading, expected) in [
        (found(enabled("0")), End::Done),
        (Reading::Gone, End::Refused(taken())),
        // Somebody else has added it.
        (found(disabled("0")), End::Refused(taken())),
    ] {
        let mut run = addition_of(&enabled("0"));
        sends(&mut run, Answer::Refused(taken()));
        reads(&mut run, reading);
        let is_done = expected == End::Done;
        assert_eq!((end(&run), run.phase()), (expected, Phase::Over));
        assert_eq!(run.undo(&|_| Some(enabled("0"))).items.len(), usize::from(is_done));
    }
}

/// A run that has found that its only version is not there yet.
fn addition_of(version: &ToolVersion) -> Run {
    let create = crate::plan::attributes::again(&version.attributes).unwrap();
    let mut run = Run::new(Plan { purpose: Purpose::Undo, items: vec![Item::create(create, "")] }, 1);
    reads(&mut run, Reading::Gone);
    run
}

#[test]
fn only_what_is_open_is_tried_again_and_seen_before() {
    let mut run = run(Action::Disable, 5);
    for (id, answer) in [("0", Answer::Done(None)), ("1", Answer::Refused("Not so.".to_owned()))] {
        reads(&mut run, found(enabled(id)));
        sends(&mut run, answer);
    }
    reads(&mut run, found(version("2", r#","beta":true"#)));
    reads(&mut run, Reading::Failed("No connection.".to_owned()));
    run.on(Event::Stop);
    assert_eq!(run.summary(), "1 done, 0 already so, 1 refused, 2 failed, 1 not tried (1 changed meanwhile)");
    let again = run.again();
    assert_eq!((again.heading().as_str(), again.button().as_str()), ("Disable 2 versions?", "Disable 2 versions"));
    let notes: Vec<(&str, &str)> = again.items.iter().map(|item| (item.id.as_str(), item.note.as_str())).collect();
    assert_eq!(notes, [("tool-3", "Failed: No connection."), ("tool-4", "Not tried.")]);
    assert_eq!((run.retryable(), run.retry()), (2, 2));
}
