//! Areas, and the classification prefixes that lead into them.

use crate::store::bulk::{bulk_row, found_by};
use crate::store::schema::cooperation_area;
use crate::store::{Connection, StoreError, on_connection};
use diesel::{QueryDsl as _, RunQueryDsl as _, SelectableHelper as _};

bulk_row! {
    /// A row of `cooperation_area`.
    AreaRow in cooperation_area {
        slug: String,
        name: String,
        name_folded: String,
        description: Option<String>,
        parent_id: Option<i64>,
    } searched
}

bulk_row! {
    /// A row of `area_prefix`.
    AreaPrefixRow in area_prefix { area_id: i64, prefix: String }
}

found_by! {
    /// The areas of some short names.
    areas_by_slug: AreaRow in cooperation_area by slug: &str
}

found_by! {
    /// The prefixes of some areas.
    prefixes_of: AreaPrefixRow in area_prefix by area_id: i64
}

/// All areas: they are few.
pub(crate) fn all_areas(connection: &mut Connection) -> Result<Vec<AreaRow>, StoreError> {
    let query = cooperation_area::table;
    Ok(on_connection!(connection, open => query.select(AreaRow::as_select()).load(open))?)
}
