//! What is recorded of the title of patents, read for some of them at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use crate::store::bulk::KEYS_MAX;
use crate::store::schema::{
    agreement, patent, patent_assignee, patent_transfer, patent_transfer_individual, patent_transfer_party,
    patent_transfer_patent, source,
};
use crate::store::{Connection, StoreError, on_connection};

/// Who is known by a company or by a name: the company, the name, the name folded.
pub(crate) type Party = (Option<i64>, String, String);

/// A patent, as far as its title is concerned.
#[derive(Debug, Default)]
pub(crate) struct PatentRecord {
    pub(crate) owner_id: Option<i64>,
    /// The day of filing, or else of priority.
    pub(crate) filed_on: Option<NaiveDate>,
    /// The days of publication and of grant.
    pub(crate) published_on: Option<NaiveDate>,
    pub(crate) granted_on: Option<NaiveDate>,
    /// When its source was published, or else read.
    pub(crate) source_on: Option<NaiveDate>,
    /// Who is named, whether at present, and on which day that was stated.
    pub(crate) assignees: Vec<(Party, bool, Option<NaiveDate>)>,
    /// The transfers that name it.
    pub(crate) transfers: Vec<i64>,
}

/// A transfer.
#[derive(Debug, Default)]
pub(crate) struct TransferRecord {
    pub(crate) reel_frame: Option<String>,
    pub(crate) conveyance: String,
    pub(crate) conveyance_text: Option<String>,
    pub(crate) refers_to_reel_frame: Option<String>,
    pub(crate) executed_on: Option<NaiveDate>,
    pub(crate) recorded_on: Option<NaiveDate>,
    pub(crate) reported_on: Option<NaiveDate>,
    /// Whether that is when its agreement was announced.
    pub(crate) is_announced: bool,
    /// Whether it belongs to an agreement that never closed, or was retracted.
    pub(crate) never_closed: bool,
    /// Who takes part, whether as assignor, and when that party signed.
    pub(crate) parties: Vec<(Party, bool, Option<NaiveDate>)>,
}

/// The records of some patents.
#[derive(Debug, Default)]
pub(crate) struct Records {
    pub(crate) patents: BTreeMap<i64, PatentRecord>,
    pub(crate) transfers: HashMap<i64, TransferRecord>,
}

/// The ids of the next patents behind one, in their order.
pub(crate) fn patents_after(connection: &mut Connection, after: i64, count: i64) -> Result<Vec<i64>, StoreError> {
    Ok(on_connection!(connection, open => patent::table
        .filter(patent::id.gt(after))
        .order(patent::id)
        .limit(count)
        .select(patent::id)
        .load(open))?)
}

/// Loads the rows whose column is one of some values, in batches.
macro_rules! load {
    ($connection:ident, $values:expr, $table:ident.$key:ident => ($($column:ident),+ $(,)?)) => {{
        let mut found = Vec::new();
        for batch in $values.chunks(KEYS_MAX) {
            let mut rows = on_connection!($connection, open => $table::table
                .filter($table::$key.eq_any(batch))
                .order($table::$key)
                .select(($($table::$column),+))
                .load(open))?;
            found.append(&mut rows);
        }
        found
    }};
}

/// Which of some patents have anything on record that ownership follows from: assignees or transfers.
pub(crate) fn patents_with_title(connection: &mut Connection, patents: &[i64]) -> Result<BTreeSet<i64>, StoreError> {
    let assignees: Vec<i64> = load!(connection, patents, patent_assignee.patent_id => (patent_id));
    let transfers: Vec<i64> = load!(connection, patents, patent_transfer_patent.patent_id => (patent_id));
    Ok(assignees.into_iter().chain(transfers).collect())
}

impl Records {
    /// Reads the records of some patents.
    pub(crate) fn of(connection: &mut Connection, patents: &[i64]) -> Result<Self, StoreError> {
        let mut records = Self::default();
        records.read_patents(connection, patents)?;
        records.read_assignees(connection, patents)?;
        let links: Vec<(i64, i64)> =
            load!(connection, patents, patent_transfer_patent.patent_id => (patent_id, patent_transfer_id));
        let transfers: BTreeSet<i64> = links.iter().map(|(_, transfer)| *transfer).collect();
        let transfers: Vec<i64> = transfers.into_iter().collect();
        for (patent, transfer) in links {
            records.patents.entry(patent).or_default().transfers.push(transfer);
        }
        records.patents.values_mut().for_each(|patent| patent.transfers.sort_unstable());
        records.read_transfers(connection, &transfers)?;
        records.read_parties(connection, &transfers)?;
        Ok(records)
    }

    fn read_patents(&mut self, connection: &mut Connection, patents: &[i64]) -> Result<(), StoreError> {
        type Row = (i64, Option<i64>, Days, i64);
        type Days = (Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>, Option<NaiveDate>);
        let mut rows: Vec<Row> = Vec::new();
        for batch in patents.chunks(KEYS_MAX) {
            let days = (patent::filed_on, patent::priority_on, patent::published_on, patent::granted_on);
            let mut found: Vec<Row> = on_connection!(connection, open => patent::table
                .filter(patent::id.eq_any(batch))
                .select((patent::id, patent::owner_id, days, patent::source_id))
                .load(open))?;
            rows.append(&mut found);
        }
        let sources = published_or_read(connection, rows.iter().map(|(_, _, _, source)| *source).collect())?;
        for (id, owner_id, (filed_on, priority_on, published_on, granted_on), source) in rows {
            let source_on = sources.get(&source).copied().flatten();
            let filed_on = filed_on.or(priority_on);
            let record = PatentRecord { owner_id, filed_on, published_on, granted_on, source_on, ..Default::default() };
            self.patents.insert(id, record);
        }
        Ok(())
    }

