//! Areas and their classification prefixes into rows.

use crate::ingest::IngestError;
use crate::ingest::format::AreaLine;
use crate::ingest::load::plan::Plan;
use crate::ingest::place::Place;
use crate::store::records::{AreaPrefixRow, CooperationAreaRow};
use crate::text::fold;

/// Places an area and its prefixes.
pub(super) fn place(plan: &mut Plan<'_>, line: &AreaLine) -> Result<(), IngestError> {
    let (at, area) = (Place::default(), line);
    let parent_id = area.parent.as_deref().map(|parent| plan.area(at, "parent", parent)).transpose()?;
    let row = CooperationAreaRow {
        id: plan.ids.next_id(),
        slug: at.slug("slug", &area.slug)?,
        name: at.text("name", &area.name)?,
        name_folded: fold(&area.name),
        description: at.optional_text("description", area.description.as_deref())?,
        parent_id,
    };
    let area_id = at.once("slug", &area.slug, plan.areas.place(row))?;
    for prefix in &area.prefixes {
        let row = AreaPrefixRow { id: plan.ids.next_id(), area_id, prefix: at.text("prefixes", prefix)? };
        at.once("prefixes", prefix, plan.area_prefixes.place(row))?;
    }
    Ok(())
}
