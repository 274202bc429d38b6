//! Level 1: who an identifier belongs to.

use std::collections::{BTreeSet, HashMap};

use super::{NO_COMPANY, NOT_STORED, is_lei, is_newer, layout, lei, names, owned, successors};
use crate::ingest::import::delimited::{self, Fields, Layout};
use crate::ingest::import::resolve::Slugs;
use crate::ingest::import::{Desk, Fate, ImportError, Input, Pass, Problem, Rows, Slot, Working};
use crate::names::{Key, Name};
use crate::store::bulk::{
    BulkCompany, BulkCompanyName, BulkLeiRecord, companies_held, company_ids_by_lei, company_names_of, lei_records,
};
use crate::store::names::add_made_keys;
use crate::store::records::FactKind;
use crate::text::fold;

/// Columns that are read where they are there, and those of other names: the name, its language, its type.
macro_rules! columns {
    ([$($own:literal),* $(,)?], [$($name:literal),* $(,)?]) => {
        const OPTIONAL: &[&str] = &[$($own,)* $($name, concat!($name, ".xmllang"), concat!($name, ".type"),)*];
        const NAMES: &[[&str; 3]] = &[$([$name, concat!($name, ".xmllang"), concat!($name, ".type")],)*];
    };
}

columns! {
    [
        "Entity.LegalName.xmllang", "Entity.LegalJurisdiction", "Entity.EntityCategory", "Entity.EntityStatus",
        "Registration.RegistrationStatus", "Entity.LegalAddress.Country", "Entity.LegalAddress.Region",
        "Entity.LegalAddress.City", "Entity.HeadquartersAddress.Country", "Entity.HeadquartersAddress.Region",
        "Entity.HeadquartersAddress.City", "Entity.EntityCreationDate", "Entity.EntityExpirationDate",
        "Entity.EntityExpirationReason", "Entity.SuccessorEntity.1.SuccessorLEI",
        "Registration.InitialRegistrationDate", "Registration.LastUpdateDate", "Registration.NextRenewalDate",
        "DeletedAt",
    ],
    [
        "Entity.OtherEntityNames.OtherEntityName.1", "Entity.OtherEntityNames.OtherEntityName.2",
        "Entity.OtherEntityNames.OtherEntityName.3", "Entity.OtherEntityNames.OtherEntityName.4",
        "Entity.OtherEntityNames.OtherEntityName.5",
        "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.1",
        "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.2",
        "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.3",
        "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.4",
        "Entity.TransliteratedOtherEntityNames.TransliteratedOtherEntityName.5",
    ]
}

const LEI: &str = "LEI";
pub(super) static LAYOUT: Layout = layout(&[LEI, "Entity.LegalName"], OPTIONAL);

/// Another name of an entity.
pub(super) struct OtherName {
    name: String,
    kind: &'static str,
    language: Option<String>,
    /// The keys under which it is stored.
    keys: Vec<Key>,
}

/// A row of the table: what becomes of it has no ids yet. Its names are normalised where it is read, beside the storing.
pub(super) struct Record {
    pub(super) row: BulkLeiRecord,
    names: Vec<OtherName>,
    /// The keys under which the legal name is stored.
    keys: Vec<Key>,
    /// The keys of the names that the legal name can match.
    pub(super) wanted: Vec<Key>,
}

/// See the module.
pub(super) struct Entities;

impl Pass for Entities {
    type Record = Record;

    fn file_name(&self) -> &'static str {
        "lei2-golden-copy.csv"
    }

    fn rank(&self) -> u8 {
        0
    }

    fn read(input: Input<'_>, rows: &mut Rows<Record>) -> Result<(), ImportError> {
        delimited::read(input, &LAYOUT, rows, record)
    }

    fn store(&mut self, records: Vec<Record>, desk: &mut Desk<'_>) -> Result<Vec<Fate>, ImportError> {
        let mut batch = Batch::find(desk, &records)?;
        let mut fates = Vec::with_capacity(records.len());
        for (at, record) in records.iter().enumerate() {
            fates.push(batch.entity(desk, at, record)?);
        }
        let by_lei = batch.store(desk)?;
        successors::relate(desk, &records, by_lei)?;
        Ok(fates)
    }
}

