//! Rows of agreements and of what is in them.

use chrono::NaiveDate;

use crate::store::records::{keyed_record, link_record};

keyed_record! {
    /// A row of `agreement`.
    AgreementRow in agreement {
        slug: String,
        title: String,
        title_folded: String,
        summary: Option<String>,
        announced_on: Option<NaiveDate>,
        announced_precision: Option<&'static str>,
        signed_on: Option<NaiveDate>,
        effective_on: Option<NaiveDate>,
        expires_on: Option<NaiveDate>,
        term: Option<String>,
        status: &'static str,
        value_amount: Option<i64>,
        value_currency: Option<String>,
        value_disclosed: Option<bool>,
    }
    key (slug: String) searched
}

keyed_record! {
    /// A row of `agreement_party`.
    AgreementPartyRow in agreement_party {
        agreement_id: i64,
        company_id: i64,
        role: String,
    }
    key (agreement_id: i64, company_id: i64, role: String)
}

keyed_record! {
    /// A row of `licence_grant`.
    LicenceGrantRow in licence_grant {
        agreement_id: i64,
        ordinal: i32,
        licensor_id: i64,
        licensee_id: i64,
        scope: Option<&'static str>,
        standard: Option<String>,
        area_id: Option<i64>,
        territory: Option<String>,
        exclusive: Option<bool>,
        royalty: Option<String>,
        covers_affiliates: Option<bool>,
        effective_on: Option<NaiveDate>,
        expires_on: Option<NaiveDate>,
    }
    key (agreement_id: i64, ordinal: i32)
}

keyed_record! {
    /// A row of `cooperation`.
    CooperationRow in cooperation {
        agreement_id: i64,
        area_id: i64,
        stage: String,
        description: Option<String>,
        supplier_id: Option<i64>,
        customer_id: Option<i64>,
    }
    key (agreement_id: i64, area_id: i64, stage: String)
}

link_record! {
    /// A row of `agreement_area`.
    AgreementAreaRow in agreement_area { agreement_id, area_id }
}

link_record! {
    /// A row of `licence_grant_patent`.
    LicenceGrantPatentRow in licence_grant_patent { licence_grant_id, patent_id }
}
