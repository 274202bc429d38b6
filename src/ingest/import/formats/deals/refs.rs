//! What lines refer to, by natural keys: asked for together, and found in the store.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::field;
use crate::ingest::deals::{CompanyRef, Short, SourceName, SourceRef};
use crate::ingest::import::resolve::{AskedCompany, companies};
use crate::ingest::import::{Desk, ImportError, Problem, Wrong};
use crate::publication_number::PublicationNumber;
use crate::store::bulk::{
    BulkSource, agreements_by_slug, area_prefixes, areas_by_slug, companies_by_lei, companies_by_slug,
    companies_formerly, declarations_referenced, locations_by_code, patent_keys, source_reference, sources_at,
    sources_named, standards_named,
};

/// What lines refer to.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// What refers at present.
    pub(super) record: String,
    sources: Vec<SourceRef>,
    companies: BTreeSet<String>,
    /// Companies by name, each with its country and the record that names it first.
    names: BTreeMap<String, (Option<String>, String)>,
    areas: BTreeSet<String>,
    agreements: BTreeSet<String>,
    locations: BTreeSet<String>,
    standards: BTreeSet<String>,
    declarations: BTreeSet<String>,
    patents: BTreeMap<String, BTreeSet<String>>,
    prefixes: bool,
}

impl Asked {
    pub(super) fn source(&mut self, source: &SourceRef) {
        self.sources.push(source.clone());
    }

    pub(super) fn company(&mut self, company: &CompanyRef) {
        match company {
            Short::Text(key) => drop(self.companies.insert(key.clone())),
            Short::Object(named) => {
                let of = || (named.country.clone(), self.record.clone());
                self.names.entry(named.name.clone()).or_insert_with(of);
            }
        }
    }

    pub(super) fn area(&mut self, slug: &str) {
        self.areas.insert(slug.to_owned());
    }

    pub(super) fn agreement(&mut self, slug: &str) {
        self.agreements.insert(slug.to_owned());
    }

    pub(super) fn location(&mut self, code: &str) {
        self.locations.insert(code.to_owned());
    }

    pub(super) fn standard(&mut self, name: &str) {
        self.standards.insert(name.to_owned());
    }

    pub(super) fn declaration(&mut self, reference: &str) {
        self.declarations.insert(reference.to_owned());
    }

    pub(super) fn patents(&mut self, numbers: &[String]) {
        for number in numbers.iter().filter_map(|text| PublicationNumber::parse(text)) {
            self.patents.entry(number.office).or_default().insert(number.number);
        }
    }

    pub(super) fn prefixes(&mut self) {
        self.prefixes = true;
    }
}

/// Sources that are remembered from batch to batch.
const SOURCES_MAX: usize = 50_000;

/// The publications under one number of one office: their kinds and ids.
type Publications = Vec<(Option<String>, i64)>;

/// What was found.
#[derive(Debug, Default)]
pub(super) struct Refs {
    sources: HashMap<SourceRef, i64>,
    several_sources: BTreeSet<String>,
    companies: HashMap<String, i64>,
    names: HashMap<String, Option<i64>>,
    areas: HashMap<String, i64>,
    agreements: HashMap<String, i64>,
    locations: HashMap<String, i64>,
    standards: HashMap<String, i64>,
    declarations: HashMap<String, i64>,
    patents: HashMap<(String, String), Publications>,
    /// The classification prefixes of all areas, with the area of each.
    pub(super) prefixes: Vec<(String, i64)>,
    /// Companies of the file that stand under another short name: they were known by their LEI.
    pub(super) aliases: HashMap<String, i64>,
}

fn texts(set: &BTreeSet<String>) -> Vec<&str> {
    set.iter().map(String::as_str).collect()
}

impl Refs {
    /// Looks up what is asked for; what was found before is forgotten, but for sources and other short names.
    pub(super) fn find(&mut self, asked: Asked, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        self.find_sources(&asked.sources, desk)?;
        let mut found = HashMap::new();
        let keys = texts(&asked.companies);
        let leis: Vec<&str> = keys.iter().copied().filter(|key| is_lei(key)).collect();
        for row in companies_by_lei(desk.connection, &leis)? {
            found.extend(row.lei.map(|lei| (lei, row.id)));
        }
        // What was joined is found by the short name that it had.
        found.extend(companies_formerly(desk.connection, &keys)?.into_iter().map(|row| (row.slug, row.company_id)));
        found.extend(companies_by_slug(desk.connection, &keys)?.into_iter().map(|row| (row.slug, row.id)));
        self.companies = found;
        self.names = asked.names.into_keys().map(|name| (name, None)).collect();
        let areas = areas_by_slug(desk.connection, &texts(&asked.areas))?;
        self.areas = areas.into_iter().map(|row| (row.slug, row.id)).collect();
        let agreements = agreements_by_slug(desk.connection, &texts(&asked.agreements))?;
        self.agreements = agreements.into_iter().map(|row| (row.slug, row.id)).collect();
        let locations = locations_by_code(desk.connection, &texts(&asked.locations))?;
        self.locations = locations.into_iter().map(|row| (row.code, row.id)).collect();
        let standards = standards_named(desk.connection, &texts(&asked.standards))?;
        self.standards = standards.into_iter().map(|row| (row.name, row.id)).collect();
        let declarations = declarations_referenced(desk.connection, &texts(&asked.declarations))?;
        self.declarations = declarations.into_iter().map(|row| (row.reference, row.id)).collect();
        self.patents.clear();
        for (office, numbers) in &asked.patents {
            for key in patent_keys(desk.connection, office, &texts(numbers))? {
                self.patents.entry((office.clone(), key.number)).or_default().push((key.kind_code, key.id));
            }
        }
        self.prefixes = if asked.prefixes { area_prefixes(desk.connection)? } else { Vec::new() };
        Ok(())
    }

