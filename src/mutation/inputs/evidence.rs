//! Sources, citations, areas, quotes and figures.

use super::{MORE_CITATIONS, SOURCES};
use crate::catalog::closed::{CONFIDENCE, QUALIFIER};
use crate::catalog::scalars::URL;
use crate::mutation::shape::{InputField, InputType};

/// A source.
pub static SOURCE: InputType = InputType {
    name: "SourceInput",
    doc: "Something published that says something of the graph.",
    fields: &[
        InputField::text("publisher", "Who published it.").required(),
        InputField::text("title", "Its title."),
        InputField::code("url", &URL, "Its address."),
        InputField::text("publishedOn", "When it was published: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`."),
        InputField::date("retrievedOn", "The day on which it was read."),
    ],
};

/// A citation.
pub static CITATION: InputType = InputType {
    name: "CitationInput",
    doc: "What a source says of a fact.",
    fields: &[
        InputField::text("source", "The source: its address, or else its publisher and title joined by ` — `.")
            .required(),
        InputField::text("quote", "Its words."),
        InputField::text("claimField", "The field of the fact that it speaks of."),
        InputField::text("claimValue", "What it says of that field, where that is not simply what is recorded."),
        InputField::closed("confidence", &CONFIDENCE, "How far it can be relied on; `MEDIUM` when it is not given."),
    ],
};

/// The input of `citationAdd`.
pub static CITATION_ADD: InputType = InputType {
    name: "CitationAddInput",
    doc: "What a source says of a fact that is recorded.",
    fields: &[
        InputField::id("fact", "The fact's id.").required(),
        InputField::object("citation", &CITATION, "What the source says.").required(),
        SOURCES,
    ],
};

/// The input of `areaRecord`.
pub static AREA: InputType = InputType {
    name: "AreaRecordInput",
    doc: "A field of technology.",
    fields: &[
        InputField::text("slug", "Its permanent short name: lower-case letters, digits and hyphens.").required(),
        InputField::text("name", "Its name.").required(),
        InputField::text("description", "What belongs to it."),
        InputField::text("parent", "The slug of the area above it."),
        InputField::text("prefixes", "The beginnings of CPC and IPC symbols that put a patent into it.").list(),
    ],
};

/// The input of `statementAdd`.
pub static STATEMENT_ADD: InputType = InputType {
    name: "StatementAddInput",
    doc: "What a person is quoted with, about an agreement or about a company.",
    fields: &[
        InputField::text("person", "The slug of who said it.").required(),
        InputField::text("source", "The source that quotes, as a citation names it.").required(),
        InputField::text("quote", "The words.").required(),
        InputField::date("saidOn", "The day on which they were said."),
        InputField::text("agreement", "The slug of the agreement that they are about."),
        InputField::text("company", "The slug of the company that they are about."),
        MORE_CITATIONS,
        SOURCES,
    ],
};

/// A figure about a company that is recorded with it.
pub static OBSERVATION: InputType = InputType {
    name: "ObservationInput",
    doc: "A figure about a company.",
    fields: &[METRIC, VALUE, QUALIFIED, UNIT, PERIOD, GEOGRAPHY, STATED_BY, MORE_CITATIONS],
};

const METRIC: InputField = InputField::text("metric", "What is counted, such as `connected-devices`.").required();
const VALUE: InputField =
    InputField::decimal("value", "How many, with at most four digits after the point.").required();
const QUALIFIED: InputField = InputField::closed("qualifier", &QUALIFIER, "How the value is meant.").required();
const UNIT: InputField = InputField::text("unit", "What is counted in.");
const PERIOD: InputField =
    InputField::text("period", "The time that it is about, such as `2017` or `2017-Q2`.").required();
const GEOGRAPHY: InputField = InputField::text("geography", "The place that it is about.");
const STATED_BY: InputField =
    InputField::text("source", "The source that states it, as a citation names it.").required();

/// The input of `observationAdd`.
pub static OBSERVATION_ADD: InputType = InputType {
    name: "ObservationAddInput",
    doc: "A figure about a company.",
    fields: &[
        InputField::text("company", "The slug of the company.").required(),
        METRIC,
        VALUE,
        QUALIFIED,
        UNIT,
        PERIOD,
        GEOGRAPHY,
        STATED_BY,
        MORE_CITATIONS,
        SOURCES,
    ],
};
