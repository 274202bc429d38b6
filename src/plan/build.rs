//! From a selection to levels.

mod search;

use std::collections::HashMap;
use std::sync::OnceLock;

use async_graphql::Positioned;
use async_graphql::parser::types::{ExecutableDocument, Field, OperationDefinition, SelectionSet};
use async_graphql_value::Value;

use crate::catalog::{Abstract, ENTITIES, Edge, Entity, Reach};
use crate::document::conditions::Conditions;
use crate::error::{ClientError, Code};
use crate::plan::bounds::Constant;
use crate::plan::draft::{FixedText as _, LevelBuilder, Merged, Ops, PageBuilder, Parts};
use crate::plan::selection::{Selections, below};
use crate::plan::{Child, Connection, Level, Op, Part, Plan, Root, RootBody, Slot, SlotKind};
use crate::schema::types::{QUERY, root_of};
use crate::schema::{Role, Schema};

/// Fields of a plan at most.
const SIZE_MAX: usize = 100_000;

/// Plans an operation.
pub(super) fn plan(
    schema: &'static Schema,
    document: &ExecutableDocument,
    operation: &Positioned<OperationDefinition>,
    conditions: &Conditions,
) -> Result<Plan, ClientError> {
    let selections = Selections { schema, document, conditions };
    let mut planner = Planner { selections, slots: Vec::new(), known: HashMap::new(), depth: 0, depth_max: 0, size: 0 };
    let roots = planner.roots(root_of(operation.node.ty), &operation.node.selection_set.node)?;
    Ok(Plan { roots, slots: planner.slots, depth: planner.depth_max, size: planner.size })
}

pub(super) struct Planner<'a> {
    pub(super) selections: Selections<'a>,
    slots: Vec<Slot>,
    /// The slots of a field, by its place in the document.
    known: HashMap<(usize, usize), Vec<usize>>,
    depth: usize,
    depth_max: usize,
    size: usize,
}

impl<'a> Planner<'a> {
    /// Counts what is planned: below an interface, a selection is planned once for each type, and again below that.
    pub(super) fn spend(&mut self, fields: &Merged<'a>) -> Result<(), ClientError> {
        let items = fields.iter().map(|field| field.node.selection_set.node.items.len());
        self.size = items.fold(self.size.saturating_add(1), usize::saturating_add);
        if self.size <= SIZE_MAX {
            return Ok(());
        }
        let place = fields.first().map(|field| field.pos).unwrap_or_default();
        let message = format!("With one plan for each type that may stand here, the query has over {SIZE_MAX} fields.");
        Err(ClientError::at(Code::DocumentTooLarge, message, place))
    }

    fn roots(&mut self, parent: &'static str, set: &'a SelectionSet) -> Result<Vec<Root>, ClientError> {
        let mut roots = Vec::new();
        for (key, fields) in self.selections.collect(parent, &[set])? {
            let Some(first) = fields.first() else { continue };
            let name = first.node.name.node.as_str();
            let body = match name {
                "__typename" => RootBody::TypeName(parent),
                "__schema" | "__type" if parent == QUERY => RootBody::Introspection,
                _ => {
                    let role = self.role(parent, first)?;
                    self.nested(|planner| planner.root(role, &fields))?
                }
            };
            roots.push(Root { key: key.to_owned(), body });
        }
        Ok(roots)
    }

    fn root(&mut self, role: Role, fields: &Merged<'a>) -> Result<RootBody, ClientError> {
        Ok(match role {
            Role::List(entity) => {
                RootBody::Connection(self.connection(entity, SlotKind::Connection(entity), fields)?)
            }
            Role::Lookup(entity, lookup) => {
                let slot = self.slot(fields, SlotKind::Lookup(entity, lookup));
                RootBody::Lookup { slot, level: self.single(entity, fields)? }
            }
            Role::Node | Role::Nodes => {
                let is_list = matches!(role, Role::Nodes);
                let slot = self.slot(fields, if is_list { SlotKind::Nodes } else { SlotKind::Node });
                let arms: Result<Vec<Level>, ClientError> =
                    ENTITIES.iter().map(|entity| self.single(entity, fields)).collect();
                RootBody::Nodes { slot, is_list, arms: arms? }
            }
            Role::Differences => self.differences(fields)?,
            Role::Changed | Role::AgreementRecorded => self.events(role, fields)?,
            Role::Mutation(mutation) => RootBody::Payload(self.payload(mutation, fields)?),
            Role::Search => RootBody::Search(self.search(fields)?),
            _ => return Err(misplaced(fields)),
        })
    }

    /// Goes one field deeper, and back.
    pub(super) fn nested<T>(
        &mut self,
        body: impl FnOnce(&mut Self) -> Result<T, ClientError>,
    ) -> Result<T, ClientError> {
        self.depth += 1;
        self.depth_max = self.depth_max.max(self.depth);
        let result = body(self);
        self.depth -= 1;
        result
    }

