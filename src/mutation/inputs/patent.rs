//! Patents, and transfers outside agreements.

use super::{MORE_CITATIONS, SOURCES};
use crate::catalog::closed::{CONVEYANCE, PATENT_STATUS};
use crate::mutation::shape::{InputField, InputType};

/// The input of `patentRecord`.
pub static RECORD: InputType = InputType {
    name: "PatentRecordInput",
    doc: "A publication of a patent.",
    fields: &[
        InputField::text("publicationNumber", "Its number, with the kind where it is known, such as `US8566251B2`.")
            .required(),
        InputField::text("title", "Its title."),
        InputField::text("originalAssignees", "The assignees at publication, as the source spells them.").list(),
        InputField::text("currentAssignees", "The present assignees, as the source spells them.").list(),
        InputField::date("priorityOn", "Its earliest priority day."),
        InputField::date("filedOn", "The day of its filing."),
        InputField::date("publishedOn", "The day of its publication."),
        InputField::date("grantedOn", "The day of its grant."),
        InputField::closed("status", &PATENT_STATUS, "Where it stands in its life."),
        InputField::text("cpc", "Its CPC symbols without blanks, such as `H04W4/70`.").list(),
        InputField::text("ipc", "Its IPC symbols without blanks.").list(),
        InputField::text("source", "The source of the record, as a citation names it: its evidence.").required(),
        InputField::text("sourceRecord", "Which record of the source."),
        SOURCES,
    ],
};

/// The input of `transferRecord`.
pub static TRANSFER: InputType = InputType {
    name: "TransferRecordInput",
    doc: "A transfer of patents that a source lists outside any agreement.",
    fields: &[
        InputField::text("listedBy", "The source that lists it, as a citation names it.").required(),
        InputField::closed("conveyance", &CONVEYANCE, "What it does.").required(),
        InputField::text("assignors", "The slugs of who conveys.").list().required(),
        InputField::text("assignees", "The slugs of who receives.").list().required(),
        InputField::text("reelFrame", "Where it is recorded, such as `043953/0822`."),
        InputField::date("executedOn", "When it was executed."),
        InputField::date("recordedOn", "When it was recorded."),
        InputField::int("statedCount", "How many patents it is said to convey."),
        InputField::text("statedAs", "That number in the source's words."),
        InputField::text("patents", "The publication numbers of the patents that it names.").list(),
        MORE_CITATIONS,
        SOURCES,
    ],
};
