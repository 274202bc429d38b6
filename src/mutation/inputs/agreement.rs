//! Agreements.

use super::{CITATIONS, OWN_CITATIONS, SOURCES, VERSION};
use crate::catalog::closed::{AGREEMENT_STATUS, CONVEYANCE, COOPERATION_STAGE, GRANT_SCOPE, PARTY_ROLE};
use crate::catalog::scalars::CURRENCY_CODE;
use crate::mutation::shape::{InputField, InputType};

const TITLE: InputField = InputField::text("title", "What it is, in a line.");
const STATUS: InputField = InputField::closed("status", &AGREEMENT_STATUS, "What became of it, as far as recorded.");

const SUMMARY: InputField = InputField::text("summary", "What it holds.");
const ANNOUNCED_ON: InputField =
    InputField::text("announcedOn", "When it was announced: `YYYY-MM-DD`, `YYYY-MM` or `YYYY`.");
const SIGNED_ON: InputField = InputField::date("signedOn", "When it was signed.");
const EFFECTIVE_ON: InputField = InputField::date("effectiveOn", "When it took effect.");
const EXPIRES_ON: InputField = InputField::date("expiresOn", "When its term ends.");
const TERM: InputField = InputField::text("term", "Its term as stated, such as `multi-year`.");
const VALUE: InputField = InputField::object("value", &MONEY, "Its value.");
const VALUE_DISCLOSED: InputField =
    InputField::boolean("valueDisclosed", "Whether the parties or the sources disclosed the value.");

/// The input of `agreementRecord`.
pub static RECORD: InputType = InputType {
    name: "AgreementRecordInput",
    doc: "A deal with all that is in it: one document or one announcement.",
    fields: &[
        InputField::text("slug", "Its permanent short name: lower-case letters, digits and hyphens.").required(),
        TITLE.required(),
        SUMMARY,
        ANNOUNCED_ON,
        SIGNED_ON,
        EFFECTIVE_ON,
        EXPIRES_ON,
        TERM,
        STATUS.required(),
        VALUE,
        VALUE_DISCLOSED,
        InputField::text("areas", "The slugs of the fields of technology that it is about.").list(),
        CITATIONS,
        InputField::object("parties", &PARTY, "The companies in it, one for each role.").list(),
        InputField::object("grants", &GRANT, "The licences in it, in their order; a cross licence is two.").list(),
        InputField::object("transfers", &TRANSFER, "The transfers of patents in it, in their order.").list(),
        InputField::object("cooperations", &COOPERATION, "What the parties will do together.").list(),
        SOURCES,
    ],
};

/// The input of `agreementUpdate`.
pub static UPDATE: InputType = InputType {
    name: "AgreementUpdateInput",
    doc: "A correction of an agreement's own fields. One that is not given stays as it is; null clears it.",
    fields: &[
        InputField::text("slug", "The slug of the agreement.").required(),
        VERSION,
        TITLE,
        SUMMARY,
        ANNOUNCED_ON,
        SIGNED_ON,
        EFFECTIVE_ON,
        EXPIRES_ON,
        TERM,
        STATUS,
        VALUE,
        VALUE_DISCLOSED,
        CITATIONS,
        SOURCES,
    ],
};

/// The input of `agreementRetract`.
pub static RETRACT: InputType = InputType {
    name: "AgreementRetractInput",
    doc: "An agreement that was recorded in error.",
    fields: &[
        InputField::text("slug", "The slug of the agreement.").required(),
        VERSION,
        InputField::text("reason", "Why it is retracted.").required(),
    ],
};

static MONEY: InputType = InputType {
    name: "MoneyInput",
    doc: "An amount of money.",
    fields: &[
        InputField::decimal("amount", "How much, with at most two digits after the point.").required(),
        InputField::code("currency", &CURRENCY_CODE, "Of which currency.").required(),
    ],
};

static PARTY: InputType = InputType {
    name: "AgreementPartyInput",
    doc: "A company's part in an agreement.",
    fields: &[
        InputField::text("company", "The slug of the company.").required(),
        InputField::closed("role", &PARTY_ROLE, "Its part.").required(),
        OWN_CITATIONS,
    ],
};

static GRANT: InputType = InputType {
    name: "LicenceGrantInput",
    doc: "A licence in an agreement.",
    fields: &[
        InputField::text("licensor", "The slug of who grants it.").required(),
        InputField::text("licensee", "The slug of who is granted it.").required(),
        InputField::closed("scope", &GRANT_SCOPE, "Which patents it is about."),
        InputField::text("standard", "The standard that the patents are essential to."),
        InputField::text("area", "The slug of the field of technology."),
        InputField::text("territory", "Where it holds."),
        InputField::boolean("exclusive", "Whether nobody else is granted it."),
        InputField::text("royalty", "What is paid, as stated."),
        InputField::boolean("coversAffiliates", "Whether affiliates of the licensee are covered."),
        InputField::date("effectiveOn", "Since when it holds."),
        InputField::date("expiresOn", "Until when it holds."),
        InputField::text("patents", "The publication numbers of the patents that it names.").list(),
        OWN_CITATIONS,
    ],
};

static TRANSFER: InputType = InputType {
    name: "PatentTransferInput",
    doc: "A transfer of patents in an agreement.",
    fields: &[
        InputField::closed("conveyance", &CONVEYANCE, "What it does.").required(),
        InputField::text("assignors", "The slugs of who conveys.").list().required(),
        InputField::text("assignees", "The slugs of who receives.").list().required(),
        InputField::text("reelFrame", "Where it is recorded, such as `043953/0822`."),
        InputField::date("executedOn", "When it was executed."),
        InputField::date("recordedOn", "When it was recorded."),
        InputField::int("statedCount", "How many patents it is said to convey."),
        InputField::text("statedAs", "That number in the source's words."),
        InputField::text("patents", "The publication numbers of the patents that it names.").list(),
        OWN_CITATIONS,
    ],
};

static COOPERATION: InputType = InputType {
    name: "CooperationInput",
    doc: "What the parties of an agreement will do together in a field of technology.",
    fields: &[
        InputField::text("area", "The slug of the field of technology.").required(),
        InputField::closed("stage", &COOPERATION_STAGE, "How far it has come.").required(),
        InputField::text("description", "What they will do."),
        InputField::text("supplier", "The slug of who supplies."),
        InputField::text("customer", "The slug of who is supplied."),
        OWN_CITATIONS,
    ],
};
