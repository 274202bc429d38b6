//! Rows of cooperation areas and their classification prefixes.

use crate::store::records::keyed_record;

keyed_record! {
    /// A row of `cooperation_area`.
    CooperationAreaRow in cooperation_area {
        slug: String,
        name: String,
        name_folded: String,
        description: Option<String>,
        parent_id: Option<i64>,
    }
    key (slug: String) searched
}

keyed_record! {
    /// A row of `area_prefix`.
    AreaPrefixRow in area_prefix {
        area_id: i64,
        prefix: String,
    }
    key (area_id: i64, prefix: String)
}
