//! Transfers of patents, on lines of their own and inside agreements.

use crate::ingest::deals::{Citation, CompanyRef, Long, Short, SourceRef, object};

object! {
    /// A transfer: of an agreement, listed by a source, or recorded by a register.
    TransferLine {
        /// What it does.
        conveyance: String,
    } optional {
        /// The short name of its agreement; not said inside an agreement.
        agreement: String,
        /// The source that lists it.
        listed_by: SourceRef,
        /// Its place in the agreement or among the transfers of the source, from 1; where absent, that in the list, or 1.
        ordinal: i32,
        /// Where it is recorded.
        reel_frame: String,
        /// When it was executed.
        executed_on: String,
        /// When it was recorded.
        recorded_on: String,
        /// How many patents it is said to convey.
        stated_count: i32,
        /// That number in the source's words.
        stated_as: String,
        /// What it conveys, in the register's words.
        conveyance_text: String,
        /// The reel and frame of the record that it corrects or releases.
        refers_to_reel_frame: String,
        /// When the register last changed its record.
        last_updated_on: String,
    } lists {
        /// Who conveys.
        assignors: TransferParty,
        /// Who receives.
        assignees: TransferParty,
        /// The publication numbers of the patents that it names.
        patents: String,
        /// The evidence; where absent, that of the agreement, or the source that lists it.
        citations: Citation,
    }
}

object! {
    /// Who takes part in a transfer: a company, or a natural person.
    TransferPartyItem {} optional {
        /// The company.
        company: CompanyRef,
        /// The natural person.
        individual: String,
        /// When it signed.
        executed_on: String,
        /// The company's name as it is recorded.
        recorded_name: String,
    } lists {}
}

impl Long for TransferPartyItem {
    const EXPECTED: &'static str = "a company, or an object with a `company` or an `individual`";
}

/// A party of a transfer, or only the company's short name or LEI.
pub(crate) type TransferParty = Short<TransferPartyItem>;
