//! Links that are kept in the order of what they lead to.

use super::{ENTITIES, Entity, Reach};

/// Tables that have a link's rows again, in the default order of what the link leads to: the link's table, its column that
/// holds the key of the entity it leads from, and the table, with that column, those of the order, and the other key as `id`.
const IN_ORDER: &[(&str, &str, &str)] = &[
    ("agreement_party", "company_id", "company_agreement"),
    ("agreement_area", "area_id", "area_agreement"),
    ("patent_area", "area_id", "area_patent"),
];

/// The table that has the rows of a link table in the default order of what it leads to, if one has, seen from the entity
/// whose key a column holds.
#[must_use]
pub fn in_order(table: &str, near: &str) -> Option<&'static str> {
    IN_ORDER.iter().find(|(link, column, _)| (*link, *column) == (table, near)).map(|(_, _, ordered)| *ordered)
}

/// Whether some link to an entity is kept in its default order.
#[must_use]
pub fn is_kept_in_order(entity: &Entity) -> bool {
    ENTITIES.iter().flat_map(|from| from.edges).any(|edge| match &edge.reach {
        Reach::Through { target, link } => *target == entity && in_order(link.table, link.near).is_some(),
        _ => false,
    })
}
