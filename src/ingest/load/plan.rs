//! The rows that will be written, table by table, beside the natural keys of those that stand.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDateTime;

use crate::ingest::IngestError;
use crate::ingest::load::spellings::Spellings;
use crate::ingest::place::Place;
use crate::publication_number::PublicationNumber;
use crate::store::records::{
    AgreementAreaRow, AgreementPartyRow, AgreementRow, AppointmentRow, AreaPrefixRow, Batch, CitationRow,
    CompanyNameRow, CompanyRelationRow, CompanyRow, CooperationAreaRow, CooperationRow, LicenceGrantPatentRow,
    LicenceGrantRow, MarketRow, Moment, ObservationRow, PatentAreaRow, PatentAssigneeRow, PatentClassificationRow,
    PatentRow, PatentTransferPartyRow, PatentTransferPatentRow, PatentTransferRow, PersonRow, RivalryRow, SourceRow,
    StatementRow, Stored, among, standing_patents,
};
use crate::store::{Connection, IdMaker};
use crate::text::fold;

/// The kinds and ids of the publications under one number of one office.
type Publications = Vec<(Option<String>, i64)>;

/// Declares the plan: its tables in the order of writing.
macro_rules! plan {
    ($($table:ident: $row:ty);* $(;)?) => {
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
            /// With no rows that stand but these patents.
            fn beside(
                ids: &'a mut IdMaker,
                recorded_at: Moment,
                spellings: Spellings,
                patents: Batch<PatentRow>,
            ) -> Self {
                let mut publications: HashMap<_, Publications> = HashMap::new();
                for (office, number, kind) in patents.keys() {
                    let id = patents.find(&(office.clone(), number.clone(), kind.clone()));
                    let known = publications.entry((office.clone(), number.clone())).or_default();
                    known.extend(id.map(|id| (kind.clone(), id)));
                }
                let mut plan = Self {
                    ids,
                    recorded_at,
                    spellings,
                    publications,
                    touched: BTreeSet::new(),
                    $($table: Batch::beside([])),*
                };
                plan.patents = patents;
                plan
            }

            /// Stores the missing rows, in an order that no foreign key minds.
            pub(super) fn store(self, connection: &mut Connection) -> Result<Vec<Stored>, IngestError> {
                Ok(vec![$(self.$table.store(connection)?),*])
            }
        }
    };
}

plan! {
    sources: SourceRow;
    areas: CooperationAreaRow;
    area_prefixes: AreaPrefixRow;
    companies: CompanyRow;
    company_names: CompanyNameRow;
    company_relations: CompanyRelationRow;
    people: PersonRow;
    appointments: AppointmentRow;
    patents: PatentRow;
    patent_classifications: PatentClassificationRow;
    patent_areas: PatentAreaRow;
    patent_assignees: PatentAssigneeRow;
    agreements: AgreementRow;
    agreement_parties: AgreementPartyRow;
    agreement_areas: AgreementAreaRow;
    grants: LicenceGrantRow;
    grant_patents: LicenceGrantPatentRow;
    cooperations: CooperationRow;
    transfers: PatentTransferRow;
    transfer_parties: PatentTransferPartyRow;
    transfer_patents: PatentTransferPatentRow;
    markets: MarketRow;
    rivalries: RivalryRow;
    observations: ObservationRow;
    statements: StatementRow;
    citations: CitationRow;
}

impl<'a> Plan<'a> {
    /// Reads what stands under the names that an input speaks of, and of patents those under the given numbers.
    pub(super) fn open_among(
        connection: &mut Connection,
        ids: &'a mut IdMaker,
        recorded_at: NaiveDateTime,
        (numbers, texts): (&[String], &[String]),
    ) -> Result<Self, IngestError> {
        let patents = Batch::beside(standing_patents(connection, numbers)?);
        let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
        let spellings = Spellings::new(among::spellings_among(connection, texts, &folded)?);
        let mut plan = Self::beside(ids, Moment(recorded_at), spellings, patents);
        plan.sources = Batch::beside(among::sources_among(connection, texts)?);
        plan.areas = Batch::open(connection)?;
        plan.area_prefixes = Batch::open(connection)?;
        plan.companies = Batch::beside(among::companies_among(connection, texts)?);
        plan.agreements = Batch::beside(among::agreements_among(connection, texts)?);
        plan.people = Batch::beside(among::people_among(connection, texts)?);
        Ok(plan)
    }

    /// The classification prefixes of all areas, with the areas that they lead into.
    pub(super) fn prefixes(&self) -> Vec<(String, i64)> {
        self.area_prefixes.keys().map(|(area, prefix)| (prefix.clone(), *area)).collect()
    }

    /// The id of a source by its address, or by its publisher and title.
    pub(super) fn source(&self, at: Place, field: &str, reference: &str) -> Result<i64, IngestError> {
        let found = self.sources.find(&reference.to_owned());
        found.ok_or_else(|| at.unknown(field, reference, "the address of a known source"))
    }

    /// The id of a company by its short name.
    pub(super) fn company(&self, at: Place, field: &str, slug: &str) -> Result<i64, IngestError> {
        let found = self.companies.find(&(slug.to_owned(),));
        found.ok_or_else(|| at.unknown(field, slug, "the short name of a known company"))
    }

    /// The id of a person by a short name.
    pub(super) fn person(&self, at: Place, field: &str, slug: &str) -> Result<i64, IngestError> {
        let found = self.people.find(&(slug.to_owned(),));
        found.ok_or_else(|| at.unknown(field, slug, "the short name of a known person"))
    }

    /// The id of an area by its short name.
    pub(super) fn area(&self, at: Place, field: &str, slug: &str) -> Result<i64, IngestError> {
        let found = self.areas.find(&(slug.to_owned(),));
        found.ok_or_else(|| at.unknown(field, slug, "the short name of a known area"))
    }

    /// The id of an agreement by its short name.
    pub(super) fn agreement(&self, at: Place, field: &str, slug: &str) -> Result<i64, IngestError> {
        let found = self.agreements.find(&(slug.to_owned(),));
        found.ok_or_else(|| at.unknown(field, slug, "the short name of a known agreement"))
    }

    /// The id of a patent by its publication number, with or without its kind.
    pub(super) fn patent(&self, at: Place, field: &str, text: &str) -> Result<i64, IngestError> {
        let number = PublicationNumber::parse(text).ok_or_else(|| at.wrong(field, text, "a publication number"))?;
        let found = self.publication(&number).map(|(_, id)| *id);
        found.ok_or_else(|| at.unknown(field, text, "the publication number of one known patent"))
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
