//! Sources into rows.

use crate::ingest::IngestError;
use crate::ingest::format::SourceLine;
use crate::ingest::load::plan::Plan;
use crate::ingest::place::Place;
use crate::store::records::{Record as _, SourceRow};
use crate::text::fold;

/// Places the source of a place.
pub(super) fn place_at(plan: &mut Plan<'_>, at: Place, source: &SourceLine) -> Result<(), IngestError> {
    let (published_on, published_precision) = at.rough_day("publishedOn", source.published_on.as_deref())?;
    let publisher = at.text("publisher", &source.publisher)?;
    let title = at.optional_text("title", source.title.as_deref())?;
    let url = at.optional_text("url", source.url.as_deref())?;
    if let Some(url) = url.as_deref().filter(|url| !url.starts_with("http://") && !url.starts_with("https://")) {
        return Err(at.wrong("url", url, "an address that begins with http:// or https://"));
    }
    let row = SourceRow {
        id: plan.ids.next_id(),
        publisher_folded: fold(&publisher),
        publisher,
        title_folded: title.as_deref().map(fold),
        title,
        url,
        published_on,
        published_precision,
        retrieved_on: at.day("retrievedOn", source.retrieved_on.as_deref())?,
    };
    let reference = row.key();
    at.once("url", &reference, plan.sources.place(row)).map(|_| ())
}
