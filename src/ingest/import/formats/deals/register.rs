//! What registers say of legal entities and their parents, and which records they took back.

use super::alone::Alone;
use super::field;
use super::refs::{Asked, Refs};
use crate::catalog::closed::{PARENT_EXCEPTION_REASON, PARENT_FORM};
use crate::ingest::deals::{LeiRecordLine, ParentExceptionLine, PurgedLine};
use crate::ingest::import::Problem;
use crate::store::bulk::{
    BulkLeiRecord, BulkParentException, BulkPurged, lei_records, parent_exceptions_of, purged_at,
};
use crate::store::{Connection, StoreError};
use crate::text::fold;

impl Alone for Box<LeiRecordLine> {
    type Row = BulkLeiRecord;

    fn record(&self) -> String {
        format!("leiRecord {}", self.lei)
    }

    fn refer(&self, asked: &mut Asked) {
        asked.company(&self.company);
        asked.source(&self.source);
    }

    fn row(&self, refs: &Refs) -> Result<BulkLeiRecord, Problem> {
        let words = |name: &'static str, value: &Option<String>| {
            field::optional(value.as_ref(), |text| field::name(name, text))
        };
        let country = |name: &'static str, value: &Option<String>| {
            field::optional(value.as_ref(), |text| field::code(name, text, 2, field::COUNTRY))
        };
        let day =
            |name: &'static str, value: &Option<String>| field::optional(value.as_ref(), |text| field::day(name, text));
        Ok(BulkLeiRecord {
            id: 0,
            company_id: refs.company("company", &self.company)?,
            lei: field::lei("lei", &self.lei)?,
            legal_name: field::name("legalName", &self.legal_name)?,
            legal_name_folded: fold(&self.legal_name),
            language: words("language", &self.language)?,
            jurisdiction: words("jurisdiction", &self.jurisdiction)?,
            category: words("category", &self.category)?,
            entity_status: words("entityStatus", &self.entity_status)?,
            registration_status: words("registrationStatus", &self.registration_status)?,
            legal_country: country("legalCountry", &self.legal_country)?,
            legal_region: words("legalRegion", &self.legal_region)?,
            legal_city: words("legalCity", &self.legal_city)?,
            headquarters_country: country("headquartersCountry", &self.headquarters_country)?,
            headquarters_region: words("headquartersRegion", &self.headquarters_region)?,
            headquarters_city: words("headquartersCity", &self.headquarters_city)?,
            created_on: day("createdOn", &self.created_on)?,
            expired_on: day("expiredOn", &self.expired_on)?,
            expiry_reason: words("expiryReason", &self.expiry_reason)?,
            successor_lei: field::optional(self.successor_lei.as_ref(), |text| field::lei("successorLei", text))?,
            registered_on: day("registeredOn", &self.registered_on)?,
            updated_on: day("updatedOn", &self.updated_on)?,
            renewal_on: day("renewalOn", &self.renewal_on)?,
            withdrawn_on: day("withdrawnOn", &self.withdrawn_on)?,
            source_id: refs.source("source", &self.source)?,
        })
    }

    fn standing(connection: &mut Connection, rows: &[&BulkLeiRecord]) -> Result<Vec<BulkLeiRecord>, StoreError> {
        let leis: Vec<&str> = rows.iter().map(|row| &*row.lei).collect();
        lei_records(connection, &leis)
    }
}

impl Alone for ParentExceptionLine {
    type Row = BulkParentException;

    fn record(&self) -> String {
        "parentException".to_owned()
    }

    fn refer(&self, asked: &mut Asked) {
        asked.company(&self.company);
        asked.source(&self.source);
    }

    fn row(&self, refs: &Refs) -> Result<BulkParentException, Problem> {
        Ok(BulkParentException {
            id: 0,
            company_id: refs.company("company", &self.company)?,
            form: field::closed("form", &self.form, &PARENT_FORM)?,
            reason: field::closed("reason", &self.reason, &PARENT_EXCEPTION_REASON)?,
            stated_reason: field::name("statedReason", &self.stated_reason)?,
            reference: field::optional(self.reference.as_ref(), |text| field::prose("reference", text))?,
            withdrawn_on: field::optional(self.withdrawn_on.as_ref(), |text| field::day("withdrawnOn", text))?,
            source_id: refs.source("source", &self.source)?,
        })
    }

    fn standing(
        connection: &mut Connection,
        rows: &[&BulkParentException],
    ) -> Result<Vec<BulkParentException>, StoreError> {
        let companies: Vec<i64> = rows.iter().map(|row| row.company_id).collect();
        parent_exceptions_of(connection, &companies)
    }
}

impl Alone for PurgedLine {
    type Row = BulkPurged;

    fn record(&self) -> String {
        format!("purged {}", self.reel_frame)
    }

    fn refer(&self, asked: &mut Asked) {
        asked.source(&self.source);
    }

    fn row(&self, refs: &Refs) -> Result<BulkPurged, Problem> {
        Ok(BulkPurged {
            id: 0,
            reel_frame: field::name("reelFrame", &self.reel_frame)?,
            last_updated_on: field::optional(self.last_updated_on.as_ref(), |text| field::day("lastUpdatedOn", text))?,
            source_id: refs.source("source", &self.source)?,
        })
    }

    fn standing(connection: &mut Connection, rows: &[&BulkPurged]) -> Result<Vec<BulkPurged>, StoreError> {
        let places: Vec<&str> = rows.iter().map(|row| &*row.reel_frame).collect();
        purged_at(connection, &places)
    }
}
