//! A search: what may answer is gathered kind by kind, ranked, and cut to the page.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::plan::publication::WantedNumber;
use crate::plan::search::BoundSearch;
use crate::publication_number::PublicationNumber;
use crate::search::{EXACT_NUMBER, FITTING_NUMBER, Kind, Matched, Query, distance, near_keys, score};
use crate::store::StoreError;
use crate::store::dialect::Dialect;
use crate::store::search::candidates::{self, ENOUGH, OneOf};
use crate::store::search::entry::Table;
use crate::store::sql::Sql;

/// The fewest digits of a text that is read as a publication number.
const DIGITS_MIN: usize = 4;
/// Words that a misspelt one is taken for.
const CORRECTED_MAX: usize = 3;

/// A row of a statement of search: its whole numbers, then its texts.
pub(in crate::store) struct Row {
    pub(in crate::store) integers: Vec<i64>,
    pub(in crate::store) texts: Vec<Option<String>>,
}

/// Runs a statement that gives so many whole numbers and so many texts.
pub(in crate::store) type Ask<'a> = dyn FnMut(Sql, (usize, usize)) -> Result<Vec<Row>, StoreError> + 'a;

/// By what something was found.
#[derive(Debug, Clone)]
pub(in crate::store) enum By {
    /// Words of a row of a table, as they were asked for or as they were meant.
    Words(Table, Arc<Query>),
    /// A publication number.
    Number(String),
}

/// Something that was found.
#[derive(Debug, Clone)]
pub(in crate::store) struct Hit {
    pub(in crate::store) kind: Kind,
    /// What was found.
    pub(in crate::store) entity: i64,
    /// The row by which it was found.
    pub(in crate::store) entry: i64,
    pub(in crate::store) score: i64,
    pub(in crate::store) by: By,
}

impl Hit {
    /// Where it stands in the order: the best first, then by kind, then what was recorded last.
    pub(in crate::store) fn rank(&self) -> [i64; 3] {
        let kind = Kind::ALL.iter().position(|kind| *kind == self.kind).unwrap_or(Kind::ALL.len());
        [-self.score, i64::try_from(kind).unwrap_or(i64::MAX), -self.entity]
    }
}

/// The hits of a page, and whether more follow.
pub(in crate::store) fn find<D: Dialect>(
    ask: &mut Ask<'_>,
    wanted: &BoundSearch,
) -> Result<(Vec<Hit>, bool), StoreError> {
    if wanted.query.is_empty() || wanted.kinds.is_empty() {
        return Ok((Vec::new(), false));
    }
    let mut search = Search { ask, wanted, query: Arc::new(wanted.query.clone()), found: HashMap::new() };
    search.by_number::<D>()?;
    search.by_name::<D>()?;
    let known = search.known_words::<D>()?;
    for kind in &wanted.kinds {
        match known.groups(*kind, &wanted.query) {
            Some(groups) => search.by_words::<D>(*kind, &groups, &Arc::clone(&search.query), 0)?,
            None if *kind == Kind::Company => search.by_near_words::<D>(&known)?,
            None => {}
        }
    }
    let mut hits: Vec<Hit> = search.found.into_values().collect();
    hits.sort_by_cached_key(Hit::rank);
    let begin = wanted.after.map_or(0, |after| hits.partition_point(|hit| hit.rank() <= after));
    let mut page = hits.split_off(begin);
    let size = usize::try_from(wanted.size).unwrap_or(usize::MAX);
    let has_more = page.len() > size;
    page.truncate(size);
    Ok((page, has_more))
}

/// The words of a query, as far as entries of a kind have them.
struct Known {
    exact: HashMap<(Kind, String), i64>,
    completed: HashMap<Kind, Vec<(String, i64)>>,
}

/// What is asked of the words of a kind.
struct Groups {
    groups: Vec<OneOf>,
    /// In how many entries the rarest stands, at most.
    fewest: i64,
    /// Whether they are all of the query.
    is_whole: bool,
}

impl Known {
    fn entries(&self, kind: Kind, word: &str) -> i64 {
        self.exact.get(&(kind, word.to_owned())).copied().unwrap_or(0)
    }

    /// What the last word can stand for.
    fn last(&self, kind: Kind, last: &str) -> (OneOf, i64) {
        let own = Some((last.to_owned(), self.entries(kind, last))).filter(|(_, entries)| *entries > 0);
        let all = own.iter().chain(self.completed.get(&kind).into_iter().flatten());
        (all.clone().map(|(word, _)| word.clone()).collect(), all.map(|(_, entries)| entries).sum())
    }

