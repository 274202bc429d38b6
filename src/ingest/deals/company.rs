//! Companies, their names and figures, and what ties them together.

use crate::ingest::deals::{Citation, Long, Short, SourceRef, object};

object! {
    /// A company by its name, which the resolver of names leads to a company, or to a new one.
    CompanyName {
        /// The name.
        name: String,
    } optional {
        /// The country, which helps to tell companies apart.
        country: String,
    } lists {}
}

impl Long for CompanyName {
    const EXPECTED: &'static str = "a company: its short name, its LEI, or an object with its `name`";
}

impl CompanyRef {
    /// What it is named by.
    pub(crate) fn shown(&self) -> &str {
        match self {
            Short::Text(key) => key,
            Short::Object(named) => &named.name,
        }
    }
}

/// A company, as lines name it: its short name, its LEI, or a name to be resolved.
pub(crate) type CompanyRef = Short<CompanyName>;

object! {
    /// A company.
    CompanyLine {
        /// The short name.
        slug: String,
        /// The common name.
        name: String,
    } optional {
        /// The legal name.
        legal_name: String,
        /// The Legal Entity Identifier.
        lei: String,
        /// The country of its seat.
        country: String,
        /// The city of its seat.
        city: String,
        /// The day of its foundation.
        founded_on: String,
        /// The day of its end.
        dissolved_on: String,
        /// Its website.
        website: String,
        /// What it is, in a sentence.
        description: String,
    } lists {
        /// The evidence.
        citations: Citation,
        /// Its other names.
        names: NameItem,
        /// The countries that it sells in.
        markets: MarketItem,
        /// Figures.
        observations: ObservationItem,
        /// The short names that it had, or that companies merged into it had: they lead to it.
        former_slugs: String,
    }
}

object! {
    /// Another name of a company.
    NameItem {
        /// The name.
        name: String,
        /// What kind of name it is.
        kind: String,
    } optional {
        /// Since when it was used.
        used_from: String,
        /// Until when it was used.
        used_until: String,
        /// The language that it is in.
        language: String,
    } lists {
        /// The evidence.
        citations: Citation,
    }
}

object! {
    /// A country that a company sells in or focuses on.
    MarketItem {
        /// The country.
        country: String,
        /// What it is to the company.
        status: String,
    } optional {} lists {
        /// The evidence.
        citations: Citation,
    }
}

object! {
    /// A figure about a company.
    ObservationItem {
        /// What is measured.
        metric: String,
        /// The figure, a decimal as text.
        value: String,
        /// How exactly it is stated.
        qualifier: String,
        /// The time that it is about, as stated.
        period: String,
        /// The source that reports it.
        source: SourceRef,
    } optional {
        /// Its unit.
        unit: String,
        /// The place that it is about.
        geography: String,
    } lists {
        /// The evidence; where absent, the source.
        citations: Citation,
    }
}

object! {
    /// A company above another, or before it.
    RelationLine {
        /// The company below.
        company: CompanyRef,
        /// The company above.
        parent: CompanyRef,
        /// What kind of relation it is.
        kind: String,
    } optional {
        /// Since when.
        since: String,
        /// Until when.
        until: String,
        /// By which rule.
        rule: String,
        /// Which parent it is.
        form: String,
        /// Whether a register holds that it lasts.
        status: String,
        /// Where its registration stands, in the register's words.
        registration_status: String,
        /// When the register last changed its record.
        updated_on: String,
        /// When the register took its record away.
        withdrawn_on: String,
    } lists {
        /// The evidence.
        citations: Citation,
    }
}

object! {
    /// A rival that a company is said to have.
    RivalryLine {
        /// The company.
        company: CompanyRef,
        /// The rival.
        rival: CompanyRef,
    } optional {} lists {
        /// The evidence.
        citations: Citation,
    }
}
