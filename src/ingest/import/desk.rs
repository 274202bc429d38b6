//! What a pass has at hand while it stores a batch: the store within its transaction, ids, and the source to cite.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};

use crate::ingest::derive_ownership_of;
use crate::ingest::import::resolve::SlugNumbers;
use crate::ingest::import::{DataSet, ImportError, Working};
use crate::store::bulk::{
    BulkPatent, BulkRow, BulkSource, BulkUpdate, PatentSourceLink, TransferPatentLink, facts_cited, find_source,
    patents_of_source, remove_links, sources_of_publisher, titles_later,
};
use crate::store::records::{CitationRow, Claim, FactKind, Moment, patents_with_title};
use crate::store::{Connection, IdMaker};
use crate::text::fold;

/// How many rows of a table an import inserted and updated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TableChange {
    /// New rows.
    pub inserted: u64,
    /// Rows that stood and changed.
    pub updated: u64,
    /// Rows that stood and are gone.
    pub removed: u64,
}

/// The file that is read, as its source names it.
#[derive(Debug, Clone)]
pub(super) struct Cited {
    pub(super) data_set: &'static DataSet,
    pub(super) edition: Option<String>,
    pub(super) file: String,
    id: Option<i64>,
    /// Whether a later edition of the file was read before, once that is known.
    is_older: Option<bool>,
}

impl Cited {
    pub(super) fn new(data_set: &'static DataSet, edition: Option<String>, file: &str) -> Self {
        Self { data_set, edition, file: file.to_owned(), id: None, is_older: None }
    }

    /// The source, once it is stored.
    pub(super) fn id(&self) -> Option<i64> {
        self.id
    }

    fn title(&self) -> String {
        let (title, file) = (self.data_set.title, &self.file);
        match &self.edition {
            Some(edition) => format!("{title}, edition {edition}: {file}"),
            None => format!("{title}: {file}"),
        }
    }

    fn published_on(&self) -> Option<NaiveDate> {
        let edition = self.edition.as_deref()?;
        NaiveDate::parse_from_str(edition, "%Y-%m-%d").ok().filter(|_| edition.len() == 10)
    }
}

/// What an import carries from batch to batch, where there is no file and one batch.
pub(crate) struct Hand {
    cited: Cited,
    slugs: SlugNumbers,
    changes: BTreeMap<&'static str, TableChange>,
}

impl Hand {
    /// Begins with nothing. No fact cites the data set: what is recorded by hand names its sources.
    pub(crate) fn new(data_set: &'static DataSet) -> Self {
        Self { cited: Cited::new(data_set, None, ""), slugs: SlugNumbers::default(), changes: BTreeMap::new() }
    }
}

/// See the module.
pub(crate) struct Desk<'a> {
    /// The store, within the transaction of the batch.
    pub(crate) connection: &'a mut Connection,
    /// Makes ids.
    pub(crate) ids: &'a mut IdMaker,
    /// Whether what is of no company of the store is left out.
    pub(crate) only_known: bool,
    /// Numbers of short names, from batch to batch.
    pub(crate) slugs: &'a mut SlugNumbers,
    pub(super) cited: &'a mut Cited,
    pub(super) recorded_at: NaiveDateTime,
    pub(super) changes: &'a mut BTreeMap<&'static str, TableChange>,
    pub(super) touched: HashSet<i64>,
    pub(super) titles: BTreeSet<i64>,
    pub(super) days: Vec<i64>,
    /// The ids of the new rows of each table, where somebody asks for them.
    pub(super) stored: Option<Vec<(&'static str, Vec<i64>)>>,
}

impl<'a> Desk<'a> {
    /// A desk without a file, which keeps the ids of what it stores.
    pub(crate) fn by_hand(
        (connection, ids): (&'a mut Connection, &'a mut IdMaker),
        recorded_at: NaiveDateTime,
        hand: &'a mut Hand,
    ) -> Self {
        Self {
            connection,
            ids,
            only_known: false,
            slugs: &mut hand.slugs,
            cited: &mut hand.cited,
            recorded_at,
            changes: &mut hand.changes,
            touched: HashSet::new(),
            titles: BTreeSet::new(),
            days: Vec::new(),
            stored: Some(Vec::new()),
        }
    }

