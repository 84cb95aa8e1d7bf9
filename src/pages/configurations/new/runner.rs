//! Does what the upload's state machine says: packs, creates, sends, follows.

use std::time::Duration;

use api::{
    ApiError, Client,
    configuration_versions::{ProgressEnd, create, has_arrived},
    same_origin_path, upload,
};
use domain::uploads::machine::{Action, Created, Event, Phase, Step, StepState, Upload};
use leptos::{ev, prelude::*};
use web_sys::Blob;
use wire::CreateConfigurationVersion;

use super::{
    super::{errors::message, upload_progress::UploadProgress},
    archive::ArchiveChoice,
    chosen::Chosen,
};
use crate::{components::LegacyClient, paths::Configuration, query::Task};

/// Seconds before an archive is sent again after a conflict.
const CONFLICT_WAITS: [u64; 4] = [1, 2, 4, 8];

/// The upload of one page. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Runner {
    upload: RwSignal<Upload>,
    progress: UploadProgress,
    task: Task,
    job: StoredValue<Job, LocalStorage>,
}

/// What the work is done with.
#[derive(Clone)]
struct Job {
    client: Client,
    configuration: Configuration,
    archive: ArchiveChoice,
    version: CreateConfigurationVersion,
    /// What is sent, once it is packed.
    blob: Option<Blob>,
}

impl Runner {
    /// Nothing has begun. It ends with the page that calls this.
    pub fn new(configuration: Configuration, archive: ArchiveChoice) -> Self {
        let LegacyClient(client) = expect_context();
        let version = CreateConfigurationVersion::default();
        let runner = Self {
            upload: RwSignal::new(Upload::default()),
            progress: UploadProgress::new(),
            task: Task::new(),
            job: StoredValue::new_local(Job { client, configuration, archive, version, blob: None }),
        };
        let offline = window_event_listener(ev::offline, move |_| runner.tell(Event::Offline));
        let online = window_event_listener(ev::online, move |_| runner.tell(Event::Online));
        on_cleanup(move || {
            offline.remove();
            online.remove();
        });
        runner
    }

    /// Begins with a version of these variables and this metadata.
    pub fn start(self, version: CreateConfigurationVersion) {
        let needs_packing = self.job.try_update_value(|job| {
            let chosen = job.archive.chosen_untracked();
            let needs_packing = matches!(chosen, Some(Chosen::Folder { .. }));
            job.version = version;
            job.blob = match chosen {
                Some(Chosen::File { blob, .. }) => Some(blob),
                _ => None,
            };
            needs_packing
        });
        let Some(needs_packing) = needs_packing else { return };
        if !window().navigator().on_line() {
            self.tell(Event::Offline);
        }
        self.tell(Event::Start { needs_packing });
    }

    /// What `read` finds in the upload. Tracked: it changes many times a second, so that a view reads it in a [`Memo`].
    pub fn with<R>(self, read: impl FnOnce(&Upload) -> R) -> R {
        self.upload.with(read)
    }

    /// How one of its steps stands. Tracked, as [`Self::with`].
    pub fn step_state(self, step: Step) -> StepState {
        self.with(|upload| upload.step_state(step))
    }

    /// Whether it has begun. Tracked, as [`Self::with`].
    pub fn has_begun(self) -> bool {
        self.with(|upload| *upload.phase() != Phase::Idle)
    }

    /// Whether the form cannot be changed: something is under way, or the version exists. Tracked, as [`Self::with`].
    pub fn is_locked(self) -> bool {
        self.with(is_locked)
    }

    /// As [`Self::is_locked`], not tracked.
    pub fn is_locked_untracked(self) -> bool {
        self.upload.with_untracked(is_locked)
    }

    /// Whether everything was sent: leaving ends nothing then. Tracked, as [`Self::with`].
    pub fn is_sent(self) -> bool {
        self.with(|upload| *upload.phase() != Phase::Idle && !upload.holds_the_user())
    }

    /// Whether the version exists. Not tracked.
    pub fn is_created_untracked(self) -> bool {
        self.upload.with_untracked(|upload| upload.created().is_some())
    }

    /// Its progress after everything was sent.
    pub fn progress(self) -> UploadProgress {
        self.progress
    }

    /// Whose version it is.
    pub fn configuration(self) -> Configuration {
        self.job.with_value(|job| job.configuration.clone())
    }

    /// Tells the machine what happened, and does what it says.
    pub fn tell(self, event: Event) {
        let now = Duration::from_millis(js_sys::Date::now() as u64);
        // The page may be gone at the very moment of an answer.
        if let Some(Some(action)) = self.upload.try_update(|upload| upload.on(event, now)) {
            self.act(action);
        }
    }

    fn act(self, action: Action) {
        let Some(job) = self.job.try_get_value() else { return };
        let created = self.upload.with_untracked(|upload| upload.created().cloned());
        match (action, created) {
            (Action::Stop, _) => self.task.stop(),
            (Action::Pack, _) => self.task.start(Box::pin(self.pack(job))),
            (Action::Create, _) => self.task.start(Box::pin(self.create(job))),
            (Action::Send, Some(created)) => self.task.start(Box::pin(self.send(job, created))),
            (Action::Probe, Some(created)) => self.task.start(Box::pin(self.probe(job, created))),
            (Action::Follow, Some(created)) => self.task.start(Box::pin(self.follow(job, created))),
            // The machine sends only for a version that exists.
            (Action::Send | Action::Probe | Action::Follow, None) => {}
        }
    }

