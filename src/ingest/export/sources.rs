//! Sources, areas and places.

use std::collections::HashMap;

use super::{Export, ExportError, PAGE, grouped, words};
use crate::ingest::deals::{AreaLine, Line, LocationLine, Short, SourceLine, SourceName, SourceRef};
use crate::store::bulk::{AreaRow, BulkSource, all_areas, all_sources, locations_after, prefixes_of, source_reference};

fn reference(row: &BulkSource) -> String {
    source_reference(row.url.as_deref(), &row.publisher, row.title.as_deref())
}

fn published_on(row: &BulkSource) -> Option<String> {
    words::rough_day(row.published_on, row.published_precision.as_deref())
}

fn sorted(mut rows: Vec<BulkSource>) -> Vec<BulkSource> {
    rows.sort_by_cached_key(|row| (reference(row), row.url.is_some(), row.publisher.clone(), row.published_on));
    rows
}

/// How lines name each source, at length where a text would fit several; and its place in their order.
pub(super) fn references(rows: Vec<BulkSource>) -> HashMap<i64, (SourceRef, usize)> {
    let mut count: HashMap<String, usize> = HashMap::new();
    for row in &rows {
        *count.entry(reference(row)).or_default() += 1;
    }
    let written = |row: &BulkSource| {
        let text = reference(row);
        let is_one = count.get(&text).is_none_or(|count| *count == 1);
        if is_one || row.url.is_some() {
            return Short::Text(text);
        }
        let (publisher, title) = (row.publisher.clone(), row.title.clone());
        Short::Object(SourceName { publisher, title, published_on: published_on(row) })
    };
    sorted(rows).iter().enumerate().map(|(place, row)| (row.id, (written(row), place))).collect()
}

pub(super) fn write(export: &mut Export<'_>) -> Result<(), ExportError> {
    for row in sorted(all_sources(export.connection)?) {
        let published_on = published_on(&row);
        let (publisher, title, url) = (row.publisher, row.title, row.url);
        let retrieved_on = super::day(row.retrieved_on);
        export.line(&Line::Source(SourceLine { publisher, title, url, published_on, retrieved_on }))?;
    }
    Ok(())
}

/// Areas: a parent before its children, those of one parent by their short names.
pub(super) fn write_areas(export: &mut Export<'_>) -> Result<(), ExportError> {
    let areas = all_areas(export.connection)?;
    let ids: Vec<i64> = areas.iter().map(|row| row.id).collect();
    let mut prefixes = grouped(prefixes_of(export.connection, &ids)?, |row| row.area_id);
    let mut below: HashMap<Option<i64>, Vec<AreaRow>> = HashMap::new();
    for row in areas {
        below.entry(row.parent_id).or_default().push(row);
    }
    let mut open = below.remove(&None).unwrap_or_default();
    open.sort_by(|one, other| other.slug.cmp(&one.slug));
    while let Some(row) = open.pop() {
        let mut children = below.remove(&Some(row.id)).unwrap_or_default();
        children.sort_by(|one, other| other.slug.cmp(&one.slug));
        open.append(&mut children);
        let mut prefixes: Vec<String> =
            prefixes.remove(&row.id).unwrap_or_default().into_iter().map(|row| row.prefix).collect();
        prefixes.sort();
        let parent = row.parent_id.map(|id| export.area(id));
        let (slug, name, description) = (row.slug, row.name, row.description);
        export.line(&Line::Area(AreaLine { slug, name, description, parent, prefixes }))?;
    }
    Ok(())
}

pub(super) fn write_locations(export: &mut Export<'_>) -> Result<(), ExportError> {
    let mut last = String::new();
    loop {
        let rows = locations_after(export.connection, &last, PAGE)?;
        let Some(end) = rows.last() else { return Ok(()) };
        last.clone_from(&end.code);
        for row in rows {
            let source = export.source(row.source_id);
            let (code, city, region, country) = (row.code, row.city, row.region, row.country);
            export.line(&Line::Location(LocationLine { code, source, city, region, country }))?;
        }
    }
}
