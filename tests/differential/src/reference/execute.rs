//! Execution: the response's bytes, field by field.

use async_graphql::parser::types::{Field, SelectionSet};
use dealgraph::catalog::{Edge, Entity, Kind, Lookup, Reach};
use dealgraph::schema::types::QUERY;
use dealgraph::schema::{Role, schema};
use serde_json::Value as Json;

use super::Answer;
use super::as_of::rows_along;
use super::collect::Request;
use super::ids;
use super::input::{Arguments, arguments, list};
use super::page::Page;
use crate::value::{Row, Rows, Value, date_text, date_time_text, decimal_text, id_of};

/// Answers the selections of a query's root.
pub fn execute(rows: &Rows, request: &Request<'_>, root: &SelectionSet) -> Answer {
    let mut writer = Writer { rows, request, out: String::from("{\"data\":"), count: 0 };
    writer.object(QUERY, Here::Root, &[root]);
    writer.out.push('}');
    Answer { bytes: writer.out.into_bytes(), rows: writer.count }
}

/// What an object of the response stands for.
#[derive(Clone, Copy)]
enum Here<'a> {
    Root,
    Row(&'static Entity, &'a Row),
    Page(&'a Page<'a>),
    Edge(&'a Page<'a>, &'a Row),
}

struct Writer<'a> {
    rows: &'a Rows,
    request: &'a Request<'a>,
    out: String,
    count: usize,
}

