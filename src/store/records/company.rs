//! Rows of companies, their names and their relations.

use chrono::NaiveDate;

use crate::store::records::keyed_record;

keyed_record! {
    /// A row of `company`.
    CompanyRow in company {
        slug: String,
        lei: Option<String>,
        name: String,
        name_folded: String,
        legal_name: Option<String>,
        country: Option<String>,
        city: Option<String>,
        founded_on: Option<NaiveDate>,
        dissolved_on: Option<NaiveDate>,
        website: Option<String>,
        description: Option<String>,
    }
    key (slug: String) searched
}

keyed_record! {
    /// A row of `company_name`.
    CompanyNameRow in company_name {
        company_id: i64,
        name: String,
        name_folded: String,
        kind: &'static str,
        used_from: Option<NaiveDate>,
        used_until: Option<NaiveDate>,
    }
    key (company_id: i64, name: String) searched
}

keyed_record! {
    /// A row of `company_relation`.
    CompanyRelationRow in company_relation {
        parent_id: i64,
        child_id: i64,
        kind: String,
        since: Option<NaiveDate>,
        until: Option<NaiveDate>,
        rule: Option<&'static str>,
    }
    key (parent_id: i64, child_id: i64, kind: String, since: Option<NaiveDate>)
}
