//! Does what the upload's state machine says: packs, creates, sends, follows.

use std::time::Duration;

use leptos::{ev, prelude::*};
use web_sys::Blob;
use wire::CreateConfigurationVersion;

use super::{super::errors::message, super::said::Following, archive::ArchiveField, chosen::Chosen};
use crate::{
    api::{
        ApiError, Client,
        configuration_versions::{End, create, progress},
        same_origin_path, upload,
    },
    components::LegacyClient,
    domain::uploads::{
        machine::{Action, Created, Event, Phase, Step, StepState, Upload},
        progress::{ProgressReader, Stage},
    },
    paths::Configuration,
    query::Task,
};

/// Seconds before an archive is sent again after a conflict.
const CONFLICT_WAITS: [u64; 4] = [1, 2, 4, 8];

/// The upload of one page. Copied freely; all copies are one.
#[derive(Clone, Copy)]
pub struct Runner {
    upload: RwSignal<Upload>,
    /// What the installation says of it.
    pub following: Following,
    task: Task,
    /// What the work needs.
    means: StoredValue<Means, LocalStorage>,
}

#[derive(Clone)]
struct Means {
    client: Client,
    configuration: Configuration,
    archive: ArchiveField,
    version: CreateConfigurationVersion,
    /// What is sent, once it is packed.
    blob: Option<Blob>,
}

