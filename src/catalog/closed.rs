//! The closed sets: enums in GraphQL, text with a check in the store.

use crate::catalog::ClosedSet;

/// How exactly a date is known.
pub static DATE_PRECISION: ClosedSet = ClosedSet {
    name: "DatePrecision",
    doc: "How exactly a date is known.",
    values: &[
        ("DAY", "The day is known."),
        ("MONTH", "Only the month is known; the date is its first day."),
        ("YEAR", "Only the year is known; the date is its first day."),
    ],
};

/// Why a company is also known by another spelling.
pub static COMPANY_NAME_KIND: ClosedSet = ClosedSet {
    name: "CompanyNameKind",
    doc: "Why a company is also known by another spelling.",
    values: &[
        ("FORMER", "A name it had before."),
        ("TRADING", "A name it trades under."),
        ("TRANSLITERATED", "Its name written in another script or language."),
        ("TICKER", "Its symbol at a stock exchange."),
        ("RECORDED", "A spelling found in a register or a data set, such as a patent office's."),
    ],
};

/// How two companies belong together.
pub static COMPANY_RELATION_KIND: ClosedSet = ClosedSet {
    name: "CompanyRelationKind",
    doc: "How two companies belong together.",
    values: &[("PARENT", "The parent controls the child."), ("SUCCESSOR", "The parent took the place of the child.")],
};

/// The rule by which a relation between companies was found.
pub static RELATION_RULE: ClosedSet = ClosedSet {
    name: "RelationRule",
    doc: "The rule by which a relation between companies was found.",
    values: &[
        ("ACCOUNTING_CONSOLIDATION", "The parent consolidates the child in its accounts."),
        ("OWNERSHIP", "The parent holds the child's shares."),
        ("MERGER", "The companies merged."),
    ],
};

/// Which parent a relation between companies names.
pub static RELATION_FORM: ClosedSet = ClosedSet {
    name: "RelationForm",
    doc: "Which parent a relation between companies names.",
    values: &[
        ("DIRECT_PARENT", "The lowest company that consolidates the child in its accounts."),
        ("ULTIMATE_PARENT", "The highest company that consolidates the child in its accounts."),
        ("HEAD_OFFICE", "The company that the child is a branch of, in another country."),
    ],
};

/// Which parent is not stated.
pub static PARENT_FORM: ClosedSet = ClosedSet {
    name: "ParentForm",
    doc: "Which parent is not stated.",
    values: &[
        ("DIRECT_PARENT", "The lowest company that consolidates it in its accounts."),
        ("ULTIMATE_PARENT", "The highest company that consolidates it in its accounts."),
    ],
};

/// Why a parent is not stated.
pub static PARENT_EXCEPTION_REASON: ClosedSet = ClosedSet {
    name: "ParentExceptionReason",
    doc: "Why a parent is not stated, by the company's own report.",
    values: &[
        ("NATURAL_PERSONS", "It is controlled by natural persons, without a company between that consolidates it."),
        ("NON_CONSOLIDATING", "It is controlled by companies that need not consolidate it."),
        ("NO_KNOWN_PERSON", "Nobody is known to control it, as where its shares are widely held."),
        ("NO_LEI", "The parent has no Legal Entity Identifier."),
        (
            "NON_PUBLIC",
            "There is a parent, and it is not published: the law, a contract or a harm that is feared stands against it.",
        ),
        ("OTHER", "For a reason that is none of these; the register's own words say which."),
    ],
};

/// Whether a standard is a document or a project.
pub static STANDARD_KIND: ClosedSet = ClosedSet {
    name: "StandardKind",
    doc: "Whether a standard is a document or a project.",
    values: &[
        ("DOCUMENT", "A document that is published, such as a technical specification."),
        ("PROJECT", "A project of a standards body, which documents come from."),
    ],
};

/// What became of an agreement.
pub static AGREEMENT_STATUS: ClosedSet = ClosedSet {
    name: "AgreementStatus",
    doc: "What became of an agreement.",
    values: &[
        ("ANNOUNCED", "It was announced; nothing later is recorded here."),
        ("IN_FORCE", "It is known to be in force."),
        ("EXPIRED", "Its term ended."),
        ("TERMINATED", "It was ended before its term."),
        ("NEVER_CLOSED", "It was announced and never completed."),
    ],
};

/// A company's part in an agreement.
pub static PARTY_ROLE: ClosedSet = ClosedSet {
    name: "PartyRole",
    doc: "A company's part in an agreement.",
    values: &[
        ("LICENSOR", "Allows the use of its patents."),
        ("LICENSEE", "Is allowed to use patents."),
        ("ASSIGNOR", "Gives title away."),
        ("ASSIGNEE", "Receives title."),
        ("SUPPLIER", "Supplies goods or services."),
        ("CUSTOMER", "Is supplied with goods or services."),
        ("PARTNER", "Takes part without one of the other roles."),
        ("AGENT", "Acts for another party."),
        ("POOL_MEMBER", "Brings patents into a pool, or belongs to the consortium that acts as a party."),
    ],
};

