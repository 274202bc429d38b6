//! What a database answers, as text.

use dealgraph::store::Connection;
use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl as _, sql_query};

#[derive(QueryableByName)]
struct Shown {
    #[diesel(sql_type = Text)]
    shown: String,
}

/// The values of the column `shown`, which is text.
pub fn texts(connection: &mut Connection, query: &str) -> Vec<String> {
    let rows: Vec<Shown> = match connection {
        Connection::Sqlite(open) => sql_query(query).load(open),
        Connection::Postgres(open) => sql_query(query).load(open),
    }
    .unwrap_or_else(|error| panic!("{query} gives rows: {error}"));
    rows.into_iter().map(|row| row.shown).collect()
}

/// Why the database refuses a statement; nothing when it takes it.
pub fn refusal(connection: &mut Connection, statement: &str) -> Option<String> {
    let result = match connection {
        Connection::Sqlite(open) => open.batch_execute(statement),
        Connection::Postgres(open) => open.batch_execute(statement),
    };
    result.err().map(|error| error.to_string())
}

/// The columns of a table as text of one form in both databases.
pub fn columns(connection: &mut Connection, table: &str) -> Vec<String> {
    let query = match connection {
        Connection::Sqlite(_) => {
            format!("SELECT 'CAST(' || name || ' AS TEXT)' AS shown FROM pragma_table_info('{table}') ORDER BY name")
        }
        Connection::Postgres(_) => format!(
            "SELECT CASE data_type WHEN 'boolean' THEN 'CAST(CAST(' || column_name || ' AS INT) AS TEXT)' \
             WHEN 'timestamp without time zone' THEN 'to_char(' || column_name || ', ''YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'')' \
             ELSE 'CAST(' || column_name || ' AS TEXT)' END AS shown FROM information_schema.columns \
             WHERE table_schema = current_schema() AND table_name = '{table}' ORDER BY column_name COLLATE \"C\""
        ),
    };
    let columns = texts(connection, &query);
    columns.into_iter().map(|column| format!("coalesce({}, '-')", column.replace("abstract", "\"abstract\""))).collect()
}
