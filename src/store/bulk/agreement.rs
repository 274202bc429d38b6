//! Agreements, and what is in them.

use chrono::NaiveDate;

use crate::store::bulk::{bulk_row, found_by, read_after};
use crate::store::records::Moment;

bulk_row! {
    /// A row of `agreement`.
    AgreementRow in agreement {
        slug: String,
        title: String,
        title_folded: String,
        summary: Option<String>,
        announced_on: Option<NaiveDate>,
        announced_precision: Option<String>,
        signed_on: Option<NaiveDate>,
        effective_on: Option<NaiveDate>,
        expires_on: Option<NaiveDate>,
        term: Option<String>,
        status: String,
        value_amount: Option<i64>,
        value_currency: Option<String>,
        value_disclosed: Option<bool>,
        retracted_at: Option<Moment>,
        retraction_reason: Option<String>,
    } searched version
}

bulk_row! {
    /// A row of `agreement_party`.
    AgreementPartyRow in agreement_party { agreement_id: i64, company_id: i64, role: String }
}

bulk_row! {
    /// A row of `licence_grant`.
    GrantRow in licence_grant {
        agreement_id: i64,
        ordinal: i32,
        licensor_id: i64,
        licensee_id: i64,
        scope: Option<String>,
        standard: Option<String>,
        area_id: Option<i64>,
        territory: Option<String>,
        exclusive: Option<bool>,
        royalty: Option<String>,
        covers_affiliates: Option<bool>,
        effective_on: Option<NaiveDate>,
        expires_on: Option<NaiveDate>,
    }
}

bulk_row! {
    /// A row of `cooperation`.
    CooperationRow in cooperation {
        agreement_id: i64,
        area_id: i64,
        stage: String,
        description: Option<String>,
        supplier_id: Option<i64>,
        customer_id: Option<i64>,
    }
}

found_by! {
    /// The agreements of some short names.
    agreements_by_slug: AgreementRow in agreement by slug: &str
}

found_by! {
    /// The agreements of some short names, to be changed.
    held agreements_by_slug_held: AgreementRow in agreement by slug: &str
}

found_by! {
    /// Some agreements.
    agreements: AgreementRow in agreement by id: i64
}

read_after! {
    /// The agreements behind a short name, in the order of short names.
    agreements_after: AgreementRow in agreement by slug: &str
}

found_by! {
    /// The parties of some agreements.
    parties_of: AgreementPartyRow in agreement_party by agreement_id: i64
}

found_by! {
    /// The licences in some agreements.
    grants_of: GrantRow in licence_grant by agreement_id: i64
}

found_by! {
    /// The cooperations in some agreements.
    cooperations_of: CooperationRow in cooperation by agreement_id: i64
}
