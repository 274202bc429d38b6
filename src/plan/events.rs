//! The plan of a subscription: a page of changes, each in the shape of an event.

use async_graphql::Positioned;
use async_graphql::parser::types::Field;

use crate::catalog::Kind;
use crate::catalog::entities::{AGREEMENT, CHANGE};
use crate::document::input::Input;
use crate::error::ClientError;
use crate::plan::build::{Planner, misplaced};
use crate::plan::draft::{FixedText as _, LevelBuilder, Merged, Ops};
use crate::plan::predicate::{Datum, Operator, Place, Predicate};
use crate::plan::selection::below;
use crate::plan::{Bound, BoundConnection, Bounds, Connection, Op, Page, Plan, RootBody, SlotKind, filter, order};
use crate::schema::Role;
use crate::schema::subscriptions::AGREEMENT_RECORDED;

/// The shape of an event, among those of its level.
pub const EVENT_SHAPE: usize = 0;
/// The shape that is nothing but the number of the event's change.
pub const SEQ_SHAPE: usize = 1;

impl<'a> Planner<'a> {
    /// The events of a subscription's one field.
    pub(super) fn events(&mut self, role: Role, fields: &Merged<'a>) -> Result<RootBody, ClientError> {
        self.spend(fields)?;
        let mut builder = LevelBuilder::new(&CHANGE);
        let (kind, shape) = match role {
            Role::Changed => (SlotKind::Changed, self.object(&mut builder, 0, &CHANGE, &below(fields))?),
            Role::AgreementRecorded => (SlotKind::AgreementRecorded, self.agreement_recorded(&mut builder, fields)?),
            _ => return Err(misplaced(fields)),
        };
        let slot = self.slot(fields, kind);
        let seq = builder.value(0, "id", Kind::Key);
        builder.level.shapes = vec![shape, vec![seq]];
        let level = Some(builder.level(fields)?);
        Ok(RootBody::Events(Connection { slot, entity: &CHANGE, level, counts: false, parts: Vec::new() }))
    }

    fn agreement_recorded(&mut self, builder: &mut LevelBuilder, merged: &Merged<'a>) -> Result<Vec<Op>, ClientError> {
        let mut ops = Ops::default();
        let collected = self.selections.collect(AGREEMENT_RECORDED, &below(merged))?;
        self.nested(|planner| {
            ops.text("{");
            for (index, (key, fields)) in collected.iter().enumerate() {
                ops.key(index, key);
                planner.agreement_recorded_field(builder, fields, &mut ops)?;
            }
            ops.text("}");
            Ok(())
        })?;
        Ok(ops.list)
    }

    fn agreement_recorded_field(
        &mut self,
        builder: &mut LevelBuilder,
        fields: &[&'a Positioned<Field>],
        ops: &mut Ops,
    ) -> Result<(), ClientError> {
        let Some(first) = fields.first() else { return Ok(()) };
        if first.node.name.node == "__typename" {
            ops.string(AGREEMENT_RECORDED);
            return Ok(());
        }
        match self.role(AGREEMENT_RECORDED, first)? {
            Role::EventSeq => ops.list.push(builder.value(0, "seq", Kind::Decimal(0))),
            Role::EventChange => {
                let body = self.object(builder, 0, &CHANGE, &below(fields))?;
                ops.append(body);
            }
            Role::EventAgreement => {
                let joined = builder.join(0, "agreement_id", &AGREEMENT);
                let body = self.object(builder, joined, &AGREEMENT, &below(fields))?;
                ops.append(body);
            }
            _ => return Err(misplaced(fields)),
        }
        Ok(())
    }
}

/// Which changes are events of a subscription.
pub(super) fn bound(kind: SlotKind, given: Option<&Input>) -> Result<BoundConnection, ClientError> {
    let condition = match (kind, given) {
        (SlotKind::AgreementRecorded, given) => {
            let agreement = given.map_or_else(
                || Ok(Predicate::always()),
                |given| filter::predicate(&AGREEMENT, given, &filter::Path::Argument("filter")),
            )?;
            let equal = |column, text: &str| {
                Predicate::Compare(Place { column, kind: Kind::Text }, Operator::Equal, Datum::Text(text.to_owned()))
            };
            Predicate::all(vec![
                equal("kind", "RECORDED"),
                Predicate::IsNull("fact_type", true),
                Predicate::ToOne { column: "agreement_id", target: &AGREEMENT, condition: Box::new(agreement) },
            ])
        }
        (_, Some(given)) => filter::predicate(&CHANGE, given, &filter::Path::Argument("filter"))?,
        (_, None) => Predicate::always(),
    };
    let page = Page { size: 1, is_backward: false, after: None, before: None };
    Ok(BoundConnection { filter: condition, order: order::steps(&CHANGE, None), page, reach: None })
}

/// The arguments of a subscription, for its events among some changes: those behind `after`, up to `upto`, so many at most.
#[must_use]
pub fn within(bound: &Bounds, slot: usize, (after, upto): (i64, i64), size: u32) -> Bounds {
    let mut bound = bound.clone();
    if let Some(Bound::Connection(args)) = bound.get(slot) {
        let mut args = args.clone();
        args.page.size = size;
        args.page.after = Some(vec![Datum::Integer(after)]);
        args.page.before = Some(vec![Datum::Integer(upto.saturating_add(1))]);
        bound.set(slot, Bound::Connection(args));
    }
    bound
}

impl Plan {
    /// The page of changes of a subscription, and the key of its field; nothing when it is none.
    #[must_use]
    pub fn events(&self) -> Option<(&Connection, &str)> {
        self.roots.iter().find_map(|root| match &root.body {
            RootBody::Events(connection) => Some((connection, root.key.as_str())),
            _ => None,
        })
    }
}