fn record(fields: &Fields<'_>) -> Result<Record, Problem> {
    let withdrawn_on = fields.day_of("DeletedAt")?;
    // Nothing but the LEI is sure to stand in what was deleted.
    let legal_name = match (fields.name("Entity.LegalName")?, withdrawn_on) {
        (None, Some(_)) => "",
        _ => fields.required("Entity.LegalName")?,
    };
    let mut names = Vec::new();
    for [name, language, kind] in NAMES {
        if let Some(text) = fields.name(name)? {
            let kind = match fields.raw(kind)? {
                "PREVIOUS_LEGAL_NAME" => "FORMER",
                "TRADING_OR_OPERATING_NAME" => "TRADING",
                "ALTERNATIVE_LANGUAGE_LEGAL_NAME" => "TRANSLITERATED",
                _ if name.contains("Transliterated") => "TRANSLITERATED",
                _ => "RECORDED",
            };
            let (name, keys) = (text.to_owned(), Name::new(text).stored_keys());
            names.push(OtherName { name, kind, language: owned(fields, language)?, keys });
        }
    }
    let row = BulkLeiRecord {
        id: 0,
        company_id: 0,
        lei: lei(fields, LEI)?,
        legal_name: legal_name.to_owned(),
        legal_name_folded: fold(legal_name),
        language: owned(fields, "Entity.LegalName.xmllang")?,
        jurisdiction: owned(fields, "Entity.LegalJurisdiction")?,
        category: owned(fields, "Entity.EntityCategory")?,
        entity_status: owned(fields, "Entity.EntityStatus")?,
        registration_status: owned(fields, "Registration.RegistrationStatus")?,
        legal_country: fields.country("Entity.LegalAddress.Country")?.map(str::to_owned),
        legal_region: owned(fields, "Entity.LegalAddress.Region")?,
        legal_city: owned(fields, "Entity.LegalAddress.City")?,
        headquarters_country: fields.country("Entity.HeadquartersAddress.Country")?.map(str::to_owned),
        headquarters_region: owned(fields, "Entity.HeadquartersAddress.Region")?,
        headquarters_city: owned(fields, "Entity.HeadquartersAddress.City")?,
        created_on: fields.day_of("Entity.EntityCreationDate")?,
        expired_on: fields.day_of("Entity.EntityExpirationDate")?,
        expiry_reason: owned(fields, "Entity.EntityExpirationReason")?,
        successor_lei: fields
            .name("Entity.SuccessorEntity.1.SuccessorLEI")?
            .filter(|text| is_lei(text))
            .map(str::to_ascii_uppercase),
        registered_on: fields.day_of("Registration.InitialRegistrationDate")?,
        updated_on: fields.day_of("Registration.LastUpdateDate")?,
        renewal_on: fields.day_of("Registration.NextRenewalDate")?,
        withdrawn_on,
        source_id: 0,
    };
    let name = Name::new(legal_name);
    Ok(Record { row, names, keys: name.stored_keys(), wanted: name.wanted_keys() })
}

/// The country and the city of the seat: those of the legal address, else of the headquarters.
fn seat(row: &BulkLeiRecord) -> (Option<&String>, Option<&String>) {
    match &row.legal_country {
        Some(country) => (Some(country), row.legal_city.as_ref()),
        None => (row.headquarters_country.as_ref(), row.headquarters_city.as_ref()),
    }
}

/// The rows that a batch speaks of, and those that it makes.
struct Batch {
    source_id: i64,
    slugs: Slugs,
    companies: Working<BulkCompany>,
    slots: HashMap<i64, Slot>,
    /// The company of each LEI.
    by_lei: HashMap<String, i64>,
    /// The companies that records lead to by their names, by the record's place.
    by_name: HashMap<usize, i64>,
    entries: Working<BulkLeiRecord>,
    entry_of: HashMap<String, Slot>,
    names: Working<BulkCompanyName>,
    name_of: HashMap<(i64, String), Slot>,
    spelt: Vec<(i64, Vec<Key>)>,
    cited: Vec<(FactKind, i64, String, String)>,
}