    async fn pack(self, job: Job) {
        let Some(Chosen::Folder { packer, .. }) = job.archive.chosen_untracked() else { return };
        let packed = packer.pack(move |bytes, total| self.tell(Event::Packing { bytes, total })).await;
        match packed {
            Ok(blob) => {
                let size = blob.size() as u64;
                self.job.try_update_value(|job| job.blob = Some(blob));
                self.tell(Event::Packed { size });
            }
            Err(reason) => self.tell(Event::Failed { reason, is_connection: false }),
        }
    }

    async fn create(self, job: Job) {
        let Configuration { username, name } = &job.configuration;
        match create(&job.client, username, name, &job.version).await {
            Ok(created) => {
                let (version, upload_path, token) = (created.version, created.upload_path, created.token);
                self.tell(Event::Created(Created { version, upload_path, token }));
            }
            Err(error) => self.fail(&error, &job.configuration),
        }
    }

    async fn send(self, job: Job, created: Created) {
        let host = window().location().host().unwrap_or_default();
        let (path, blob) = match (same_origin_path(&job.client, &created.upload_path, &host), &job.blob) {
            (Ok(path), Some(blob)) => (path, blob),
            (Err(origin), _) => {
                let reason = format!(
                    "The installation wants the archive at {origin}, which this page may not reach. Whoever hosts the \
                     console can forward it: --upload-host {origin}"
                );
                return self.tell(Event::Failed { reason, is_connection: false });
            }
            // The machine sends only what is packed.
            (Ok(_), None) => return,
        };
        match self.put(&job, &created, &path, blob).await {
            Ok(Ok(())) => self.tell(Event::Accepted),
            Ok(Err(error)) => match refused_path(&error) {
                Some(reason) => self.tell(Event::Failed { reason, is_connection: false }),
                None => self.fail(&error, &job.configuration),
            },
            Err(error) => self.fail(&error, &job.configuration),
        }
    }

    /// Sends the archive. A conflict after an attempt that was cut has one of two reasons. The installation has not
    /// noticed yet that the connection is gone: then it is sent again a little later. Or a proxy between here and there
    /// had all of it by then: the archive is there.
    ///
    /// The outcome of the sending; an error where asking for the archive fails.
    async fn put(
        self,
        job: &Job,
        created: &Created,
        path: &str,
        blob: &Blob,
    ) -> Result<Result<(), ApiError>, ApiError> {
        let mut waits = CONFLICT_WAITS.into_iter();
        loop {
            let on_sent = Box::new(move |bytes, total| self.tell(Event::Sent { bytes, total }));
            let outcome = upload(path, blob, on_sent).await;
            if !matches!(outcome, Err(ApiError::Conflict(_))) {
                return Ok(outcome);
            }
            if has_arrived_of(job, created).await? {
                return Ok(Ok(()));
            }
            let Some(seconds) = waits.next() else { return Ok(outcome) };
            job.client.wait(Duration::from_secs(seconds)).await;
            // Whatever was in the way may have brought it there meanwhile.
            if has_arrived_of(job, created).await? {
                return Ok(Ok(()));
            }
        }
    }

    async fn probe(self, job: Job, created: Created) {
        match has_arrived_of(&job, &created).await {
            Ok(is_uploaded) => self.tell(Event::Found { is_uploaded }),
            Err(error) => self.fail(&error, &job.configuration),
        }
    }

    async fn follow(self, job: Job, created: Created) {
        let configuration = job.configuration.clone();
        let end = self.progress.follow(job.client, configuration.clone(), created.token).await;
        let outcome = match end {
            ProgressEnd::Uploaded => Ok(()),
            ProgressEnd::Failed(Some(reason)) => Err(reason),
            ProgressEnd::Failed(None) => Err("The installation says that it failed, and not why.".to_owned()),
            ProgressEnd::UnknownToken => {
                Err("The archive was sent, but the installation does not know its token any more.".to_owned())
            }
            ProgressEnd::TimedOut => {
                Err("The archive was sent, but the installation did not say within 10 minutes that it is done."
                    .to_owned())
            }
            ProgressEnd::Refused(error) => Err(message(&error, &configuration)),
        };
        self.tell(Event::Finished(outcome));
    }

    fn fail(self, error: &ApiError, configuration: &Configuration) {
        let reason = message(error, configuration);
        self.tell(Event::Failed { reason, is_connection: error.leaves_doubt() });
    }
}

/// Whether all of the archive is there already, so that it is not sent again.
async fn has_arrived_of(job: &Job, created: &Created) -> Result<bool, ApiError> {
    let Configuration { username, name } = &job.configuration;
    has_arrived(&job.client, username, name, &created.token).await
}

/// What is told where the upload path itself is refused. It carries its own right, so that another token does not help.
fn refused_path(error: &ApiError) -> Option<String> {
    let (status, messages) = match error {
        ApiError::Unauthorized => (401, &[][..]),
        ApiError::NotFound => (404, &[][..]),
        ApiError::Refused { status: status @ (403 | 410), messages } => (*status, messages.as_slice()),
        _ => return None,
    };
    let mut reason = format!(
        "The address for the archive was refused (status {status}): it has expired, or was changed on its way. Sending the \
         archive again does not help. Create another configuration version."
    );
    if !messages.is_empty() {
        reason += &[" The server says: ", &messages.join(" ")].concat();
    }
    Some(reason)
}

fn is_locked(upload: &Upload) -> bool {
    upload.created().is_some() || matches!(upload.phase(), Phase::Running(_) | Phase::Waiting(_) | Phase::Done)
}