    fn read_assignees(&mut self, connection: &mut Connection, patents: &[i64]) -> Result<(), StoreError> {
        type Row = (i64, i32, String, Option<i64>, String, String, Option<NaiveDate>);
        let mut rows: Vec<Row> = load!(connection, patents, patent_assignee.patent_id =>
            (patent_id, ordinal, named, company_id, name, name_folded, stated_on));
        rows.sort();
        for (patent, _, named, company, name, folded, stated_on) in rows {
            let assignees = &mut self.patents.entry(patent).or_default().assignees;
            assignees.push(((company, name, folded), named == "AT_PRESENT", stated_on));
        }
        Ok(())
    }

    fn read_transfers(&mut self, connection: &mut Connection, transfers: &[i64]) -> Result<(), StoreError> {
        type Row = (i64, Option<i64>, Option<i64>, Option<String>, String, Option<String>, Option<String>, Days);
        type Days = (Option<NaiveDate>, Option<NaiveDate>);
        let mut rows: Vec<Row> = Vec::new();
        for batch in transfers.chunks(KEYS_MAX) {
            use patent_transfer as table;
            let mut found: Vec<Row> = on_connection!(connection, open => table::table
                .filter(table::id.eq_any(batch))
                .select((
                    table::id,
                    table::agreement_id,
                    table::listed_by_id,
                    table::reel_frame,
                    table::conveyance,
                    table::conveyance_text,
                    table::refers_to_reel_frame,
                    (table::executed_on, table::recorded_on),
                ))
                .load(open))?;
            rows.append(&mut found);
        }
        let sources = published_or_read(connection, rows.iter().filter_map(|row| row.2).collect())?;
        let agreements: Vec<i64> = rows.iter().filter_map(|row| row.1).collect();
        let agreements: Vec<(i64, Option<NaiveDate>, String, Option<String>)> =
            load!(connection, agreements, agreement.id => (id, announced_on, status, retraction_reason));
        let never_closed = |status: &str, retracted: Option<String>| status == "NEVER_CLOSED" || retracted.is_some();
        let agreements: HashMap<i64, _> = agreements
            .into_iter()
            .map(|(id, on, status, retracted)| (id, (on, never_closed(&status, retracted))))
            .collect();
        for (id, agreement, listed_by, reel_frame, conveyance, conveyance_text, refers_to_reel_frame, days) in rows {
            let of_agreement = agreement.and_then(|id| agreements.get(&id));
            let announced_on = of_agreement.and_then(|(on, _)| *on);
            let record = TransferRecord {
                reel_frame,
                conveyance,
                conveyance_text,
                refers_to_reel_frame,
                executed_on: days.0,
                recorded_on: days.1,
                reported_on: announced_on.or_else(|| sources.get(&listed_by?).copied().flatten()),
                is_announced: announced_on.is_some(),
                never_closed: of_agreement.is_some_and(|(_, never_closed)| *never_closed),
                parties: Vec::new(),
            };
            self.transfers.insert(id, record);
        }
        Ok(())
    }

    fn read_parties(&mut self, connection: &mut Connection, transfers: &[i64]) -> Result<(), StoreError> {
        type Company = (i64, i64, String, Option<NaiveDate>);
        type Individual = (i64, String, String, String, Option<NaiveDate>);
        let companies: Vec<Company> = load!(connection, transfers, patent_transfer_party.patent_transfer_id =>
            (patent_transfer_id, company_id, role, executed_on));
        let individuals: Vec<Individual> = load!(connection, transfers, patent_transfer_individual.patent_transfer_id =>
            (patent_transfer_id, name, name_folded, role, executed_on));
        let companies = companies
            .into_iter()
            .map(|(id, company, role, on)| (id, (Some(company), String::new(), String::new()), role, on));
        let individuals =
            individuals.into_iter().map(|(id, name, folded, role, on)| (id, (None, name, folded), role, on));
        for (id, party, role, on) in companies.chain(individuals) {
            self.transfers.entry(id).or_default().parties.push((party, role == "ASSIGNOR", on));
        }
        self.transfers.values_mut().for_each(|transfer| transfer.parties.sort());
        Ok(())
    }
}

/// The day on which each source was published, or else read.
fn published_or_read(
    connection: &mut Connection,
    sources: BTreeSet<i64>,
) -> Result<HashMap<i64, Option<NaiveDate>>, StoreError> {
    let sources: Vec<i64> = sources.into_iter().collect();
    let rows: Vec<(i64, Option<NaiveDate>, Option<NaiveDate>)> =
        load!(connection, sources, source.id => (id, published_on, retrieved_on));
    Ok(rows.into_iter().map(|(id, published, read)| (id, published.or(read))).collect())
}