    pub(super) fn role(&self, type_name: &str, field: &Positioned<Field>) -> Result<Role, ClientError> {
        let name = field.node.name.node.as_str();
        self.selections.schema.field(type_name, name).map(|field| field.role).ok_or_else(|| {
            ClientError::at(Code::ValidationFailed, format!("`{type_name}` has no field `{name}`."), field.pos)
        })
    }

    /// The slot of a field's arguments. Below an interface a field is planned once for each type; where its arguments mean the
    /// same, they are bound once.
    pub(super) fn slot(&mut self, fields: &Merged<'a>, kind: SlotKind) -> usize {
        if let Some(first) = fields.first() {
            let known = self.known.entry((first.pos.line, first.pos.column)).or_default();
            let is_same = |slot: &&usize| self.slots.get(**slot).is_some_and(|slot| slot.kind.is_same(&kind));
            if let Some(slot) = known.iter().find(is_same) {
                return *slot;
            }
            known.push(self.slots.len());
            let mut field = first.node.clone();
            field.selection_set = Positioned::default();
            let is_constant = !field.arguments.iter().any(|(_, value)| has_variable(&value.node));
            let constant = is_constant.then(Constant::default);
            let definitions = kind.definitions(self.selections.schema, &field.name.node);
            let of = |value: &Value| (!is_constant && !has_variable(value)).then(OnceLock::new);
            let constants = field.arguments.iter().map(|(_, value)| of(&value.node)).collect();
            self.slots.push(Slot { field, place: first.pos, kind, definitions, constant, constants });
        }
        self.slots.len().saturating_sub(1)
    }

    /// A level of one shape, for rows that are not in a connection.
    pub(super) fn single(&mut self, entity: &'static Entity, fields: &Merged<'a>) -> Result<Level, ClientError> {
        self.spend(fields)?;
        let mut builder = LevelBuilder::new(entity);
        let shape = self.object(&mut builder, 0, entity, &below(fields))?;
        builder.level.shapes.push(shape);
        builder.level(fields)
    }

