//! Companies by the keys of their names, and the matches that people decide.

mod decisions;
mod rules;
mod unidentified;

use std::collections::{BTreeMap, BTreeSet};

use diesel::sql_types::{Array, BigInt, Text};
use diesel::{ExpressionMethods as _, JoinOnDsl as _, QueryDsl as _, QueryableByName, RunQueryDsl as _};

use crate::names::{Candidate, Decided, Decision, Doubt, Found, Key, Known, Name, Spelling};
use crate::store::bulk::BulkRow as _;
use crate::store::records::{CandidateRow, KeyRow};
use crate::store::schema::{company, company_key, company_name, name_candidate};
use crate::store::{Connection, IdMaker, StoreError, on_connection};

pub use decisions::{DecisionError, Given, decide};
pub use rules::{KeysError, refresh_keys};
pub(crate) use unidentified::keys_of_unidentified;

/// Values of one statement at most; SQLite binds 32,766.
const VALUES: usize = 10_000;
/// Companies whose names are indexed at once.
const COMPANIES: i64 = 1_000;
/// Companies of a key that are looked at: half of a name can be a word that thousands share, and says nothing then.
const COMPANIES_OF_A_KEY: i64 = 100;

/// The store, as the resolver asks it.
pub struct KnownNames<'a>(&'a mut Connection);

impl<'a> KnownNames<'a> {
    /// Asks on a connection.
    pub fn new(connection: &'a mut Connection) -> Self {
        Self(connection)
    }
}

#[derive(QueryableByName)]
struct CompanyId {
    #[diesel(sql_type = BigInt)]
    company_id: i64,
}

/// The companies of keys, those of a key up to a bound.
#[expect(clippy::disallowed_methods, reason = "this is the store, and the keys are bound")]
fn companies_of(connection: &mut Connection, keys: &[Key]) -> Result<BTreeSet<i64>, StoreError> {
    let numbers: Vec<i64> = keys.iter().map(|key| key.number()).collect();
    let page = "FROM company_key b WHERE b.key = k.key ORDER BY b.company_id LIMIT";
    let found: Vec<CompanyId> = match connection {
        Connection::Sqlite(open) => {
            let listed = serde_json::to_string(&numbers).map_err(|error| StoreError::Shape(error.to_string()))?;
            let statement = format!(
                "SELECT DISTINCT c.company_id FROM (SELECT value AS key FROM json_each(?)) k JOIN company_key c \
                 ON c.key = k.key AND c.company_id IN (SELECT b.company_id {page} {COMPANIES_OF_A_KEY})"
            );
            diesel::sql_query(statement).bind::<Text, _>(listed).load(open)?
        }
        Connection::Postgres(open) => {
            let statement = format!(
                "SELECT DISTINCT c.company_id FROM unnest($1) AS k(key) \
                 CROSS JOIN LATERAL (SELECT b.company_id {page} {COMPANIES_OF_A_KEY}) c"
            );
            diesel::sql_query(statement).bind::<Array<BigInt>, _>(numbers).load(open)?
        }
    };
    Ok(found.into_iter().map(|row| row.company_id).collect())
}

type OwnNames = (i64, String, Option<String>, Option<String>, Option<String>);

/// Every spelling of companies: name, legal name and other names.
fn spellings_of(connection: &mut Connection, ids: &[i64]) -> Result<Vec<Found>, StoreError> {
    let mut found = Vec::new();
    let mut known: BTreeMap<i64, Spelling> = BTreeMap::new();
    for ids in ids.chunks(VALUES) {
        let own: Vec<OwnNames> = on_connection!(connection, open => company::table
            .filter(company::id.eq_any(ids))
            .select((company::id, company::name, company::legal_name, company::country, company::lei))
            .load(open))?;
        for (id, name, legal_name, country, lei) in own {
            let spelling = Spelling { name, country, lei };
            found.extend(legal_name.map(|name| Found { company: id, spelling: Spelling { name, ..spelling.clone() } }));
            found.push(Found { company: id, spelling: spelling.clone() });
            known.insert(id, spelling);
        }
        let other: Vec<(i64, String)> = on_connection!(connection, open => company_name::table
            .filter(company_name::company_id.eq_any(ids))
            .filter(company_name::kind.ne("TICKER"))
            .select((company_name::company_id, company_name::name))
            .load(open))?;
        for (id, name) in other {
            let beside = known.get(&id).cloned().unwrap_or_default();
            found.push(Found { company: id, spelling: Spelling { name, ..beside } });
        }
    }
    Ok(found)
}