    /// What a kind is asked; none where it has not all of the words.
    fn groups(&self, kind: Kind, query: &Query) -> Option<Groups> {
        let mut asked = Groups { groups: Vec::new(), fewest: i64::MAX, is_whole: true };
        for word in &query.words {
            let entries = self.entries(kind, word);
            if entries == 0 {
                return None;
            }
            asked.add(vec![word.clone()], entries);
        }
        if let Some(last) = &query.last {
            let (words, entries) = self.last(kind, last);
            match (words.is_empty(), query.completed()) {
                (false, _) => asked.add(words, entries),
                (true, Some(_)) => return None,
                // A single letter that is no word: names may have words that begin with it.
                (true, None) => asked.is_whole = false,
            }
        }
        Some(asked)
    }
}

impl Groups {
    fn add(&mut self, words: OneOf, entries: i64) {
        self.groups.push(words);
        self.fewest = self.fewest.min(entries);
    }
}

/// A word that a misspelt one may mean: how many slips, in how many entries (negative: the most come first), and the word.
type Meant<'a> = (usize, i64, &'a str);

struct Search<'s, 'a> {
    ask: &'s mut Ask<'a>,
    wanted: &'s BoundSearch,
    query: Arc<Query>,
    /// The best hit of everything that was found.
    found: HashMap<(Kind, i64), Hit>,
}

impl Search<'_, '_> {
    fn add(&mut self, hit: Hit) {
        let key = (hit.kind, hit.entity);
        if self.found.get(&key).is_none_or(|known| (hit.rank(), -hit.entry) < (known.rank(), -known.entry)) {
            self.found.insert(key, hit);
        }
    }

    /// Ranks an entry of a kind.
    fn entry(&mut self, kind: Kind, [entry, entity]: [i64; 2], name: &str, query: &Arc<Query>, matched: Matched) {
        let is_other_name = entry != entity;
        let Some(score) = score(query, name, Matched { is_other_name, ..matched }) else { return };
        let table = match kind {
            Kind::Company if is_other_name => Table::CompanyName,
            Kind::Company => Table::Company,
            Kind::Area => Table::Area,
            Kind::Person => Table::Person,
            Kind::Agreement => Table::Agreement,
            Kind::Patent => Table::Patent,
        };
        self.add(Hit { kind, entity, entry, score, by: By::Words(table, Arc::clone(query)) });
    }

