//! An upload in words and numbers.

use domain::{
    size::{bytes_text, duration_text},
    uploads::{
        machine::{Phase, Step, StepState, Upload},
        progress::Bar,
    },
};

use super::super::upload_progress::bar_text;

/// How a step stands.
pub fn step_state(state: StepState) -> &'static str {
    match state {
        StepState::Ahead => "",
        StepState::Active => "under way",
        StepState::Done => "done",
        StepState::Failed => "failed",
        StepState::Waiting => "waiting for the network",
        StepState::Cancelled => "cancelled",
    }
}

/// How full the bar is: of the packing, of the sending, and of `processing`, which is what the installation tells after
/// that. None only while something moves whose amount is not known.
pub fn share_done(upload: &Upload, processing: Option<&Bar>) -> Option<f64> {
    let share = match upload.bytes() {
        (_, 0) => None,
        (bytes, total) => Some(bytes as f64 / total as f64),
    };
    let processed = processing.map(|bar| bar.done);
    match upload.phase() {
        Phase::Done => Some(1.0),
        Phase::Running(Step::Creating) => None,
        Phase::Running(Step::Processing) => processed,
        Phase::Running(Step::Preparing | Step::Sending) => share,
        Phase::Idle | Phase::Waiting(_) | Phase::Cancelled(_) | Phase::Failed { .. } => {
            Some(processed.or(share).unwrap_or(0.0))
        }
    }
}

/// What the bar shows, in numbers.
pub fn numbers(upload: &Upload, processing: Option<&Bar>) -> String {
    let of_total = |done: &str| match upload.bytes() {
        (_, 0) => String::new(),
        (bytes, total) => [&bytes_text(bytes), " of ", &bytes_text(total), done].concat(),
    };
    match upload.phase() {
        Phase::Running(Step::Processing) => processing.map(bar_text).unwrap_or_default(),
        Phase::Running(Step::Preparing) => of_total(" packed"),
        Phase::Running(Step::Sending) | Phase::Waiting(Step::Sending) => {
            let mut text = of_total(" sent");
            if let Some(speed) = upload.speed() {
                text.push_str(", ");
                text.push_str(&bytes_text(speed as u64));
                text.push_str("/s");
            }
            if let Some(left) = upload.time_left() {
                text.push_str(", ");
                text.push_str(&duration_text(left));
                text.push_str(" left");
            }
            text
        }
        _ => String::new(),
    }
}

/// What happens, in a sentence. A failure is told elsewhere.
pub fn headline(upload: &Upload) -> String {
    let sentence = match upload.phase() {
        Phase::Idle | Phase::Failed { .. } => "",
        Phase::Running(Step::Preparing) => "Packing the folder…",
        Phase::Running(Step::Creating) => "Creating the configuration version…",
        Phase::Running(Step::Sending) if upload.awaits_answer() => "All was sent, waiting for the answer…",
        Phase::Running(Step::Sending) if upload.is_probing() => "Asking whether the archive is there already…",
        Phase::Running(Step::Sending) => "Sending the archive…",
        Phase::Running(Step::Processing) => "The archive was sent. The installation processes it…",
        Phase::Waiting(_) => "The browser is offline. It goes on when the network is back.",
        Phase::Cancelled(_) => "Cancelled.",
        Phase::Done => {
            let number = upload.created().map(|it| it.version).unwrap_or_default();
            return ["Configuration version ", &number.to_string(), " was uploaded."].concat();
        }
    };
    sentence.to_owned()
}
