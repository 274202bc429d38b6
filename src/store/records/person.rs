//! Rows of people and their appointments.

use chrono::NaiveDate;

use crate::store::records::keyed_record;

keyed_record! {
    /// A row of `person`.
    PersonRow in person {
        slug: String,
        name: String,
        name_folded: String,
        description: Option<String>,
    }
    key (slug: String) searched
}

keyed_record! {
    /// A row of `appointment`.
    AppointmentRow in appointment {
        person_id: i64,
        company_id: i64,
        title: String,
        since: Option<NaiveDate>,
        until: Option<NaiveDate>,
    }
    key (person_id: i64, company_id: i64, title: String, since: Option<NaiveDate>)
}