    /// Patents under a publication number, in whichever spelling, and those whose number begins so.
    fn by_number<D: Dialect>(&mut self) -> Result<(), StoreError> {
        let text = &self.wanted.query.text;
        let digits = text.chars().filter(char::is_ascii_digit).count();
        if digits < DIGITS_MIN || !self.wanted.kinds.contains(&Kind::Patent) {
            return Ok(());
        }
        let number = PublicationNumber::readings(text).is_ok().then(|| WantedNumber::new(text, "text").ok()).flatten();
        let beginning: String =
            text.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_uppercase()).collect();
        // An office, then digits.
        let is_beginning = beginning.chars().position(|letter| letter.is_ascii_digit()) == Some(2) && text.is_ascii();
        let beginning = Some(beginning.as_str()).filter(|_| is_beginning);
        if number.is_none() && beginning.is_none() {
            return Ok(());
        }
        for row in (self.ask)(candidates::numbers::<D>(number.as_ref(), beginning), (1, 1))? {
            let ([id], [Some(found)]) = (row.integers.as_slice(), row.texts.as_slice()) else { continue };
            let is_exact = number.as_ref().is_some_and(|number| number.exact.contains(found));
            let score = if is_exact { EXACT_NUMBER } else { FITTING_NUMBER };
            self.add(Hit { kind: Kind::Patent, entity: *id, entry: *id, score, by: By::Number(found.clone()) });
        }
        Ok(())
    }

    /// Entries whose name begins with the text.
    fn by_name<D: Dialect>(&mut self) -> Result<(), StoreError> {
        let query = Arc::clone(&self.query);
        let rows = (self.ask)(candidates::names::<D>(&self.wanted.kinds, &query.name), (2, 2))?;
        for row in rows {
            let ([entry, entity], [Some(kind), Some(name)]) = (row.integers.as_slice(), row.texts.as_slice()) else {
                continue;
            };
            if let Some(kind) = Kind::named(kind) {
                let matched = Matched { is_found: true, is_other_name: false, slips: 0 };
                self.entry(kind, [*entry, *entity], name, &query, matched);
            }
        }
        Ok(())
    }

    /// In how many entries the words of the query stand.
    fn known_words<D: Dialect>(&mut self) -> Result<Known, StoreError> {
        let query = &self.wanted.query;
        let exact: Vec<&str> = query.words.iter().chain(&query.last).map(String::as_str).collect();
        let mut known = Known { exact: HashMap::new(), completed: HashMap::new() };
        for row in (self.ask)(candidates::words::<D>(&self.wanted.kinds, &exact, query.completed()), (1, 2))? {
            let ([entries], Ok([Some(kind), Some(word)])) =
                (row.integers.as_slice(), <[Option<String>; 2]>::try_from(row.texts))
            else {
                continue;
            };
            let Some(kind) = Kind::named(&kind) else { continue };
            if exact.contains(&word.as_str()) {
                known.exact.insert((kind, word.clone()), *entries);
            }
            let completed = known.completed.entry(kind).or_default();
            let is_longer = query.completed().is_some_and(|last| word != last && word.starts_with(last));
            if is_longer && !completed.iter().any(|(known, _)| *known == word) {
                completed.push((word, *entries));
            }
        }
        Ok(known)
    }

    /// Entries of a kind that have a word of each group.
    fn by_words<D: Dialect>(
        &mut self,
        kind: Kind,
        asked: &Groups,
        query: &Arc<Query>,
        slips: usize,
    ) -> Result<(), StoreError> {
        if asked.groups.is_empty() {
            return Ok(());
        }
        let mut found = 0;
        for statement in D::entries(kind, &asked.groups, asked.fewest) {
            if found >= ENOUGH {
                break;
            }
            let rows = (self.ask)(statement, (2, 1))?;
            found = rows.len();
            for row in rows {
                let ([entry, entity], [Some(name)]) = (row.integers.as_slice(), row.texts.as_slice()) else { continue };
                let matched = Matched { is_found: asked.is_whole, is_other_name: false, slips };
                self.entry(kind, [*entry, *entity], name, query, matched);
            }
        }
        Ok(())
    }

    /// Companies whose names have other words, which are spelt nearly like those that no company's name has.
    fn by_near_words<D: Dialect>(&mut self, known: &Known) -> Result<(), StoreError> {
        let query = Arc::clone(&self.query);
        let is_unknown = |word: &&String| {
            let is_begun = query.last.as_ref() == Some(word) && !known.last(Kind::Company, word).0.is_empty();
            !is_begun && known.entries(Kind::Company, word) == 0
        };
        let unknown: Vec<&String> = query.words.iter().chain(&query.last).filter(is_unknown).collect();
        let keys: Vec<_> = unknown.iter().map(|word| near_keys(word)).collect();
        if unknown.is_empty() || keys.iter().any(std::collections::BTreeSet::is_empty) {
            return Ok(());
        }
        let mut near: Vec<(String, i64)> = Vec::new();
        for row in (self.ask)(candidates::near::<D>(keys.into_iter().flatten()), (1, 1))? {
            if let ([entries], Ok([Some(word)])) = (row.integers.as_slice(), <[Option<String>; 1]>::try_from(row.texts))
            {
                near.push((word, *entries));
            }
        }
        let mut meant: BTreeMap<&str, Vec<Meant<'_>>> = BTreeMap::new();
        for word in unknown {
            let meant_by = |(other, entries): &'_ (String, i64)| Some((distance(word, other)?, -entries));
            let all =
                near.iter().filter_map(|other| meant_by(other).map(|(slips, entries)| (slips, entries, &*other.0)));
            let mut all: Vec<Meant<'_>> = all.collect();
            all.sort_unstable();
            all.truncate(CORRECTED_MAX);
            if all.is_empty() {
                return Ok(());
            }
            meant.insert(word, all);
        }
        // One misspelt word may have been meant in several ways; where several are misspelt, each in the nearest.
        let ways = if meant.len() == 1 { CORRECTED_MAX } else { 1 };
        for way in 0..ways {
            let chosen: BTreeMap<&str, Meant<'_>> =
                meant.iter().filter_map(|(word, all)| Some((*word, *all.get(way)?))).collect();
            if chosen.len() < meant.len() {
                break;
            }
            self.by_meant_words::<D>(known, &chosen)?;
        }
        Ok(())
    }

    fn by_meant_words<D: Dialect>(
        &mut self,
        known: &Known,
        chosen: &BTreeMap<&str, Meant<'_>>,
    ) -> Result<(), StoreError> {
        let query = Arc::clone(&self.query);
        let mut asked = Groups { groups: Vec::new(), fewest: i64::MAX, is_whole: true };
        for word in query.words.iter().chain(&query.last) {
            match chosen.get(word.as_str()) {
                Some((_, entries, meant)) => asked.add(vec![(*meant).to_owned()], -entries),
                None if query.last.as_ref() == Some(word) => {
                    let (words, entries) = known.last(Kind::Company, word);
                    asked.add(words, entries);
                }
                None => asked.add(vec![word.clone()], known.entries(Kind::Company, word)),
            }
        }
        let slips = chosen.values().map(|(slips, ..)| slips).sum();
        let corrected = query.corrected(|word| chosen.get(word).map(|(_, _, meant)| (*meant).to_owned()));
        self.by_words::<D>(Kind::Company, &asked, &Arc::new(corrected), slips)
    }
}
