//! The thread that listens to the store's bell.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

use crate::live::Live;
use crate::store::{Bell, StoreError};

/// How often the bell is looked at. It costs some microseconds.
const TICK: Duration = Duration::from_millis(10);
/// The same while nobody subscribes to anything.
const TICK_IDLE: Duration = Duration::from_millis(100);
/// How often the feed is looked at although the bell is silent: a pooler may not pass it on, a standby does not ring.
const LOOK_ANYWAY: Duration = Duration::from_millis(500);
/// How long to wait before a broken connection is opened again.
const OPEN_AGAIN: Duration = Duration::from_secs(1);

/// Whether the thread has begun.
#[derive(Default)]
pub(super) struct Handle(AtomicBool);

impl Handle {
    /// Begins to listen, unless somebody does.
    pub(super) fn begin(&self, live: &Arc<Live>) -> Result<(), StoreError> {
        if self.0.swap(true, Ordering::AcqRel) {
            return Ok(());
        }
        let weak = Arc::downgrade(live);
        let begun = thread::Builder::new().name("bell".to_owned()).spawn(move || listen(&weak));
        begun.map(drop).map_err(|error| {
            self.0.store(false, Ordering::Release);
            StoreError::Shape(format!("the thread that listens cannot be started: {error}"))
        })
    }
}

/// Listens until nobody holds what it tells.
fn listen(live: &Weak<Live>) {
    loop {
        let Some(opened) = live.upgrade().map(|live| live.bell()) else { return };
        match opened.and_then(|bell| attend(live, bell)) {
            Ok(()) => return,
            Err(error) => {
                tracing::warn!(%error, "listening for changes failed; it begins again shortly");
                if !look(live) {
                    return;
                }
                thread::sleep(OPEN_AGAIN);
            }
        }
    }
}

/// Tells the feed's last number each time that the bell rings, and now and then without.
fn attend(live: &Weak<Live>, mut bell: Bell) -> Result<(), StoreError> {
    let mut looked: Option<Instant> = None;
    loop {
        let Some(held) = live.upgrade() else { return Ok(()) };
        let has_rung = bell.has_rung()?;
        if has_rung || looked.is_none_or(|at| at.elapsed() >= LOOK_ANYWAY) {
            held.tell(bell.last_seq()?);
            looked = Some(Instant::now());
        }
        let tick = if held.groups() == 0 { TICK_IDLE } else { TICK };
        drop(held);
        thread::sleep(tick);
    }
}

/// Looks at the feed without a bell. Whether anybody wants to know.
fn look(live: &Weak<Live>) -> bool {
    let Some(live) = live.upgrade() else { return false };
    // Where the store does not answer at all, listening has said so.
    if let Ok(seq) = live.engine().store().last_seq() {
        live.tell(seq);
    }
    true
}
