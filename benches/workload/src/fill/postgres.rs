//! Rows into PostgreSQL: `COPY` in one transaction.

use std::pin::pin;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::runtime::Runtime;
use tokio_postgres::{Client, NoTls, Row};

use super::{Sink, Table, Value};
use crate::Fault;

/// Tables that triggers fill.
const IN_ORDER: [&str; 3] = ["company_agreement", "area_agreement", "area_patent"];

struct Postgres {
    runtime: Runtime,
    client: Client,
}

fn connect(url: &str) -> Result<Postgres, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = runtime.block_on(async {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        Ok::<_, Fault>(client)
    })?;
    Ok(Postgres { runtime, client })
}

pub fn fill(url: &str, generate: impl FnOnce(&mut dyn Sink) -> Result<(), Fault>) -> Result<(), Fault> {
    let mut sink = connect(url)?;
    // Where commits are not waited for, VACUUM marks no page as visible to all just after them, and no index is read alone.
    sink.runtime.block_on(sink.client.batch_execute("SET synchronous_commit = on"))?;
    // Rows come in the order of their references: checking each again costs more than all the rest. What keeps links in order
    // is wanted all the same.
    for link in ["agreement_party", "agreement_area", "patent_area"] {
        let always = format!("ALTER TABLE {link} ENABLE ALWAYS TRIGGER {link}_added");
        sink.runtime.block_on(sink.client.batch_execute(&always))?;
    }
    sink.runtime.block_on(sink.client.batch_execute("BEGIN; SET LOCAL session_replication_role = replica"))?;
    generate(&mut sink)?;
    // With something in it, the index of search is not made when a server starts.
    let entry = "INSERT INTO search_entry VALUES ('AREA', 0, 0, 'none', 0, '')";
    sink.runtime.block_on(sink.client.batch_execute(entry))?;
    sink.runtime.block_on(sink.client.batch_execute("COMMIT"))?;
    sink.runtime.block_on(sink.client.batch_execute("CHECKPOINT"))?;
    sink.runtime.block_on(sink.client.batch_execute("VACUUM (ANALYZE)"))?;
    sink.runtime.block_on(sink.client.batch_execute("CHECKPOINT"))?;
    Ok(())
}

pub fn texts(url: &str, statement: &str) -> Result<Vec<Vec<String>>, Fault> {
    let Postgres { runtime, client } = connect(url)?;
    let rows = runtime.block_on(client.query(statement, &[]))?;
    let texts = |row: &Row| (0..row.len()).map(|column| row.try_get(column)).collect();
    Ok(rows.iter().map(texts).collect::<Result<_, _>>()?)
}

/// Copies tables out, empties the store, and tells how many seconds copying them in again takes.
pub fn copied_again(url: &str, tables: &[&str]) -> Result<f64, Fault> {
    let Postgres { runtime, client } = connect(url)?;
    let mut texts = Vec::new();
    for table in tables {
        let text = runtime.block_on(async {
            let mut copy = pin!(client.copy_out(&format!("COPY {table} TO STDOUT")).await?);
            let mut text = Vec::new();
            while let Some(part) = copy.next().await {
                text.extend_from_slice(&part?);
            }
            Ok::<_, Fault>(text)
        })?;
        texts.push(text);
    }
    // Triggers write the links in order again.
    let empty = format!("TRUNCATE {}, {} CASCADE; CHECKPOINT", tables.join(", "), IN_ORDER.join(", "));
    runtime.block_on(client.batch_execute(&empty))?;
    let begin = std::time::Instant::now();
    for (table, text) in tables.iter().zip(texts) {
        runtime.block_on(async {
            let mut copy = pin!(client.copy_in(&format!("COPY {table} FROM STDIN")).await?);
            copy.send(std::io::Cursor::new(text)).await?;
            copy.close().await?;
            Ok::<_, Fault>(())
        })?;
    }
    Ok(begin.elapsed().as_secs_f64())
}

impl Sink for Postgres {
    fn rows(&mut self, table: &Table, rows: Vec<Vec<Value>>) -> Result<(), Fault> {
        let mut text = String::new();
        for row in &rows {
            for (place, value) in row.iter().enumerate() {
                text.push_str(if place == 0 { "" } else { "\t" });
                match value {
                    Value::Null => text.push_str("\\N"),
                    Value::Integer(value) => text.push_str(itoa::Buffer::new().format(*value)),
                    // Nothing that is made here holds a tab, a line break or a backslash.
                    Value::Text(value) => text.push_str(value),
                }
            }
            text.push('\n');
        }
        let statement = format!("COPY {} ({}) FROM STDIN", table.name, table.columns.join(","));
        self.runtime.block_on(async {
            let mut copy = pin!(self.client.copy_in(&statement).await?);
            copy.send(std::io::Cursor::new(text.into_bytes())).await?;
            copy.close().await?;
            Ok(())
        })
    }
}
