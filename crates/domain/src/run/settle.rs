//! What an answer or a reading makes of an item: the rules of a run.

use wire::{CreateToolVersion, ToolVersion, ToolVersionAttributes, UpdateToolVersion};

use super::{Answer, Circumstances, End, Reading, State, Track};
use crate::{
    plan::{
        Item, Kind,
        attributes::{has, is_same, lost, of_create},
    },
    tool_versions::{why_not_delete, why_not_disable},
};

/// How often a request is sent at most, with [`LOOKS`] between.
const TRIES: u8 = 2;

/// How often a version must be found as it was before a request counts as not done; and how often it may stay unread before
/// nobody knows.
const LOOKS: u8 = 2;

const NO_LONGER_THERE: &str = "It no longer exists.";

const SAID_DONE: &str = "The installation answered that it was done.";

/// After a version was read: before it is changed, or because no answer told what became of that.
pub(super) fn read(track: &mut Track, item: &Item, run: Circumstances, reading: Reading) -> Option<State> {
    match track.state.clone() {
        State::Checking => Some(checked(track, item, run, reading)),
        State::LookingUp(why) => Some(looked_up(track, item, run, reading, why)),
        _ => None,
    }
}

fn checked(track: &mut Track, item: &Item, run: Circumstances, reading: Reading) -> State {
    let so = if track.may_be_done() { End::Done } else { End::AlreadySo };
    let end = match (reading, &item.kind) {
        // The turn of what nobody could read while offline comes again.
        (Reading::Failed(_), _) if run.is_offline => return State::Ahead,
        (Reading::Failed(why), _) if track.may_be_done() => End::Unclear(why),
        (Reading::Failed(why), _) => End::Failed(why),
        (Reading::Found(found), Kind::Change { update, reverse }) => {
            let it = &found.attributes;
            let is_as_planned = match &item.known {
                Some(known) => is_same(&known.attributes, it),
                None => has(it, reverse),
            };
            let refusal = if update.enabled == Some(false) { why_not_disable(it) } else { None };
            match refusal {
                _ if has(it, update) => so,
                _ if !is_as_planned => End::ChangedMeanwhile,
                Some(why) => End::Refused(why),
                None => return State::Ready,
            }
        }
        (Reading::Found(found), Kind::Delete(old)) => match why_not_delete(&found.attributes) {
            _ if !is_same(old, &found.attributes) => End::ChangedMeanwhile,
            Some(why) => End::Refused(why),
            None => return State::Ready,
        },
        (Reading::Found(found), Kind::Create(create)) if track.may_be_done() => added(track, create, &found),
        (Reading::Found(_), Kind::Create(_)) => End::Refused("There is a version of this number.".to_owned()),
        (Reading::Gone, Kind::Create(_)) => return State::Ready,
        (Reading::Gone, Kind::Delete(_)) => so,
        (Reading::Gone, Kind::Change { .. }) => End::Failed(NO_LONGER_THERE.to_owned()),
        (_, Kind::AlreadySo | Kind::Refused(_)) => End::NotTried,
    };
    State::Ended(end)
}

fn looked_up(track: &mut Track, item: &Item, run: Circumstances, reading: Reading, why: String) -> State {
    let end = match (reading, &item.kind) {
        (Reading::Failed(_), _) if run.is_offline => return State::Unanswered(why),
        (Reading::Failed(_), _) => {
            track.blind_looks += 1;
            if track.blind_looks < LOOKS {
                return State::Unanswered(why);
            }
            End::Unclear(if track.is_claimed { more(&why, ", and what is so now cannot be read.") } else { why })
        }
        (Reading::Found(found), Kind::Change { update, reverse }) => match found.attributes {
            ref it if has(it, update) => End::Done,
            ref it if track.is_claimed => not_kept(track, it, update, reverse),
            ref it if has(it, reverse) => return not_done(track, run, why),
            _ => End::Unclear([&why, " It has now neither what it had nor what was sent."].concat()),
        },
        // It is not what was sent: somebody else has added it.
        (Reading::Found(found), Kind::Create(create))
            if track.is_refused && lost(&found.attributes, &of_create(create)).is_some() =>
        {
            End::Refused(why)
        }
        // It was not there before it was sent.
        (Reading::Found(found), Kind::Create(create)) => added(track, create, &found),
        (Reading::Gone, Kind::Create(_)) if track.is_refused => End::Refused(why),
        (Reading::Gone, Kind::Change { .. }) => End::Failed(NO_LONGER_THERE.to_owned()),
        (Reading::Gone, Kind::Delete(_)) => End::Done,
        (Reading::Found(_), Kind::Delete(_)) if track.is_claimed => {
            End::Failed(more(&why, ", but the version is still there."))
        }
        (Reading::Gone, Kind::Create(_)) if track.is_claimed => {
            End::Failed(more(&why, ", and there is none of this number."))
        }
        (Reading::Found(_), Kind::Delete(_)) | (Reading::Gone, Kind::Create(_)) => return not_done(track, run, why),
        (_, Kind::AlreadySo | Kind::Refused(_)) => End::NotTried,
    };
    State::Ended(end)
}