/// Which patents of the licensor a grant covers.
pub static GRANT_SCOPE: ClosedSet = ClosedSet {
    name: "GrantScope",
    doc: "Which patents of the licensor a grant covers.",
    values: &[
        ("ALL_PATENTS", "All of them."),
        ("STANDARD_ESSENTIAL", "Those declared or claimed to be essential to a standard."),
        ("TECHNOLOGY_AREA", "Those of a field of technology."),
        ("LISTED_PATENTS", "Those on a list."),
    ],
};

/// How far a cooperation has come.
pub static COOPERATION_STAGE: ClosedSet = ClosedSet {
    name: "CooperationStage",
    doc: "How far a cooperation has come.",
    values: &[
        ("EXPLORING", "The parties look into it."),
        ("AGREED", "The parties agreed to do it."),
        ("DELIVERING", "It is being done."),
    ],
};

/// Where a publication stands in its life.
pub static PATENT_STATUS: ClosedSet = ClosedSet {
    name: "PatentStatus",
    doc: "Where a publication stands in its life.",
    values: &[
        ("APPLICATION", "A published application."),
        ("GRANTED", "A granted patent."),
        ("LAPSED", "Ended early, for example because fees were not paid."),
        ("EXPIRED", "Its term ended."),
        ("REVOKED", "Taken back by an office or a court."),
        ("WITHDRAWN", "Given up by the applicant."),
    ],
};

/// How an expiry date was found.
pub static EXPIRY_BASIS: ClosedSet = ClosedSet {
    name: "ExpiryBasis",
    doc: "How an expiry date was found.",
    values: &[
        (
            "TERM_FROM_FILING",
            "Counted from the filing date, with the extension that the office granted where a source states it; earlier filings that it continues, disclaimers and fees are not considered.",
        ),
        ("STATED", "Stated by the source."),
    ],
};

/// A classification of technology.
pub static CLASSIFICATION_SCHEME: ClosedSet = ClosedSet {
    name: "ClassificationScheme",
    doc: "A classification of technology.",
    values: &[("CPC", "The Cooperative Patent Classification."), ("IPC", "The International Patent Classification.")],
};

/// What a recorded transfer does.
pub static CONVEYANCE: ClosedSet = ClosedSet {
    name: "Conveyance",
    doc: "What a recorded transfer does.",
    values: &[
        ("ASSIGNMENT", "Moves title."),
        ("MERGER", "Moves title by a merger."),
        ("NAME_CHANGE", "The owner stays and has a new name."),
        ("SECURITY_INTEREST", "A lien, not title."),
        ("RELEASE", "Ends a lien."),
        ("CORRECTION", "Corrects an earlier record."),
        ("LICENCE", "A licence that was recorded."),
        ("GOVERNMENT_INTEREST", "A government's interest."),
        ("OTHER", "Anything else."),
    ],
};

/// A company's part in a transfer.
pub static TRANSFER_ROLE: ClosedSet = ClosedSet {
    name: "TransferRole",
    doc: "A company's part in a transfer.",
    values: &[("ASSIGNOR", "Conveys."), ("ASSIGNEE", "Receives.")],
};

/// As the owner of which time somebody is named.
pub static ASSIGNEE_NAMED: ClosedSet = ClosedSet {
    name: "AssigneeNamed",
    doc: "As the owner of which time somebody is named.",
    values: &[
        ("AT_PUBLICATION", "By the publication: as its first assignee."),
        ("AT_PRESENT", "By the source of its record: as the owner when the source was published or read."),
    ],
};

/// What the first day of an ownership rests on.
pub static OWNERSHIP_BASIS: ClosedSet = ClosedSet {
    name: "OwnershipBasis",
    doc: "What a day on which title moved rests on.",
    values: &[
        ("EXECUTED", "The transfer was executed on it."),
        ("RECORDED", "The transfer was recorded on it: title moved no later."),
        ("REPORTED", "A source reported or stated it on that day: title moved no later."),
        ("ANNOUNCED", "The agreement was announced on it: title may have moved later."),
        ("FILED", "The application was filed on it."),
        ("PUBLISHED", "The patent was published on it."),
        ("UNKNOWN", "No day is known."),
    ],
};

/// What a step did to the title of a patent.
pub static TITLE_EFFECT: ClosedSet = ClosedSet {
    name: "TitleEffect",
    doc: "What a step did to the title of a patent.",
    values: &[
        ("OPENS", "The chain begins, or an inventor's share joins it."),
        ("MOVES", "Title went from those who held it to the assignees."),
        ("BREAKS", "The assignees took title, though those before them are not shown to have held it."),
        ("COMPETES", "The assignor had conveyed title to somebody else before."),
        ("CONFIRMS", "The assignees held title already."),
        ("RELEASES", "A lien was ended."),
        ("ENCUMBERS", "A lien was put on the patent."),
        ("CORRECTED", "A later record stands in its place."),
        ("UNPLACED", "It has no day on which it could have done anything."),
        ("NONE", "It does not touch title."),
    ],
};