    /// Forgets the sources: others stand now.
    pub(super) fn forget_sources(&mut self) {
        self.sources.clear();
    }

    fn find_sources(&mut self, asked: &[SourceRef], desk: &mut Desk<'_>) -> Result<(), ImportError> {
        if self.sources.len() > SOURCES_MAX {
            self.sources.clear();
        }
        self.several_sources.clear();
        let open: Vec<&SourceRef> = asked.iter().filter(|source| !self.sources.contains_key(*source)).collect();
        let (mut publishers, mut titles, mut addresses) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for source in &open {
            match source {
                Short::Text(text) => {
                    addresses.insert(text.as_str());
                    publishers.insert(text.as_str());
                    for (publisher, title) in divided(text) {
                        publishers.insert(publisher);
                        titles.insert(title);
                    }
                }
                Short::Object(named) => {
                    publishers.insert(named.publisher.as_str());
                    titles.extend(named.title.as_deref());
                }
            }
        }
        let list = |set: BTreeSet<&'_ str>| set.into_iter().map(str::to_owned).collect::<Vec<String>>();
        let (addresses, publishers, titles) = (list(addresses), list(publishers), list(titles));
        let (addresses, publishers, titles) = (slices(&addresses), slices(&publishers), slices(&titles));
        let mut rows: HashMap<String, Vec<BulkSource>> = HashMap::new();
        let mut found = sources_at(desk.connection, &addresses)?;
        found.extend(sources_named(desk.connection, &publishers, &titles)?);
        for row in found {
            let reference = source_reference(row.url.as_deref(), &row.publisher, row.title.as_deref());
            rows.entry(reference).or_default().push(row);
        }
        for source in open {
            let ids: Vec<i64> = match source {
                Short::Text(text) => rows.get(text).into_iter().flatten().map(|row| row.id).collect(),
                Short::Object(named) => {
                    let reference = source_reference(None, &named.publisher, named.title.as_deref());
                    let same = |row: &&BulkSource| is_named(row, named);
                    rows.get(&reference).into_iter().flatten().filter(same).map(|row| row.id).collect()
                }
            };
            match (ids.as_slice(), source) {
                ([id], _) => drop(self.sources.insert(source.clone(), *id)),
                ([_, ..], Short::Text(text)) => drop(self.several_sources.insert(text.clone())),
                _ => {}
            }
        }
        Ok(())
    }

    /// Whether companies are referred to by name.
    pub(super) fn has_names(&self) -> bool {
        !self.names.is_empty()
    }

    /// Leads names to companies, new ones where none is known.
    pub(super) fn resolve(&mut self, asked: Asked, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        let asked: Vec<AskedCompany> =
            asked.names.into_iter().map(|(name, (country, record))| AskedCompany { name, country, record }).collect();
        let found = companies(desk, &asked)?;
        self.names.extend(asked.into_iter().zip(found).map(|(asked, id)| (asked.name, Some(id))));
        Ok(())
    }

    pub(super) fn source(&self, field: &str, source: &SourceRef) -> Result<i64, Problem> {
        let found = self.sources.get(source).copied();
        found.ok_or_else(|| match source {
            Short::Text(text) if self.several_sources.contains(text) => {
                let expected = "an object with its `publisher`, `title` and `publishedOn`";
                Problem::new(field, text, "it refers to several sources", expected)
            }
            Short::Text(text) => dangling(field, text, "source"),
            Short::Object(named) => {
                dangling(field, &source_reference(None, &named.publisher, named.title.as_deref()), "source")
            }
        })
    }