impl<'a> Writer<'a> {
    fn object(&mut self, type_name: &str, here: Here<'_>, sets: &[&'a SelectionSet]) {
        let grouped = self.request.collect(type_name, sets);
        self.list('{', '}', grouped, |writer, (key, fields)| {
            writer.text(key);
            writer.out.push(':');
            writer.field(type_name, here, &fields);
        });
    }

    fn list<T>(&mut self, open: char, close: char, items: Vec<T>, mut write: impl FnMut(&mut Self, T)) {
        self.out.push(open);
        for (at, item) in items.into_iter().enumerate() {
            if at > 0 {
                self.out.push(',');
            }
            write(self, item);
        }
        self.out.push(close);
    }

    fn field(&mut self, type_name: &str, here: Here<'_>, fields: &[&'a Field]) {
        let name = fields[0].name.node.as_str();
        if name == "__typename" {
            return self.text(type_name);
        }
        let role = schema().field(type_name, name).expect("the field exists").role;
        let sets: Vec<&SelectionSet> = fields.iter().map(|field| &field.selection_set.node).collect();
        match here {
            Here::Root => self.root(role, &arguments(fields[0], &self.request.variables), &sets),
            Here::Row(entity, row) => match role {
                Role::Id => self.text(&ids::encode(entity.name, id_of(row))),
                Role::Column(column) => self.value(column.kind, &row[column.column]),
                Role::Edge(edge) => self.edge(edge, row, &arguments(fields[0], &self.request.variables), &sets),
                other => panic!("{other:?} is no field of a row"),
            },
            Here::Page(page) => self.page(role, page, &sets),
            Here::Edge(page, row) => match role {
                Role::Cursor => self.text(&page.cursor(row)),
                Role::EdgeNode => self.row(page.entity, Some(row), &sets),
                other => panic!("{other:?} is no field of a connection's edge"),
            },
        }
    }

    fn root(&mut self, role: Role, arguments: &Arguments, sets: &[&'a SelectionSet]) {
        match role {
            Role::List(entity) => {
                let all = self.rows.table(entity.table).iter().collect();
                self.connection(entity, all, arguments, sets);
            }
            Role::Lookup(entity, lookup) => {
                let found = self.look_up(entity, lookup, arguments);
                self.row(entity, found, sets);
            }
            Role::Node => self.node(&arguments["id"], sets),
            Role::Nodes => {
                let ids = list(&arguments["ids"]);
                self.list('[', ']', ids, |writer, id| writer.node(id, sets));
            }
            other => panic!("{other:?} is no field of the root"),
        }
    }

    fn look_up(&self, entity: &Entity, lookup: &Lookup, arguments: &Arguments) -> Option<&'a Row> {
        let wanted = arguments.values().next().and_then(Json::as_str).expect("a lookup has one argument");
        self.rows.table(entity.table).iter().find(|row| row[lookup.column].as_text() == Some(wanted))
    }

    fn node(&mut self, id: &Json, sets: &[&'a SelectionSet]) {
        let (type_name, key) = ids::decode(id.as_str().expect("an id is text"));
        let entity = Entity::named(&type_name).expect("the id is of a known type");
        self.row(entity, self.rows.by_id(entity.table, key), sets);
    }

    fn edge(&mut self, edge: &'static Edge, row: &Row, arguments: &Arguments, sets: &[&'a SelectionSet]) {
        match &edge.reach {
            Reach::One { column, target, .. } => self.far(target, &row[column], sets),
            Reach::OneOf(set) => match set.arms.iter().find(|(column, _)| !row[column].is_null()) {
                Some((column, target)) => self.far(target, &row[column], sets),
                None if set.is_optional => self.out.push_str("null"),
                None => panic!("one is"),
            },
            Reach::Many { target, .. } | Reach::Through { target, .. } => {
                self.connection(target, rows_along(self.rows, edge, row, arguments), arguments, sets);
            }
        }
    }

    fn far(&mut self, target: &'static Entity, key: &Value, sets: &[&'a SelectionSet]) {
        let found = key.as_int().and_then(|id| self.rows.by_id(target.table, id));
        self.row(target, found, sets);
    }

    fn row(&mut self, entity: &'static Entity, row: Option<&Row>, sets: &[&'a SelectionSet]) {
        match row {
            Some(row) => {
                self.count += 1;
                self.object(entity.name, Here::Row(entity, row), sets);
            }
            None => self.out.push_str("null"),
        }
    }

    fn connection(
        &mut self,
        entity: &'static Entity,
        all: Vec<&'a Row>,
        arguments: &Arguments,
        sets: &[&'a SelectionSet],
    ) {
        let page = Page::new(self.rows, entity, all, arguments);
        self.object(&format!("{}Connection", entity.name), Here::Page(&page), sets);
    }

    fn page(&mut self, role: Role, page: &Page<'_>, sets: &[&'a SelectionSet]) {
        match role {
            Role::ConnectionNodes => {
                self.list('[', ']', page.rows.clone(), |writer, row| writer.row(page.entity, Some(row), sets));
            }
            Role::ConnectionEdges => {
                let name = format!("{}Edge", page.entity.name);
                self.list('[', ']', page.rows.clone(), |writer, row| writer.object(&name, Here::Edge(page, row), sets));
            }
            Role::PageInfo => self.object("PageInfo", Here::Page(page), sets),
            Role::TotalCount => self.out.push_str(&page.total.to_string()),
            Role::HasNextPage => self.out.push_str(&page.has_next.to_string()),
            Role::HasPreviousPage => self.out.push_str(&page.has_previous.to_string()),
            Role::StartCursor => self.cursor(page, page.rows.first().copied()),
            Role::EndCursor => self.cursor(page, page.rows.last().copied()),
            other => panic!("{other:?} is no field of a connection"),
        }
    }

    fn cursor(&mut self, page: &Page<'_>, row: Option<&Row>) {
        match row {
            Some(row) => self.text(&page.cursor(row)),
            None => self.out.push_str("null"),
        }
    }

    fn value(&mut self, kind: Kind, value: &Value) {
        match (value, kind) {
            (Value::Null, _) => self.out.push_str("null"),
            (Value::Text(text), Kind::Json) => self.out.push_str(text),
            (Value::Text(text), _) => self.text(text),
            (Value::Int(scaled), Kind::Decimal(scale)) => self.text(&decimal_text(*scaled, scale)),
            (Value::Int(days), Kind::Date) => self.text(&date_text(*days)),
            (Value::Int(micros), Kind::DateTime) => self.text(&date_time_text(*micros)),
            (Value::Int(truth), Kind::Boolean) => self.out.push_str(&(*truth == 1).to_string()),
            (Value::Int(number), _) => self.out.push_str(&number.to_string()),
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push_str(&serde_json::to_string(text).unwrap());
    }
}
