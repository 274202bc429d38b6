//! Areas and their classification prefixes.

use std::collections::HashSet;

use super::field;
use super::refs::{Asked, Refs};
use super::run::{Kind, Maker};
use super::sheet::{Change, Sheet};
use crate::ingest::deals::AreaLine;
use crate::ingest::import::{Desk, ImportError, Problem};
use crate::store::bulk::{AreaPrefixRow, AreaRow, areas_by_slug, prefixes_of};
use crate::text::fold;

pub(super) struct Sheets {
    areas: Sheet<AreaRow>,
    prefixes: Sheet<AreaPrefixRow>,
}

impl Kind for AreaLine {
    type Rows = (AreaRow, Vec<String>);
    type Sheets = Sheets;

    fn record(&self) -> String {
        format!("area {}", self.slug)
    }

    fn refer(&self, asked: &mut Asked) {
        self.parent.iter().for_each(|slug| asked.area(slug));
    }

    fn rows(&self, refs: &Refs) -> Result<Self::Rows, Problem> {
        if self.parent.as_ref() == Some(&self.slug) {
            return Err(field::wrong("parent", &self.slug, "another area than that of the line"));
        }
        let row = AreaRow {
            id: 0,
            slug: field::slug("slug", &self.slug)?,
            name: field::name("name", &self.name)?,
            name_folded: fold(&self.name),
            description: field::optional(self.description.as_ref(), |text| field::prose("description", text))?,
            parent_id: field::optional(self.parent.as_ref(), |slug| refs.area("parent", slug))?,
        };
        let mut seen = HashSet::new();
        for prefix in &self.prefixes {
            field::name("prefixes", prefix)?;
            field::once("prefixes", prefix, prefix, &mut seen)?;
        }
        Ok((row, self.prefixes.clone()))
    }

    fn find(rows: &[Result<Self::Rows, Problem>], desk: &mut Desk<'_>) -> Result<Sheets, ImportError> {
        let slugs: Vec<&str> = rows.iter().flatten().map(|(row, _)| &*row.slug).collect();
        let areas = areas_by_slug(desk.connection, &slugs)?;
        let ids: Vec<i64> = areas.iter().map(|row| row.id).collect();
        let prefixes = prefixes_of(desk.connection, &ids)?;
        Ok(Sheets { areas: Sheet::of(areas), prefixes: Sheet::of(prefixes) })
    }

    fn put(
        (row, prefixes): Self::Rows,
        sheets: &mut Sheets,
        maker: &mut Maker<'_>,
    ) -> Result<(Change, Change), Problem> {
        let (area_id, own) = sheets.areas.put(maker.ids, row)?;
        let mut inside = Change::Same;
        for prefix in prefixes {
            inside = inside.max(sheets.prefixes.put(maker.ids, AreaPrefixRow { id: 0, area_id, prefix })?.1);
        }
        Ok((own, inside))
    }

    fn store(sheets: Sheets, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        sheets.areas.store(desk)?;
        sheets.prefixes.store(desk)
    }
}
