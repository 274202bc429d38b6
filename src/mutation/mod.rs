//! What can be written: each mutation with its input, who may do it, and what it does.
//!
//! A mutation is declared once, in [`MUTATIONS`]: the schema, the check of roles and the plan of its payload follow. It
//! runs in `run`, on a desk within a transaction; what it records is resolved and written by the import of the `deals` format, as lines of files are.
//! Nothing here knows HTTP or which database it is.

mod agreement;
mod citation;
mod company;
mod desk;
mod error;
pub mod inputs;
mod merge;
mod record;
mod run;
mod shape;
mod update;
mod value;

use crate::access::Role;
use crate::catalog::Entity;
use crate::catalog::entities::{
    AGREEMENT, CITATION, COMPANY, COOPERATION_AREA, OBSERVATION, PATENT, PATENT_TRANSFER, STATEMENT,
};
use crate::document::input::Input;

pub(crate) use desk::Desk;
pub(crate) use error::Fault;
pub use error::{USER_ERROR_CODES, UserError, UserErrorCode};
pub(crate) use run::run;
pub use shape::{InputField, InputType, Shape};

/// What a mutation does: it gives the key of the row that its payload shows.
type Apply = fn(&mut Desk<'_>, &Input) -> Result<i64, Fault>;

/// Something that can be written.
pub struct Mutation {
    /// Its name: what it is about, then the verb.
    pub name: &'static str,
    /// What it does.
    pub doc: &'static str,
    /// The role that may do it, and those above.
    pub role: Role,
    /// Its input.
    pub input: &'static InputType,
    /// The field of its payload that shows what was written.
    pub field: &'static str,
    /// What that is.
    pub entity: &'static Entity,
    apply: Apply,
}

impl std::fmt::Debug for Mutation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl Mutation {
    /// The name of its payload's type.
    #[must_use]
    pub fn payload(&self) -> String {
        self.input.name.replace("Input", "Payload")
    }
}

/// Every mutation.
pub static MUTATIONS: &[Mutation] = &[
    Mutation {
        name: "companyRecord",
        doc: "Records a company with its names, relations, markets, rivals and figures, each with its evidence: all or nothing.",
        role: Role::Editor,
        input: &inputs::company::RECORD,
        field: "company",
        entity: &COMPANY,
        apply: record::company,
    },
    Mutation {
        name: "companyUpdate",
        doc: "Corrects a company's own fields. A field that is not given stays as it is.",
        role: Role::Editor,
        input: &inputs::company::UPDATE,
        field: "company",
        entity: &COMPANY,
        apply: company::update,
    },
    Mutation {
        name: "companyMerge",
        doc: "Makes one company of two that are the same: all that is recorded of the other one moves to it, and the \
              other one's slug leads to it from then on. Companies with different LEIs, and those of which one licensed or \
              assigned patents to the other or is its parent, are two and stay so. A change of name or a merger that is \
              recorded between them stays, as a record of the one company.",
        role: Role::Admin,
        input: &inputs::company::MERGE,
        field: "company",
        entity: &COMPANY,
        apply: merge::merge,
    },
    Mutation {
        name: "agreementRecord",
        doc: "Records an agreement with its parties, grants, transfers and cooperations, each with its evidence: all or \
              nothing. Owners of patents follow from its transfers at once.",
        role: Role::Editor,
        input: &inputs::agreement::RECORD,
        field: "agreement",
        entity: &AGREEMENT,
        apply: record::agreement,
    },
    Mutation {
        name: "agreementUpdate",
        doc: "Corrects an agreement's own fields. A field that is not given stays as it is.",
        role: Role::Editor,
        input: &inputs::agreement::UPDATE,
        field: "agreement",
        entity: &AGREEMENT,
        apply: agreement::update,
    },
    Mutation {
        name: "agreementRetract",
        doc: "Marks an agreement as recorded in error: it is kept with the reason, and its transfers no longer count for \
              who owns what.",
        role: Role::Admin,
        input: &inputs::agreement::RETRACT,
        field: "agreement",
        entity: &AGREEMENT,
        apply: agreement::retract,
    },
    Mutation {
        name: "patentRecord",
        doc: "Records a publication of a patent, with its classification. Its areas and owners follow at once.",
        role: Role::Editor,
        input: &inputs::patent::RECORD,
        field: "patent",
        entity: &PATENT,
        apply: record::patent,
    },
    Mutation {
        name: "transferRecord",
        doc: "Records a transfer of patents that a source lists outside any agreement. Owners follow at once.",
        role: Role::Editor,
        input: &inputs::patent::TRANSFER,
        field: "transfer",
        entity: &PATENT_TRANSFER,
        apply: record::transfer,
    },
    Mutation {
        name: "areaRecord",
        doc: "Records a field of technology. Patents whose classification begins with one of its prefixes belong to it at \
              once.",
        role: Role::Editor,
        input: &inputs::evidence::AREA,
        field: "area",
        entity: &COOPERATION_AREA,
        apply: record::area,
    },
    Mutation {
        name: "citationAdd",
        doc: "Adds what a source says of a fact that is recorded.",
        role: Role::Editor,
        input: &inputs::evidence::CITATION_ADD,
        field: "citation",
        entity: &CITATION,
        apply: citation::add,
    },
    Mutation {
        name: "statementAdd",
        doc: "Adds what a person is quoted with about an agreement or a company.",
        role: Role::Editor,
        input: &inputs::evidence::STATEMENT_ADD,
        field: "statement",
        entity: &STATEMENT,
        apply: record::statement,
    },
    Mutation {
        name: "observationAdd",
        doc: "Adds a figure about a company.",
        role: Role::Editor,
        input: &inputs::evidence::OBSERVATION_ADD,
        field: "observation",
        entity: &OBSERVATION,
        apply: record::observation,
    },
];
