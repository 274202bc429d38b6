//! Companies by their names: the resolver of names over the store, and the rows that its outcomes become.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use crate::ingest::import::resolve::Slugs;
use crate::ingest::import::{Desk, ImportError, Working, grouped};
use crate::names::{Outcome, Party, Resolver, Spelling};
use crate::store::bulk::{self, BulkCompany, BulkCompanyName, FoundName, companies_named, names_of};
use crate::store::names::{KnownNames, NewCandidate, add_candidates, add_keys};
use crate::store::records::{CitationRow, FactKind};
use crate::text::fold;

/// A company that a file names.
#[derive(Debug, Clone)]
pub(crate) struct AskedCompany {
    /// The name as it is spelled.
    pub(crate) name: String,
    /// The country, where the file says it.
    pub(crate) country: Option<String>,
    /// The record that names it.
    pub(crate) record: String,
}

/// The company of each name, in the order of asking; each name is asked once.
///
/// A name that a company has already, in a country that fits, is that company's. Any other goes to the resolver: it
/// leads to a company, is kept as another name of it, or founds one; a match that is not safe is listed, not made. A
/// country that is not known yet is filled in.
pub(crate) fn companies(desk: &mut Desk<'_>, asked: &[AskedCompany]) -> Result<Vec<i64>, ImportError> {
    let mut found = same_names(desk, asked)?;
    let open: Vec<usize> = (0..).zip(&found).filter(|(_, company)| company.is_none()).map(|(at, _)| at).collect();
    let spellings: Vec<Spelling> = open.iter().filter_map(|at| asked.get(*at)).map(spelling).collect();
    let outcomes = if spellings.is_empty() {
        Vec::new()
    } else {
        Resolver::new(KnownNames::new(desk.connection)).resolve(&spellings)?
    };
    let mut new = New::find(desk, asked, &open, &outcomes)?;
    // Whom each spelling leads to: the first of a group comes before those that lead to it.
    let mut resolved: Vec<i64> = Vec::with_capacity(outcomes.len());
    for (place, outcome) in outcomes.iter().enumerate() {
        let Some((at, asked)) = open.get(place).and_then(|at| Some((*at, asked.get(*at)?))) else { continue };
        let known = match outcome.party {
            Party::Company(id) => Some(id),
            Party::Spelling(first) => resolved.get(first).copied(),
        };
        let id = match known {
            Some(id) => new.name(desk, id, asked)?,
            None => new.company(desk, asked)?,
        };
        resolved.push(id);
        if let Some(company) = found.get_mut(at) {
            *company = Some(id);
        }
    }
    new.store(desk)?;
    list_doubts(desk, &spellings, &outcomes, &resolved)?;
    let found: Vec<i64> = found.into_iter().flatten().collect();
    if found.len() != asked.len() {
        return Err(ImportError::Internal("a name has no outcome".to_owned()));
    }
    fill_countries(desk, asked, &found)?;
    Ok(found)
}

fn spelling(asked: &AskedCompany) -> Spelling {
    Spelling { name: asked.name.clone(), country: asked.country.clone(), lei: None }
}

