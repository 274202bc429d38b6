//! Companies.

use super::evidence::OBSERVATION;
use super::{CITATIONS, SOURCES, VERSION};
use crate::catalog::closed::{COMPANY_NAME_KIND, COMPANY_RELATION_KIND, MARKET_STATUS, RELATION_RULE};
use crate::catalog::scalars::{COUNTRY_CODE, LEI, URL};
use crate::mutation::shape::{InputField, InputType};

const NAME: InputField = InputField::text("name", "The name that it is commonly known by.");

const LEGAL_NAME: InputField = InputField::text("legalName", "The name in its register of companies.");
const ITS_LEI: InputField = InputField::code("lei", &LEI, "Its Legal Entity Identifier.");
const COUNTRY: InputField = InputField::code("country", &COUNTRY_CODE, "The country of its seat.");
const CITY: InputField = InputField::text("city", "The city of its seat.");
const FOUNDED_ON: InputField = InputField::date("foundedOn", "When it was founded.");
const DISSOLVED_ON: InputField = InputField::date("dissolvedOn", "When it ceased to exist.");
const WEBSITE: InputField = InputField::code("website", &URL, "Its own site.");
const DESCRIPTION: InputField = InputField::text("description", "What it does, in a sentence.");

/// The input of `companyRecord`.
pub static RECORD: InputType = InputType {
    name: "CompanyRecordInput",
    doc: "A company with what is said of it.",
    fields: &[
        InputField::text("slug", "Its permanent short name: lower-case letters, digits and hyphens.").required(),
        NAME.required(),
        LEGAL_NAME,
        ITS_LEI,
        COUNTRY,
        CITY,
        FOUNDED_ON,
        DISSOLVED_ON,
        WEBSITE,
        DESCRIPTION,
        CITATIONS,
        InputField::object("names", &OTHER_NAME, "Its other spellings.").list(),
        InputField::object("relations", &RELATION, "Companies above it.").list(),
        InputField::object("markets", &MARKET, "Countries that it sells in or focuses on.").list(),
        InputField::object("rivals", &RIVAL, "Rivals that it is said to have.").list(),
        InputField::object("observations", &OBSERVATION, "Figures about it.").list(),
        SOURCES,
    ],
};

/// The input of `companyUpdate`.
pub static UPDATE: InputType = InputType {
    name: "CompanyUpdateInput",
    doc: "A correction of a company's own fields. One that is not given stays as it is; null clears it.",
    fields: &[
        InputField::text("slug", "The slug of the company.").required(),
        VERSION,
        NAME,
        LEGAL_NAME,
        ITS_LEI,
        COUNTRY,
        CITY,
        FOUNDED_ON,
        DISSOLVED_ON,
        WEBSITE,
        DESCRIPTION,
        CITATIONS,
        SOURCES,
    ],
};

/// The input of `companyMerge`.
pub static MERGE: InputType = InputType {
    name: "CompanyMergeInput",
    doc: "Two companies that are the same, with the versions of both that were seen.",
    fields: &[
        InputField::text("slug", "The slug of the company that stays.").required(),
        VERSION,
        InputField::text("other", "The slug of the company that becomes one with it.").required(),
        InputField::int("otherVersion", "The other company's `version` that was seen.").required(),
    ],
};

static OTHER_NAME: InputType = InputType {
    name: "CompanyNameInput",
    doc: "Another spelling of a company.",
    fields: &[
        InputField::text("name", "The spelling.").required(),
        InputField::closed("kind", &COMPANY_NAME_KIND, "Why it is known by it.").required(),
        InputField::date("usedFrom", "Since when it is used."),
        InputField::date("usedUntil", "Until when it was used."),
        CITATIONS,
    ],
};

static RELATION: InputType = InputType {
    name: "CompanyRelationInput",
    doc: "A company above another one.",
    fields: &[
        InputField::text("parent", "The slug of the company above.").required(),
        InputField::closed("kind", &COMPANY_RELATION_KIND, "How they belong together.").required(),
        InputField::date("since", "Since when."),
        InputField::date("until", "Until when."),
        InputField::closed("rule", &RELATION_RULE, "By which rule it was found."),
        CITATIONS,
    ],
};

static MARKET: InputType = InputType {
    name: "MarketInput",
    doc: "A country that a company sells in or focuses on.",
    fields: &[
        InputField::code("country", &COUNTRY_CODE, "The country.").required(),
        InputField::closed("status", &MARKET_STATUS, "What the company does there.").required(),
        CITATIONS,
    ],
};

static RIVAL: InputType = InputType {
    name: "RivalInput",
    doc: "A rival that a company is said to have.",
    fields: &[InputField::text("company", "The slug of the rival.").required(), CITATIONS],
};
