//! Companies by their names, as far as the same spelling means the same company.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use unicode_normalization::UnicodeNormalization as _;

use crate::ingest::import::{Desk, ImportError};
use crate::store::bulk::{self, BulkCompany, BulkCompanyName, slugs_taken, spellings};
use crate::store::records::FactKind;
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

/// What is known under one folded name.
#[derive(Debug, Default)]
struct Known {
    companies: BTreeSet<i64>,
    spellings: HashSet<String>,
}

/// The company of each name, by the name as it was asked; a name that several companies share leads to none.
///
/// A name that leads to no company makes a new one; a new spelling of one is kept as another name of it. A country that
/// is not known yet is filled in.
pub(crate) fn companies(
    desk: &mut Desk<'_>,
    asked: &[AskedCompany],
) -> Result<HashMap<String, Option<i64>>, ImportError> {
    let folded: Vec<String> = asked.iter().map(|company| fold(&company.name)).collect();
    let distinct: BTreeSet<&str> = folded.iter().map(String::as_str).collect();
    let distinct: Vec<&str> = distinct.into_iter().collect();
    let mut known: HashMap<String, Known> = HashMap::new();
    for (folded, spelling, company) in spellings(desk.connection, &distinct)? {
        let entry = known.entry(folded).or_default();
        entry.companies.insert(company);
        entry.spellings.insert(spelling);
    }
    let mut slugs = Slugs::find(desk, asked)?;
    let mut new = New::default();
    let mut countries: BTreeMap<i64, String> = BTreeMap::new();
    let mut found = HashMap::new();
    for (company, folded) in asked.iter().zip(folded) {
        let entry = known.entry(folded.clone()).or_default();
        if entry.companies.is_empty() {
            entry.companies.insert(new.company(desk, company, &folded, &mut slugs)?);
            entry.spellings.insert(company.name.clone());
        }
        let mut ids = entry.companies.iter();
        let sole = ids.next().copied().filter(|_| ids.next().is_none());
        if let Some(id) = sole {
            if entry.spellings.insert(company.name.clone()) {
                new.name(desk, id, company, &folded)?;
            }
            if let Some(country) = &company.country {
                countries.entry(id).or_insert_with(|| country.clone());
            }
        }
        found.insert(company.name.clone(), sole);
    }
    new.store(desk)?;
    fill_countries(desk, &countries)?;
    Ok(found)
}

/// The rows that a batch of names makes.
#[derive(Default)]
struct New {
    companies: Vec<BulkCompany>,
    names: Vec<BulkCompanyName>,
    citations: Vec<crate::store::records::CitationRow>,
}

impl New {
    fn company(
        &mut self,
        desk: &mut Desk<'_>,
        asked: &AskedCompany,
        folded: &str,
        slugs: &mut Slugs,
    ) -> Result<i64, ImportError> {
        let id = desk.ids.next_id();
        self.companies.push(BulkCompany {
            id,
            slug: slugs.next(&asked.name),
            lei: None,
            name: asked.name.clone(),
            name_folded: folded.to_owned(),
            legal_name: None,
            country: asked.country.clone(),
            city: None,
            founded_on: None,
            dissolved_on: None,
            website: None,
            description: None,
        });
        self.citations.push(desk.citation(FactKind::Company, id, Some(&asked.name), asked.record.clone())?);
        Ok(id)
    }

    fn name(
        &mut self,
        desk: &mut Desk<'_>,
        company_id: i64,
        asked: &AskedCompany,
        folded: &str,
    ) -> Result<(), ImportError> {
        let id = desk.ids.next_id();
        self.names.push(BulkCompanyName {
            id,
            company_id,
            name: asked.name.clone(),
            name_folded: folded.to_owned(),
            kind: "RECORDED".to_owned(),
            used_from: None,
            used_until: None,
        });
        self.citations.push(desk.citation(FactKind::CompanyName, id, Some(&asked.name), asked.record.clone())?);
        Ok(())
    }

    fn store(self, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        desk.insert(&self.companies)?;
        desk.insert(&self.names)?;
        desk.insert(&self.citations)
    }
}

fn fill_countries(desk: &mut Desk<'_>, countries: &BTreeMap<i64, String>) -> Result<(), ImportError> {
    let ids: Vec<i64> = countries.keys().copied().collect();
    let mut working = super::super::Working::default();
    for row in bulk::companies(desk.connection, &ids)? {
        let country = countries.get(&row.id).filter(|_| row.country.is_none()).cloned();
        let slot = working.standing(row);
        if country.is_some() {
            working.change(slot, |row| row.country = country);
        }
    }
    desk.put(working)
}

/// Short names that are free.
struct Slugs {
    taken: HashSet<String>,
}

/// How often a short name is tried with a number before something else is taken.
const SLUG_TRIES: u32 = 50;

impl Slugs {
    fn find(desk: &mut Desk<'_>, asked: &[AskedCompany]) -> Result<Self, ImportError> {
        let bases: BTreeSet<String> = asked.iter().map(|company| slug(&company.name)).collect();
        let bases: Vec<&str> = bases.iter().map(String::as_str).collect();
        let mut taken = slugs_taken(desk.connection, &bases)?;
        // Only where the plain one is taken, those with numbers are looked up.
        let numbered: Vec<String> =
            taken.iter().flat_map(|base| (2..=SLUG_TRIES).map(move |n| format!("{base}-{n}"))).collect();
        let numbered: Vec<&str> = numbered.iter().map(String::as_str).collect();
        taken.extend(slugs_taken(desk.connection, &numbered)?);
        Ok(Self { taken })
    }

    /// A short name for a name: the plain one, or one with the first free number.
    fn next(&mut self, name: &str) -> String {
        let base = slug(name);
        let mut free = base.clone();
        let mut number = 1_u64;
        while !self.taken.insert(free.clone()) {
            number += 1;
            free = format!("{base}-{number}");
        }
        free
    }
}

/// Characters of a short name at most, without its number.
const SLUG_CHARACTERS: usize = 60;

/// A name as lower-case letters, digits and hyphens.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for character in fold(name).nfkd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)) {
        if slug.len() >= SLUG_CHARACTERS {
            break;
        }
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') && character != '\'' && character != '.' {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "company".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn short_names_are_of_letters_digits_and_hyphens() {
        assert_eq!(slug("Société d'Électricité S.A."), "societe-delectricite-sa");
        assert_eq!(slug("3M Company, Inc."), "3m-company-inc");
        assert_eq!(slug("株式会社"), "company");
        assert!(slug(&"long name ".repeat(50)).len() <= 60);
    }
}
