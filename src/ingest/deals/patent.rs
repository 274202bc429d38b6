//! Patents, the places of their assignees, and what they cite.

use crate::ingest::deals::{Citation, CompanyRef, Long, Short, SourceRef, object};

object! {
    /// A place.
    LocationLine {
        /// What identifies it in its source.
        code: String,
        /// The source.
        source: SourceRef,
    } optional {
        /// The city.
        city: String,
        /// The region.
        region: String,
        /// The country.
        country: String,
    } lists {}
}

object! {
    /// A publication of a patent.
    PatentLine {
        /// Its publication number, with the kind where it is known.
        number: String,
        /// The source of the record.
        source: SourceRef,
    } optional {
        /// Which record of the source.
        source_record: String,
        /// Its title.
        title: String,
        /// Its abstract.
        r#abstract: String,
        /// Its family.
        family_id: String,
        /// The number of its application.
        application_number: String,
        /// Its earliest priority day.
        priority_on: String,
        /// The day of its filing.
        filed_on: String,
        /// The day of its publication.
        published_on: String,
        /// The day of its grant.
        granted_on: String,
        /// The day on which it expires.
        expires_on: String,
        /// How that day is known; `STATED` where absent.
        expires_basis: String,
        /// Days by which its term is longer.
        term_extension_days: i32,
        /// Where it stands in its life.
        status: String,
        /// How many claims it has.
        claims_count: i32,
        /// The assignees at publication in one text, as the source spells them.
        original_assignee: String,
        /// The short names of its areas; where absent, those that its symbols lead to.
        areas: Vec<String>,
    } lists {
        /// Who is named as an owner.
        assignees: AssigneeItem,
        /// Its CPC symbols.
        cpc: Short<SymbolItem>,
        /// Its IPC symbols.
        ipc: Short<SymbolItem>,
        /// Other sources that speak of it.
        sources: SourceRef,
        /// Citations of the patent as a fact.
        citations: Citation,
    }
}

object! {
    /// Whom a source names as an owner.
    AssigneeItem {
        /// The name as it is spelled.
        name: String,
    } optional {
        /// Whether the publication names it or the source states it as the present one; `AT_PUBLICATION` where absent.
        named: String,
        /// Its place among those; where absent, that in the list.
        ordinal: i32,
        /// The company that it is a name of.
        company: CompanyRef,
        /// The day on which it was stated.
        stated_on: String,
        /// The code of its place.
        location: String,
        /// The source; where absent, that of the patent.
        source: SourceRef,
    } lists {}
}

object! {
    /// A symbol of a classification.
    SymbolItem {
        /// The symbol.
        symbol: String,
        /// Its place, where that is not the one in the list.
        ordinal: i32,
    } optional {} lists {}
}

impl Long for SymbolItem {
    const EXPECTED: &'static str = "a symbol, or an object with its `symbol` and `ordinal`";
}

object! {
    /// The patents that a patent cites.
    CitesLine {
        /// The patent that cites.
        patent: String,
        /// Those that it cites.
        cited: Vec<String>,
    } optional {} lists {}
}