    /// The ids of the new rows of each table, in the order of storing.
    pub(crate) fn into_stored(self) -> Vec<(&'static str, Vec<i64>)> {
        self.stored.unwrap_or_default()
    }

    /// The source of the file that is read. It is stored when it is first needed.
    pub(crate) fn source(&mut self) -> Result<i64, ImportError> {
        if let Some(id) = self.cited.id {
            return Ok(id);
        }
        let (publisher, title, published_on) =
            (self.cited.data_set.publisher, self.cited.title(), self.cited.published_on());
        let id = match find_source(self.connection, publisher, &title, published_on)? {
            Some(id) => id,
            None => {
                let row = BulkSource {
                    id: self.ids.next_id(),
                    publisher: publisher.to_owned(),
                    publisher_folded: fold(publisher),
                    title_folded: Some(fold(&title)),
                    title: Some(title),
                    url: None,
                    published_on,
                    published_precision: published_on.map(|_| "DAY".to_owned()),
                    retrieved_on: None,
                };
                let id = row.id;
                self.insert(&[row])?;
                id
            }
        };
        self.cited.id = Some(id);
        Ok(id)
    }

    /// Whether a later edition of the same file was read before: then what stands is newer than what this one says.
    ///
    /// Editions are compared where both are days, and files by their names up to the first dot.
    pub(crate) fn is_older(&mut self) -> Result<bool, ImportError> {
        if let Some(is_older) = self.cited.is_older {
            return Ok(is_older);
        }
        let later = match self.cited.published_on() {
            Some(day) => titles_later(self.connection, self.cited.data_set.publisher, day)?,
            None => Vec::new(),
        };
        let (title, stem) = (self.cited.data_set.title, stem(&self.cited.file));
        let same = |other: &String| {
            let file = other.strip_prefix(title).and_then(|rest| rest.split_once(": "));
            file.is_some_and(|(_, file)| self::stem(file) == stem)
        };
        let is_older = later.iter().any(same);
        self.cited.is_older = Some(is_older);
        Ok(is_older)
    }

    /// The sources that a file may replace: those of its publisher, among them the editions before; none where a later
    /// edition of the file was read.
    pub(crate) fn own_sources(&mut self) -> Result<HashSet<i64>, ImportError> {
        // That the file was read is to be known by older editions, whether it says anything new or not.
        self.source()?;
        if self.is_older()? {
            return Ok(HashSet::new());
        }
        Ok(sources_of_publisher(self.connection, self.cited.data_set.publisher)?.into_iter().collect())
    }

    /// The moment that new citations carry as that of their recording.
    pub(crate) fn moment(&self) -> Moment {
        Moment(self.recorded_at)
    }

    /// Stores new rows.
    pub(crate) fn insert<R: BulkRow>(&mut self, rows: &[R]) -> Result<(), ImportError> {
        R::insert(self.connection, rows)?;
        self.changes.entry(R::TABLE).or_default().inserted += count(rows.len());
        Ok(())
    }

    /// Stores what a working set holds that is new or changed.
    pub(crate) fn put<R: BulkUpdate>(&mut self, working: Working<R>) -> Result<(), ImportError> {
        let (new, changed, removed) = working.into_writes();
        self.remove::<R>(&removed)?;
        self.insert(&new)?;
        if let Some(stored) = self.stored.as_mut().filter(|_| !new.is_empty()) {
            stored.push((R::TABLE, new.iter().map(R::id).collect()));
        }
        R::update(self.connection, &changed)?;
        self.changes.entry(R::TABLE).or_default().updated += count(changed.len());
        Ok(())
    }

    /// Removes rows that nothing refers to.
    pub(crate) fn remove<R: BulkUpdate>(&mut self, ids: &[i64]) -> Result<(), ImportError> {
        R::remove(self.connection, ids)?;
        self.changes.entry(R::TABLE).or_default().removed += count(ids.len());
        Ok(())
    }

    /// Removes links of transfers to patents; those of one transfer stand beside one another.
    pub(crate) fn remove_links(&mut self, links: &[TransferPatentLink]) -> Result<(), ImportError> {
        remove_links(self.connection, links)?;
        self.changes.entry(TransferPatentLink::TABLE).or_default().removed += count(links.len());
        Ok(())
    }

    /// Says that the file changed what is known of a patent: the patent cites the file at the end of the batch.
    pub(crate) fn touch(&mut self, patent: i64) {
        self.touched.insert(patent);
    }