impl Known for KnownNames<'_> {
    type Error = StoreError;

    fn with_keys(&mut self, keys: &[Key]) -> Result<Vec<Found>, StoreError> {
        let mut companies = BTreeSet::new();
        for keys in keys.chunks(VALUES) {
            companies.extend(companies_of(self.0, keys)?);
        }
        spellings_of(self.0, &companies.into_iter().collect::<Vec<_>>())
    }

    fn with_identifiers(&mut self, identifiers: &[&str]) -> Result<Vec<(String, i64)>, StoreError> {
        let mut found = Vec::new();
        for identifiers in identifiers.chunks(VALUES) {
            let rows: Vec<(Option<String>, i64)> = on_connection!(self.0, open => company::table
                .filter(company::lei.eq_any(identifiers))
                .select((company::lei, company::id))
                .load(open))?;
            found.extend(rows.into_iter().filter_map(|(lei, id)| Some((lei?, id))));
        }
        Ok(found)
    }

    fn decided(&mut self, names: &[&str]) -> Result<Vec<Decided>, StoreError> {
        let mut found = Vec::new();
        for names in names.chunks(VALUES) {
            let rows: Vec<(String, i64, String)> = on_connection!(self.0, open => name_candidate::table
                .filter(name_candidate::spelling.eq_any(names))
                .filter(name_candidate::decision.ne(OPEN))
                .select((name_candidate::spelling, name_candidate::company_id, name_candidate::decision))
                .load(open))?;
            let decided = |(name, company, decision): (String, i64, String)| {
                Some(Decided { name, company, decision: decision_named(&decision)? })
            };
            found.extend(rows.into_iter().filter_map(decided));
        }
        Ok(found)
    }
}

/// Why a match is not safe, as it is stored.
pub(crate) const DOUBTS: [&str; 5] = ["LEGAL_FORM", "COUNTRY", "SLIPS", "AMBIGUOUS", "GIVEN"];

/// What was decided of a match, as it is stored.
pub(crate) const DECISIONS: [&str; 3] = [OPEN, "CONFIRMED", "REFUSED"];

/// The decision that is not made yet.
const OPEN: &str = "OPEN";

/// How a decision is stored.
#[must_use]
pub const fn name_of(decision: Decision) -> &'static str {
    match decision {
        Decision::Confirmed => "CONFIRMED",
        Decision::Refused => "REFUSED",
    }
}

fn decision_named(name: &str) -> Option<Decision> {
    [Decision::Confirmed, Decision::Refused].into_iter().find(|decision| name_of(*decision) == name)
}

const fn doubt_name(doubt: Doubt) -> &'static str {
    match doubt {
        Doubt::LegalForm => "LEGAL_FORM",
        Doubt::Country => "COUNTRY",
        Doubt::Slips => "SLIPS",
        Doubt::Ambiguous => "AMBIGUOUS",
    }
}

/// Stores the keys of spellings of companies, as far as they do not stand.
///
/// # Errors
/// What the database says.
pub fn add_keys<'n>(
    connection: &mut Connection,
    spellings: impl IntoIterator<Item = (i64, &'n str)>,
) -> Result<(), StoreError> {
    let keys = spellings.into_iter().map(|(company, name)| (company, Name::new(name).stored_keys()));
    add_made_keys(connection, keys)
}

/// Stores keys of companies that are made already, as far as they do not stand.
///
/// # Errors
/// What the database says.
pub(crate) fn add_made_keys(
    connection: &mut Connection,
    keys: impl IntoIterator<Item = (i64, Vec<Key>)>,
) -> Result<(), StoreError> {
    rules::note_older(connection)?;
    let wanted = numbered(keys);
    let companies: BTreeSet<i64> = wanted.iter().map(|(_, company)| *company).collect();
    let standing = standing_keys(connection, &companies.into_iter().collect::<Vec<_>>())?;
    let rows: Vec<KeyRow> =
        wanted.difference(&standing).map(|(key, company_id)| KeyRow { key: *key, company_id: *company_id }).collect();
    KeyRow::insert(connection, &rows)
}

/// The numbers of keys, each with its company.
fn numbered(keys: impl IntoIterator<Item = (i64, Vec<Key>)>) -> BTreeSet<(i64, i64)> {
    keys.into_iter().flat_map(|(company, keys)| keys.into_iter().map(move |key| (key.number(), company))).collect()
}

/// The keys that stand of companies, each with its company.
fn standing_keys(connection: &mut Connection, companies: &[i64]) -> Result<BTreeSet<(i64, i64)>, StoreError> {
    let mut standing = BTreeSet::new();
    for companies in companies.chunks(VALUES) {
        let rows: Vec<(i64, i64)> = on_connection!(connection, open => company_key::table
            .filter(company_key::company_id.eq_any(companies))
            .select((company_key::key, company_key::company_id))
            .load(open))?;
        standing.extend(rows);
    }
    Ok(standing)
}

