//! The plan of what is otherwise between two moments: of each thing that changed, the last of its changes, and of the first
//! what stood before.

use crate::catalog::Kind;
use crate::catalog::entities::CHANGE;
use crate::error::ClientError;
use crate::plan::build::Planner;
use crate::plan::draft::{FixedText as _, LevelBuilder, Merged, Ops};
use crate::plan::predicate::{Datum, Operator, Place, Predicate};
use crate::plan::selection::below;
use crate::plan::{Level, RootBody, SlotKind};
use crate::schema::Role;
use crate::schema::subscriptions::DIFFERENCE;

/// Differences as they are read and written: the pieces of each come from its last change, and between two pieces stands
/// what its first change found.
#[derive(Debug)]
pub struct Differences {
    /// The slot of the arguments.
    pub slot: usize,
    /// The last changes, a shape for each piece.
    pub last: Level,
    /// The first changes, in one shape: what stood before.
    pub first: Level,
}

impl Differences {
    /// How many statements it takes at most.
    pub(super) fn statements_max(&self) -> usize {
        1 + self.last.statements_max() + self.first.statements_max()
    }
}

/// The bound arguments of differences.
#[derive(Clone, Debug)]
pub struct BoundDifferences {
    /// Which changes.
    pub filter: Predicate,
    /// Only what was changed last behind this number.
    pub since: i64,
    /// How many at most.
    pub size: u32,
}

impl<'a> Planner<'a> {
    pub(super) fn differences(&mut self, merged: &Merged<'a>) -> Result<RootBody, ClientError> {
        self.spend(merged)?;
        let slot = self.slot(merged, SlotKind::Differences);
        let (mut last, mut pieces) = (LevelBuilder::new(&CHANGE), vec![Ops::default()]);
        let collected = self.selections.collect(DIFFERENCE, &below(merged))?;
        self.nested(|planner| {
            for (index, (key, fields)) in collected.iter().enumerate() {
                let Some(first) = fields.first() else { continue };
                let Some(ops) = pieces.last_mut() else { continue };
                ops.text(if index == 0 { "{" } else { "" });
                ops.key(index, key);
                if first.node.name.node == "__typename" {
                    ops.string(DIFFERENCE);
                } else if matches!(planner.role(DIFFERENCE, first)?, Role::StoodBefore) {
                    pieces.push(Ops::default());
                } else {
                    // The others are fields of the change, under their own names.
                    planner.field(&mut last, 0, &CHANGE, fields, ops)?;
                }
            }
            Ok(())
        })?;
        if let Some(ops) = pieces.last_mut() {
            ops.text("}");
        }
        last.level.shapes = pieces.into_iter().map(|piece| piece.list).collect();
        let mut first = LevelBuilder::new(&CHANGE);
        let before = first.value(0, "before", Kind::Json);
        first.level.shapes = vec![vec![before]];
        Ok(RootBody::Differences(Differences { slot, last: last.level(merged)?, first: first.level(merged)? }))
    }
}

/// The changes between two moments of things that have an identity.
pub(super) fn between(filter: Predicate, from: i64, to: Option<i64>) -> Predicate {
    let recorded = |operator, moment| {
        let place = Place { column: "recorded_at", kind: Kind::DateTime };
        Predicate::Compare(place, operator, Datum::DateTime(moment))
    };
    let mut all = vec![Predicate::IsNull("target_id", false), recorded(Operator::Greater, from)];
    all.extend(to.map(|to| recorded(Operator::LessOrEqual, to)));
    all.push(filter);
    Predicate::all(all)
}
