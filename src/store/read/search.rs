//! Reading and writing what a search finds.

use super::Reader;
use crate::catalog::Kind;
use crate::catalog::search::SEARCHED;
use crate::plan::predicate::Datum;
use crate::plan::search::{BoundSearch, FragmentPart, HitPart, SearchPart, SearchPlan};
use crate::plan::{Bound, Bounds, cursor};
use crate::store::origin::Origin;
use crate::store::rows::ChildRows;
use crate::store::search::{Hit, Row, Shown, find, shown};
use crate::store::source::{Columns, Sink, Source};
use crate::store::sql::Sql;
use crate::store::taken::no_parent;
use crate::store::value::{ReadValue as _, json_text};
use crate::store::{StoreError, write};

impl<S: Source> Reader<'_, S> {
    /// What was found is read as by its id: one statement for each type, and those of what is below.
    pub(super) fn search(&mut self, plan: &SearchPlan, out: &mut Vec<u8>) -> Result<(), StoreError> {
        let Some(Bound::Search(args)) = self.bound.get(plan.slot) else { return Ok(()) };
        let mut ask = |sql: Sql, (integers, texts): (usize, usize)| {
            let mut taken = TakenTexts { integers, texts, rows: Vec::new() };
            self.run(sql, None, &mut taken)?;
            Ok(taken.rows)
        };
        let (hits, has_more) = find::<S::Dialect>(&mut ask, args)?;
        let why = if plan.shows_why() { shown::<S::Dialect>(&mut ask, &hits)? } else { Vec::new() };
        self.rows += hits.len();
        let mut found: Vec<ChildRows> = plan.arms.iter().map(|_| ChildRows::default()).collect();
        let mut places = Vec::with_capacity(hits.len());
        for hit in &hits {
            let arm = SEARCHED.iter().position(|searched| searched.kind == hit.kind).unwrap_or(0);
            places.push((arm, found.get_mut(arm).map_or(0, |found| found.group(hit.entity))));
        }
        for (arm, found) in plan.arms.iter().zip(&mut found) {
            if !found.keys.is_empty() && plan.reads_nodes() {
                let keys = std::mem::take(&mut found.keys);
                found.rows = Some(self.level(arm, Origin::Keys(&keys))?);
            }
        }
        let writer = Writer { plan, args, bound: self.bound, hits: &hits, why: &why, found: &found, places: &places };
        writer.write(has_more, out)
    }
}

/// Takes rows of whole numbers and texts.
struct TakenTexts {
    integers: usize,
    texts: usize,
    rows: Vec<Row>,
}

impl Sink for TakenTexts {
    fn row(&mut self, _parent: usize, row: &impl Columns) -> Result<(), StoreError> {
        let integers = (0..self.integers).map(|column| Ok(row.integer(column, Kind::Key)?.unwrap_or(0)));
        let texts = self.integers..self.integers + self.texts;
        let texts = texts.map(|column| row.with(column, |value| value.text(str::to_owned)));
        let (integers, texts): (Result<_, StoreError>, Result<_, StoreError>) = (integers.collect(), texts.collect());
        self.rows.push(Row { integers: integers?, texts: texts? });
        Ok(())
    }
}

struct Writer<'a> {
    plan: &'a SearchPlan,
    args: &'a BoundSearch,
    bound: &'a Bounds,
    hits: &'a [Hit],
    why: &'a [Shown],
    found: &'a [ChildRows],
    /// The arm of each hit, and its group there.
    places: &'a [(usize, usize)],
}

impl Writer<'_> {
    fn write(&self, has_more: bool, out: &mut Vec<u8>) -> Result<(), StoreError> {
        for part in &self.plan.parts {
            match part {
                SearchPart::Text(text) => out.extend(text.as_bytes()),
                SearchPart::Hits(parts) => {
                    for place in 0..self.hits.len() {
                        out.extend(if place > 0 { &b","[..] } else { b"" });
                        self.hit(parts, place, out)?;
                    }
                }
                SearchPart::First => self.cursor(self.hits.first(), out),
                SearchPart::Last => self.cursor(self.hits.last(), out),
                SearchPart::HasNext => out.extend(has_more.to_string().as_bytes()),
                SearchPart::HasPrevious => out.extend(self.args.after.is_some().to_string().as_bytes()),
            }
        }
        Ok(())
    }

    fn cursor(&self, hit: Option<&Hit>, out: &mut Vec<u8>) {
        let Some(hit) = hit else { return out.extend(b"null") };
        let place = hit.rank().map(Datum::Integer);
        out.push(b'"');
        out.extend(cursor::encode(self.args.fingerprint, &place).as_bytes());
        out.push(b'"');
    }

    fn hit(&self, parts: &[HitPart], place: usize, out: &mut Vec<u8>) -> Result<(), StoreError> {
        for part in parts {
            match part {
                HitPart::Text(text) => out.extend(text.as_bytes()),
                HitPart::Cursor => self.cursor(self.hits.get(place), out),
                HitPart::Node(shape) => self.node(*shape, place, out)?,
                HitPart::Field => {
                    out.push(b'"');
                    out.extend(self.why.get(place).map_or("", |why| why.field).as_bytes());
                    out.push(b'"');
                }
                HitPart::Score => {
                    let score = self.hits.get(place).map_or(0, |hit| hit.score);
                    out.extend(itoa::Buffer::new().format(score).as_bytes());
                }
                HitPart::Fragment(parts) => {
                    let pieces = self.why.get(place).map_or(&[][..], |why| &why.pieces);
                    for (index, piece) in pieces.iter().enumerate() {
                        out.extend(if index > 0 { &b","[..] } else { b"" });
                        for part in parts {
                            match part {
                                FragmentPart::Text(text) => out.extend(text.as_bytes()),
                                FragmentPart::Words => json_text(piece.text.as_bytes(), out)?,
                                FragmentPart::IsMatch => out.extend(piece.is_match.to_string().as_bytes()),
                            }
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn node(&self, shape: usize, place: usize, out: &mut Vec<u8>) -> Result<(), StoreError> {
        let (arm, group) = self.places.get(place).copied().ok_or_else(no_parent)?;
        let level = self.plan.arms.get(arm).ok_or_else(no_parent)?;
        let rows = self.found.get(arm).and_then(|found| found.rows.as_ref()).ok_or_else(no_parent)?;
        let group = rows.groups.get(group).filter(|group| group.count > 0);
        let group = group.ok_or_else(|| StoreError::Shape("the index of search has what is not there".to_owned()))?;
        write::rows(out, level, self.bound, rows, (shape, group, 0..1));
        Ok(())
    }
}
