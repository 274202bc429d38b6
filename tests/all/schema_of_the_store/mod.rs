//! Diesel's schema, the catalogue, and what both databases really have: the same tables.

mod citations;
mod expected;
mod real;

use std::collections::{BTreeMap, BTreeSet};

use dealgraph::catalog::{AsOf, ENTITIES, Entity, Kind, Reach};

use crate::harness::{Harness, texts};
use real::{Column, Table, tables};

/// The tables of each database, with its name.
fn databases() -> Vec<(&'static str, BTreeMap<String, Table>)> {
    let stores = Harness::databases();
    stores.iter().map(|store| (store.name(), tables(&mut store.connection()))).collect()
}

/// Runs a test on each entity's table on each database.
fn on_each_entity(test: impl Fn(&str, &'static Entity, &Table, &BTreeMap<String, Table>)) {
    for (database, tables) in databases() {
        for entity in ENTITIES {
            let table = tables.get(entity.table);
            let table = table.unwrap_or_else(|| panic!("{database} has no table of {}", entity.name));
            test(database, entity, table, &tables);
        }
    }
}

fn check_column(database: &str, place: &str, column: &Column, expected: expected::Column) {
    let (types, nullable) = expected;
    let ty = if database == "sqlite" { types.0 } else { types.1 };
    assert_eq!((&*column.ty, column.nullable), (ty, nullable), "{database}: {place}");
}

fn column<'a>(database: &str, table: &'a Table, name: &str) -> &'a Column {
    table.columns.get(name).unwrap_or_else(|| panic!("{database} has no column {name} in {:?}", table.columns.keys()))
}

#[test]
fn diesel_knows_the_tables_as_they_are() {
    let expected = expected::diesel_tables();
    for (database, tables) in databases() {
        assert!(tables.keys().eq(expected.keys()), "{database}: {:?} {:?}", tables.keys(), expected.keys());
        for ((name, table), known) in tables.iter().zip(expected.values()) {
            assert!(table.columns.keys().eq(known.columns.keys()), "{database}: {name}: {:?}", table.columns.keys());
            assert_eq!(table.key, known.key, "{database}: the key of {name}");
            for ((column, read), expected) in table.columns.iter().zip(known.columns.values()) {
                check_column(database, &format!("{name}.{column}"), read, *expected);
            }
        }
    }
}

#[test]
fn the_catalogue_says_what_the_columns_are() {
    on_each_entity(|database, entity, table, _| {
        let place = |column: &str| format!("{}.{column}", entity.table);
        assert_eq!(table.key, ["id"], "{database}: the key of {}", entity.table);
        check_column(database, &place("id"), column(database, table, "id"), (expected::of_kind(Kind::Key), false));
        for field in entity.fields {
            let expected = (expected::of_kind(field.kind), field.nullable);
            check_column(database, &place(field.column), column(database, table, field.column), expected);
            if let Some(folded) = field.folded {
                assert!(matches!(field.kind, Kind::Text), "{} is folded and must be text", place(field.column));
                check_column(database, &place(folded), column(database, table, folded), expected);
            }
        }
        for (column, _) in entity.default_order {
            let field = entity.field(column).unwrap_or_else(|| panic!("{} is ordered by what it has not", entity.name));
            assert!(field.ordered, "{} is a default order that clients cannot ask for", place(column));
        }
    });
}

/// Columns that no field or edge shows: the key of the fact that a citation's arm holds too, for one unique index; what a record of a
/// declaration is found again by.
const HIDDEN: [(&str, &str); 2] = [("citation", "fact_id"), ("declared_patent", "record_key")];

#[test]
fn every_column_is_a_field_or_a_folded_text_or_a_key() {
    on_each_entity(|database, entity, table, _| {
        let mut known: BTreeSet<&str> = BTreeSet::from(["id"]);
        known.extend(entity.fields.iter().map(|field| field.column));
        known.extend(entity.fields.iter().filter_map(|field| field.folded));
        known.extend(HIDDEN.iter().filter(|(table, _)| *table == entity.table).map(|(_, column)| *column));
        for edge in entity.edges {
            match &edge.reach {
                Reach::One { column, .. } => drop(known.insert(column)),
                Reach::OneOf(set) => known.extend(set.arms.iter().map(|(column, _)| *column)),
                Reach::Many { .. } | Reach::Through { .. } => {}
            }
        }
        let real: BTreeSet<&str> = table.columns.keys().map(String::as_str).collect();
        assert_eq!(real, known, "{database}: {}", entity.table);
    });
}

