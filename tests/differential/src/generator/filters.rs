//! Random filters, most of them made around a row that they let through.

use dealgraph::catalog::{Edge, Entity, Field, Kind, Reach};
use serde_json::{Map, Value as Json, json};

use super::Features;
use crate::random::Rng;
use crate::reference;
use crate::value::{Row, Rows, Value, date_text, date_time_text, decimal_text, id_of, parse_date_time};

/// Makes filters.
pub struct Filters<'a> {
    pub rows: &'a Rows,
    pub rng: &'a mut Rng,
    pub features: &'a mut Features,
}

impl<'a> Filters<'a> {
    /// A filter on an entity, with at most so many filters within each other.
    pub fn filter(&mut self, entity: &'static Entity, depth: usize) -> Json {
        let witness = if self.rng.chance(88) { self.rng.pick_if_any(self.rows.table(entity.table)) } else { None };
        self.around(entity, witness, depth)
    }

    /// A filter that lets a row through, more likely than not; or any.
    fn around(&mut self, entity: &'static Entity, witness: Option<&'a Row>, depth: usize) -> Json {
        let mut filter = Map::new();
        if self.rng.chance(3) {
            self.note("empty filter");
            return Json::Object(filter);
        }
        for _ in 0..self.rng.between(1, 2) {
            match self.rng.below(100) {
                0..8 => self.by_id(entity, witness, &mut filter),
                8..20 if depth > 0 => self.combined(entity, witness, depth - 1, &mut filter),
                20..50 if depth > 0 && !entity.edges.is_empty() => {
                    let edge = self.rng.pick(entity.edges);
                    self.by_edge(edge, witness, depth - 1, &mut filter);
                }
                _ => match self.some_field(entity) {
                    Some(field) => {
                        let comparison = self.comparison(entity, field, witness);
                        filter.insert(field.name(), comparison);
                    }
                    None => self.by_id(entity, witness, &mut filter),
                },
            }
        }
        Json::Object(filter)
    }

    fn note(&mut self, feature: &str) {
        self.features.insert(feature.to_owned());
    }

