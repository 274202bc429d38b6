//! Subscriptions: the protocols that carry them, and that each event comes once and in order.

mod events;
mod mutations;
mod processes;
mod protocol;
mod reference_client;
mod resuming;
mod sharing;
pub mod socket;
