//! What makes a row the same row, and what a newer one changes of it.

use std::hash::Hash;

use chrono::NaiveDate;

use crate::store::bulk::{
    AgreementPartyRow, AgreementRow, AppointmentRow, AreaPrefixRow, AreaRow, BulkAssignee, BulkClassification,
    BulkCompany, BulkCompanyName, BulkDeclaration, BulkDeclaredPatent, BulkLeiRecord, BulkLocation,
    BulkParentException, BulkPurged, BulkSource, BulkStandard, BulkUpdate, CandidateRow, CooperationRow, GrantRow,
    IndividualRow, MarketRow, ObservationRow, PersonRow, RelationRow, RivalryRow, StatementRow, TransferPartyRow,
    TransferRow,
};
use crate::store::records::{CitationRow, Moment};

/// Takes over what a newer value says. What is absent there says nothing: it leaves what stands.
pub(crate) trait Merge {
    /// See the trait.
    fn merge(&mut self, newer: Self);
}

impl<T> Merge for Option<T> {
    fn merge(&mut self, newer: Self) {
        if newer.is_some() {
            *self = newer;
        }
    }
}

macro_rules! replaced {
    ($($type:ty),*) => {$(
        impl Merge for $type {
            fn merge(&mut self, newer: Self) {
                *self = newer;
            }
        }
    )*};
}
replaced! { i64, i32, String, Moment }

/// A row with natural keys. Most tables have one; a row is known by any of them.
pub(crate) trait Keyed: BulkUpdate + Merge {
    /// A natural key.
    type Key: Eq + Hash;

    /// Gives a new row its id.
    fn set_id(&mut self, id: i64);
    /// Its natural keys.
    fn keys(&self) -> Vec<Self::Key>;
}

/// Declares the natural key of rows: the columns of one unique index.
macro_rules! keyed {
    ($($row:ident ($($column:ident: $type:ty),+)),* $(,)?) => {$(
        impl Keyed for $row {
            type Key = ($($type,)+);

            fn set_id(&mut self, id: i64) {
                self.id = id;
            }

            fn keys(&self) -> Vec<Self::Key> {
                vec![($(self.$column.clone(),)+)]
            }
        }
    )*};
}

type Day = Option<NaiveDate>;

keyed! {
    AreaRow (slug: String),
    AreaPrefixRow (area_id: i64, prefix: String),
    BulkLocation (code: String),
    BulkCompanyName (company_id: i64, name: String),
    RelationRow (parent_id: i64, child_id: i64, kind: String, form: Option<String>, since: Day),
    MarketRow (company_id: i64, country: String),
    RivalryRow (company_id: i64, rival_id: i64),
    ObservationRow (company_id: i64, metric: String, period: String, source_id: i64),
    PersonRow (slug: String),
    AppointmentRow (person_id: i64, company_id: i64, title: String, since: Day),
    StatementRow (person_id: i64, source_id: i64, ordinal: i32),
    BulkAssignee (patent_id: i64, named: String, ordinal: i32),
    BulkClassification (patent_id: i64, scheme: String, symbol: String),
    AgreementRow (slug: String),
    AgreementPartyRow (agreement_id: i64, company_id: i64, role: String),
    GrantRow (agreement_id: i64, ordinal: i32),
    CooperationRow (agreement_id: i64, area_id: i64, stage: String),
    TransferPartyRow (patent_transfer_id: i64, company_id: i64, role: String),
    IndividualRow (patent_transfer_id: i64, name: String, role: String),
    CandidateRow (spelling: String, company_id: i64),
    CitationRow (fact_id: i64, source_id: i64, ordinal: i32),
    BulkLeiRecord (lei: String),
    BulkParentException (company_id: i64, form: String, stated_reason: String),
    BulkStandard (name: String),
    BulkDeclaration (reference: String),
    BulkDeclaredPatent (record_key: i64),
    BulkPurged (reel_frame: String),
}

/// What tells a source from others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum SourceKey {
    /// Its address.
    Url(String),
    /// Its publisher, title and day of publication, where it has no address.
    Named(String, Option<String>, Day),
}

impl Keyed for BulkSource {
    type Key = SourceKey;

    fn set_id(&mut self, id: i64) {
        self.id = id;
    }

    fn keys(&self) -> Vec<SourceKey> {
        vec![match &self.url {
            Some(url) => SourceKey::Url(url.clone()),
            None => SourceKey::Named(self.publisher.clone(), self.title.clone(), self.published_on),
        }]
    }
}

/// What tells a company from others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum CompanyKey {
    /// Its short name.
    Slug(String),
    /// Its Legal Entity Identifier.
    Lei(String),
}

impl Keyed for BulkCompany {
    type Key = CompanyKey;

    fn set_id(&mut self, id: i64) {
        self.id = id;
    }

    fn keys(&self) -> Vec<CompanyKey> {
        let lei = self.lei.iter().cloned().map(CompanyKey::Lei);
        std::iter::once(CompanyKey::Slug(self.slug.clone())).chain(lei).collect()
    }
}

/// What tells a transfer from others.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum TransferKey {
    /// Where it is recorded.
    ReelFrame(String),
    /// Its place in an agreement.
    Agreement(i64, i32),
    /// Its place in a source.
    Listed(i64, i32),
}

impl Keyed for TransferRow {
    type Key = TransferKey;

    fn set_id(&mut self, id: i64) {
        self.id = id;
    }

    fn keys(&self) -> Vec<TransferKey> {
        let recorded = self.reel_frame.iter().cloned().map(TransferKey::ReelFrame);
        let agreed = self.agreement_id.iter().map(|id| TransferKey::Agreement(*id, self.ordinal));
        let listed = self.listed_by_id.iter().map(|id| TransferKey::Listed(*id, self.ordinal));
        recorded.chain(agreed).chain(listed).collect()
    }
}