impl Batch {
    fn find(desk: &mut Desk<'_>, records: &[Record]) -> Result<Self, ImportError> {
        let source_id = desk.source()?;
        let leis: BTreeSet<&str> = records.iter().map(|record| &*record.row.lei).collect();
        let leis: Vec<&str> = leis.into_iter().collect();
        let by_lei: HashMap<String, i64> = company_ids_by_lei(desk.connection, &leis)?.into_iter().collect();
        let by_name = names::companies(desk, records, &by_lei)?;
        let mut ids: Vec<i64> = by_lei.values().chain(by_name.values()).copied().collect();
        ids.sort_unstable();
        let legal_names: Vec<&str> = records.iter().map(|record| &*record.row.legal_name).collect();
        let mut batch = Self {
            source_id,
            slugs: Slugs::find_plain(desk, &legal_names)?,
            companies: Working::default(),
            slots: HashMap::new(),
            by_lei,
            by_name,
            entries: Working::default(),
            entry_of: HashMap::new(),
            names: Working::default(),
            name_of: HashMap::new(),
            spelt: Vec::new(),
            cited: Vec::new(),
        };
        for row in companies_held(desk.connection, &ids)? {
            let id = row.id;
            batch.slots.insert(id, batch.companies.standing(row));
        }
        for row in lei_records(desk.connection, &leis)? {
            let lei = row.lei.clone();
            batch.entry_of.insert(lei, batch.entries.standing(row));
        }
        for row in company_names_of(desk.connection, &ids)? {
            let key = (row.company_id, row.name.clone());
            batch.name_of.insert(key, batch.names.standing(row));
        }
        Ok(batch)
    }

    fn entity(&mut self, desk: &mut Desk<'_>, at: usize, record: &Record) -> Result<Fate, ImportError> {
        let row = &record.row;
        let entry = self.entry_of.get(&row.lei).copied();
        let before = entry.and_then(|slot| self.entries.row(slot)).cloned();
        if let Some(day) = row.withdrawn_on {
            let Some(slot) = entry else { return Ok(Fate::LeftOut(NOT_STORED)) };
            let source_id = self.source_id;
            return Ok(Fate::updated_if(self.entries.change(slot, |entry| {
                if entry.withdrawn_on.is_none() {
                    entry.withdrawn_on = Some(day);
                    entry.source_id = source_id;
                }
            })));
        }
        if before.as_ref().is_some_and(|before| is_newer((before.updated_on, before.withdrawn_on), row.updated_on)) {
            return Ok(Fate::Unchanged);
        }
        let known = self.by_lei.get(&row.lei).or_else(|| self.by_name.get(&at)).copied();
        let (id, mut is_changed) = match known {
            Some(id) => (id, self.update(id, record, before.as_ref())),
            None if desk.only_known => return Ok(Fate::LeftOut(NO_COMPANY)),
            None => (self.company(desk, record), true),
        };
        self.by_lei.insert(row.lei.clone(), id);
        is_changed |= self.other_names(desk, id, record, before.as_ref());
        let own = BulkLeiRecord { company_id: id, source_id: self.source_id, ..row.clone() };
        let Some(slot) = entry else {
            let slot = self.entries.place(BulkLeiRecord { id: desk.ids.next_id(), ..own });
            self.entry_of.insert(row.lei.clone(), slot);
            return Ok(Fate::Stored);
        };
        is_changed |= self.entries.change(slot, |entry| {
            let same = BulkLeiRecord { id: entry.id, source_id: entry.source_id, ..own.clone() };
            if *entry != same {
                *entry = BulkLeiRecord { id: entry.id, ..own };
            }
        });
        Ok(Fate::updated_if(is_changed))
    }

    fn cite(&mut self, kind: FactKind, fact: i64, name: &str, lei: &str) {
        self.cited.push((kind, fact, name.to_owned(), format!("LEI {lei}")));
    }

    fn company(&mut self, desk: &mut Desk<'_>, record: &Record) -> i64 {
        let (id, row) = (desk.ids.next_id(), &record.row);
        let (country, city) = seat(row);
        let slot = self.companies.place(BulkCompany {
            id,
            slug: self.slugs.identified(&row.legal_name, &row.lei),
            lei: Some(row.lei.clone()),
            name: row.legal_name.clone(),
            name_folded: row.legal_name_folded.clone(),
            legal_name: Some(row.legal_name.clone()),
            country: country.cloned(),
            city: city.cloned(),
            founded_on: row.created_on,
            dissolved_on: row.expired_on,
            website: None,
            description: None,
        });
        self.slots.insert(id, slot);
        self.spelt.push((id, record.keys.clone()));
        self.cite(FactKind::Company, id, &row.legal_name, &row.lei);
        id
    }

