//! One subscriber: what it missed first, then what comes, each event once and in order.

use std::collections::VecDeque;
use std::sync::Arc;

use crate::error::Error;
use crate::live::group::{Found, Group, Member};
use crate::live::{Event, Live, WINDOW, Wanted};

/// Why a subscription ended.
#[derive(Debug)]
pub enum Ended {
    /// The subscriber was too slow: events that waited for it were let go.
    Behind,
    /// Reading failed.
    Failed(Error),
}

/// See the module.
pub struct Subscription {
    live: Arc<Live>,
    group: Arc<Group>,
    /// All events up to this number were given.
    upto: i64,
    /// Events that were read and not given.
    read: VecDeque<Arc<Event>>,
    member: Option<Arc<Member>>,
}

impl Subscription {
    pub(super) fn new(live: Arc<Live>, group: Arc<Group>, begin: i64) -> Self {
        // Who has missed nothing is a member at once, however late it looks.
        let member = group.join(begin).ok();
        Self { live, group, upto: begin, read: VecDeque::new(), member }
    }

    /// Where it was begun.
    #[must_use]
    pub fn live(&self) -> &Arc<Live> {
        &self.live
    }

    /// What it is a subscription to.
    #[must_use]
    pub fn wanted(&self) -> &Wanted {
        &self.group.wanted
    }

    /// The number from which to go on: all events up to it were given.
    #[must_use]
    pub fn upto(&self) -> i64 {
        self.upto
    }

    /// The next event.
    ///
    /// # Errors
    /// The subscription has ended.
    pub async fn next(&mut self) -> Result<Arc<Event>, Ended> {
        loop {
            if let Some(event) = self.read.pop_front() {
                self.upto = event.seq;
                return Ok(event);
            }
            let Some(member) = &self.member else {
                self.catch_up().await?;
                continue;
            };
            match member.look() {
                Found::Event(event) => {
                    self.upto = event.seq;
                    return Ok(event);
                }
                Found::Behind => return Err(Ended::Behind),
                Found::Nothing => member.news().await,
            }
        }
    }

    /// Reads on, or joins the group where that has nothing more.
    async fn catch_up(&mut self) -> Result<(), Ended> {
        match self.group.join(self.upto) {
            Ok(member) => self.member = Some(member),
            Err(ahead) => {
                let end = ahead.min(self.upto.saturating_add(WINDOW));
                let page =
                    self.live.engine().events(&self.group.wanted, self.upto, end).await.map_err(Ended::Failed)?;
                if page.events.is_empty() {
                    self.upto = page.upto;
                }
                self.read.extend(page.events);
            }
        }
        Ok(())
    }
}

impl Drop for Subscription {
    fn drop(&mut self) {
        self.group.leave(self.member.as_ref());
    }
}
