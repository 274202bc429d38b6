//! Where companies are referred to, and what makes two facts of theirs the same.

/// Every column that holds the key of a company.
pub(super) const MOVED: &[(&str, &str)] = &[
    ("agreement_party", "company_id"),
    ("appointment", "company_id"),
    ("change", "company_id"),
    ("citation", "company_id"),
    ("company_former_slug", "company_id"),
    ("company_key", "company_id"),
    ("company_name", "company_id"),
    ("company_relation", "child_id"),
    ("company_relation", "parent_id"),
    ("cooperation", "customer_id"),
    ("cooperation", "supplier_id"),
    ("lei_record", "company_id"),
    ("licence_grant", "licensee_id"),
    ("licence_grant", "licensor_id"),
    ("market", "company_id"),
    ("name_candidate", "company_id"),
    ("observation", "company_id"),
    ("parent_exception", "company_id"),
    ("patent", "owner_id"),
    ("patent_assignee", "company_id"),
    ("patent_ownership", "company_id"),
    ("patent_transfer_party", "company_id"),
    ("rivalry", "company_id"),
    ("rivalry", "rival_id"),
    ("standard_declaration", "declarant_id"),
    ("statement", "company_id"),
];

/// What two companies are to one another: the table, the column of its citations, and both of its companies.
pub(super) const SELVES: &[(&str, &str, &str, &str)] = &[
    ("company_relation", "company_relation_id", "parent_id", "child_id"),
    ("rivalry", "rivalry_id", "company_id", "rival_id"),
];

/// A table in which a company can have each of a thing once.
pub(super) struct Alike {
    pub(super) table: &'static str,
    pub(super) column: &'static str,
    /// What makes it the same thing.
    pub(super) by: &'static [&'static str],
    /// The column of its citations, if it is a fact.
    pub(super) cited_by: Option<&'static str>,
}

/// The tables in which both companies may have the same thing.
pub(super) const ALIKE: &[Alike] = &[
    Alike { table: "company_name", column: "company_id", by: &["name"], cited_by: Some("company_name_id") },
    Alike {
        table: "company_relation",
        column: "parent_id",
        by: &["child_id", "kind", "form", "since"],
        cited_by: Some("company_relation_id"),
    },
    Alike {
        table: "company_relation",
        column: "child_id",
        by: &["parent_id", "kind", "form", "since"],
        cited_by: Some("company_relation_id"),
    },
    Alike {
        table: "appointment",
        column: "company_id",
        by: &["person_id", "title", "since"],
        cited_by: Some("appointment_id"),
    },
    Alike {
        table: "agreement_party",
        column: "company_id",
        by: &["agreement_id", "role"],
        cited_by: Some("agreement_party_id"),
    },
    Alike { table: "patent_transfer_party", column: "company_id", by: &["patent_transfer_id", "role"], cited_by: None },
    Alike { table: "parent_exception", column: "company_id", by: &["form", "stated_reason"], cited_by: None },
    Alike { table: "market", column: "company_id", by: &["country"], cited_by: Some("market_id") },
    Alike { table: "rivalry", column: "company_id", by: &["rival_id"], cited_by: Some("rivalry_id") },
    Alike { table: "rivalry", column: "rival_id", by: &["company_id"], cited_by: Some("rivalry_id") },
    Alike {
        table: "observation",
        column: "company_id",
        by: &["metric", "period", "source_id"],
        cited_by: Some("observation_id"),
    },
];
