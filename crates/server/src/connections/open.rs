//! All open connections: how many there may be, and which one goes when there is no room for another.
//!
//! The one that has waited for its client the longest goes, first of the same address if that one has too many. So
//! whoever opens connections and does nothing with them keeps nobody out.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::Notify, time::timeout};

use super::{
    Limits,
    pulse::{End, Pulse},
};
use crate::proxies::network;

/// How long a connection that was closed may take to end.
const PATIENCE: Duration = Duration::from_secs(1);

/// The open connections of one server.
#[derive(Clone, Debug)]
pub(super) struct Open(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    limits: Limits,
    list: Mutex<List>,
    /// Told when one is gone.
    ended: Notify,
}

#[derive(Debug, Default)]
struct List {
    next: u64,
    all: HashMap<u64, Entry>,
    abandoned: bool,
}

#[derive(Debug)]
struct Entry {
    /// `None` for a proxy.
    network: Option<IpAddr>,
    pulse: Pulse,
}

/// The right of one connection to be open; given back when dropped.
#[derive(Debug)]
pub(super) struct Place {
    open: Open,
    id: u64,
    pub(super) pulse: Pulse,
}

impl Open {
    pub(super) fn new(limits: Limits) -> Self {
        Self(Arc::new(Shared { limits, list: Mutex::default(), ended: Notify::new() }))
    }

    /// Room for a connection of this address, which may be a proxy's. `None` if all others are at work.
    pub(super) async fn admit(&self, address: IpAddr, is_proxy: bool) -> Option<Place> {
        let network = (!is_proxy).then(|| network(address));
        let admitted = async {
            loop {
                // Asked for before looking, so that no end is missed.
                let ended = self.0.ended.notified();
                let room = self.list().room(&self.0.limits, network);
                match room {
                    Room::Free => return Some(self.enter(network)),
                    Room::Soon => ended.await,
                    Room::None => return None,
                }
            }
        };
        timeout(PATIENCE, admitted).await.ok().flatten()
    }

    fn enter(&self, network: Option<IpAddr>) -> Place {
        let pulse = Pulse::new(self.0.limits.clone());
        let mut list = self.list();
        let id = list.next;
        list.next += 1;
        list.all.insert(id, Entry { network, pulse: pulse.clone() });
        Place { open: self.clone(), id, pulse }
    }

    /// Closes the connection that has waited the longest, if one waits.
    pub(super) fn make_room(&self) {
        close_longest_waiting(self.list().all.values());
    }

    /// Asks all to end, and waits until they have. Returns whether all requests under way were answered.
    pub(super) async fn stop(&self, quiet: Duration) -> bool {
        for entry in self.list().all.values() {
            entry.pulse.stop(quiet);
        }
        loop {
            let ended = self.0.ended.notified();
            {
                let list = self.list();
                if list.all.is_empty() {
                    return !list.abandoned;
                }
            }
            ended.await;
        }
    }

    fn list(&self) -> MutexGuard<'_, List> {
        self.0.list.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl List {
    /// Whether there is room for one more, made by closing another if need be.
    fn room(&self, limits: &Limits, network: Option<IpAddr>) -> Room {
        let of_it = || self.all.values().filter(move |entry| entry.network == network);
        if network.is_some() && of_it().count() >= limits.connections_of_an_address {
            close_longest_waiting(of_it())
        } else if self.all.len() >= limits.connections {
            close_longest_waiting(self.all.values())
        } else {
            Room::Free
        }
    }
}

enum Room {
    Free,
    /// As soon as one has ended that was closed.
    Soon,
    None,
}

fn close_longest_waiting<'a>(among: impl Iterator<Item = &'a Entry> + Clone) -> Room {
    if among.clone().any(|entry| entry.pulse.is_closed()) {
        return Room::Soon;
    }
    let waiting = among.filter_map(|entry| Some((entry.pulse.waits_since()?, entry)));
    let longest = waiting.min_by_key(|(since, _)| *since);
    longest.map_or(Room::None, |(_, entry)| {
        entry.pulse.close();
        Room::Soon
    })
}

impl Place {
    /// Notes how the connection ended.
    pub(super) fn ended(self, end: End) {
        if (end == End::Abandoned || self.pulse.gave_up()) && self.pulse.is_stopping() {
            self.open.list().abandoned = true;
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.open.list().all.remove(&self.id);
        self.open.0.ended.notify_waiters();
    }
}
