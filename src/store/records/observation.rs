//! Rows of markets, rivalries, observations and statements.

use chrono::NaiveDate;

use crate::store::records::keyed_record;

keyed_record! {
    /// A row of `market`.
    MarketRow in market {
        company_id: i64,
        country: String,
        status: &'static str,
    }
    key (company_id: i64, country: String)
}

keyed_record! {
    /// A row of `rivalry`.
    RivalryRow in rivalry {
        company_id: i64,
        rival_id: i64,
    }
    key (company_id: i64, rival_id: i64)
}

keyed_record! {
    /// A row of `observation`.
    ObservationRow in observation {
        company_id: i64,
        metric: String,
        value: i64,
        qualifier: &'static str,
        unit: Option<String>,
        period: String,
        geography: Option<String>,
        source_id: i64,
    }
    key (company_id: i64, metric: String, period: String, source_id: i64)
}

keyed_record! {
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
    key (person_id: i64, source_id: i64, ordinal: i32)
}
