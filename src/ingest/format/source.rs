//! Sources, areas, and the citations that every other file uses.

use std::fmt;

use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, Visitor};

/// A source. Facts name a source by its address, or else by its publisher and title joined by ` — `.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct SourceLine {
    /// Who published it.
    pub(crate) publisher: String,
    /// Its title.
    pub(crate) title: Option<String>,
    /// Its address.
    pub(crate) url: Option<String>,
    /// When it was published: a day, a month or a year.
    pub(crate) published_on: Option<String>,
    /// The day on which it was read.
    pub(crate) retrieved_on: Option<String>,
}

/// An area; its parent stands before it.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AreaLine {
    /// Its short name.
    pub(crate) slug: String,
    /// Its name.
    pub(crate) name: String,
    /// What belongs to it.
    pub(crate) description: Option<String>,
    /// The short name of the area above it.
    pub(crate) parent: Option<String>,
    /// The beginnings of CPC and IPC symbols that put a patent into it.
    #[serde(default)]
    pub(crate) prefixes: Vec<String>,
}

/// What a source says of a fact: an object, or only the name of the source.
#[derive(Debug, Clone, Default)]
pub(crate) struct CitationItem {
    /// The source.
    pub(crate) source: String,
    /// Its words.
    pub(crate) quote: Option<String>,
    /// The field of the fact that it speaks of.
    pub(crate) claim_field: Option<String>,
    /// What it says of that field, where that is not simply what is recorded.
    pub(crate) claim_value: Option<String>,
    /// How far it can be relied on; `MEDIUM` where absent.
    pub(crate) confidence: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct CitationObject {
    source: String,
    quote: Option<String>,
    claim_field: Option<String>,
    claim_value: Option<String>,
    confidence: Option<String>,
}

impl<'de> Deserialize<'de> for CitationItem {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CitationVisitor)
    }
}

struct CitationVisitor;

impl<'de> Visitor<'de> for CitationVisitor {
    type Value = CitationItem;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a source, or a citation")
    }

    fn visit_str<E>(self, source: &str) -> Result<CitationItem, E> {
        Ok(CitationItem { source: source.to_owned(), ..CitationItem::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<CitationItem, A::Error> {
        let CitationObject { source, quote, claim_field, claim_value, confidence } =
            CitationObject::deserialize(MapAccessDeserializer::new(map))?;
        Ok(CitationItem { source, quote, claim_field, claim_value, confidence })
    }
}
