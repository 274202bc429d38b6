//! People, their offices and what they are quoted with.

use chrono::NaiveDate;

use crate::store::bulk::{bulk_row, found_by, read_after};

bulk_row! {
    /// A row of `person`.
    PersonRow in person { slug: String, name: String, name_folded: String, description: Option<String> } searched
}

bulk_row! {
    /// A row of `appointment`.
    AppointmentRow in appointment {
        person_id: i64,
        company_id: i64,
        title: String,
        since: Option<NaiveDate>,
        until: Option<NaiveDate>,
    }
}

bulk_row! {
    /// A row of `statement`.
    StatementRow in statement {
        person_id: i64,
        source_id: i64,
        ordinal: i32,
        quote: String,
        quote_folded: String,
        said_on: Option<NaiveDate>,
        agreement_id: Option<i64>,
        company_id: Option<i64>,
    }
}

found_by! {
    /// The people of some short names.
    people_by_slug: PersonRow in person by slug: &str
}

read_after! {
    /// The people behind a short name, in the order of short names.
    people_after: PersonRow in person by slug: &str
}

found_by! {
    /// The offices of some people.
    appointments_of: AppointmentRow in appointment by person_id: i64
}

found_by! {
    /// The quotes of some people.
    statements_of: StatementRow in statement by person_id: i64
}
