//! From one thing that is recorded by hand to rows: natural keys are resolved, values checked, and everything is stored
//! at the end.

mod agreements;
mod areas;
mod companies;
mod evidence;
mod patents;
mod people;
mod plan;
mod record;
mod sources;
mod spellings;
mod transfers;

pub(crate) use record::{Fact, Recorded, agreement_row, company_row, record};
