//! Writes without an answer: what reading the version tells of them.

use api::{
    ApiError, Method, TransportError,
    checked::{self, Deleted},
};
use domain::Tool;
use futures_executor::block_on;
use wire::{ToolVersion, UpdateToolVersion};

use crate::fake::{Fake, Step, answer, fails};

const ID: &str = "tool-L4oe7rNwn7J4E5Yr";

fn version(beta: bool, official: bool) -> Step {
    let attributes = format!(r#"{{"version":"1.5.0","beta":{beta},"official":{official}}}"#);
    answer(200, &format!(r#"{{"data":{{"id":"{ID}","type":"terraform-versions","attributes":{attributes}}}}}"#))
}

fn list() -> Step {
    answer(200, r#"{"data":[]}"#)
}

/// Every way in which a write stays without an answer.
fn without_an_answer() -> Vec<Step> {
    vec![
        answer(500, ""),
        answer(502, "<html>"),
        answer(504, ""),
        answer(200, "{\"data\":{\"id\":"),
        answer(200, "<html>Sign in</html>"),
        fails(TransportError::TimedOut),
        fails(TransportError::Unreachable),
    ]
}

/// The outcome of a delete that goes like this, and the methods of what was sent.
fn delete(steps: Vec<Step>) -> (Result<Deleted, ApiError>, Vec<Method>) {
    let fake = Fake::script(steps);
    let outcome = block_on(checked::delete(&fake.client(), Tool::Terraform, ID));
    (outcome, fake.sent().iter().map(|it| it.method).collect())
}

/// The outcome of a change of `beta` to true that goes like this, and the methods of what was sent.
fn update(steps: Vec<Step>) -> (Result<bool, ApiError>, Vec<Method>) {
    let fake = Fake::script(steps);
    let changes = UpdateToolVersion { beta: Some(true), ..UpdateToolVersion::default() };
    let is_saved = |latest: &ToolVersion| match (latest.attributes.beta, latest.attributes.official) {
        (true, _) => Some(true),
        (false, false) => Some(false),
        (false, true) => None,
    };
    let outcome = block_on(checked::update(&fake.client(), Tool::Terraform, ID, &changes, is_saved));
    (outcome.map(|updated| updated.is_looked_up), fake.sent().iter().map(|it| it.method).collect())
}

fn is_unanswered<T: std::fmt::Debug>(outcome: Result<T, ApiError>, expected: bool) {
    assert!(
        matches!(&outcome, Err(ApiError::Unanswered { is_undone, .. }) if *is_undone == expected),
        "{expected}: {outcome:?}"
    );
}

#[test]
fn a_delete_that_is_answered_is_not_looked_up() {
    assert_eq!(delete(vec![answer(204, "")]), (Ok(Deleted::Confirmed), vec![Method::Delete]));
    let (refused, sent) = delete(vec![answer(422, r#"{"errors":["in use"]}"#)]);
    assert!(matches!(refused, Err(ApiError::Invalid(_))), "{refused:?}");
    assert_eq!(sent, [Method::Delete]);
}

#[test]
fn a_delete_that_is_not_confirmed_by_a_204_is_looked_up_once() {
    use Method::{Delete, Get};
    let claimed = || answer(200, "{}");
    let gone = delete(vec![claimed(), answer(404, ""), list()]);
    assert_eq!(gone, (Ok(Deleted::Confirmed), vec![Delete, Get, Get]));
    let (stays, sent) = delete(vec![claimed(), version(false, false)]);
    assert_eq!(sent, [Delete, Get]);
    let message = stays.as_ref().map_err(ApiError::message).unwrap_err();
    assert_eq!(message, "The server answered 200, but the version is still there.");
    is_unanswered(stays, true);
    let (unread, sent) = delete(vec![claimed(), answer(403, "")]);
    assert_eq!(sent, [Delete, Get]);
    is_unanswered(unread, false);
}

#[test]
fn a_version_is_gone_where_the_installation_shows_the_others() {
    use Method::{Delete, Get};
    let not_found = || answer(404, "");
    let gone = delete(vec![not_found(), not_found(), list()]);
    assert_eq!(gone, (Ok(Deleted::Before), vec![Delete, Get, Get]));
    let may_not_delete = delete(vec![not_found(), version(false, false)]);
    assert_eq!(may_not_delete, (Err(ApiError::NotFound), vec![Delete, Get]));
    let may_see_nothing = delete(vec![not_found(), not_found(), not_found()]);
    assert_eq!(may_see_nothing, (Err(ApiError::NotFound), vec![Delete, Get, Get]));
    is_unanswered(delete(vec![answer(504, ""), not_found(), not_found()]).0, false);
}

#[test]
fn a_delete_without_an_answer_is_done_when_the_version_is_gone() {
    use Method::{Delete, Get};
    for step in without_an_answer() {
        assert_eq!(
            delete(vec![step.clone(), answer(404, ""), list()]),
            (Ok(Deleted::LookedUp), vec![Delete, Get, Get])
        );
        // The server was still at it.
        let slow = vec![step, version(false, false), answer(404, ""), list()];
        assert_eq!(delete(slow), (Ok(Deleted::LookedUp), vec![Delete, Get, Get, Get]));
    }
}

#[test]
fn a_delete_without_an_answer_is_not_done_when_the_version_stays_and_unclear_when_it_cannot_be_read() {
    use Method::{Delete, Get};
    for step in without_an_answer() {
        let (stays, sent) = delete(vec![step.clone(), version(false, false), version(false, false)]);
        is_unanswered(stays, true);
        assert_eq!(sent, [Delete, Get, Get], "it is never sent again");
        let (unclear, sent) = delete(vec![step, answer(403, "")]);
        is_unanswered(unclear, false);
        assert_eq!(sent, [Delete, Get]);
    }
}

#[test]
fn a_slow_installation_is_not_looked_at_twice() {
    let (stays, sent) = delete(vec![answer(500, ""), version(false, false).after(2_000)]);
    is_unanswered(stays, true);
    assert_eq!(sent.len(), 2);
}

#[test]
fn a_change_without_an_answer_is_told_by_what_the_version_has_then() {
    use Method::{Get, Patch};
    assert_eq!(update(vec![version(true, false)]), (Ok(false), vec![Patch]));
    for step in without_an_answer() {
        assert_eq!(update(vec![step.clone(), version(true, false)]), (Ok(true), vec![Patch, Get]));
        let late = vec![step.clone(), version(false, false), version(true, false)];
        assert_eq!(update(late), (Ok(true), vec![Patch, Get, Get]));
        let (undone, _) = update(vec![step.clone(), version(false, false), version(false, false)]);
        is_unanswered(undone, true);
        for other in [version(false, true), answer(403, "")] {
            let (unclear, sent) = update(vec![step.clone(), other]);
            is_unanswered(unclear, false);
            assert_eq!(sent, [Patch, Get]);
        }
        let (hidden, sent) = update(vec![step.clone(), answer(404, ""), answer(404, "")]);
        is_unanswered(hidden, false);
        assert_eq!(sent, [Patch, Get, Get]);
    }
    let (refused, sent) = update(vec![answer(422, "")]);
    assert!(matches!(refused, Err(ApiError::Invalid(_))) && sent == [Patch], "{refused:?}");
}

#[test]
fn a_change_without_an_answer_of_a_version_that_is_gone_says_so() {
    use Method::{Get, Patch};
    for step in without_an_answer() {
        let (gone, sent) = update(vec![step, answer(404, ""), list()]);
        let gone = gone.unwrap_err();
        assert!(gone.message().starts_with("The version is not there any more"), "{gone:?}");
        assert!(!gone.leaves_doubt(), "nothing can have been saved");
        assert_eq!(sent, [Patch, Get, Get]);
    }
}

#[test]
fn what_is_known_of_an_unanswered_write_is_said() {
    let start = "The server did not answer in time. Check the network connection and try again. ";
    let undone = ApiError::TimedOut.before_sending();
    assert_eq!(undone.message(), [start, "The version is still there, as it was."].concat());
    is_unanswered::<()>(Err(undone.clone()), true);
    let (unclear, _) = delete(vec![fails(TransportError::TimedOut), answer(403, "")]);
    let unclear = unclear.unwrap_err();
    assert!(unclear.message().starts_with(&[start, "It is not known whether it was done"].concat()));
    assert_eq!((undone.leaves_doubt(), unclear.leaves_doubt()), (false, true));
    assert_eq!(ApiError::NotFound.before_sending(), ApiError::NotFound);
}
