//! Subscriptions that are the same but for where they begin: one run an event for all of them.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::{Notify, watch};

use crate::live::wanted::Sameness;
use crate::live::{Event, Live, Page, WINDOW, Wanted};

/// Bytes of events that wait for one subscriber at most.
const WAITING_BYTES_MAX: usize = 1024 * 1024;
/// Events that wait for one subscriber at most.
const WAITING_MAX: usize = 1_000;
/// How long a group waits before it reads again where reading failed.
const READ_AGAIN: Duration = Duration::from_millis(500);
/// How often a group looks whether somebody is still in it.
const LOOK_AROUND: Duration = Duration::from_secs(20);

/// What waits for a member.
#[derive(Default)]
struct Waiting {
    events: VecDeque<Arc<Event>>,
    bytes: usize,
    is_behind: bool,
}

/// A member of a group.
pub(super) struct Member {
    after: i64,
    waiting: Mutex<Waiting>,
    news: Notify,
}

/// What a member finds when it looks.
pub(super) enum Found {
    Event(Arc<Event>),
    Nothing,
    /// It did not look for so long that what waited was let go.
    Behind,
}

impl Member {
    /// One that has all events up to a number.
    pub(super) fn new(after: i64) -> Arc<Self> {
        Arc::new(Self { after, waiting: Mutex::default(), news: Notify::new() })
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn give(&self, event: &Arc<Event>) {
        if event.seq <= self.after {
            return;
        }
        let mut waiting = self.waiting();
        if waiting.is_behind {
            return;
        }
        let bytes = waiting.bytes + event.value.len();
        // One event may be larger than all that may wait: a member that has nothing waiting takes it.
        let is_too_much = !waiting.events.is_empty() && bytes > WAITING_BYTES_MAX;
        if is_too_much || waiting.events.len() >= WAITING_MAX {
            *waiting = Waiting { is_behind: true, ..Waiting::default() };
        } else {
            waiting.bytes = bytes;
            waiting.events.push_back(Arc::clone(event));
        }
        drop(waiting);
        self.news.notify_one();
    }

    pub(super) fn look(&self) -> Found {
        let mut waiting = self.waiting();
        match waiting.events.pop_front() {
            Some(event) => {
                waiting.bytes = waiting.bytes.saturating_sub(event.value.len());
                Found::Event(event)
            }
            None if waiting.is_behind => Found::Behind,
            None => Found::Nothing,
        }
    }

    /// Waits until there may be something.
    pub(super) async fn news(&self) {
        self.news.notified().await;
    }
}

struct State {
    /// All events up to this number were given out.
    upto: i64,
    members: Vec<Arc<Member>>,
    /// Those that are in it, members or about to be.
    count: usize,
    is_over: bool,
}

/// See the module.
pub(super) struct Group {
    pub(super) wanted: Wanted,
    state: Mutex<State>,
}

impl Group {
    pub(super) fn new(wanted: Wanted, upto: i64) -> Self {
        Self { wanted, state: Mutex::new(State { upto, members: Vec::new(), count: 0, is_over: false }) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn sameness(&self) -> &Arc<Sameness> {
        &self.wanted.sameness
    }

    /// Counts somebody in, unless the group is over.
    pub(super) fn enter(&self) -> bool {
        let mut state = self.state();
        state.count += usize::from(!state.is_over);
        !state.is_over
    }

    /// Counts somebody out.
    pub(super) fn leave(&self, member: Option<&Arc<Member>>) {
        let mut state = self.state();
        state.count = state.count.saturating_sub(1);
        if let Some(member) = member {
            state.members.retain(|other| !Arc::ptr_eq(other, member));
        }
    }

    /// Joins as who has all events up to a number; if the group is ahead, says up to which number it is.
    pub(super) fn join(&self, after: i64) -> Result<Arc<Member>, i64> {
        let mut state = self.state();
        if after < state.upto {
            return Err(state.upto);
        }
        let member = Member::new(after);
        state.members.push(Arc::clone(&member));
        Ok(member)
    }

    /// Whether nobody is in it; then nobody can enter any more.
    fn is_over(&self) -> bool {
        let mut state = self.state();
        state.is_over = state.count == 0;
        state.is_over
    }

    fn give(&self, page: &Page) {
        let mut state = self.state();
        for member in &state.members {
            page.events.iter().for_each(|event| member.give(event));
        }
        state.upto = page.upto;
    }
}

/// Reads the events of a group as they come, until nobody is in it.
pub(super) async fn run(live: Weak<Live>, group: Arc<Group>, mut last_seq: watch::Receiver<i64>) {
    loop {
        let last = *last_seq.borrow_and_update();
        let upto = group.state().upto;
        let Some(held) = live.upgrade() else { return };
        if group.is_over() {
            held.forget(&group);
            return;
        }
        if upto < last {
            let end = last.min(upto.saturating_add(WINDOW));
            match held.engine().events(&group.wanted, upto, end).await {
                Ok(page) => group.give(&page),
                Err(error) => {
                    // Logged with the name of who reads; the members wait on.
                    let _told = error.for_client("live");
                    drop(held);
                    tokio::time::sleep(READ_AGAIN).await;
                }
            }
            continue;
        }
        drop(held);
        if tokio::time::timeout(LOOK_AROUND, last_seq.changed()).await.is_ok_and(|changed| changed.is_err()) {
            return;
        }
    }
}
