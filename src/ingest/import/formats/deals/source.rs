//! Sources.

use super::field;
use super::refs::{Asked, Refs};
use super::run::{Kind, Maker};
use super::sheet::{Change, Sheet};
use crate::ingest::deals::SourceLine;
use crate::ingest::import::{Desk, ImportError, Problem};
use crate::store::bulk::{BulkSource, Keyed as _, patents_dated_by, sources_at, sources_named};
use crate::text::fold;

/// Bytes of a publisher: it shares an index with the title.
const PUBLISHER_BYTES_MAX: usize = 500;

#[derive(Default)]
pub(super) struct Sheets {
    sources: Sheet<BulkSource>,
    /// Sources of another day: what was reported then is dated by it.
    dated: Vec<i64>,
}

impl Kind for SourceLine {
    type Rows = BulkSource;
    type Sheets = Sheets;

    fn record(&self) -> String {
        String::new()
    }

    fn refer(&self, _: &mut Asked) {}

    fn rows(&self, _: &Refs) -> Result<BulkSource, Problem> {
        let published = field::optional(self.published_on.as_ref(), |text| field::rough_day("publishedOn", text))?;
        let (published_on, published_precision) = published.unzip();
        let publisher = field::name("publisher", &self.publisher)?;
        if publisher.len() > PUBLISHER_BYTES_MAX {
            return Err(field::wrong("publisher", &publisher, format!("at most {PUBLISHER_BYTES_MAX} bytes")));
        }
        let title = field::optional(self.title.as_ref(), |text| field::name("title", text))?;
        let url = field::optional(self.url.as_ref(), |text| field::name("url", text))?;
        if let Some(url) = url.as_deref().filter(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
            return Err(field::wrong("url", url, "an address that begins with http:// or https://"));
        }
        Ok(BulkSource {
            id: 0,
            publisher_folded: fold(&publisher),
            publisher,
            title_folded: title.as_deref().map(fold),
            title,
            url,
            published_on,
            published_precision,
            retrieved_on: field::optional(self.retrieved_on.as_ref(), |text| field::day("retrievedOn", text))?,
        })
    }

    fn find(rows: &[Result<BulkSource, Problem>], desk: &mut Desk<'_>) -> Result<Sheets, ImportError> {
        let addresses: Vec<&str> = rows.iter().flatten().filter_map(|row| row.url.as_deref()).collect();
        let named = || rows.iter().flatten().filter(|row| row.url.is_none());
        let publishers: Vec<&str> = named().map(|row| &*row.publisher).collect();
        let titles: Vec<&str> = named().filter_map(|row| row.title.as_deref()).collect();
        let mut found = sources_at(desk.connection, &addresses)?;
        found.extend(sources_named(desk.connection, &publishers, &titles)?);
        Ok(Sheets { sources: Sheet::of(found), dated: Vec::new() })
    }

    fn put(row: BulkSource, sheets: &mut Sheets, maker: &mut Maker<'_>) -> Result<(Change, Change), Problem> {
        let day = |row: &BulkSource| row.published_on.or(row.retrieved_on);
        let key = row.keys();
        let find = |sheets: &Sheets| key.iter().find_map(|key| sheets.sources.find(key)).map(day);
        let before = find(sheets);
        let (id, change) = sheets.sources.put(maker.ids, row)?;
        if change == Change::Changed && find(sheets) != before {
            sheets.dated.push(id);
        }
        Ok((change, Change::Same))
    }

    fn store(sheets: Sheets, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        sheets.sources.store(desk)?;
        for patent in patents_dated_by(desk.connection, &sheets.dated)? {
            desk.title(patent);
        }
        Ok(())
    }
}
