//! An installation with versions in it, in simulated time: a request takes as long as it takes while others are under way,
//! and a test of a minute is over at once.
//!
//! Longer than 300 lines because it is a whole installation with its clock.

use std::{
    collections::HashSet,
    future::{Future, poll_fn},
    sync::{Arc, Mutex, MutexGuard},
    task::{Context, Poll, Waker},
    time::Duration,
};

use api::{
    ApiError, Client, Credentials, Dialect, LocalBoxFuture, Request, Response, Result, Transport, TransportError,
    inventory::{self, Begun, Event, Pages, Summary},
};
use domain::Tool;

use crate::fake::{Keys, TOKEN};

/// A question for a page.
#[derive(Clone, Copy, Debug)]
pub struct Ask {
    /// Counted from 1.
    pub nth: usize,
    pub page: usize,
    pub size: Option<usize>,
}

/// What happens to a request.
pub type Outcome = std::result::Result<Response, TransportError>;

/// How this installation differs from others: looks at each question first, may change the world, and answers where it
/// does not leave that to the usual.
type Whim = Box<dyn Fn(&mut World, Ask) -> Option<Outcome> + Send + Sync>;

/// What the installation has, and how it pages.
pub struct World {
    pub versions: Vec<String>,
    /// The size of a page that was asked for with this one.
    pub size_of: fn(Option<usize>) -> usize,
    /// `meta` in the answer to page, size and number of versions.
    pub meta: fn(usize, usize, usize) -> String,
    /// How long an answer takes.
    pub latency: Duration,
    /// Requests a second; 0 for no limit.
    pub limit: usize,
    pub tells_limit: bool,
    /// When requests arrived.
    pub arrivals: Vec<Duration>,
    pub asked: Vec<Ask>,
    /// 429s.
    pub refused: usize,
    /// How many were under way at the same time, at most.
    pub most_at_once: usize,
    under_way: usize,
    pub dropped: usize,
    now: Duration,
    wakes: Vec<Duration>,
}

pub struct Installation {
    world: Mutex<World>,
    whim: Whim,
}

/// What a load told.
#[derive(Default)]
pub struct Told {
    /// Every version, in the order of its first coming.
    pub versions: Vec<String>,
    /// Those that came more than once.
    pub repeated: usize,
    pub unreadable: usize,
    pub totals: Vec<Option<u64>>,
    pub failed: Vec<(Pages, ApiError)>,
    /// The most versions in one event.
    pub largest: usize,
}

