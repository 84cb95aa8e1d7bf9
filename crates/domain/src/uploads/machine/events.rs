//! The states of an upload, the events that change them, and the actions that they ask for.

/// A step of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A folder is packed.
    Preparing,
    /// The version is created.
    Creating,
    /// The archive is sent.
    Sending,
    /// The installation processes the archive.
    Processing,
}

impl Step {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Preparing, Self::Creating, Self::Sending, Self::Processing];

    /// Its name on the page.
    pub fn label(self) -> &'static str {
        match self {
            Self::Preparing => "Preparing",
            Self::Creating => "Creating",
            Self::Sending => "Sending",
            Self::Processing => "Processing",
        }
    }
}

/// The state of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Not begun.
    Ahead,
    /// Under way.
    Active,
    /// Done.
    Done,
    /// Failed.
    Failed,
    /// Goes on when the network is back.
    Waiting,
    /// The user has ended it.
    Cancelled,
}

/// A version that waits for its archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Created {
    /// Its number.
    pub version: u64,
    /// Where the archive is sent. A secret.
    pub upload_path: String,
    /// Names the upload.
    pub token: String,
}

/// The state of the whole upload.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Not begun.
    #[default]
    Idle,
    /// A step is under way.
    Running(Step),
    /// The browser is offline; the step goes on by itself afterwards.
    Waiting(Step),
    /// A step failed.
    Failed {
        /// Which.
        step: Step,
        /// Why: a sentence.
        reason: String,
    },
    /// The user ended it during this step.
    Cancelled(Step),
    /// All steps are done.
    Done,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The user began it.
    Start {
        /// Whether a folder has to be packed.
        needs_packing: bool,
    },
    /// So much of the folder is packed.
    Packing {
        /// Bytes that are packed.
        bytes: u64,
        /// Bytes in all.
        total: u64,
    },
    /// The archive is made, of so many bytes.
    Packed {
        /// Its size.
        size: u64,
    },
    /// The installation created the version.
    Created(Created),
    /// So much of the archive was sent.
    Sent {
        /// Bytes that were sent.
        bytes: u64,
        /// Bytes in all.
        total: u64,
    },
    /// The installation accepted the archive.
    Accepted,
    /// The result of [`Action::Probe`].
    Found {
        /// Whether the archive is there.
        is_uploaded: bool,
    },
    /// Following ended: with the archive processed, or with a reason.
    Finished(Result<(), String>),
    /// The action under way failed.
    Failed {
        /// Why: a sentence.
        reason: String,
        /// Whether no answer came, so that it may have been done all the same.
        is_connection: bool,
    },
    /// The browser lost the network.
    Offline,
    /// The browser has the network back.
    Online,
    /// The user ends it.
    Cancel,
    /// The user wants it to go on.
    Retry,
}

/// Something to do. Each ends what was under way before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Pack the folder.
    Pack,
    /// Create the version.
    Create,
    /// Send the archive.
    Send,
    /// Ask once whether the archive is there, although its response was lost.
    Probe,
    /// Follow the progress to its end.
    Follow,
    /// Only end what is under way.
    Stop,
}
