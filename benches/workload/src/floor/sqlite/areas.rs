//! The areas of a row.

use rusqlite::{Connection, Statement};

use super::json;
use crate::Fault;

/// A statement that gives the areas of a row. There are a handful: to sort them here costs less than to have SQLite set
/// up a sorter for each row. What is sorted stays in place for the next row, so that nothing is allocated anew.
pub struct Areas {
    statement: Statement<'static>,
    found: Vec<Area>,
}

#[derive(Default)]
struct Area {
    id: i64,
    slug: Vec<u8>,
    name: Vec<u8>,
}

impl Areas {
    /// Along a link from a column of the row's key. `CROSS JOIN` from the link on: SQLite would rather read all areas.
    pub fn prepare(open: &'static Connection, link: &str, near: &str) -> rusqlite::Result<Self> {
        let text = format!(
            "SELECT a.id, a.slug, a.name FROM {link} l CROSS JOIN cooperation_area a ON a.id = l.area_id \
             WHERE l.{near} = ?1"
        );
        Ok(Self { statement: open.prepare(&text)?, found: Vec::new() })
    }

    /// Writes the first of them by name, with commas between them.
    pub fn write(&mut self, key: i64, first: i64, out: &mut Vec<u8>) -> Result<(), Fault> {
        let mut count = 0;
        let mut rows = self.statement.query([key])?;
        while let Some(row) = rows.next()? {
            if self.found.len() == count {
                self.found.push(Area::default());
            }
            let area = &mut self.found[count];
            area.id = row.get(0)?;
            area.slug.clear();
            area.slug.extend_from_slice(row.get_ref(1)?.as_bytes()?);
            area.name.clear();
            area.name.extend_from_slice(row.get_ref(2)?.as_bytes()?);
            count += 1;
        }
        let found = &mut self.found[..count];
        found.sort_unstable_by(|one, other| one.name.cmp(&other.name).then(one.id.cmp(&other.id)));
        let mut is_first = true;
        for area in found.iter().take(usize::try_from(first)?) {
            json::comma(out, &mut is_first);
            out.extend_from_slice(br#"{"slug":"#);
            json::text(out, &area.slug);
            out.extend_from_slice(br#","name":"#);
            json::text(out, &area.name);
            out.push(b'}');
        }
        Ok(())
    }
}