    pub(super) fn company(&self, field: &str, company: &CompanyRef) -> Result<i64, Problem> {
        match company {
            Short::Text(key) => {
                let found = self.companies.get(key).or_else(|| self.aliases.get(key)).copied();
                found.ok_or_else(|| dangling(field, key, "company"))
            }
            Short::Object(named) => {
                field::name(field, &named.name)?;
                field::optional(named.country.as_ref(), |text| field::code(field, text, 2, field::COUNTRY))?;
                // Before names are resolved, each is taken for a company of its own.
                let found = self.names.get(&named.name).copied().flatten();
                Ok(found.unwrap_or_else(|| trial_id(&named.name)))
            }
        }
    }

    pub(super) fn area(&self, field: &str, slug: &str) -> Result<i64, Problem> {
        self.areas.get(slug).copied().ok_or_else(|| dangling(field, slug, "area"))
    }

    pub(super) fn agreement(&self, field: &str, slug: &str) -> Result<i64, Problem> {
        self.agreements.get(slug).copied().ok_or_else(|| dangling(field, slug, "agreement"))
    }

    pub(super) fn location(&self, field: &str, code: &str) -> Result<i64, Problem> {
        self.locations.get(code).copied().ok_or_else(|| dangling(field, code, "location"))
    }

    pub(super) fn standard(&self, field: &str, name: &str) -> Result<i64, Problem> {
        self.standards.get(name).copied().ok_or_else(|| dangling(field, name, "standard"))
    }

    pub(super) fn declaration(&self, field: &str, reference: &str) -> Result<i64, Problem> {
        self.declarations.get(reference).copied().ok_or_else(|| dangling(field, reference, "declaration"))
    }

    /// A patent by its publication number; the kind may be left out where only one publication has the number.
    pub(super) fn patent(&self, field: &str, text: &str) -> Result<i64, Problem> {
        let number = number(field, text)?;
        let known = self.patents.get(&(number.office, number.number)).map(Vec::as_slice).unwrap_or_default();
        let same = known.iter().find(|(kind, _)| *kind == number.kind);
        let meant = same.or_else(|| match (known, &number.kind) {
            ([only], None) => Some(only),
            (known, Some(_)) => known.iter().find(|(kind, _)| kind.is_none()),
            _ => None,
        });
        meant.map(|(_, id)| *id).ok_or_else(|| match known {
            [_, _, ..] => Problem::new(field, text, "it refers to several patents", "a number with its kind code"),
            _ => dangling(field, text, "patent"),
        })
    }

    pub(super) fn patents(&self, field: &str, numbers: &[String]) -> Result<Vec<i64>, Problem> {
        let mut seen = std::collections::HashSet::new();
        let mut patents = Vec::with_capacity(numbers.len());
        for text in numbers {
            let id = self.patent(field, text)?;
            field::once(field, text, id, &mut seen)?;
            patents.push(id);
        }
        Ok(patents)
    }
}

/// A publication number.
pub(super) fn number(field: &str, text: &str) -> Result<PublicationNumber, Problem> {
    PublicationNumber::parse(text)
        .ok_or_else(|| field::wrong(field, text, "office, number and kind, such as US8566251B2"))
}

fn slices(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

/// The ways in which a text can be a publisher and a title.
fn divided(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.match_indices(" — ").filter_map(|(at, sign)| Some((text.get(..at)?, text.get(at + sign.len()..)?)))
}

fn is_named(row: &BulkSource, named: &SourceName) -> bool {
    let published_on = named.published_on.as_deref().map(|text| field::rough_day("", text).ok());
    row.url.is_none()
        && row.publisher == named.publisher
        && row.title == named.title
        && match published_on {
            None => row.published_on.is_none(),
            Some(day) => day.is_some_and(|(day, _)| row.published_on == Some(day)),
        }
}

fn is_lei(key: &str) -> bool {
    key.len() == 20 && key.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// An id that no row has: made of the name, below zero.
fn trial_id(name: &str) -> i64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    i64::try_from(hasher.finish() >> 1).map_or(i64::MIN, |number| -number - 1)
}

fn dangling(field: &str, found: &str, what: &str) -> Problem {
    let problem = format!(
        "it refers to a{} that is not in the store",
        match what {
            "area" | "agreement" => format!("n {what}"),
            _ => format!(" {what}"),
        }
    );
    let expected = match what {
        "source" => "the address of a source, or its publisher and title joined by ` — `".to_owned(),
        "company" => "the short name or the LEI of a company of the store or of an earlier line".to_owned(),
        "patent" => "the publication number of one patent of the store or of an earlier line".to_owned(),
        "standard" => "the name of a standard of the store or of an earlier line".to_owned(),
        "declaration" => "the reference of a declaration of the store or of an earlier line".to_owned(),
        "location" => "the code of a location of the store or of an earlier line".to_owned(),
        _ => format!("the short name of an {what} of the store or of an earlier line"),
    };
    Problem::new(field, found, problem, expected).of_kind(Wrong::Unknown)
}
