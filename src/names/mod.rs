//! Companies by the spellings of their names: one resolver for all importers.
//!
//! A recorded spelling becomes a [`Name`]: repaired, folded, in Latin letters, without roles, addresses and legal form, its
//! abbreviations in full. Names give [`Key`]s, by which a store finds the spellings that are worth comparing; [`compare`] says
//! whether two names are one company's, perhaps, or not; a [`Resolver`] does so for a batch. Only what is safe is matched; the
//! rest is listed as doubtful, for people to decide.
//!
//! This room knows rules and no company: the tables hold words that many names share.

mod cuts;
mod forms;
mod governments;
mod institutions;
mod keys;
mod matching;
pub mod measure;
mod memory;
mod normal;
mod repair;
mod resolver;
mod slips;
mod turned;
mod vocabulary;
mod words;

pub use keys::{Key, RULES};
pub use matching::{Doubt, Reason, Verdict, compare};
pub use memory::Memory;
pub use normal::Name;
pub use resolver::{Candidate, Decided, Decision, Found, Known, Outcome, Party, Resolver, Spelling};
pub(crate) use words::with_forms_apart;