/// The companies that have the very names, where there is one whose country fits.
fn same_names(desk: &mut Desk<'_>, asked: &[AskedCompany]) -> Result<Vec<Option<i64>>, ImportError> {
    let names: Vec<&str> = asked.iter().map(|company| &*company.name).collect();
    let named = companies_named(desk.connection, &names)?;
    let named: HashMap<String, Vec<FoundName>> = grouped(named.into_iter().map(|found| (found.name.clone(), found)));
    let same = |asked: &AskedCompany| {
        let fits = |found: &&FoundName| match (&asked.country, &found.country) {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
        let all: BTreeSet<i64> = named.get(&asked.name)?.iter().filter(fits).map(|found| found.company_id).collect();
        let mut all = all.into_iter();
        all.next().filter(|_| all.next().is_none())
    };
    Ok(asked.iter().map(same).collect())
}

/// Lists the matches that were not safe.
fn list_doubts(
    desk: &mut Desk<'_>,
    spellings: &[Spelling],
    outcomes: &[Outcome],
    resolved: &[i64],
) -> Result<(), ImportError> {
    let mut listed = Vec::new();
    for ((spelling, outcome), own) in spellings.iter().zip(outcomes).zip(resolved) {
        for candidate in &outcome.candidates {
            let company = match candidate.party {
                Party::Company(id) => Some(id),
                Party::Spelling(at) => resolved.get(at).copied(),
            };
            if let Some(company) = company.filter(|company| company != own) {
                listed.push(NewCandidate { spelling: &spelling.name, company, candidate });
            }
        }
    }
    add_candidates(desk.connection, desk.ids, &listed)?;
    Ok(())
}

/// The rows that a batch of names makes.
struct New {
    slugs: Slugs,
    /// The names that companies have, of those that spellings lead to.
    names_known: HashSet<(i64, String)>,
    companies: Vec<BulkCompany>,
    names: Vec<BulkCompanyName>,
    citations: Vec<CitationRow>,
}

impl New {
    fn find(
        desk: &mut Desk<'_>,
        asked: &[AskedCompany],
        open: &[usize],
        outcomes: &[Outcome],
    ) -> Result<Self, ImportError> {
        let names: Vec<&str> = open.iter().filter_map(|at| asked.get(*at)).map(|company| &*company.name).collect();
        let led_to: BTreeSet<i64> = outcomes
            .iter()
            .filter_map(|outcome| match outcome.party {
                Party::Company(id) => Some(id),
                Party::Spelling(_) => None,
            })
            .collect();
        let led_to: Vec<i64> = led_to.into_iter().collect();
        Ok(Self {
            slugs: Slugs::find(desk, &names)?,
            names_known: names_of(desk.connection, &led_to)?.into_iter().collect(),
            companies: Vec::new(),
            names: Vec::new(),
            citations: Vec::new(),
        })
    }

    fn company(&mut self, desk: &mut Desk<'_>, asked: &AskedCompany) -> Result<i64, ImportError> {
        let id = desk.ids.next_id();
        self.companies.push(BulkCompany {
            id,
            slug: self.slugs.next(&asked.name),
            lei: None,
            name: asked.name.clone(),
            name_folded: fold(&asked.name),
            legal_name: None,
            country: asked.country.clone(),
            city: None,
            founded_on: None,
            dissolved_on: None,
            website: None,
            description: None,
        });
        self.names_known.insert((id, asked.name.clone()));
        self.citations.push(desk.citation(FactKind::Company, id, Some(&asked.name), asked.record.clone())?);
        Ok(id)
    }

    /// Another name of a company, unless it has it already.
    fn name(&mut self, desk: &mut Desk<'_>, company_id: i64, asked: &AskedCompany) -> Result<i64, ImportError> {
        if self.names_known.insert((company_id, asked.name.clone())) {
            let id = desk.ids.next_id();
            self.names.push(BulkCompanyName {
                id,
                company_id,
                name: asked.name.clone(),
                name_folded: fold(&asked.name),
                kind: "RECORDED".to_owned(),
                used_from: None,
                used_until: None,
                language: None,
            });
            self.citations.push(desk.citation(FactKind::CompanyName, id, Some(&asked.name), asked.record.clone())?);
        }
        Ok(company_id)
    }

    /// Stores the rows, and the keys by which the names are found.
    fn store(self, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        desk.insert(&self.companies)?;
        desk.insert(&self.names)?;
        let own = self.companies.iter().map(|company| (company.id, &*company.name));
        let other = self.names.iter().map(|name| (name.company_id, &*name.name));
        add_keys(desk.connection, own.chain(other))?;
        self.slugs.remember(desk.slugs);
        desk.insert(&self.citations)
    }
}

fn fill_countries(desk: &mut Desk<'_>, asked: &[AskedCompany], found: &[i64]) -> Result<(), ImportError> {
    let mut countries: BTreeMap<i64, &String> = BTreeMap::new();
    for (asked, company) in asked.iter().zip(found) {
        if let Some(country) = &asked.country {
            countries.entry(*company).or_insert(country);
        }
    }
    let ids: Vec<i64> = countries.keys().copied().collect();
    let mut working = Working::default();
    for row in bulk::companies_held(desk.connection, &ids)? {
        let country = countries.get(&row.id).filter(|_| row.country.is_none()).map(|country| (*country).clone());
        let slot = working.standing(row);
        if country.is_some() {
            working.change(slot, |row| row.country = country);
        }
    }
    desk.put(working)
}