    fn some_row(&mut self, entity: &'static Entity) -> &'a Row {
        let rows: &'a Rows = self.rows;
        self.rng.pick(rows.table(entity.table))
    }

    /// A field; one of a kind that few fields are of comes more often.
    fn some_field(&mut self, entity: &'static Entity) -> Option<&'static Field> {
        let rare = |field: &&Field| matches!(field.kind, Kind::Decimal(_) | Kind::Boolean | Kind::DateTime | Kind::Int);
        let rare: Vec<&Field> = entity.fields.iter().filter(rare).collect();
        match self.rng.pick_if_any(&rare) {
            Some(field) if self.rng.chance(30) => Some(field),
            _ => {
                let compared: Vec<&Field> =
                    entity.fields.iter().filter(|field| !matches!(field.kind, Kind::Json)).collect();
                self.rng.pick_if_any(&compared).copied()
            }
        }
    }

    fn by_id(&mut self, entity: &'static Entity, witness: Option<&Row>, filter: &mut Map<String, Json>) {
        let row = self.some_row(entity);
        let own = reference::id(entity.name, id_of(witness.unwrap_or(row)));
        let other = if self.rng.chance(20) {
            self.note("id of another type in a filter");
            reference::id(if entity.name == "Source" { "Company" } else { "Source" }, id_of(row))
        } else {
            reference::id(entity.name, id_of(row))
        };
        let (operator, operand) = match self.rng.below(4) {
            0 => ("eq", json!(own)),
            1 => ("ne", json!(other)),
            2 => ("in", json!([own, other])),
            _ => ("notIn", json!([other])),
        };
        self.note(&format!("ID {operator}"));
        filter.insert("id".to_owned(), json!({ operator: operand }));
    }

    fn combined(
        &mut self,
        entity: &'static Entity,
        witness: Option<&'a Row>,
        depth: usize,
        filter: &mut Map<String, Json>,
    ) {
        let (name, value) = match self.rng.below(3) {
            0 => {
                let count = self.rng.below(3);
                ("and", (0..count).map(|_| self.around(entity, witness, depth)).collect())
            }
            1 if self.rng.chance(10) => ("or", json!([])),
            1 => {
                let mut any = vec![self.around(entity, witness, depth), self.filter(entity, depth)];
                self.rng.shuffle(&mut any);
                ("or", Json::Array(any))
            }
            _ => ("not", self.filter(entity, depth)),
        };
        self.note(name);
        filter.insert(name.to_owned(), value);
    }

    fn by_edge(&mut self, edge: &'static Edge, witness: Option<&'a Row>, depth: usize, filter: &mut Map<String, Json>) {
        let rows = self.rows;
        let inner = match &edge.reach {
            Reach::One { column, target, .. } => {
                let there = witness.and_then(|row| row[column].as_int()).and_then(|id| rows.by_id(target.table, id));
                self.note("filter on a to-one edge");
                if witness.is_some() && there.is_none() {
                    filter.insert("not".to_owned(), json!({ edge.field_name(): {} }));
                    return;
                }
                if self.rng.chance(10) { json!({}) } else { self.around(target, there, depth) }
            }
            Reach::OneOf(set) => {
                self.note(&format!("filter on {}", set.name));
                let mut arms = Map::new();
                let own = witness.and_then(|row| set.arms.iter().find(|(column, _)| !row[column].is_null()));
                let (column, target) = own.unwrap_or(self.rng.pick(set.arms));
                let there = witness.and_then(|row| row[column].as_int()).and_then(|id| rows.by_id(target.table, id));
                if !self.rng.chance(5) {
                    arms.insert(lower_first(target.name), self.around(target, there, depth));
                }
                if self.rng.chance(5) {
                    let (_, other) = self.rng.pick(set.arms);
                    arms.insert(lower_first(other.name), json!({}));
                }
                Json::Object(arms)
            }
            Reach::Many { target, .. } | Reach::Through { target, .. } => {
                let there = witness.map(|row| reference::edge_rows(rows, edge, row)).unwrap_or_default();
                self.quantified(target, &there, depth)
            }
        };
        filter.insert(edge.field_name(), inner);
    }

    fn quantified(&mut self, target: &'static Entity, there: &[&'a Row], depth: usize) -> Json {
        let mut list = Map::new();
        for _ in 0..if self.rng.chance(15) { 2 } else { 1 } {
            let (quantifier, inner) = match (self.rng.below(4), self.rng.pick_if_any(there).copied()) {
                (0 | 1, Some(row)) => ("some", self.around(target, Some(row), depth)),
                (2, row @ Some(_)) => ("every", self.around(target, row, depth)),
                (2, None) => ("every", self.filter(target, depth)),
                (0, None) => ("some", self.filter(target, depth)),
                _ => ("none", self.filter(target, depth)),
            };
            self.note(&format!("quantifier {quantifier}"));
            list.insert(quantifier.to_owned(), inner);
        }
        Json::Object(list)
    }

    fn comparison(&mut self, entity: &'static Entity, field: &'static Field, witness: Option<&Row>) -> Json {
        let other = self.some_row(entity)[field.column].clone();
        let own = witness.map_or_else(|| self.some_row(entity)[field.column].clone(), |row| row[field.column].clone());
        let mut comparison = Map::new();
        for _ in 0..if self.rng.chance(25) { 2 } else { 1 } {
            let (operator, operand) = match &own {
                Value::Null => ("isNull", json!(!self.rng.chance(10))),
                own => self.operator(field, own, &other),
            };
            self.note(&format!("{} {operator}", kind_name(field)));
            self.note(&format!("operator {operator}"));
            comparison.insert(operator.to_owned(), operand);
        }
        Json::Object(comparison)
    }

    /// An operator and operand that hold for a value.
    fn operator(&mut self, field: &Field, own: &Value, other: &Value) -> (&'static str, Json) {
        let other = if other.is_null() { own } else { other };
        let (mine, theirs) = (self.json(field.kind, own), self.json(field.kind, other));
        let ordered = !matches!(field.kind, Kind::Boolean | Kind::Closed(_));
        let listed = !matches!(field.kind, Kind::Boolean);
        match self.rng.below(if field.folded.is_some() { 12 } else { 9 }) {
            0 => ("isNull", json!(false)),
            1 if other != own => ("ne", theirs),
            2 if listed && self.rng.chance(90) => ("in", json!([theirs, mine])),
            2 if listed => ("in", json!([])),
            3 if listed && self.rng.chance(20) => ("notIn", json!([])),
            3 if listed && other != own => ("notIn", json!([theirs])),
            4 if ordered => ("lte", mine),
            5 if ordered => ("gte", mine),
            6 | 7 if ordered && own < other => ("lt", theirs),
            6 | 7 if ordered && own > other => ("gt", theirs),
            9 | 10 => ("contains", json!(self.part(own, false))),
            11 => ("startsWith", json!(self.part(own, true))),
            _ => ("eq", mine),
        }
    }

    /// A part of a text, in this case or another.
    fn part(&mut self, own: &Value, from_start: bool) -> String {
        let letters: Vec<char> = own.as_text().unwrap_or_default().chars().collect();
        let start = if from_start { 0 } else { self.rng.below(letters.len()) };
        let end = start + self.rng.below(letters.len() - start + 1);
        let part: String = letters[start..end].iter().collect();
        match self.rng.below(3) {
            0 => part.to_uppercase(),
            1 => part.to_lowercase(),
            _ => part,
        }
    }

    /// A value as a client may write it.
    fn json(&mut self, kind: Kind, value: &Value) -> Json {
        match (kind, value) {
            (Kind::Boolean, Value::Int(truth)) => json!(*truth == 1),
            (Kind::Date, Value::Int(days)) => json!(date_text(*days)),
            (Kind::DateTime, Value::Int(micros)) => json!(self.moment(*micros)),
            (Kind::Decimal(scale), Value::Int(scaled)) => self.decimal(*scaled, scale),
            (_, Value::Int(number)) => json!(number),
            (_, Value::Text(text)) => json!(text),
            (_, Value::Null) => Json::Null,
        }
    }

    /// With zeros that say nothing, or as a number.
    fn decimal(&mut self, scaled: i64, scale: u32) -> Json {
        let text = decimal_text(scaled, scale);
        match self.rng.below(4) {
            0 if scaled % 10_i64.pow(scale) == 0 => {
                self.note("decimal as a number");
                json!(scaled / 10_i64.pow(scale))
            }
            1 if scaled % 10_i64.pow(scale) == 0 => json!(format!("{text}.0")),
            _ => json!(text),
        }
    }

    /// At another offset, or with fewer digits.
    fn moment(&mut self, micros: i64) -> String {
        let text = date_time_text(micros);
        let year: i32 = text[..4].parse().unwrap();
        if (1900..2100).contains(&year) && self.rng.chance(40) {
            self.note("date-time at an offset");
            let moved = date_time_text(micros + 5_400_000_000).replace('Z', "+01:30");
            assert_eq!(parse_date_time(&moved), micros);
            return moved;
        }
        if micros % 1_000_000 == 0 && self.rng.chance(40) { text.replace(".000000", "") } else { text }
    }
}

fn kind_name(field: &Field) -> &'static str {
    match field.kind {
        Kind::Text if field.folded.is_some() => "folded text",
        Kind::Text | Kind::Code(_) | Kind::Json => "text",
        Kind::Int => "Int",
        Kind::Decimal(_) => "Decimal",
        Kind::Boolean => "Boolean",
        Kind::Date => "Date",
        Kind::DateTime => "DateTime",
        Kind::Closed(_) => "enum",
        Kind::Key => "ID",
    }
}

pub fn lower_first(name: &str) -> String {
    name[..1].to_lowercase() + &name[1..]
}
