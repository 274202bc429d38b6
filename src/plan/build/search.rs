//! From the selection of a search to its levels.

use async_graphql::parser::types::SelectionSet;

use super::{Planner, misplaced};
use crate::catalog::search::SEARCHED;
use crate::error::ClientError;
use crate::plan::draft::{FixedText, LevelBuilder, Merged};
use crate::plan::search::{FragmentPart, HitPart, SearchPart, SearchPlan};
use crate::plan::selection::below;
use crate::plan::{Level, SlotKind};
use crate::schema::Role;

/// Texts beside one another become one.
macro_rules! fixed_text {
    ($part:ident) => {
        impl FixedText for Vec<$part> {
            fn text(&mut self, text: &str) {
                match self.last_mut() {
                    Some($part::Text(last)) => last.push_str(text),
                    _ => self.push($part::Text(text.to_owned())),
                }
            }
        }
    };
}

fixed_text!(SearchPart);
fixed_text!(HitPart);
fixed_text!(FragmentPart);

impl<'a> Planner<'a> {
    /// A search: one level for each kind of what it can find.
    pub(super) fn search(&mut self, fields: &Merged<'a>) -> Result<SearchPlan, ClientError> {
        let slot = self.slot(fields, SlotKind::Search);
        let mut arms: Vec<LevelBuilder> = SEARCHED.iter().map(|searched| LevelBuilder::new(searched.entity)).collect();
        let mut parts = Vec::new();
        self.fixed(&mut parts, "SearchConnection", &below(fields), |planner, parts, role, fields| {
            planner.spend(fields)?;
            match role {
                Role::ConnectionNodes => {
                    let shape = planner.found(&mut arms, fields)?;
                    parts.text("[");
                    parts.push(SearchPart::Hits(vec![HitPart::Node(shape)]));
                    parts.text("]");
                }
                Role::ConnectionEdges => {
                    let mut hit = Vec::new();
                    planner.fixed(&mut hit, "SearchEdge", &below(fields), |planner, hit, role, fields| {
                        planner.hit(hit, &mut arms, role, fields)
                    })?;
                    parts.text("[");
                    parts.push(SearchPart::Hits(hit));
                    parts.text("]");
                }
                Role::PageInfo => planner.fixed(parts, "PageInfo", &below(fields), |_, parts, role, fields| {
                    parts.push(match role {
                        Role::HasNextPage => SearchPart::HasNext,
                        Role::HasPreviousPage => SearchPart::HasPrevious,
                        Role::StartCursor => SearchPart::First,
                        Role::EndCursor => SearchPart::Last,
                        _ => return Err(misplaced(fields)),
                    });
                    Ok(())
                })?,
                _ => return Err(misplaced(fields)),
            }
            Ok(())
        })?;
        let arms: Result<Vec<Level>, ClientError> = arms.into_iter().map(|arm| arm.level(fields)).collect();
        Ok(SearchPlan { slot, arms: arms?, parts })
    }

    /// The place of a shape of what is found, the same in every arm.
    fn found(&mut self, arms: &mut [LevelBuilder], fields: &Merged<'a>) -> Result<usize, ClientError> {
        let mut place = 0;
        for arm in arms {
            self.spend(fields)?;
            let entity = arm.level.entity;
            let shape = self.object(arm, 0, entity, &below(fields))?;
            place = arm.level.shapes.len();
            arm.level.shapes.push(shape);
        }
        Ok(place)
    }

    fn hit(
        &mut self,
        hit: &mut Vec<HitPart>,
        arms: &mut [LevelBuilder],
        role: Role,
        fields: &Merged<'a>,
    ) -> Result<(), ClientError> {
        match role {
            Role::Cursor => hit.push(HitPart::Cursor),
            Role::EdgeNode => hit.push(HitPart::Node(self.found(arms, fields)?)),
            Role::SearchField => hit.push(HitPart::Field),
            Role::SearchScore => hit.push(HitPart::Score),
            Role::SearchFragment => {
                let mut pieces = Vec::new();
                self.fixed(&mut pieces, "SearchPiece", &below(fields), |_, pieces, role, fields| {
                    pieces.push(match role {
                        Role::PieceText => FragmentPart::Words,
                        Role::PieceIsMatch => FragmentPart::IsMatch,
                        _ => return Err(misplaced(fields)),
                    });
                    Ok(())
                })?;
                hit.text("[");
                hit.push(HitPart::Fragment(pieces));
                hit.text("]");
            }
            _ => return Err(misplaced(fields)),
        }
        Ok(())
    }

    /// An object of which each field is written by `field`.
    fn fixed<P: FixedText>(
        &mut self,
        parts: &mut P,
        type_name: &str,
        sets: &[&'a SelectionSet],
        mut field: impl FnMut(&mut Self, &mut P, Role, &Merged<'a>) -> Result<(), ClientError>,
    ) -> Result<(), ClientError> {
        let collected = self.selections.collect(type_name, sets)?;
        self.nested(|planner| {
            parts.text("{");
            for (index, (key, fields)) in collected.iter().enumerate() {
                let Some(first) = fields.first() else { continue };
                parts.key(index, key);
                if first.node.name.node == "__typename" {
                    parts.string(type_name);
                } else {
                    let role = planner.role(type_name, first)?;
                    field(planner, parts, role, fields)?;
                }
            }
            parts.text("}");
            Ok(())
        })
    }
}