/// The spellings of a company.
///
/// # Errors
/// What the database says.
pub(crate) fn names_of_company(connection: &mut Connection, company: i64) -> Result<Vec<String>, StoreError> {
    Ok(spellings_of(connection, &[company])?.into_iter().map(|found| found.spelling.name).collect())
}

/// Gives keys to the companies that have none: those that were stored before there were keys. How many there were.
///
/// # Errors
/// What the database says.
pub fn index_names(connection: &mut Connection) -> Result<usize, StoreError> {
    let mut count = 0;
    let mut last = i64::MIN;
    loop {
        let ids: Vec<i64> = on_connection!(connection, open => company::table
            .left_join(company_key::table.on(company_key::company_id.eq(company::id)))
            .filter(company_key::key.is_null())
            .filter(company::id.gt(last))
            .order(company::id)
            .limit(COMPANIES)
            .select(company::id)
            .load(open))?;
        let Some(end) = ids.last() else { return Ok(count) };
        last = *end;
        count += ids.len();
        let spellings = spellings_of(connection, &ids)?;
        add_keys(connection, spellings.iter().map(|found| (found.company, found.spelling.name.as_str())))?;
    }
}

/// A match that was not made, as it is listed: `company` is whom the spelling may mean.
#[derive(Debug, Clone)]
pub struct NewCandidate<'a> {
    /// The spelling.
    pub spelling: &'a str,
    /// The company that it may mean.
    pub company: i64,
    /// What the resolver said of it.
    pub candidate: &'a Candidate,
}

/// Lists matches that were not made, as far as they do not stand. How many are new.
///
/// # Errors
/// What the database says.
pub fn add_candidates(
    connection: &mut Connection,
    ids: &mut IdMaker,
    candidates: &[NewCandidate<'_>],
) -> Result<usize, StoreError> {
    let names: BTreeSet<&str> = candidates.iter().map(|one| one.spelling).collect();
    let names: Vec<&str> = names.into_iter().collect();
    let mut standing: BTreeSet<(String, i64)> = BTreeSet::new();
    for names in names.chunks(VALUES) {
        let rows: Vec<(String, i64)> = on_connection!(connection, open => name_candidate::table
            .filter(name_candidate::spelling.eq_any(names))
            .select((name_candidate::spelling, name_candidate::company_id))
            .load(open))?;
        standing.extend(rows);
    }
    let mut rows = Vec::new();
    for one in candidates {
        if standing.insert((one.spelling.to_owned(), one.company)) {
            rows.push(CandidateRow {
                id: ids.next_id(),
                spelling: one.spelling.to_owned(),
                company_id: one.company,
                spelt_like: one.candidate.like.clone(),
                score: percent(one.candidate.score),
                doubt: doubt_name(one.candidate.doubt),
                decision: OPEN,
            });
        }
    }
    CandidateRow::insert(connection, &rows)?;
    Ok(rows.len())
}

/// A score between 0 and 1 as whole percents.
fn percent(score: f64) -> i32 {
    (0..100).rev().find(|percent| f64::from(*percent) <= score * 100.0 - 1.0).map_or(0, |percent| percent + 1)
}

/// A listed match, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, diesel::Queryable)]
pub struct Listed {
    /// Its id.
    pub id: i64,
    /// The spelling.
    pub spelling: String,
    /// The slug of the company that it may mean.
    pub company: String,
    /// The spelling of that company that is like it.
    pub spelt_like: String,
    /// How like it is, in percent.
    pub score: i32,
    /// Why the match was not made.
    pub doubt: String,
    /// `OPEN`, `CONFIRMED` or `REFUSED`.
    pub decision: String,
}

/// The listed matches, the likeliest first: the open ones, or those that are decided.
///
/// # Errors
/// What the database says.
pub fn listed(connection: &mut Connection, open_ones: bool, limit: i64) -> Result<Vec<Listed>, StoreError> {
    let columns = (
        name_candidate::id,
        name_candidate::spelling,
        company::slug,
        name_candidate::spelt_like,
        name_candidate::score,
        name_candidate::doubt,
        name_candidate::decision,
    );
    let decisions: &[&str] = if open_ones { &[OPEN] } else { &["CONFIRMED", "REFUSED"] };
    let rows = on_connection!(connection, open => name_candidate::table
        .inner_join(company::table)
        .filter(name_candidate::decision.eq_any(decisions))
        .order((name_candidate::score.desc(), name_candidate::id))
        .limit(limit)
        .select(columns)
        .load(open))?;
    Ok(rows)
}
