//! Subscriptions: the protocols that carry them, and that each event comes once and in order.

mod events;
mod protocol;
mod resuming;
mod socket;