    /// The fields of an entity's row.
    pub(super) fn object(
        &mut self,
        builder: &mut LevelBuilder,
        alias: usize,
        entity: &'static Entity,
        sets: &[&'a SelectionSet],
    ) -> Result<Vec<Op>, ClientError> {
        let mut ops = Ops::default();
        let fields = self.selections.collect(entity.name, sets)?;
        self.nested(|planner| {
            ops.text("{");
            for (index, (key, fields)) in fields.iter().enumerate() {
                ops.key(index, key);
                planner.field(builder, alias, entity, fields, &mut ops)?;
            }
            ops.text("}");
            Ok(())
        })?;
        Ok(ops.list)
    }

    pub(super) fn field(
        &mut self,
        builder: &mut LevelBuilder,
        alias: usize,
        entity: &'static Entity,
        fields: &Merged<'a>,
        ops: &mut Ops,
    ) -> Result<(), ClientError> {
        let Some(first) = fields.first() else { return Ok(()) };
        if first.node.name.node == "__typename" {
            ops.string(entity.name);
            return Ok(());
        }
        match self.role(entity.name, first)? {
            Role::Id => ops.list.push(Op::Id(builder.key(alias), entity)),
            Role::Column(field) => ops.list.push(builder.value(alias, field.column, field.kind)),
            Role::Edge(edge) => self.edge(builder, (alias, entity), edge, fields, ops)?,
            _ => return Err(misplaced(fields)),
        }
        Ok(())
    }

    fn edge(
        &mut self,
        builder: &mut LevelBuilder,
        (alias, entity): (usize, &'static Entity),
        edge: &'static Edge,
        fields: &Merged<'a>,
        ops: &mut Ops,
    ) -> Result<(), ClientError> {
        match &edge.reach {
            Reach::One { column, target, .. } => {
                self.spend(fields)?;
                let joined = builder.join(alias, column, target);
                let body = self.object(builder, joined, target, &below(fields))?;
                ops.list.push(Op::Object(builder.key(joined), body));
            }
            Reach::OneOf(set) => {
                let arms = self.arms(builder, alias, set, fields)?;
                ops.list.push(Op::OneOf(arms));
            }
            Reach::Many { target, .. } | Reach::Through { target, .. } => {
                let kind = edge.as_of.as_ref();
                let kind = kind.map_or(SlotKind::Connection(target), |as_of| SlotKind::AsOf(entity, target, as_of));
                let connection = self.connection(target, kind, fields)?;
                let key = builder.key(alias);
                builder.level.children.push(Child { key, edge, connection });
                ops.list.push(Op::Child(builder.level.children.len() - 1));
            }
        }
        Ok(())
    }

    fn arms(
        &mut self,
        builder: &mut LevelBuilder,
        alias: usize,
        set: &'static Abstract,
        fields: &Merged<'a>,
    ) -> Result<Vec<(usize, Vec<Op>)>, ClientError> {
        let mut arms = Vec::with_capacity(set.arms.len());
        for (column, entity) in set.arms {
            self.spend(fields)?;
            let joined = builder.join(alias, column, entity);
            let body = self.object(builder, joined, entity, &below(fields))?;
            arms.push((builder.key(joined), body));
        }
        Ok(arms)
    }

    fn connection(
        &mut self,
        entity: &'static Entity,
        kind: SlotKind,
        merged: &Merged<'a>,
    ) -> Result<Connection, ClientError> {
        self.spend(merged)?;
        let slot = self.slot(merged, kind);
        let mut page =
            PageBuilder { rows: LevelBuilder::new(entity), needs_rows: false, counts: false, parts: Parts::default() };
        let type_name = format!("{}Connection", entity.name);
        let fields = self.selections.collect(&type_name, &below(merged))?;
        self.nested(|planner| {
            page.parts.text("{");
            for (index, (key, fields)) in fields.iter().enumerate() {
                page.parts.key(index, key);
                planner.connection_field(&mut page, &type_name, fields)?;
            }
            page.parts.text("}");
            Ok(())
        })?;
        let level = if page.needs_rows { Some(page.rows.level(merged)?) } else { None };
        Ok(Connection { slot, entity, level, counts: page.counts, parts: page.parts.list })
    }

    fn connection_field(
        &mut self,
        page: &mut PageBuilder,
        type_name: &str,
        fields: &Merged<'a>,
    ) -> Result<(), ClientError> {
        let Some(first) = fields.first() else { return Ok(()) };
        if first.node.name.node == "__typename" {
            page.parts.string(type_name);
            return Ok(());
        }
        let entity = page.rows.level.entity;
        match self.role(type_name, first)? {
            Role::ConnectionNodes => {
                self.spend(fields)?;
                let shape = self.object(&mut page.rows, 0, entity, &below(fields))?;
                page.rows(shape);
            }
            Role::ConnectionEdges => {
                self.spend(fields)?;
                let shape = self.edges(&mut page.rows, entity, &below(fields))?;
                page.rows(shape);
            }
            Role::PageInfo => self.page_info(page, &below(fields))?,
            Role::TotalCount => {
                page.counts = true;
                page.parts.list.push(Part::Total);
            }
            _ => return Err(misplaced(fields)),
        }
        Ok(())
    }

    fn edges(
        &mut self,
        builder: &mut LevelBuilder,
        entity: &'static Entity,
        sets: &[&'a SelectionSet],
    ) -> Result<Vec<Op>, ClientError> {
        let type_name = format!("{}Edge", entity.name);
        let mut ops = Ops::default();
        let collected = self.selections.collect(&type_name, sets)?;
        self.nested(|planner| {
            ops.text("{");
            for (index, (key, fields)) in collected.iter().enumerate() {
                let Some(first) = fields.first() else { continue };
                ops.key(index, key);
                if first.node.name.node == "__typename" {
                    ops.string(&type_name);
                    continue;
                }
                match planner.role(&type_name, first)? {
                    Role::Cursor => {
                        builder.level.has_cursors = true;
                        ops.list.push(Op::Cursor);
                    }
                    Role::EdgeNode => {
                        let body = planner.object(builder, 0, entity, &below(fields))?;
                        ops.append(body);
                    }
                    _ => return Err(misplaced(fields)),
                }
            }
            ops.text("}");
            Ok(())
        })?;
        Ok(ops.list)
    }

    fn page_info(&mut self, page: &mut PageBuilder, sets: &[&'a SelectionSet]) -> Result<(), ClientError> {
        let collected = self.selections.collect("PageInfo", sets)?;
        page.parts.text("{");
        for (index, (key, fields)) in collected.iter().enumerate() {
            let Some(first) = fields.first() else { continue };
            page.parts.key(index, key);
            if first.node.name.node == "__typename" {
                page.parts.string("PageInfo");
                continue;
            }
            page.needs_rows = true;
            let part = match self.role("PageInfo", first)? {
                Role::HasNextPage => Part::HasNext,
                Role::HasPreviousPage => Part::HasPrevious,
                Role::StartCursor => Part::First(page.cursors()),
                Role::EndCursor => Part::Last(page.cursors()),
                _ => return Err(misplaced(fields)),
            };
            page.parts.list.push(part);
        }
        page.parts.text("}");
        self.nested(|_| Ok(()))
    }
}

/// Whether a variable stands in a value.
fn has_variable(value: &Value) -> bool {
    match value {
        Value::Variable(_) => true,
        Value::List(items) => items.iter().any(has_variable),
        Value::Object(fields) => fields.values().any(has_variable),
        _ => false,
    }
}

/// Validation lets no field stand where it does not belong; this says so if it ever does.
pub(super) fn misplaced(fields: &Merged<'_>) -> ClientError {
    let place = fields.first().map(|field| field.pos).unwrap_or_default();
    ClientError::at(Code::ValidationFailed, "This field cannot stand here.", place)
}
