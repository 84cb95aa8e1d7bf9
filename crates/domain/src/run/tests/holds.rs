//! What holds a run up: pauses, limits, a refused token, a stop; and what then leaves or does not.

use super::*;

/// A run whose only item has been sent.
fn sent(run: &mut Run) -> usize {
    reads(run, found(enabled("0")));
    let Step::Send { place, .. } = step(run) else { unreachable(run) };
    place
}

#[test]
fn what_did_nothing_is_read_again_before_it_is_sent_again() {
    for event in [Event::Limited(0, Duration::from_secs(40)), Event::Unauthorized(0)] {
        let mut run = run(Action::Disable, 1);
        sent(&mut run);
        run.on(event);
        run.on(Event::Renewed(true));
        while run.wait().is_some() {
            run.next_waits();
            run.on(Event::Waited);
        }
        reads(&mut run, found(version("0", r#","beta":true"#)));
        assert_eq!((end(&run), run.next_steps()), (End::ChangedMeanwhile, Vec::new()));
    }
}

#[test]
fn a_second_try_that_was_held_up_is_read_again_and_known_to_have_been_sent() {
    for (reading, expected) in [
        (found(disabled("0")), End::Done),
        (Reading::Failed("No connection.".to_owned()), End::Unclear("No connection.".to_owned())),
    ] {
        let mut run = run(Action::Disable, 1);
        sent(&mut run);
        run.on(Event::Answered(0, unclear()));
        reads(&mut run, found(enabled("0")));
        rests(&mut run);
        reads(&mut run, found(enabled("0")));
        run.on(Event::Pause);
        run.on(Event::Resume);
        reads(&mut run, reading);
        assert_eq!((end(&run), run.phase()), (expected, Phase::Over));
    }
}

#[test]
fn a_token_is_asked_for_once_and_again_only_when_the_user_goes_on() {
    let versions: Vec<_> = ["0", "1"].map(enabled).to_vec();
    let mut run = Run::new(Plan::of_selection(Action::Disable, "", &versions), 2);
    assert_eq!(run.next_steps().len(), 2);
    run.on(Event::Unauthorized(0));
    assert_eq!(run.next_steps(), [Step::AskForToken]);
    run.on(Event::Unauthorized(1));
    assert!(run.next_steps().is_empty());
    run.on(Event::Renewed(false));
    assert_eq!((run.next_steps(), run.phase()), (Vec::new(), Phase::Unauthorized));
    run.on(Event::Resume);
    assert_eq!(run.next_steps().len(), 2);
    run.on(Event::Unauthorized(0));
    assert_eq!(run.next_steps(), [Step::AskForToken]);
    run.on(Event::Renewed(true));
    assert_eq!((run.next_steps().len(), run.phase()), (1, Phase::Running));
}

#[test]
fn a_stop_ends_what_has_not_left_and_what_is_only_read() {
    let mut run = run(Action::Disable, 3);
    assert!(matches!(step(&mut run), Step::Read { place: 0, .. }));
    run.on(Event::Stop);
    assert_eq!((run.phase(), run.next_steps()), (Phase::Over, Vec::new()));
    assert_eq!(run.summary(), "0 done, 0 already so, 0 refused, 0 failed, 3 not tried");
    assert_eq!(run.retry(), 3);
    sent(&mut run);
}

#[test]
fn a_stop_does_not_sit_a_long_wait_out() {
    for (seconds, is_over) in [(4, false), (40, true)] {
        let mut run = run(Action::Disable, 2);
        sent(&mut run);
        run.on(Event::Answered(0, unclear()));
        run.on(Event::Held(Duration::from_secs(seconds)));
        run.on(Event::Stop);
        assert_eq!((run.phase() == Phase::Over, run.wait().is_none()), (is_over, is_over));
        if is_over {
            assert_eq!(end(&run), End::Unclear("No answer came.".to_owned()));
            assert_eq!(run.retry(), 2);
            assert!(matches!(step(&mut run), Step::Read { .. }), "the wait is over with the attempt");
        }
    }
}

#[test]
fn a_long_wait_is_told_and_taken_in_parts() {
    let mut run = run(Action::Disable, 1);
    assert_eq!(run.wait(), None);
    run.on(Event::Held(Duration::from_secs(85)));
    let mut told = Vec::new();
    while let Some(left) = run.wait() {
        let Step::Wait(part) = step(&mut run) else { unreachable(&run) };
        told.push((left.as_secs(), part.as_secs()));
        run.on(Event::Waited);
    }
    assert_eq!(told, [(85, 30), (55, 10), (45, 10), (35, 10), (25, 10), (15, 10), (5, 5)]);
    assert!(matches!(step(&mut run), Step::Read { .. }));
}

#[test]
fn a_limit_makes_it_wait_and_is_no_failure() {
    let mut run = run(Action::Disable, 2);
    let Step::Read { place, .. } = step(&mut run) else { unreachable(&run) };
    run.on(Event::Limited(place, Duration::from_secs(3)));
    assert_eq!(run.next_steps(), [Step::Wait(Duration::from_secs(3))]);
    assert!(run.next_steps().is_empty());
    run.on(Event::Waited);
    reads(&mut run, found(enabled("0")));
    let Step::Send { place, .. } = step(&mut run) else { unreachable(&run) };
    run.on(Event::Limited(place, Duration::ZERO));
    assert_eq!(run.next_steps(), [Step::Wait(Duration::ZERO)]);
    run.on(Event::Waited);
    reads(&mut run, found(enabled("0")));
    sends(&mut run, Answer::Done(None));
    assert_eq!(end(&run), End::Done);
}

#[test]
fn nothing_is_asked_while_it_waits_for_the_user_the_network_or_a_token_and_what_was_read_before_is_read_again() {
    for (waits, goes_on, phase) in [
        (Event::Pause, Event::Resume, Phase::Paused),
        (Event::Offline, Event::Online, Phase::Offline),
        (Event::Unauthorized(9), Event::Renewed(true), Phase::Unauthorized),
        (Event::Unauthorized(9), Event::Resume, Phase::Unauthorized),
        (Event::Held(Duration::from_secs(2)), Event::Waited, Phase::Running),
    ] {
        for is_read_before in [true, false] {
            let mut run = run(Action::Disable, 1);
            let Step::Read { place, .. } = step(&mut run) else { unreachable(&run) };
            if is_read_before {
                run.on(Event::Read(place, found(enabled("0"))));
            }
            run.on(waits.clone());
            run.next_waits();
            if !is_read_before {
                run.on(Event::Read(place, found(enabled("0"))));
            }
            assert_eq!((run.next_steps(), run.phase()), (Vec::new(), phase));
            run.on(goes_on.clone());
            reads(&mut run, found(version("0", r#","beta":true"#)));
            assert_eq!(end(&run), End::ChangedMeanwhile);
        }
    }
}

#[test]
fn a_cut_while_offline_is_looked_up_when_the_network_is_back() {
    let mut run = run(Action::Disable, 1);
    reads(&mut run, found(enabled("0")));
    let Step::Send { place, .. } = step(&mut run) else { unreachable(&run) };
    run.on(Event::Offline);
    run.on(Event::Answered(place, unclear()));
    assert!(run.next_steps().is_empty());
    run.on(Event::Online);
    reads(&mut run, found(disabled("0")));
    assert_eq!(end(&run), End::Done);
}
