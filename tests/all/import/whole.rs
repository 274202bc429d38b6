//! All that a store holds, without ids: each row with what it refers to, so that two stores can be compared whole.

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::OnceLock;

use dealgraph::store::Connection;

use crate::harness::{Harness, columns, texts};
use crate::invariants::assert_links_in_order;

/// What divides the columns of a row.
const DIVIDER: char = '\u{241f}';

/// A table: its columns, and the tables that some of them refer to.
struct Table {
    name: String,
    columns: Vec<String>,
    refers: HashMap<String, String>,
}

/// Tables that hold no facts, by how their names begin: the feed says how a store came about; the index of search follows from
/// the rows, differs between the databases and is compared by the tests of search; tokens and the answers that are kept are of
/// its own users; links in order follow from the links.
pub(super) const APART: [&str; 8] = [
    "change",
    "search_",
    "access_token",
    "idempotency_key",
    "name_rules",
    "company_agreement",
    "area_agreement",
    "area_patent",
];

/// Whether a column says nothing of the graph: the keys that a store makes by itself, and how often a row changed there. The
/// version of a declared patent is that of a standard.
fn is_technical(table: &str, column: &str) -> bool {
    matches!(column, "id" | "fact_id") || column == "version" && table != "declared_patent"
}

/// The tables, which are the same in every store.
fn tables() -> &'static [Table] {
    static TABLES: OnceLock<Vec<Table>> = OnceLock::new();
    TABLES.get_or_init(read_tables)
}

fn read_tables() -> Vec<Table> {
    let store = Harness::sqlite();
    let mut connection = store.connection();
    let all = "SELECT name AS shown FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_\\_%' ESCAPE '\\'";
    let recorded = |name: &String| !APART.iter().any(|apart| name.starts_with(apart));
    let table = |name: String| {
        let columns = texts(
            &mut store.connection(),
            &format!("SELECT name AS shown FROM pragma_table_info('{name}') ORDER BY name"),
        );
        let refers = format!("SELECT \"from\" || ' ' || \"table\" AS shown FROM pragma_foreign_key_list('{name}')");
        let refers = texts(&mut store.connection(), &refers);
        let refers = refers.iter().filter_map(|pair| pair.split_once(' '));
        let refers = refers.map(|(column, table)| (column.to_owned(), table.to_owned())).collect();
        Table { name, columns, refers }
    };
    texts(&mut connection, all).into_iter().filter(recorded).map(table).collect()
}

type Row = BTreeMap<String, String>;

struct Whole<'a> {
    tables: &'a [Table],
    by_id: HashMap<(&'a str, String), Row>,
    known: HashMap<(String, String), u64>,
}

impl Whole<'_> {
    /// What a row says: its columns, with a number for each row that it refers to, which stands for what that one says.
    fn says(&mut self, table: usize, row: &Row) -> String {
        let table = &self.tables[table];
        let mut said = table.name.clone();
        for (column, value) in row {
            if is_technical(&table.name, column) {
                continue;
            }
            let target = table.refers.get(column).filter(|_| value != "-" && column != "fact_kind");
            let value = match target {
                Some(target) => format!("{target} {:016x}", self.number(target, value)),
                None => value.clone(),
            };
            said.push_str(&format!(" | {column} {value}"));
        }
        said
    }

    fn number(&mut self, table: &str, id: &str) -> u64 {
        let key = (table.to_owned(), id.to_owned());
        if let Some(number) = self.known.get(&key) {
            return *number;
        }
        let place = self.tables.iter().position(|known| known.name == table).expect("a table");
        let row = self.by_id[&(self.tables[place].name.as_str(), id.to_owned())].clone();
        let mut hasher = DefaultHasher::new();
        self.says(place, &row).hash(&mut hasher);
        self.known.insert(key, hasher.finish());
        hasher.finish()
    }
}

/// A line for each row of each table of a store, sorted.
pub(super) fn whole(connection: &mut Connection) -> Vec<String> {
    let tables = tables();
    assert!(tables.len() > 30, "the tables are found: {}", tables.len());
    assert_links_in_order(connection, "in the whole store");
    let mut rows: Vec<(usize, Row)> = Vec::new();
    for (place, table) in tables.iter().enumerate() {
        let shown = columns(connection, &table.name).join(&format!(" || '{DIVIDER}' || "));
        for line in texts(connection, &format!("SELECT {shown} AS shown FROM {}", table.name)) {
            let values = line.split(DIVIDER).map(str::to_owned);
            rows.push((place, table.columns.iter().cloned().zip(values).collect()));
        }
    }
    let by_id = rows
        .iter()
        .filter_map(|(place, row)| Some(((tables[*place].name.as_str(), row.get("id")?.clone()), row.clone())))
        .collect();
    let mut whole = Whole { tables, by_id, known: HashMap::new() };
    let mut lines: Vec<String> = rows.iter().map(|(place, row)| whole.says(*place, row)).collect();
    lines.sort();
    lines
}

/// Says which rows two stores do not share.
pub(super) fn assert_same(one: &[String], other: &[String], about: &str) {
    let only = |these: &[String], those: &[String]| {
        let those: std::collections::HashSet<&String> = those.iter().collect();
        these.iter().filter(|line| !those.contains(line)).take(5).cloned().collect::<Vec<_>>()
    };
    let (first, second) = (only(one, other), only(other, one));
    assert!(one == other, "{about}: only in the first {first:#?}\nonly in the second {second:#?}");
}