/// `meta` as the specification has it.
pub fn usual_meta(page: usize, size: usize, count: usize) -> String {
    let pages = count.div_ceil(size).max(1);
    let next = if page < pages { (page + 1).to_string() } else { "null".to_owned() };
    let numbers = format!(r#""current-page":{page},"next-page":{next},"total-pages":{pages},"total-count":{count}"#);
    format!(r#","meta":{{"pagination":{{"prev-page":null,{numbers}}}}}"#)
}

/// The size of a page as the specification has it.
pub fn usual_size(asked: Option<usize>) -> usize {
    asked.unwrap_or(20).min(100)
}

pub fn status(status: u16) -> Option<Outcome> {
    Some(Ok(Response { status, headers: Vec::new(), body: String::new() }))
}

/// Reads everything: a first page of `size` versions, then the rest.
pub fn load(client: &Client, size: u64, on: inventory::OnEvent) -> LocalBoxFuture<'static, Result<Summary>> {
    let first = inventory::first(client, Tool::Terraform, size, on);
    Box::pin(async move {
        Ok(match first.await? {
            Begun::Whole(summary) => summary,
            Begun::Part(unread) => inventory::rest(unread).await,
        })
    })
}

impl Installation {
    /// With so many versions.
    pub fn of(count: usize) -> Arc<Self> {
        Self::with(count, |_| {}, |_, _| None)
    }

    /// With so many versions, another world and a whim.
    pub fn with(
        count: usize,
        change: impl FnOnce(&mut World),
        whim: impl Fn(&mut World, Ask) -> Option<Outcome> + Send + Sync + 'static,
    ) -> Arc<Self> {
        let mut world = World {
            versions: (1..=count).map(|it| format!("1.0.{it}")).collect(),
            size_of: usual_size,
            meta: usual_meta,
            latency: Duration::from_millis(20),
            limit: 0,
            tells_limit: true,
            arrivals: Vec::new(),
            asked: Vec::new(),
            refused: 0,
            most_at_once: 0,
            under_way: 0,
            dropped: 0,
            now: Duration::ZERO,
            wakes: Vec::new(),
        };
        change(&mut world);
        Arc::new(Self { world: Mutex::new(world), whim: Box::new(whim) })
    }

    pub fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap()
    }

    pub fn client(self: &Arc<Self>) -> Client {
        let transport: Arc<dyn Transport> = Arc::<Self>::clone(self);
        let credentials: Arc<dyn Credentials> = Keys::new(Some(TOKEN), &[]);
        Client::new(transport, credentials, "/api/v2", Dialect::JsonApi)
    }

    /// Loads everything, beginning with a page of 100.
    pub fn load(self: &Arc<Self>) -> (Result<Summary>, Told) {
        self.load_from(100)
    }

    pub fn load_from(self: &Arc<Self>, first: u64) -> (Result<Summary>, Told) {
        self.telling(|client, on| load(client, first, on))
    }

    pub fn again(self: &Arc<Self>, failed: &[Pages]) -> (Result<Summary>, Told) {
        self.telling(|client, on| {
            let again = inventory::again(client, Tool::Terraform, failed, on);
            Box::pin(async move { Ok(again.await) })
        })
    }

    fn telling(
        self: &Arc<Self>,
        begin: impl FnOnce(&Client, inventory::OnEvent) -> LocalBoxFuture<'static, Result<Summary>>,
    ) -> (Result<Summary>, Told) {
        let told = Arc::new(Mutex::new(Told::default()));
        let on = {
            let told = Arc::clone(&told);
            let mut ids = HashSet::new();
            Box::new(move |event| {
                let mut told = told.lock().unwrap();
                match event {
                    Event::Page(page) => {
                        told.largest = told.largest.max(page.items.len());
                        told.totals.push(page.total);
                        told.unreadable += page.unreadable_count;
                        assert_eq!(page.unreadable.len(), page.unreadable_count);
                        for item in page.items {
                            if ids.insert(item.id) {
                                told.versions.push(item.attributes.version);
                            } else {
                                told.repeated += 1;
                            }
                        }
                    }
                    Event::Failed { pages, error } => told.failed.push((pages, error)),
                }
            })
        };
        let summary = self.run(begin(&self.client(), on));
        let told = Arc::into_inner(told).unwrap().into_inner().unwrap();
        (summary, told)
    }

    /// Runs a future to its end, and the time with it.
    pub fn run<T>(&self, mut future: LocalBoxFuture<'static, T>) -> T {
        loop {
            if let Poll::Ready(done) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                return done;
            }
            self.pass();
        }
    }

    /// Lets the time pass until something happens.
    pub fn pass(&self) {
        let mut world = self.world();
        let now = world.now;
        let next = world.wakes.iter().copied().filter(|it| *it > now).min();
        world.now = next.expect("nothing will ever happen");
        world.wakes.retain(|it| Some(*it) > next);
    }

    pub fn elapsed(&self) -> Duration {
        self.world().now
    }

    fn until(&self, at: Duration) -> impl Future<Output = ()> + '_ {
        poll_fn(move |_| {
            let mut world = self.world();
            if world.now >= at {
                return Poll::Ready(());
            }
            world.wakes.push(at);
            Poll::Pending
        })
    }

    fn answer(&self, request: &Request) -> Outcome {
        let parameter = |name: &str| {
            let (_, query) = request.url.split_once('?').unwrap();
            let found = query.split('&').find_map(|it| it.strip_prefix(name)?.strip_prefix('='));
            found.map(|it| it.parse::<usize>().unwrap())
        };
        let mut world = self.world();
        let (page, size) = (parameter("page%5Bnumber%5D").unwrap_or(1), parameter("page%5Bsize%5D"));
        let ask = Ask { nth: world.asked.len() + 1, page, size };
        world.asked.push(ask);
        let now = world.now;
        let recent = world.arrivals.iter().rev().take_while(|it| now - **it < Duration::from_secs(1)).count();
        world.arrivals.push(now);
        if world.limit > 0 && recent >= world.limit {
            world.refused += 1;
            let mut refusal = Response { status: 429, ..Response::default() };
            if world.tells_limit {
                refusal.headers =
                    vec![("X-RateLimit-Limit", world.limit.to_string()), ("X-RateLimit-Reset", "1".into())];
            }
            return Ok(refusal);
        }
        (self.whim)(&mut world, ask).unwrap_or_else(|| Ok(world.page(page, size)))
    }
}

impl World {
    /// The usual answer.
    pub fn page(&self, page: usize, size: Option<usize>) -> Response {
        let size = (self.size_of)(size);
        let items: Vec<String> = self.versions.iter().skip((page - 1) * size).take(size).map(|it| item(it)).collect();
        let meta = (self.meta)(page, size, self.versions.len());
        let limit = ("X-RateLimit-Limit", self.limit.to_string());
        let headers = if self.tells_limit { vec![limit] } else { Vec::new() };
        Response { status: 200, headers, body: format!(r#"{{"data":[{}]{meta}}}"#, items.join(",")) }
    }
}

pub fn item(version: &str) -> String {
    format!(r#"{{"id":"tool-{version}","type":"terraform-versions","attributes":{{"version":"{version}"}}}}"#)
}

struct UnderWay<'a>(&'a Installation, bool);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        let mut world = self.0.world();
        world.under_way -= 1;
        world.dropped += usize::from(!self.1);
    }
}

impl Transport for Installation {
    fn send(&self, request: Request) -> LocalBoxFuture<'_, Outcome> {
        Box::pin(async move {
            let latency = {
                let mut world = self.world();
                world.under_way += 1;
                world.most_at_once = world.most_at_once.max(world.under_way);
                world.now + world.latency
            };
            let mut under_way = UnderWay(self, false);
            let outcome = self.answer(&request);
            self.until(latency).await;
            under_way.1 = true;
            outcome
        })
    }

    fn wait(&self, duration: Duration) -> LocalBoxFuture<'_, ()> {
        let at = self.elapsed() + duration;
        Box::pin(self.until(at))
    }

    fn now(&self) -> Duration {
        self.elapsed()
    }

    fn jitter(&self) -> u32 {
        0
    }
}
