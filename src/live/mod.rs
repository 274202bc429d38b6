//! Subscriptions, whatever carries them: who wants which events, and when there are some.
//!
//! One thread listens to the store's bell and tells the feed's last number. Subscriptions that are the same but for where
//! they begin are a group, which reads each event once for all of them. Who begins earlier reads on by itself until it has
//! what the group has, and joins it then, so each event comes once and in order.

mod group;
mod listener;
mod subscription;
mod wanted;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use crate::engine::Engine;
use crate::error::Error;
use crate::store::{Bell, StoreError};

pub use subscription::{Ended, Subscription};
pub use wanted::{Event, Page, Wanted};

use group::Group;
use wanted::Sameness;

/// Changes that are looked through in one read at most: few of them may be events.
const WINDOW: i64 = 10_000;

/// The live side of an engine.
pub struct Live {
    engine: Arc<Engine>,
    groups: Mutex<HashMap<Arc<Sameness>, Arc<Group>>>,
    /// The feed's last number, as far as the listener knows.
    last_seq: watch::Sender<i64>,
    listener: listener::Handle,
    ending: watch::Sender<bool>,
}

impl Live {
    /// The live side of an engine. The thread that listens begins with the first subscription, and ends with this.
    #[must_use]
    pub fn new(engine: Arc<Engine>) -> Arc<Self> {
        let (last_seq, _) = watch::channel(0);
        Arc::new(Self {
            engine,
            groups: Mutex::default(),
            last_seq,
            listener: listener::Handle::default(),
            ending: watch::channel(false).0,
        })
    }

    /// What answers requests.
    #[must_use]
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Begins a subscription: what is committed from now on is in it.
    ///
    /// # Errors
    /// The store failed.
    pub async fn subscribe(self: &Arc<Self>, wanted: Wanted) -> Result<Subscription, Error> {
        self.listener.begin(self)?;
        let now = self.seq_now().await?;
        let begin = wanted.since.unwrap_or(now);
        let group = self.group(&wanted, now);
        Ok(Subscription::new(Arc::clone(self), group, begin))
    }

    /// Tells everybody who follows that the server is stopping.
    pub fn end(&self) {
        self.ending.send_replace(true);
    }

    /// Changes when the server is stopping.
    #[must_use]
    pub fn ending(&self) -> watch::Receiver<bool> {
        self.ending.subscribe()
    }

    /// The feed's last number, as the store says now.
    async fn seq_now(&self) -> Result<i64, Error> {
        let store = self.engine.store().clone();
        let read = tokio::task::spawn_blocking(move || store.last_seq());
        Ok(read.await.map_err(|error| StoreError::Shape(error.to_string()))??)
    }

    /// The group of those who want the same.
    fn group(self: &Arc<Self>, wanted: &Wanted, now: i64) -> Arc<Group> {
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        // Counted while the map is held: a group that nobody is in is not found any more.
        if let Some(group) = groups.get(&wanted.sameness).filter(|group| group.enter()) {
            return Arc::clone(group);
        }
        let group = Arc::new(Group::new(wanted.clone(), now));
        group.enter();
        groups.insert(Arc::clone(&wanted.sameness), Arc::clone(&group));
        tokio::spawn(group::run(Arc::downgrade(self), Arc::clone(&group), self.last_seq.subscribe()));
        group
    }

    /// Forgets a group that nobody is in.
    fn forget(&self, group: &Arc<Group>) {
        let mut groups = self.groups.lock().unwrap_or_else(PoisonError::into_inner);
        if groups.get(group.sameness()).is_some_and(|known| Arc::ptr_eq(known, group)) {
            groups.remove(group.sameness());
        }
    }

    /// Tells the feed's last number to all groups.
    fn tell(&self, last_seq: i64) {
        self.last_seq.send_if_modified(|known| {
            let is_new = last_seq > *known;
            *known = last_seq.max(*known);
            is_new
        });
    }

    /// How many groups there are.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.groups.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn bell(&self) -> Result<Bell, StoreError> {
        Bell::listen(self.engine.store())
    }
}