fn assert_leads(database: &str, table: &Table, name: &str, column: &str, target: &str) {
    let found = table.foreign.iter().find(|key| key.column == column);
    let found = found.unwrap_or_else(|| panic!("{database}: {name}.{column} is no foreign key"));
    assert_eq!((&*found.table, &*found.target), (target, "id"), "{database}: {name}.{column}");
}

#[test]
fn every_edge_follows_a_foreign_key() {
    on_each_entity(match_edges);
}

fn many(reach: &Reach) -> Option<&'static str> {
    if let Reach::Many { target, .. } = reach { Some(target.table) } else { None }
}

fn match_edges(database: &str, entity: &Entity, table: &Table, tables: &BTreeMap<String, Table>) {
    for edge in entity.edges {
        let place = format!("{}.{}", entity.table, edge.name);
        let periods = match &edge.as_of {
            Some(AsOf::Rows(periods)) => many(&edge.reach).map(|table| (table, periods)),
            Some(AsOf::Link(Reach::Through { target, link }, periods)) => {
                assert_leads(database, &tables[link.table], link.table, link.near, entity.table);
                assert_leads(database, &tables[link.table], link.table, link.far, target.table);
                Some((link.table, periods))
            }
            _ => None,
        };
        assert_eq!(periods.is_some(), edge.as_of.is_some(), "{place} leads to many");
        if let Some((held, periods)) = periods {
            for day in [periods.since, periods.until, periods.known_since, periods.known_until] {
                check_column(
                    database,
                    &place,
                    column(database, &tables[held], day),
                    (expected::of_kind(Kind::Date), true),
                );
            }
        }
        match &edge.reach {
            Reach::One { column: key, target, nullable } => {
                assert_leads(database, table, entity.table, key, target.table);
                check_column(database, &place, column(database, table, key), (expected::of_kind(Kind::Key), *nullable));
            }
            Reach::OneOf(set) => {
                for (key, target) in set.arms {
                    assert_leads(database, table, entity.table, key, target.table);
                    check_column(database, &place, column(database, table, key), (expected::of_kind(Kind::Key), true));
                }
            }
            Reach::Many { target, column } => {
                assert_leads(database, &tables[target.table], target.table, column, entity.table);
            }
            Reach::Through { target, link } => {
                assert_leads(database, &tables[link.table], link.table, link.near, entity.table);
                assert_leads(database, &tables[link.table], link.table, link.far, target.table);
            }
        }
    }
}

#[test]
fn every_foreign_key_leads_an_index() {
    for (database, tables) in databases() {
        for (name, table) in &tables {
            for key in &table.foreign {
                // An index of the rows that have the key serves, since no search is for null.
                let holds_all =
                    |condition: &str| condition.is_empty() || condition == format!("{} is not null", key.column);
                let leads = table.key.first() == Some(&key.column)
                    || table
                        .indexes
                        .values()
                        .any(|index| index.columns.first() == Some(&key.column) && holds_all(&index.condition));
                assert!(leads, "{database}: no index begins with {name}.{}", key.column);
            }
        }
    }
}

#[test]
fn both_databases_have_the_same_keys_and_indexes() {
    let [(_, sqlite), (_, postgres)] = &databases()[..] else { panic!("two databases") };
    assert!(sqlite.keys().eq(postgres.keys()));
    for ((name, one), other) in sqlite.iter().zip(postgres.values()) {
        assert_eq!(one.key, other.key, "{name}");
        assert_eq!(one.foreign, other.foreign, "{name}");
        assert_eq!(one.indexes, other.indexes, "{name}");
    }
}

#[test]
fn every_lookup_finds_one_row_at_most() {
    on_each_entity(|database, entity, table, _| {
        for lookup in entity.lookups {
            let is_unique =
                |index: &real::Index| index.unique && index.columns == [lookup.column] && index.condition.is_empty();
            assert!(table.indexes.values().any(is_unique), "{database}: {}.{}", entity.table, lookup.column);
            assert!(entity.field(lookup.column).is_some(), "{} is looked up by what it has not", entity.name);
        }
    });
}

