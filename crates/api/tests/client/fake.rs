//! An installation in memory, with a clock of its own: it answers from a script, and remembers what it was asked.

use std::{
    collections::VecDeque,
    future::{pending, ready},
    sync::{Arc, Mutex, MutexGuard},
    time::Duration,
};

use api::{Client, Credentials, Dialect, LocalBoxFuture, Request, Response, Transport, TransportError};

/// The token that a new [`Fake`]'s client sends.
pub const TOKEN: &str = "user.atlasv1.secret";

/// What happens to one request.
#[derive(Clone)]
pub struct Step {
    outcome: Result<Response, TransportError>,
    after: Duration,
}

/// A script of steps, and everything that happened.
#[derive(Default)]
pub struct Fake {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    script: VecDeque<Step>,
    repeated: Option<Step>,
    never_answers: bool,
    sent: Vec<Request>,
    waits: Vec<Duration>,
    now: Duration,
    jitter: u32,
    dropped: usize,
}

/// An answer that comes at once.
pub fn answer(status: u16, body: &str) -> Step {
    let outcome = Ok(Response { status, headers: Vec::new(), body: body.to_owned() });
    Step { outcome, after: Duration::ZERO }
}

/// No answer.
pub fn fails(error: TransportError) -> Step {
    Step { outcome: Err(error), after: Duration::ZERO }
}

impl Step {
    /// With a header.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        if let Ok(response) = &mut self.outcome {
            response.headers.push((name, value.to_owned()));
        }
        self
    }

    /// Later.
    pub fn after(mut self, milliseconds: u64) -> Self {
        self.after = Duration::from_millis(milliseconds);
        self
    }
}

impl Fake {
    /// Answers with these steps, in this order.
    pub fn script(steps: impl IntoIterator<Item = Step>) -> Arc<Self> {
        let fake = Self::default();
        fake.state().script.extend(steps);
        Arc::new(fake)
    }

    /// Answers every request alike.
    pub fn always(step: Step) -> Arc<Self> {
        let fake = Self::default();
        fake.state().repeated = Some(step);
        Arc::new(fake)
    }

    /// Takes requests and says nothing, not even that time has passed.
    pub fn silent() -> Arc<Self> {
        let fake = Self::default();
        fake.state().never_answers = true;
        Arc::new(fake)
    }

    /// With random numbers of this value, from 0 to 1000.
    pub fn with_jitter(self: Arc<Self>, jitter: u32) -> Arc<Self> {
        self.state().jitter = jitter;
        self
    }

    /// A client with [`TOKEN`] that nobody renews.
    pub fn client(self: &Arc<Self>) -> Client {
        self.client_of(Arc::new(Keys::default())).with_token(TOKEN)
    }

    /// A client with these credentials.
    pub fn client_of(self: &Arc<Self>, credentials: Arc<dyn Credentials>) -> Client {
        let transport: Arc<dyn Transport> = Arc::<Self>::clone(self);
        Client::new(transport, credentials, "/api/v2", Dialect::JsonApi)
    }

    /// The requests, in their order.
    pub fn sent(&self) -> Vec<Request> {
        self.state().sent.clone()
    }

    /// The only request.
    pub fn only_request(&self) -> Request {
        let sent = self.sent();
        assert_eq!(sent.len(), 1, "{sent:?}");
        sent.into_iter().next().unwrap()
    }

    /// The tokens of the requests, in their order.
    pub fn tokens(&self) -> Vec<String> {
        let token = |it: &Request| header(it, "Authorization").strip_prefix("Bearer ").unwrap().to_owned();
        self.sent().iter().map(token).collect()
    }

    /// The waits between the requests, in milliseconds.
    pub fn waits(&self) -> Vec<u128> {
        self.state().waits.iter().map(Duration::as_millis).collect()
    }

    /// How much time has passed.
    pub fn elapsed(&self) -> Duration {
        self.state().now
    }

    /// How many requests were dropped before they had their answer.
    pub fn dropped(&self) -> usize {
        self.state().dropped
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }
}

/// The value of a request's header, found by its exact name.
pub fn header<'a>(request: &'a Request, name: &str) -> &'a str {
    let found = request.headers.iter().find(|(key, _)| *key == name);
    found.map(|(_, value)| value.as_str()).unwrap_or_default()
}

impl Transport for Fake {
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Result<Response, TransportError>> {
        let mut state = self.state();
        let timeout = request.timeout;
        state.sent.push(request);
        if state.never_answers {
            let dropped = CountDrop(self);
            return Box::pin(async move {
                let _dropped = dropped;
                pending().await
            });
        }
        let repeated = state.repeated.clone();
        let step = state.script.pop_front().or(repeated).expect("a request that the script does not know");
        let outcome = if step.after >= timeout { Err(TransportError::TimedOut) } else { step.outcome };
        state.now += step.after.min(timeout);
        Box::pin(ready(outcome))
    }

    fn wait(&self, duration: Duration) -> LocalBoxFuture<'_, ()> {
        let mut state = self.state();
        state.waits.push(duration);
        state.now += duration;
        Box::pin(ready(()))
    }

    fn now(&self) -> Duration {
        self.state().now
    }

    fn jitter(&self) -> u32 {
        self.state().jitter
    }
}

struct CountDrop<'a>(&'a Fake);

impl Drop for CountDrop<'_> {
    fn drop(&mut self) {
        self.0.state().dropped += 1;
    }
}

/// Credentials that hold a token, hand out others one after the other, and remember which were refused.
#[derive(Default)]
pub struct Keys {
    /// The token to begin with.
    pub first: Option<String>,
    /// What renewals answer; then the user gives up.
    pub renewals: Mutex<VecDeque<String>>,
    /// The tokens that were refused.
    pub refused: Mutex<Vec<Option<String>>>,
}

impl Keys {
    /// Begins with `first`, and renews with `renewals`.
    pub fn new(first: Option<&str>, renewals: &[&str]) -> Arc<Self> {
        let renewals = renewals.iter().map(|&it| it.to_owned()).collect();
        Arc::new(Self { first: first.map(str::to_owned), renewals: Mutex::new(renewals), refused: Mutex::default() })
    }

    /// The tokens that were refused.
    pub fn refused(&self) -> Vec<Option<String>> {
        self.refused.lock().unwrap().clone()
    }
}

impl Credentials for Keys {
    fn token(&self) -> Option<String> {
        self.first.clone()
    }

    fn renew(&self, refused: Option<String>) -> LocalBoxFuture<'static, Option<String>> {
        self.refused.lock().unwrap().push(refused);
        Box::pin(ready(self.renewals.lock().unwrap().pop_front()))
    }
}
