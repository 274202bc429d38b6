//! Random rows for every table, which satisfy every check and unique constraint.

mod constraints;
mod script;
mod values;

use dealgraph::catalog::{Abstract, ENTITIES, Edge, Entity, Reach};

use crate::random::Rng;
use crate::value::{Row, Rows, Value, fold, id_of};
use constraints::Constraints;
pub use script::{Database, script};

/// Rows for every table. No table has more than 300.
pub fn random_rows(seed: u64) -> Rows {
    let mut maker = Maker { rng: Rng::new(seed), rows: Rows::default(), constraints: Constraints::default() };
    for entity in ENTITIES {
        let wanted = match entity.table {
            "citation" => maker.rng.between(200, 300),
            "source" | "company" | "agreement" | "patent" => maker.rng.between(40, 70),
            _ => maker.rng.between(20, 90),
        };
        maker.fill(entity, wanted);
    }
    for entity in ENTITIES {
        for edge in entity.edges {
            if let Reach::Through { target, link } = &edge.reach {
                maker.link(link.table, (link.near, entity), (link.far, target));
            }
        }
    }
    maker.rows
}

struct Maker {
    rng: Rng,
    rows: Rows,
    constraints: Constraints,
}

impl Maker {
    fn fill(&mut self, entity: &'static Entity, wanted: usize) {
        for _ in 0..wanted {
            // A row that breaks a constraint is drawn again, and given up after a while.
            for _ in 0..20 {
                let row = self.row(entity);
                if self.constraints.admit(entity.table, &row) {
                    self.rows.add(entity.table, row);
                    break;
                }
            }
        }
    }

    fn row(&mut self, entity: &'static Entity) -> Row {
        let mut row = Row::new();
        row.insert("id", Value::Int(self.id()));
        for field in entity.fields {
            let value = values::value(&mut self.rng, entity, field);
            if let Some(column) = field.folded {
                row.insert(column, value.as_text().map_or(Value::Null, |text| Value::Text(fold(text))));
            }
            row.insert(field.column, value);
        }
        for edge in entity.edges {
            self.point(edge, &mut row);
        }
        constraints::mend(&mut self.rng, entity.table, &mut row);
        row
    }

    /// Small, large and very large keys; the constraints see to it that they are distinct.
    fn id(&mut self) -> i64 {
        let bits = *self.rng.pick(&[1, 1, 1, 9, 40]);
        i64::try_from(self.rng.draw() >> bits).unwrap().max(1)
    }

    fn point(&mut self, edge: &'static Edge, row: &mut Row) {
        match &edge.reach {
            Reach::One { column, target, nullable } => {
                let none = *nullable && self.rng.chance(30);
                let id = if none { None } else { self.some_id(target) };
                row.insert(column, id.map_or(Value::Null, Value::Int));
            }
            Reach::OneOf(set) => self.point_to_one_of(set, row),
            Reach::Many { .. } | Reach::Through { .. } => {}
        }
    }

    fn point_to_one_of(&mut self, set: &'static Abstract, row: &mut Row) {
        // One too many, where there may be none.
        let chosen = self.rng.below(set.arms.len() + usize::from(set.is_optional));
        for (at, (column, target)) in set.arms.iter().enumerate() {
            let id = if at == chosen { self.some_id(target) } else { None };
            if let (Some(id), "Fact") = (id, set.name) {
                let kind = column.trim_end_matches("_id").to_uppercase();
                row.insert("fact_kind", Value::Text(kind));
                row.insert("fact_id", Value::Int(id));
            }
            row.insert(column, id.map_or(Value::Null, Value::Int));
        }
    }

    /// The key of a row that is there; a few rows are referred to much more often than the others.
    fn some_id(&mut self, entity: &'static Entity) -> Option<i64> {
        let rows = self.rows.table(entity.table);
        let common = if self.rng.chance(40) { rows.len().min(4) } else { rows.len() };
        rows.get(self.rng.below(common)).map(id_of)
    }

    fn link(
        &mut self,
        table: &'static str,
        (near, here): (&'static str, &'static Entity),
        (far, there): (&'static str, &'static Entity),
    ) {
        // Some links are entities themselves, and each table is met from both its ends: then it has its rows.
        if !self.rows.table(table).is_empty() {
            return;
        }
        for _ in 0..self.rng.between(60, 200) {
            let (Some(from), Some(to)) = (self.some_id(here), self.some_id(there)) else { return };
            let row = Row::from([(near, Value::Int(from)), (far, Value::Int(to))]);
            if self.constraints.admit(table, &row) {
                self.rows.add(table, row);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_rows_and_none_has_more_than_300() {
        let rows = random_rows(7);
        for entity in ENTITIES {
            let count = rows.table(entity.table).len();
            assert!((15..=300).contains(&count), "{} has {count}", entity.table);
        }
        for link in ["agreement_area", "patent_area", "patent_citation", "licence_grant_patent"] {
            assert!((15..=300).contains(&rows.table(link).len()), "{link}");
        }
    }
}
