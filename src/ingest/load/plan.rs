//! The rows that a load will write, table by table, beside the natural keys of those that stand.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDateTime;

use crate::ingest::load::spellings::Spellings;
use crate::ingest::place::Place;
use crate::ingest::{IngestError, Summary, TableCount};
use crate::publication_number::PublicationNumber;
use crate::store::records::{
    AgreementAreaRow, AgreementPartyRow, AgreementRow, AppointmentRow, AreaPrefixRow, Batch, CitationRow,
    CompanyNameRow, CompanyRelationRow, CompanyRow, CooperationAreaRow, CooperationRow, LicenceGrantPatentRow,
    LicenceGrantRow, MarketRow, Moment, ObservationRow, PatentAreaRow, PatentAssigneeRow, PatentClassificationRow,
    PatentRow, PatentTransferPartyRow, PatentTransferPatentRow, PatentTransferRow, PersonRow, RivalryRow, SourceRow,
    StatementRow, Stored, company_spellings, standing_patents,
};
use crate::store::{Connection, IdMaker, StoreError};

/// The kinds and ids of the publications under one number of one office.
type Publications = Vec<(Option<String>, i64)>;

/// Opens a table: with the keys of all rows that stand, or with none because only new rows of its parent have any.
macro_rules! open_table {
    (whole $connection:ident) => {
        Batch::open($connection)?
    };
    (new $connection:ident) => {
        Batch::beside([])
    };
}

/// Declares the plan: its tables in the order of writing.
macro_rules! plan {
    ($($table:ident: $row:ty, $how:ident);* $(;)?) => {
        /// See the module.
        pub(super) struct Plan<'a> {
            pub(super) ids: &'a mut IdMaker,
            pub(super) recorded_at: Moment,
            pub(super) spellings: Spellings,
            pub(super) publications: HashMap<(String, String), Publications>,
            /// The patents whose ownership may change.
            pub(super) touched: BTreeSet<i64>,
            $(pub(super) $table: Batch<$row>),*
        }

        impl<'a> Plan<'a> {
            fn beside(
                connection: &mut Connection,
                ids: &'a mut IdMaker,
                recorded_at: Moment,
                patents: Batch<PatentRow>,
            ) -> Result<Self, StoreError> {
                let mut publications: HashMap<_, Publications> = HashMap::new();
                for (office, number, kind) in patents.keys() {
                    let id = patents.find(&(office.clone(), number.clone(), kind.clone()));
                    let known = publications.entry((office.clone(), number.clone())).or_default();
                    known.extend(id.map(|id| (kind.clone(), id)));
                }
                let spellings = Spellings::new(company_spellings(connection)?);
                let mut plan = Self {
                    ids,
                    recorded_at,
                    spellings,
                    publications,
                    touched: BTreeSet::new(),
                    $($table: open_table!($how connection)),*
                };
                plan.patents = patents;
                Ok(plan)
            }

            /// Stores the missing rows, in an order that no foreign key minds.
            pub(super) fn store(self, connection: &mut Connection) -> Result<Summary, IngestError> {
                let counts = [$(self.$table.store(connection)?),*];
                Ok(Summary { tables: counts.into_iter().map(count).collect() })
            }
        }
    };
}

plan! {
    sources: SourceRow, whole;
    areas: CooperationAreaRow, whole;
    area_prefixes: AreaPrefixRow, whole;
    companies: CompanyRow, whole;
    company_names: CompanyNameRow, whole;
    company_relations: CompanyRelationRow, whole;
    people: PersonRow, whole;
    appointments: AppointmentRow, whole;
    patents: PatentRow, new;
    patent_classifications: PatentClassificationRow, new;
    patent_areas: PatentAreaRow, new;
    patent_assignees: PatentAssigneeRow, new;
    agreements: AgreementRow, whole;
    agreement_parties: AgreementPartyRow, whole;
    agreement_areas: AgreementAreaRow, whole;
    grants: LicenceGrantRow, whole;
    grant_patents: LicenceGrantPatentRow, whole;
    cooperations: CooperationRow, whole;
    transfers: PatentTransferRow, whole;
    transfer_parties: PatentTransferPartyRow, whole;
    transfer_patents: PatentTransferPatentRow, whole;
    markets: MarketRow, whole;
    rivalries: RivalryRow, whole;
    observations: ObservationRow, whole;
    statements: StatementRow, whole;
    citations: CitationRow, whole;
}

impl<'a> Plan<'a> {
    /// Reads what stands; of patents only those under the given numbers.
    pub(super) fn open(
        connection: &mut Connection,
        ids: &'a mut IdMaker,
        recorded_at: NaiveDateTime,
        numbers: &[String],
    ) -> Result<Self, IngestError> {
        let patents = Batch::beside(standing_patents(connection, numbers)?);
        Ok(Self::beside(connection, ids, Moment(recorded_at), patents)?)
    }

    /// The classification prefixes of all areas, with the areas that they lead into.
    pub(super) fn prefixes(&self) -> Vec<(String, i64)> {
        self.area_prefixes.keys().map(|(area, prefix)| (prefix.clone(), *area)).collect()
    }

    /// The id of a source by its address, or by its publisher and title.
    pub(super) fn source(&self, at: Place<'_>, field: &str, reference: &str) -> Result<i64, IngestError> {
        let found = self.sources.find(&reference.to_owned());
        found.ok_or_else(|| at.wrong(field, reference, "the address of a known source"))
    }

    /// The id of a company by its short name.
    pub(super) fn company(&self, at: Place<'_>, field: &str, slug: &str) -> Result<i64, IngestError> {
        let found = self.companies.find(&(slug.to_owned(),));
        found.ok_or_else(|| at.wrong(field, slug, "the short name of a known company"))
    }

    /// The id of an area by its short name.
    pub(super) fn area(&self, at: Place<'_>, field: &str, slug: &str) -> Result<i64, IngestError> {
        let found = self.areas.find(&(slug.to_owned(),));
        found.ok_or_else(|| at.wrong(field, slug, "the short name of a known area"))
    }

    /// The id of an agreement by its short name.
    pub(super) fn agreement(&self, at: Place<'_>, field: &str, slug: &str) -> Result<i64, IngestError> {
        let found = self.agreements.find(&(slug.to_owned(),));
        found.ok_or_else(|| at.wrong(field, slug, "the short name of a known agreement"))
    }

    /// The id of a patent by its publication number, with or without its kind.
    pub(super) fn patent(&self, at: Place<'_>, field: &str, text: &str) -> Result<i64, IngestError> {
        let number = PublicationNumber::parse(text).ok_or_else(|| at.wrong(field, text, "a publication number"))?;
        let found = self.publication(&number).map(|(_, id)| *id);
        found.ok_or_else(|| at.wrong(field, text, "the publication number of one known patent"))
    }

    /// The known publication that a number means: the same kind, or the only one where either side lacks the kind.
    pub(super) fn publication(&self, number: &PublicationNumber) -> Option<&(Option<String>, i64)> {
        let known = self.publications.get(&(number.office.clone(), number.number.clone()))?;
        let same = known.iter().find(|(kind, _)| *kind == number.kind);
        same.or_else(|| match (known.as_slice(), &number.kind) {
            ([only], None) => Some(only),
            (known, Some(_)) => known.iter().find(|(kind, _)| kind.is_none()),
            _ => None,
        })
    }
}

fn count(stored: Stored) -> TableCount {
    TableCount { table: stored.table, stored: stored.stored, stood: stored.stood }
}
