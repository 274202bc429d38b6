//! Payloads of mutations: what was written, which is read like all else, and what was wrong.

use async_graphql::parser::types::SelectionSet;

use crate::catalog::Entity;
use crate::error::ClientError;
use crate::mutation::Mutation;
use crate::plan::build::{Planner, misplaced};
use crate::plan::draft::{FixedText, Merged};
use crate::plan::selection::below;
use crate::plan::{Plan, Root, RootBody, SlotKind};
use crate::schema::Role;
use crate::schema::types::USER_ERROR;

/// The payload of a mutation.
#[derive(Debug)]
pub struct Payload {
    /// Which mutation.
    pub mutation: &'static Mutation,
    /// The slot of its input.
    pub slot: usize,
    /// How it is written.
    pub parts: Vec<PayloadPart>,
}

/// A piece of a payload as it is written.
#[derive(Debug)]
pub enum PayloadPart {
    /// As it stands.
    Text(String),
    /// What was written: the slot of its id, and the plan that reads it.
    Written(usize, Plan),
    /// The list of what was wrong, each thing in this shape.
    UserErrors(Vec<UserErrorPart>),
}

/// A piece of something that was wrong.
#[derive(Debug)]
pub enum UserErrorPart {
    /// As it stands.
    Text(String),
    /// Its code.
    Code,
    /// Its message.
    Message,
    /// Where in the input.
    Path,
}

impl Payload {
    /// The plans that read what was written.
    pub fn plans(&self) -> impl Iterator<Item = &Plan> {
        self.parts.iter().filter_map(|part| if let PayloadPart::Written(_, plan) = part { Some(plan) } else { None })
    }
}

impl FixedText for Vec<PayloadPart> {
    fn text(&mut self, text: &str) {
        match self.last_mut() {
            Some(PayloadPart::Text(last)) => last.push_str(text),
            _ => self.push(PayloadPart::Text(text.to_owned())),
        }
    }
}

impl FixedText for Vec<UserErrorPart> {
    fn text(&mut self, text: &str) {
        match self.last_mut() {
            Some(UserErrorPart::Text(last)) => last.push_str(text),
            _ => self.push(UserErrorPart::Text(text.to_owned())),
        }
    }
}

impl<'a> Planner<'a> {
    /// The payload of a mutation.
    pub(super) fn payload(&mut self, mutation: &'static Mutation, merged: &Merged<'a>) -> Result<Payload, ClientError> {
        self.spend(merged)?;
        let slot = self.slot(merged, SlotKind::Mutation(mutation));
        let type_name = mutation.payload();
        let fields = self.selections.collect(&type_name, &below(merged))?;
        let mut parts = Vec::new();
        parts.text("{");
        for (index, (key, fields)) in fields.iter().enumerate() {
            let Some(first) = fields.first() else { continue };
            parts.key(index, key);
            if first.node.name.node == "__typename" {
                parts.string(&type_name);
                continue;
            }
            match self.role(&type_name, first)? {
                Role::Written(entity) => {
                    let (slot, plan) = self.nested(|planner| planner.written(entity, fields))?;
                    parts.push(PayloadPart::Written(slot, plan));
                }
                Role::UserErrors => {
                    let shape = self.nested(|planner| planner.user_error(&below(fields)))?;
                    parts.push(PayloadPart::UserErrors(shape));
                }
                _ => return Err(misplaced(fields)),
            }
        }
        parts.text("}");
        Ok(Payload { mutation, slot, parts })
    }

    fn written(&mut self, entity: &'static Entity, fields: &Merged<'a>) -> Result<(usize, Plan), ClientError> {
        let slot = self.slot(fields, SlotKind::Written(entity));
        let arms = vec![self.single(entity, fields)?];
        let root = Root { key: String::new(), body: RootBody::Nodes { slot, is_list: false, arms } };
        Ok((slot, Plan { roots: vec![root], slots: Vec::new(), depth: 0, size: 0 }))
    }

    fn user_error(&mut self, sets: &[&'a SelectionSet]) -> Result<Vec<UserErrorPart>, ClientError> {
        let mut parts = Vec::new();
        let fields = self.selections.collect(USER_ERROR, sets)?;
        parts.text("{");
        for (index, (key, fields)) in fields.iter().enumerate() {
            let Some(first) = fields.first() else { continue };
            parts.key(index, key);
            if first.node.name.node == "__typename" {
                parts.string(USER_ERROR);
                continue;
            }
            parts.push(match self.role(USER_ERROR, first)? {
                Role::UserErrorCode => UserErrorPart::Code,
                Role::UserErrorMessage => UserErrorPart::Message,
                Role::UserErrorPath => UserErrorPart::Path,
                _ => return Err(misplaced(fields)),
            });
        }
        parts.text("}");
        Ok(parts)
    }
}
