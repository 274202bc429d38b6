//! Links between two tables: their two ids are their key, so that they are new or stand.

use diesel::{ExpressionMethods as _, QueryDsl as _, RunQueryDsl as _};

use crate::store::bulk::bulk_insert;
use crate::store::{Connection, StoreError, on_connection};

/// Declares a link, and how the links of some rows are found.
macro_rules! bulk_link {
    ($(#[$doc:meta])* $row:ident in $table:ident { $near:ident, $far:ident } found by $find:ident($by:ident)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, diesel::Queryable, diesel::Insertable)]
        #[diesel(table_name = crate::store::schema::$table, treat_none_as_default_value = false)]
        pub(crate) struct $row { pub(crate) $near: i64, pub(crate) $far: i64 }

        bulk_insert! { $row in $table }

        /// The links of some rows.
        pub(crate) fn $find(connection: &mut Connection, ids: &[i64]) -> Result<Vec<$row>, StoreError> {
            use crate::store::schema::$table as table;
            let mut found = Vec::new();
            for part in ids.chunks(crate::store::bulk::KEYS_MAX) {
                let query = table::table.filter(table::$by.eq_any(part)).select((table::$near, table::$far));
                let rows: Vec<$row> = on_connection!(connection, open => query.load(open))?;
                found.extend(rows);
            }
            Ok(found)
        }
    };
}

bulk_link! {
    /// A patent is in an area.
    PatentAreaLink in patent_area { patent_id, area_id } found by areas_of(patent_id)
}

bulk_link! {
    /// A patent cites another.
    PatentCitationLink in patent_citation { citing_id, cited_id } found by citations_of(citing_id)
}

bulk_link! {
    /// A file speaks of a patent.
    PatentSourceLink in patent_source { patent_id, source_id } found by links_to_sources(patent_id)
}

bulk_link! {
    /// An agreement concerns an area.
    AgreementAreaLink in agreement_area { agreement_id, area_id } found by areas_of_agreements(agreement_id)
}

bulk_link! {
    /// A licence lists a patent.
    GrantPatentLink in licence_grant_patent { licence_grant_id, patent_id } found by patents_of_grants(licence_grant_id)
}

bulk_link! {
    /// A transfer conveys a patent.
    TransferPatentLink in patent_transfer_patent { patent_transfer_id, patent_id } found by patents_of_transfers(patent_transfer_id)
}

/// Which of some patents a source speaks of already.
pub(crate) fn patents_of_source(
    connection: &mut Connection,
    source: i64,
    patents: &[i64],
) -> Result<Vec<i64>, StoreError> {
    let links = links_to_sources(connection, patents)?;
    Ok(links.into_iter().filter(|link| link.source_id == source).map(|link| link.patent_id).collect())
}