impl Runner {
    /// Nothing has begun. It ends with the page that calls this.
    pub fn new(configuration: Configuration, archive: ArchiveField) -> Self {
        let LegacyClient(client) = expect_context();
        let version = CreateConfigurationVersion::default();
        let means = Means { client, configuration, archive, version, blob: None };
        let runner = Self {
            upload: RwSignal::new(Upload::default()),
            following: Following::new(),
            task: Task::new(),
            means: StoredValue::new_local(means),
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
        let needs_packing =
            self.means.with_value(|means| matches!(means.archive.chosen_untracked(), Some(Chosen::Folder { .. })));
        self.means.update_value(|means| {
            means.version = version;
            means.blob = match means.archive.chosen_untracked() {
                Some(Chosen::File { blob, .. }) => Some(blob),
                _ => None,
            };
        });
        if !window().navigator().on_line() {
            self.tell(Event::Offline);
        }
        self.tell(Event::Start { needs_packing });
    }

    /// Where it stands. Tracked.
    pub fn phase(self) -> Phase {
        self.upload.with(|upload| upload.phase().clone())
    }

    /// Where one of its steps stands. Tracked.
    pub fn step_state(self, step: Step) -> StepState {
        self.upload.with(|upload| upload.step_state(step))
    }

    /// What `read` makes of it. Tracked.
    pub fn with<R>(self, read: impl FnOnce(&Upload) -> R) -> R {
        self.upload.with(read)
    }

    /// Whether the form cannot be changed: something is under way, or the version exists. Tracked.
    pub fn is_locked(self) -> bool {
        self.upload.with(|upload| {
            upload.created().is_some() || matches!(upload.phase(), Phase::Running(_) | Phase::Waiting(_) | Phase::Done)
        })
    }

    /// Whether the version exists.
    pub fn is_created_untracked(self) -> bool {
        self.upload.with_untracked(|upload| upload.created().is_some())
    }

    /// Whether leaving would end it. Tracked.
    pub fn holds_the_user(self) -> bool {
        self.upload.with(Upload::holds_the_user)
    }

    /// Whether it has ended well. Tracked.
    pub fn is_done(self) -> bool {
        self.upload.with(|upload| *upload.phase() == Phase::Done)
    }

    /// Whose version it is.
    pub fn configuration(self) -> Configuration {
        self.means.with_value(|means| means.configuration.clone())
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
        let means = self.means.get_value();
        let created = self.upload.with_untracked(|upload| upload.created().cloned());
        match (action, created) {
            (Action::Stop, _) => self.task.stop(),
            (Action::Pack, _) => self.task.start(Box::pin(self.pack(means))),
            (Action::Create, _) => self.task.start(Box::pin(self.create(means))),
            (Action::Send, Some(created)) => self.task.start(Box::pin(self.send(means, created))),
            (Action::Probe, Some(created)) => self.task.start(Box::pin(self.probe(means, created))),
            (Action::Follow, Some(created)) => self.task.start(Box::pin(self.follow(means, created))),
            // The machine sends only for a version that exists.
            (Action::Send | Action::Probe | Action::Follow, None) => {}
        }
    }

    async fn pack(self, means: Means) {
        let Some(Chosen::Folder { packer, .. }) = means.archive.chosen_untracked() else { return };
        let packed = packer.pack(move |bytes, total| self.tell(Event::Packing { bytes, total })).await;
        match packed {
            Ok(blob) => {
                let size = blob.size() as u64;
                self.means.try_update_value(|means| means.blob = Some(blob));
                self.tell(Event::Packed { size });
            }
            Err(reason) => self.tell(Event::Failed { reason, is_connection: false }),
        }
    }

    async fn create(self, means: Means) {
        let Configuration { username, name } = &means.configuration;
        match create(&means.client, username, name, &means.version).await {
            Ok(created) => {
                let (version, upload_path, token) = (created.version, created.upload_path, created.token);
                self.tell(Event::Created(Created { version, upload_path, token }));
            }
            Err(error) => self.fail(&error, &means.configuration),
        }
    }

    async fn send(self, means: Means, created: Created) {
        let host = window().location().host().unwrap_or_default();
        let (path, blob) = match (same_origin_path(&created.upload_path, &host), &means.blob) {
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
        match self.put(&means, &created, &path, blob).await {
            Ok(()) => self.tell(Event::Accepted),
            Err(ApiError::NotFound) => {
                let reason = "The installation does not know the upload path any more. It has expired, and needs a new \
                              configuration version.";
                self.tell(Event::Failed { reason: reason.to_owned(), is_connection: false });
            }
            Err(error) => self.fail(&error, &means.configuration),
        }
    }

    /// Sends the archive. A conflict after an attempt that was cut means one of two things. The installation has not
    /// noticed yet that the connection is gone: then it is sent again a little later. Or a proxy between here and there
    /// had all of it by then: the archive is there.
    async fn put(self, means: &Means, created: &Created, path: &str, blob: &Blob) -> Result<(), ApiError> {
        let mut waits = CONFLICT_WAITS.into_iter();
        loop {
            let on_sent = Box::new(move |bytes, total| self.tell(Event::Sent { bytes, total }));
            let outcome = upload(path, blob, on_sent).await;
            if !matches!(outcome, Err(ApiError::Conflict(_))) {
                return outcome;
            }
            if is_uploaded(means, created).await {
                return Ok(());
            }
            match waits.next() {
                Some(seconds) => means.client.wait(Duration::from_secs(seconds)).await,
                None => return outcome,
            }
        }
    }

    async fn probe(self, means: Means, created: Created) {
        let is_uploaded = is_uploaded(&means, &created).await;
        self.tell(Event::Found { is_uploaded });
    }

    async fn follow(self, means: Means, created: Created) {
        let configuration = means.configuration.clone();
        let end = self.following.run(means.client, configuration.clone(), created.token).await;
        let outcome = match end {
            End::Uploaded => Ok(()),
            End::Failed(Some(reason)) => Err(reason),
            End::Failed(None) => Err("The installation says that it failed, and not why.".to_owned()),
            End::UnknownToken => {
                Err("The archive was sent, but the installation does not know its token any more.".to_owned())
            }
            End::OutOfPatience => {
                Err("The archive was sent, but the installation did not say within 10 minutes that it is done."
                    .to_owned())
            }
            End::Refused(error) => Err(message(&error, &configuration)),
        };
        self.tell(Event::Finished(outcome));
    }

    fn fail(self, error: &ApiError, configuration: &Configuration) {
        let reason = message(error, configuration);
        self.tell(Event::Failed { reason, is_connection: error.leaves_doubt() });
    }
}

/// Whether the installation says that the archive is there. Whatever else it says, it is not, as far as can be told.
async fn is_uploaded(means: &Means, created: &Created) -> bool {
    let Configuration { username, name } = &means.configuration;
    let mut reader = ProgressReader::default();
    let said = progress(&means.client, username, name, &created.token, &mut reader).await;
    said.is_ok_and(|said| said.reading.stage == Stage::Uploaded)
}
