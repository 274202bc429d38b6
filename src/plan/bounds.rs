//! The bound arguments of a request, and those that are the same in every request.

use std::sync::{Arc, OnceLock};

use crate::plan::bind::{Bound, Limits};

/// The bound arguments of a request: one `Bound` for each slot of its plan.
#[derive(Clone, Debug, Default)]
pub struct Bounds {
    pub(super) slots: Vec<Arc<Bound>>,
    pub(super) price: u64,
}

impl Bounds {
    /// These arguments, of a plan that is not asked for by clients: it has no price.
    #[must_use]
    pub fn of(slots: Vec<Bound>) -> Self {
        Self { slots: slots.into_iter().map(Arc::new).collect(), price: 0 }
    }

    /// Puts others into the place of a slot's arguments.
    pub fn set(&mut self, slot: usize, bound: Bound) {
        if let Some(place) = self.slots.get_mut(slot) {
            *place = Arc::new(bound);
        }
    }

    /// The bound arguments of a slot.
    #[must_use]
    pub fn get(&self, slot: usize) -> Option<&Bound> {
        self.slots.get(slot).map(AsRef::as_ref)
    }

    /// The rows that the plan reads with these in the worst case.
    #[must_use]
    pub const fn price(&self) -> u64 {
        self.price
    }
}

/// Arguments without variables, as they were bound first, under these limits. What they take is counted with the text that
/// they were written in.
#[derive(Debug, Default)]
pub(super) struct Constant(OnceLock<(Limits, Arc<Bound>)>);

impl Constant {
    /// Those that were bound before, or else what `bind` makes of them.
    ///
    /// # Errors
    /// What `bind` returns; it is not kept.
    pub(super) fn get<E>(&self, limits: &Limits, bind: impl FnOnce() -> Result<Bound, E>) -> Result<Arc<Bound>, E> {
        match self.0.get() {
            Some((of, bound)) if of == limits => Ok(Arc::clone(bound)),
            _ => {
                let bound = Arc::new(bind()?);
                // Another request may have been first: what it bound is the same.
                let _ = self.0.set((*limits, Arc::clone(&bound)));
                Ok(bound)
            }
        }
    }
}