/// A version is there that was to be added: whether it is as it was sent.
fn added(track: &mut Track, create: &CreateToolVersion, found: &ToolVersion) -> End {
    track.id = Some(found.id.clone());
    match lost(&found.attributes, &of_create(create)) {
        None => End::Done,
        Some(lost) => {
            track.is_part_done = true;
            End::Failed(["It was added, but not kept as it was sent. It is: ", &lost, "."].concat())
        }
    }
}

/// A success that has not left the version as it was sent.
fn not_kept(
    track: &mut Track,
    found: &ToolVersionAttributes,
    update: &UpdateToolVersion,
    reverse: &UpdateToolVersion,
) -> End {
    track.is_part_done = !has(found, reverse);
    let so = if track.is_part_done {
        ", but has not kept the change. It is now: "
    } else {
        ", but has not kept the change. It is still: "
    };
    End::Failed([&more(SAID_DONE, so), &lost(found, update).unwrap_or_default(), "."].concat())
}

fn more(sentence: &str, rest: &str) -> String {
    [sentence.trim_end_matches('.'), rest].concat()
}

/// Everything was found as it was.
fn not_done(track: &mut Track, run: Circumstances, why: String) -> State {
    track.looks += 1;
    if track.looks < LOOKS {
        State::Unanswered(why)
    } else if track.tries < TRIES && !run.is_stopped {
        State::Ready
    } else {
        State::Ended(End::Failed(why))
    }
}

/// After a request was answered, or was not.
pub(super) fn answered(track: &mut Track, item: &Item, run: Circumstances, answer: Answer) -> Option<State> {
    if track.state != State::Sending {
        return None;
    }
    let end = match (answer, &item.kind) {
        (Answer::Unclear(why), _) => return Some(State::Unanswered(why)),
        (Answer::Failed(_), _) if run.is_offline => return undone(track),
        (Answer::Failed(why), _) => End::Failed(why),
        // It was not there when it was read. Perhaps it is by a try before, which was slow, or which the browser has sent again
        // by itself after its connection was cut.
        (Answer::Refused(why), Kind::Create(_)) => {
            track.is_refused = true;
            return Some(State::Unanswered(why));
        }
        (Answer::Refused(why), _) => End::Refused(why),
        (Answer::Claimed(status), _) => {
            track.is_claimed = true;
            return Some(State::Unanswered(["The server answered ", &status.to_string(), "."].concat()));
        }
        (Answer::Done(Some(new)), Kind::Create(create)) if new.attributes.version != create.version => {
            track.is_claimed = true;
            return Some(State::Unanswered("The installation answered with another version.".to_owned()));
        }
        // What an answer does not show may be so all the same.
        (Answer::Done(Some(new)), Kind::Create(create)) => match lost(&new.attributes, &of_create(create)) {
            None => added(track, create, &new),
            Some(_) => return Some(claimed(track)),
        },
        (Answer::Done(Some(new)), Kind::Change { update, .. }) if !has(&new.attributes, update) => {
            return Some(claimed(track));
        }
        (Answer::Done(_), _) => End::Done,
        (Answer::Gone, Kind::Delete(_)) => End::Done,
        (Answer::Gone, Kind::Create(_)) => {
            End::Failed("The installation does not let this token add versions.".to_owned())
        }
        (Answer::Gone, _) => End::Failed(NO_LONGER_THERE.to_owned()),
    };
    Some(State::Ended(end))
}

fn claimed(track: &mut Track) -> State {
    track.is_claimed = true;
    State::Unanswered(SAID_DONE.to_owned())
}

/// After a request that did nothing for certain: it comes again, and does not count. What is sent is read again before.
pub(super) fn undone(track: &mut Track) -> Option<State> {
    match &track.state {
        State::Checking => Some(State::Ahead),
        State::LookingUp(why) => Some(State::Unanswered(why.clone())),
        State::Sending => {
            track.tries = track.tries.saturating_sub(1);
            Some(State::Ahead)
        }
        _ => None,
    }
}

/// The end of an item that nothing more is done for.
pub(super) fn early_end(track: &Track) -> End {
    match &track.state {
        State::Ended(end) => end.clone(),
        State::Unanswered(why) | State::LookingUp(why) => End::Unclear(why.clone()),
        State::Sending => End::Unclear("The run was ended before the answer came.".to_owned()),
        _ if track.was_sent => End::Unclear("It was sent before, and nobody has looked since.".to_owned()),
        // It was looked up.
        _ if track.tries > 0 => End::Failed("It was not done, and the run was ended.".to_owned()),
        State::Ahead | State::Checking | State::Ready => End::NotTried,
    }
}
