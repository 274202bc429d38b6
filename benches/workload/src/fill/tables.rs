//! The tables that are filled, with those of their columns that get values.

use super::Table;

pub const SOURCE: Table = Table {
    name: "source",
    number: 1,
    columns: &[
        "id",
        "publisher",
        "publisher_folded",
        "title",
        "title_folded",
        "url",
        "published_on",
        "published_precision",
    ],
};
pub const AREA: Table =
    Table { name: "cooperation_area", number: 2, columns: &["id", "slug", "name", "name_folded", "parent_id"] };
pub const COMPANY: Table = Table {
    name: "company",
    number: 3,
    columns: &["id", "slug", "name", "name_folded", "country", "city", "founded_on"],
};
pub const AGREEMENT: Table = Table {
    name: "agreement",
    number: 4,
    columns: &["id", "slug", "title", "title_folded", "announced_on", "announced_precision", "status"],
};
pub const PARTY: Table =
    Table { name: "agreement_party", number: 5, columns: &["id", "agreement_id", "company_id", "role"] };
pub const AGREEMENT_AREA: Table = Table { name: "agreement_area", number: 6, columns: &["agreement_id", "area_id"] };
pub const PATENT: Table = Table {
    name: "patent",
    number: 7,
    columns: &[
        "id",
        "publication_number",
        "office",
        "number",
        "kind_code",
        "title",
        "title_folded",
        "owner_id",
        "filed_on",
        "granted_on",
        "status",
        "claims_count",
        "source_id",
    ],
};
pub const PATENT_AREA: Table = Table { name: "patent_area", number: 8, columns: &["patent_id", "area_id"] };
pub const GRANT: Table = Table {
    name: "licence_grant",
    number: 9,
    columns: &["id", "agreement_id", "ordinal", "licensor_id", "licensee_id", "scope", "area_id"],
};
pub const GRANT_PATENT: Table =
    Table { name: "licence_grant_patent", number: 10, columns: &["licence_grant_id", "patent_id"] };
pub const CITATION: Table = Table {
    name: "citation",
    number: 11,
    columns: &[
        "id",
        "fact_kind",
        "fact_id",
        "agreement_id",
        "agreement_party_id",
        "source_id",
        "ordinal",
        "quote",
        "quote_folded",
        "confidence",
        "recorded_at",
    ],
};