    /// Links the patents that were touched to the file.
    pub(super) fn cite_touched(&mut self) -> Result<(), ImportError> {
        if self.touched.is_empty() {
            return Ok(());
        }
        let source_id = self.source()?;
        let mut patents: Vec<i64> = std::mem::take(&mut self.touched).into_iter().collect();
        patents.sort_unstable();
        let linked: HashSet<i64> = patents_of_source(self.connection, source_id, &patents)?.into_iter().collect();
        let new: Vec<PatentSourceLink> = patents
            .into_iter()
            .filter(|patent| !linked.contains(patent))
            .map(|patent_id| PatentSourceLink { patent_id, source_id })
            .collect();
        self.insert(&new)
    }

    /// Says that an assignee or a transfer of a patent is new, changed or gone: who owned it when is derived again at the
    /// end of the batch.
    pub(crate) fn title(&mut self, patent: i64) {
        self.titles.insert(patent);
    }

    /// Says that a day of a patent changed, such as that of its filing: ownership is derived again where any assignee or
    /// transfer is on record.
    pub(crate) fn title_days(&mut self, patent: i64) {
        self.days.push(patent);
    }

    /// Derives who owned the patents of which [`Desk::title`] or [`Desk::title_days`] was said.
    pub(crate) fn derive(&mut self) -> Result<(), ImportError> {
        let days = std::mem::take(&mut self.days);
        self.titles.extend(patents_with_title(self.connection, &days)?);
        let patents: Vec<i64> = std::mem::take(&mut self.titles).into_iter().collect();
        let derived = derive_ownership_of(self.connection, self.ids, &patents)?;
        for (table, replaced) in derived.tables {
            let change = self.changes.entry(table).or_default();
            change.inserted += count(replaced.stored);
            change.removed += count(replaced.removed);
        }
        self.changes.entry(BulkPatent::TABLE).or_default().updated += count(derived.owners_changed);
        Ok(())
    }

    /// The day of the edition; where that is not known, the day of the import.
    pub(crate) fn edition_day(&self) -> NaiveDate {
        self.cited.published_on().unwrap_or_else(|| self.recorded_at.date())
    }

    /// Has facts cite the file in its words and by its record, each once: what it was cited for before is not cited again.
    pub(crate) fn cite(&mut self, facts: Vec<(FactKind, i64, String, String)>) -> Result<(), ImportError> {
        if facts.is_empty() {
            return Ok(());
        }
        let source = self.source()?;
        let ids: Vec<i64> = facts.iter().map(|(_, fact, ..)| *fact).collect();
        let mut cited: HashSet<i64> = facts_cited(self.connection, source, &ids)?.into_iter().collect();
        let mut rows = Vec::new();
        for (kind, fact, quote, record) in facts {
            if cited.insert(fact) {
                rows.push(self.citation(kind, fact, Some(&quote), record)?);
            }
        }
        self.insert(&rows)
    }

    /// The citation of a fact that the file supports, in the words and by the record of the file.
    pub(crate) fn citation(
        &mut self,
        kind: FactKind,
        fact: i64,
        quote: Option<&str>,
        record: String,
    ) -> Result<CitationRow, ImportError> {
        let claim = Claim {
            source_id: self.source()?,
            ordinal: 1,
            quote: quote.map(str::to_owned),
            quote_folded: quote.map(fold),
            claim_field: None,
            claim_value: None,
            confidence: "HIGH".to_owned(),
            recorded_at: Moment(self.recorded_at),
            record: Some(record),
        };
        Ok(CitationRow::of(self.ids.next_id(), kind, fact, claim))
    }
}

/// The name of a file up to its first dot.
fn stem(file: &str) -> &str {
    file.split('.').next().unwrap_or(file)
}

/// A number of rows.
pub(super) fn count(rows: usize) -> u64 {
    u64::try_from(rows).unwrap_or(u64::MAX)
}

/// Rows by something that several can share.
pub(crate) fn grouped<K: Eq + std::hash::Hash, V>(pairs: impl IntoIterator<Item = (K, V)>) -> HashMap<K, Vec<V>> {
    let mut groups: HashMap<K, Vec<V>> = HashMap::new();
    for (key, value) in pairs {
        groups.entry(key).or_default().push(value);
    }
    groups
}