#[test]
fn every_order_of_a_list_by_default_has_its_index() {
    on_each_entity(|database, entity, table, _| {
        let mut wanted: Vec<String> = entity
            .default_order
            .iter()
            .map(|(column, direction)| {
                let is_down = *direction == dealgraph::catalog::Direction::Desc;
                format!("{column}{}", if is_down { " desc" } else { "" })
            })
            .collect();
        wanted.push("id".to_owned());
        for edge in ENTITIES.iter().flat_map(|from| from.edges) {
            if let Reach::Many { target, column } = &edge.reach
                && *target == entity
            {
                let along: Vec<String> = [(*column).to_owned()].into_iter().chain(wanted.clone()).collect();
                let found = table.indexes.values().any(|index| index.columns.starts_with(&along));
                assert!(found, "{database}: {} has no index of {along:?}", entity.table);
            }
        }
    });
}

#[test]
fn every_sqlite_table_is_strict() {
    let store = Harness::sqlite();
    let loose = "SELECT name AS shown FROM pragma_table_list WHERE type = 'table' AND schema = 'main' \
         AND NOT strict AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_\\_diesel%' ESCAPE '\\'";
    assert_eq!(texts(&mut store.connection(), loose), Vec::<String>::new());
}

#[test]
fn every_text_of_postgresql_is_compared_by_code_point() {
    let tables = tables(&mut Harness::postgres().connection());
    for (name, table) in &tables {
        for (column, read) in table.columns.iter().filter(|(_, read)| read.ty == "text") {
            assert_eq!(read.collation, "C", "{name}.{column}");
        }
    }
}

/// The values that a check allows in a column.
fn allowed(database: &str, table: &Table, column: &str) -> Vec<String> {
    let begin = match database {
        "sqlite" => format!("CHECK ({column} IN ("),
        _ => format!("CHECK (({column} = ANY (ARRAY["),
    };
    let end = if database == "sqlite" { ')' } else { ']' };
    let Some((_, rest)) = table.checks.split_once(&begin) else { return Vec::new() };
    let list = rest.split(end).next().unwrap_or_default();
    list.split('\'').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn both_databases_hold_closed_sets_closed() {
    on_each_entity(|database, entity, table, _| {
        for field in entity.fields {
            let Kind::Closed(set) = field.kind else { continue };
            if set.name == "FactKind" {
                assert_leads_to_kinds(database, table);
                continue;
            }
            let known: Vec<&str> = set.values.iter().map(|(value, _)| *value).collect();
            assert_eq!(allowed(database, table, field.column), known, "{database}: {}.{}", entity.table, field.column);
        }
    });
    let known = dealgraph::catalog::closed::FACT_KIND.values;
    let mut known: Vec<&str> = known.iter().map(|(value, _)| *value).collect();
    known.sort_unstable();
    for store in Harness::databases() {
        let rows = texts(&mut store.connection(), "SELECT name AS shown FROM fact_kind ORDER BY name");
        assert_eq!(rows, known, "{}", store.name());
    }
}

fn assert_leads_to_kinds(database: &str, table: &Table) {
    let leads = table.foreign.iter().any(|key| (&*key.column, &*key.table) == ("fact_kind", "fact_kind"));
    assert!(leads, "{database}: the kind of a fact is one of those in fact_kind");
}

#[test]
fn sqlite_takes_only_real_booleans_and_dates() {
    let tables = tables(&mut Harness::sqlite().connection());
    for entity in ENTITIES {
        for field in entity.fields {
            let check = match field.kind {
                Kind::Boolean => format!("CHECK ({} IN (0, 1))", field.column),
                Kind::Date | Kind::DateTime => format!("CHECK ({} GLOB '", field.column),
                _ => continue,
            };
            assert!(tables[entity.table].checks.contains(&check), "{}.{}", entity.table, field.column);
        }
    }
}

fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.extend(letter.to_lowercase());
    }
    snake
}

#[test]
fn an_entity_and_its_table_have_one_name() {
    for entity in ENTITIES {
        assert_eq!(snake_case(entity.name), entity.table);
    }
}
