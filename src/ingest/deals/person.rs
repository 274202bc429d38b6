//! People, their offices and what they are quoted with; and what people decided of names.

use crate::ingest::deals::{Citation, CompanyRef, SourceRef, object};

object! {
    /// A person.
    PersonLine {
        /// The short name.
        slug: String,
        /// The name.
        name: String,
    } optional {
        /// Who this is, in a sentence.
        description: String,
    } lists {
        /// The evidence.
        citations: Citation,
        /// The offices held.
        appointments: AppointmentItem,
        /// The quotes.
        statements: StatementItem,
    }
}

object! {
    /// An office that a person holds or held.
    AppointmentItem {
        /// The company.
        company: CompanyRef,
        /// The office.
        title: String,
    } optional {
        /// Since when.
        since: String,
        /// Until when.
        until: String,
    } lists {
        /// The evidence.
        citations: Citation,
    }
}

object! {
    /// A quote, about an agreement or about a company.
    StatementItem {
        /// The source that quotes.
        source: SourceRef,
        /// The words.
        quote: String,
    } optional {
        /// Its place among the quotes of the person in this source; where absent, that in the list.
        ordinal: i32,
        /// The day on which they were said.
        said_on: String,
        /// The agreement that they are about.
        agreement: String,
        /// The company that they are about.
        company: CompanyRef,
    } lists {
        /// The evidence; where absent, the source.
        citations: Citation,
    }
}

object! {
    /// A match of a name that was not safe, and what people decided of it.
    NameMatchLine {
        /// The spelling.
        spelling: String,
        /// The company that it may be a name of.
        company: CompanyRef,
        /// The name of the company that it is like.
        spelt_like: String,
        /// How like, from 0 to 100.
        score: i32,
        /// Why it is not safe.
        doubt: String,
        /// What was decided.
        decision: String,
    } optional {} lists {}
}