    /// Fills in what is not known of a company, and has what the former record filled in follow the new one.
    fn update(&mut self, id: i64, record: &Record, before: Option<&BulkLeiRecord>) -> bool {
        let row = &record.row;
        let Some(slot) = self.slots.get(&id).copied() else { return false };
        let (country, city) = seat(row);
        let seat_before = before.map(seat).unwrap_or_default();
        let is_changed = self.companies.change(slot, |company| {
            company.lei.get_or_insert_with(|| row.lei.clone());
            if before.is_some_and(|before| before.legal_name == company.name) {
                company.name = row.legal_name.clone();
                company.name_folded = row.legal_name_folded.clone();
            }
            follow(&mut company.legal_name, before.map(|before| &before.legal_name), Some(&row.legal_name));
            follow(&mut company.country, seat_before.0, country);
            follow(&mut company.city, seat_before.1, city);
            follow(
                &mut company.founded_on,
                before.and_then(|before| before.created_on.as_ref()),
                row.created_on.as_ref(),
            );
            follow(
                &mut company.dissolved_on,
                before.and_then(|before| before.expired_on.as_ref()),
                row.expired_on.as_ref(),
            );
        });
        if is_changed {
            self.spelt.push((id, record.keys.clone()));
            self.cite(FactKind::Company, id, &row.legal_name, &row.lei);
        }
        is_changed
    }

    /// The other names of a company: those of the record, the legal name of the record before, and the legal name itself where
    /// the company goes by another.
    fn other_names(&mut self, desk: &mut Desk<'_>, id: i64, record: &Record, before: Option<&BulkLeiRecord>) -> bool {
        let Some(company) = self.slots.get(&id).and_then(|slot| self.companies.row(*slot)).cloned() else {
            return false;
        };
        let row = &record.row;
        let former = before.filter(|before| before.legal_name != row.legal_name);
        let former = former.map(|before| (&before.legal_name, "FORMER", &before.language, None));
        let own = [(&row.legal_name, "RECORDED", &row.language, Some(&record.keys))];
        let listed = record.names.iter().map(|other| (&other.name, other.kind, &other.language, Some(&other.keys)));
        let mut is_changed = false;
        for (name, kind, language, keys) in listed.chain(former).chain(own) {
            if company.name == *name || company.legal_name.as_ref() == Some(name) {
                continue;
            }
            let is_other = match self.name_of.get(&(id, name.clone())) {
                Some(slot) => self.names.change(*slot, |found| {
                    if found.kind == "RECORDED" {
                        kind.clone_into(&mut found.kind);
                    }
                    follow(&mut found.language, None, language.as_ref());
                }),
                None => {
                    let slot = self.names.place(BulkCompanyName {
                        id: desk.ids.next_id(),
                        company_id: id,
                        name: name.clone(),
                        name_folded: fold(name),
                        kind: kind.to_owned(),
                        used_from: None,
                        used_until: None,
                        language: language.clone(),
                    });
                    self.name_of.insert((id, name.clone()), slot);
                    self.spelt.push((id, keys.cloned().unwrap_or_else(|| Name::new(name).stored_keys())));
                    true
                }
            };
            if is_other {
                let fact = self.name_of.get(&(id, name.clone())).and_then(|slot| self.names.row(*slot));
                if let Some(fact) = fact.map(|row| row.id) {
                    self.cite(FactKind::CompanyName, fact, name, &row.lei);
                }
            }
            is_changed |= is_other;
        }
        is_changed
    }

    /// Stores the rows, the keys of the names, and the citations; the company of each LEI.
    fn store(self, desk: &mut Desk<'_>) -> Result<HashMap<String, i64>, ImportError> {
        desk.put(self.companies)?;
        desk.put(self.entries)?;
        desk.put(self.names)?;
        add_made_keys(desk.connection, self.spelt)?;
        desk.cite(self.cited)?;
        Ok(self.by_lei)
    }
}

/// Takes over what is new in the place of nothing, or of what the record before said.
fn follow<T: Clone + PartialEq>(value: &mut Option<T>, before: Option<&T>, now: Option<&T>) {
    if now.is_some() && (value.is_none() || value.as_ref() == before) {
        *value = now.cloned();
    }
}
