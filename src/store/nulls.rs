//! A page of a whole table after a position in a column that can be null.

use crate::catalog::Direction;
use crate::plan::BoundConnection;
use crate::plan::predicate::{Datum, Predicate};

/// A page after whose position both values and nulls follow, in two: the values, and the nulls, all of which come later.
/// No index has a range that holds both, so they are read one after the other, the nulls only if there is room for them.
pub(super) fn around(bound: &BoundConnection) -> Option<[BoundConnection; 2]> {
    let step = bound.order.first().filter(|step| step.is_nullable)?;
    let is_backward = bound.page.is_backward;
    let direction = if is_backward { step.direction.reversed() } else { step.direction };
    let position = if is_backward { &bound.page.before } else { &bound.page.after };
    if direction == Direction::Desc || *position.as_ref()?.first()? == Datum::Null {
        return None;
    }
    let (mut values, mut nulls) = (bound.clone(), bound.clone());
    if let Some(step) = values.order.first_mut() {
        step.is_nullable = false;
    }
    nulls.filter = Predicate::all(vec![nulls.filter, Predicate::IsNull(step.column, true)]);
    *(if is_backward { &mut nulls.page.before } else { &mut nulls.page.after }) = None;
    Some([values, nulls])
}
