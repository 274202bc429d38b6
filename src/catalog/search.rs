//! What is searched.

use crate::catalog::entities::{AGREEMENT, COMPANY, COOPERATION_AREA, PATENT, PERSON};
use crate::catalog::{ClosedSet, Entity};
use crate::search::Kind;

/// A kind of things that are searched.
#[derive(Debug)]
pub struct Searched {
    /// The kind.
    pub kind: Kind,
    /// What is found.
    pub entity: &'static Entity,
}

/// Everything that is searched, in the order in which equals are shown.
pub static SEARCHED: &[Searched] = &[
    Searched { kind: Kind::Company, entity: &COMPANY },
    Searched { kind: Kind::Area, entity: &COOPERATION_AREA },
    Searched { kind: Kind::Person, entity: &PERSON },
    Searched { kind: Kind::Agreement, entity: &AGREEMENT },
    Searched { kind: Kind::Patent, entity: &PATENT },
];

/// What a search can be narrowed down to.
pub static SEARCH_TYPE: ClosedSet = ClosedSet {
    name: "SearchType",
    doc: "A kind of things that are searched.",
    values: &[
        ("COMPANY", "Companies, by all their names."),
        ("AREA", "Areas of cooperation, by their names and descriptions."),
        ("PERSON", "People, by their names and descriptions."),
        ("AGREEMENT", "Agreements, by their titles and summaries."),
        ("PATENT", "Patents, by their titles, abstracts and publication numbers."),
    ],
};

/// The field by which something was found.
pub static SEARCH_FIELD: ClosedSet = ClosedSet {
    name: "SearchField",
    doc: "The field by which something was found.",
    values: &[
        ("NAME", "The name of a company, an area or a person."),
        ("LEGAL_NAME", "The name of a company in its register."),
        ("OTHER_NAME", "One of a company's other spellings: `CompanyName.name`."),
        ("DESCRIPTION", "The description of an area or a person."),
        ("TITLE", "The title of an agreement or a patent."),
        ("SUMMARY", "The summary of an agreement."),
        ("ABSTRACT", "The abstract of a patent."),
        ("NUMBER", "The publication number of a patent."),
    ],
};