/// What the records leave open about a patent.
pub static FINDING_KIND: ClosedSet = ClosedSet {
    name: "FindingKind",
    doc: "What the records leave open about a patent's title.",
    values: &[
        ("GAP", "Those who convey title are not shown to have held it."),
        (
            "COMPETING_ASSIGNMENT",
            "The assignor had conveyed title to somebody else before, or two lines of owners stand beside each other.",
        ),
        ("OPEN_LIEN", "No record releases the lien."),
        ("RELEASE_WITHOUT_LIEN", "No record shows the lien that is released."),
        (
            "IMPOSSIBLE_DATE",
            "A day of execution that cannot be right: after the recording, or decades before the patent.",
        ),
        ("UNDATED", "No day of execution or of recording is known."),
        ("RETROACTIVE", "It takes effect from an earlier day that the record does not name."),
        ("CORRECTS_UNKNOWN", "The record that it corrects is not here."),
        ("FIRST_ASSIGNEE_DIFFERS", "The publication names another owner than the transfers lead to on that day."),
    ],
};

/// What a country is to a company.
pub static MARKET_STATUS: ClosedSet = ClosedSet {
    name: "MarketStatus",
    doc: "What a country is to a company.",
    values: &[("PRESENT", "It sells there."), ("FOCUS", "It says that it focuses on it.")],
};

/// How exactly a figure is stated.
pub static QUALIFIER: ClosedSet = ClosedSet {
    name: "Qualifier",
    doc: "How exactly a figure is stated.",
    values: &[
        ("EXACT", "As it stands."),
        ("ABOUT", "About this much."),
        ("MORE_THAN", "More than this."),
        ("LESS_THAN", "Less than this."),
    ],
};

/// How far a citation can be relied on.
pub static CONFIDENCE: ClosedSet = ClosedSet {
    name: "Confidence",
    doc: "How far a citation can be relied on.",
    values: &[
        ("HIGH", "The document itself, or a structured export, says it."),
        ("MEDIUM", "A list or a report says it."),
        ("LOW", "It is asserted or inferred."),
    ],
};

/// The kind of fact that a citation supports.
pub static FACT_KIND: ClosedSet = ClosedSet {
    name: "FactKind",
    doc: "The kind of fact that a citation supports.",
    values: &[
        (
            "COMPANY",
            "A legal entity that holds, licenses, buys or sells patents, or a rival, customer or analyst of one.",
        ),
        ("COMPANY_NAME", "Another spelling of a company."),
        ("COMPANY_RELATION", "A company belongs to another, or took its place."),
        ("PERSON", "Somebody who spoke, signed or holds an office."),
        ("APPOINTMENT", "An office that a person holds or held in a company."),
        ("AGREEMENT", "A deal that was announced or recorded."),
        ("AGREEMENT_PARTY", "A company's part in an agreement."),
        ("LICENCE_GRANT", "One grant inside an agreement."),
        ("COOPERATION", "What the parties of an agreement will do together in an area."),
        ("PATENT", "One publication of one patent office."),
        ("PATENT_TRANSFER", "One conveyance of title or of a lien, from a deal or from an office's register."),
        ("MARKET", "A country that a company sells in or focuses on."),
        ("RIVALRY", "A company is said to compete with another."),
        ("OBSERVATION", "A measured or claimed figure about a company at a time."),
        ("STATEMENT", "Words that somebody is quoted with."),
    ],
};

/// What a change did.
pub static CHANGE_KIND: ClosedSet = ClosedSet {
    name: "ChangeKind",
    doc: "What a change did.",
    values: &[
        ("BASELINE", "What stood before changes were recorded, as one: its counts are in `after`."),
        ("IMPORTED", "Rows came in many at once, by an import or with the starter data: their counts are in `after`."),
        ("DERIVED", "What follows from other rows, as ownership does, was derived again."),
        ("DECIDED", "Somebody decided whether two names are one company's."),
        ("RECORDED", "Something is new."),
        ("UPDATED", "Something that stood is otherwise."),
        ("RETRACTED", "Something was withdrawn; it stands, marked."),
        ("REMOVED", "Something that was said of the entity is gone."),
        ("MERGED", "Two companies became one."),
    ],
};

/// Every closed set.
pub static CLOSED_SETS: &[&ClosedSet] = &[
    &DATE_PRECISION,
    &COMPANY_NAME_KIND,
    &COMPANY_RELATION_KIND,
    &RELATION_RULE,
    &RELATION_FORM,
    &PARENT_FORM,
    &PARENT_EXCEPTION_REASON,
    &STANDARD_KIND,
    &AGREEMENT_STATUS,
    &PARTY_ROLE,
    &GRANT_SCOPE,
    &COOPERATION_STAGE,
    &PATENT_STATUS,
    &EXPIRY_BASIS,
    &CLASSIFICATION_SCHEME,
    &CONVEYANCE,
    &TRANSFER_ROLE,
    &ASSIGNEE_NAMED,
    &OWNERSHIP_BASIS,
    &TITLE_EFFECT,
    &FINDING_KIND,
    &MARKET_STATUS,
    &QUALIFIER,
    &CONFIDENCE,
    &FACT_KIND,
    &CHANGE_KIND,
];
