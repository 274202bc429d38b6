//! Sources, areas, and the citations that all other lines use.

use crate::ingest::deals::{Long, Short, object};

object! {
    /// A source.
    SourceLine {
        /// Who published it.
        publisher: String,
    } optional {
        /// Its title.
        title: String,
        /// Its address.
        url: String,
        /// When it was published: a day, a month or a year.
        published_on: String,
        /// The day on which it was read.
        retrieved_on: String,
    } lists {}
}

object! {
    /// A source without an address, by what tells it from others.
    SourceName {
        /// Its publisher.
        publisher: String,
    } optional {
        /// Its title.
        title: String,
        /// When it was published.
        published_on: String,
    } lists {}
}

impl Long for SourceName {
    const EXPECTED: &'static str = "a source: its address, its publisher and title, or an object of them";
}

/// A source, as lines name it: its address, else `publisher — title`, or at length where that fits several.
pub(crate) type SourceRef = Short<SourceName>;

object! {
    /// An area; a parent stands before its children.
    AreaLine {
        /// Its short name.
        slug: String,
        /// Its name.
        name: String,
    } optional {
        /// What belongs to it.
        description: String,
        /// The short name of the area above it.
        parent: String,
    } lists {
        /// The beginnings of CPC and IPC symbols that put a patent into it.
        prefixes: String,
    }
}

object! {
    /// What a source says of a fact.
    CitationItem {
        /// The source.
        source: SourceRef,
    } optional {
        /// Its place among the citations of the fact by this source; where absent, that in the list.
        ordinal: i32,
        /// Its words.
        quote: String,
        /// The field of the fact that it speaks of.
        claim_field: String,
        /// What it says of that field, where that is not simply what is recorded.
        claim_value: String,
        /// How far it can be relied on; `MEDIUM` where absent.
        confidence: String,
        /// Which record of the source.
        record: String,
        /// When it was recorded in a store; where absent, now.
        recorded_at: String,
    } lists {}
}

impl Long for CitationItem {
    const EXPECTED: &'static str = "a source, or a citation";
}

/// A citation, or only the source.
pub(crate) type Citation = Short<CitationItem>;
