//! Texts that were seen: each with its checked document and its plans, so that the next time nothing is parsed.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_graphql::Positioned;
use async_graphql::parser::types::OperationDefinition;
use lru::LruCache;

use crate::document::conditions::{self, Conditions};
use crate::document::input::Variables;
use crate::document::{Checker, Document};
use crate::error::ClientError;
use crate::plan::Plan;
use crate::schema::schema;

/// What is kept weighs this much at most: about as many bytes of memory.
const WEIGHT_MAX: usize = 64 * 1024 * 1024;
/// What a byte of a text weighs with its document: names and positions take more room than letters.
const WEIGHT_OF_BYTE: usize = 24;
/// What a field of a plan weighs.
const WEIGHT_OF_FIELD: usize = 400;
/// Texts kept at most.
const TEXTS_MAX: usize = 4_096;
/// Plans kept of one text: one for each operation and combination of its conditions.
const PLANS_MAX: usize = 16;

/// A plan, and of which operation under which conditions it is.
#[derive(Debug)]
struct Planned {
    operation: Option<String>,
    conditions: Conditions,
    plan: Arc<Plan>,
}

/// A checked document and its plans.
#[derive(Debug)]
pub struct Prepared {
    /// The document.
    pub document: Document,
    plans: Mutex<Vec<Planned>>,
    /// What it weighs as long as it is kept.
    weight: AtomicUsize,
}

/// The texts that were seen last.
pub struct Texts {
    kept: Mutex<Kept>,
}

struct Kept {
    texts: LruCache<String, Arc<Prepared>>,
    weight: usize,
}

impl Default for Texts {
    fn default() -> Self {
        Self { kept: Mutex::new(Kept { texts: LruCache::unbounded(), weight: 0 }) }
    }
}

impl Texts {
    /// The document of a text, checked by `checker` unless it was seen before.
    ///
    /// # Errors
    /// The text is refused; the errors say why. Refused texts are not kept.
    pub async fn get(&self, text: &str, checker: &Checker) -> Result<Arc<Prepared>, Vec<ClientError>> {
        if let Some(found) = self.lock().texts.get(text) {
            return Ok(Arc::clone(found));
        }
        let document = checker.check(text).await?;
        let weight = AtomicUsize::new(text.len() * WEIGHT_OF_BYTE);
        let prepared = Arc::new(Prepared { document, plans: Mutex::default(), weight });
        self.lock().keep(text, &prepared);
        Ok(prepared)
    }

    /// The plan of an operation of a text under the values of its variables; kept for the next time.
    ///
    /// # Errors
    /// The operation cannot be planned; the error says why.
    pub fn plan(
        &self,
        text: &str,
        prepared: &Arc<Prepared>,
        (name, operation): (Option<&str>, &Positioned<OperationDefinition>),
        variables: &Variables,
    ) -> Result<Arc<Plan>, ClientError> {
        let conditions = conditions::values(&prepared.document.condition_variables, variables);
        if let Some(plan) = find(&prepared.plans(), name, &conditions) {
            return Ok(plan);
        }
        let plan = Arc::new(Plan::new(schema(), &prepared.document.parsed, operation, &conditions)?);
        let mut plans = prepared.plans();
        if plans.len() < PLANS_MAX && find(&plans, name, &conditions).is_none() {
            plans.push(Planned { operation: name.map(str::to_owned), conditions, plan: Arc::clone(&plan) });
            drop(plans);
            self.lock().grow(text, prepared, plan.size.saturating_mul(WEIGHT_OF_FIELD));
        }
        Ok(plan)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The plan of an operation under conditions. They are few: to look at each costs less than to hash.
fn find(plans: &[Planned], operation: Option<&str>, conditions: &Conditions) -> Option<Arc<Plan>> {
    let of = |plan: &&Planned| plan.operation.as_deref() == operation && plan.conditions == *conditions;
    plans.iter().find(of).map(|found| Arc::clone(&found.plan))
}

impl Kept {
    fn keep(&mut self, text: &str, prepared: &Arc<Prepared>) {
        self.weight += prepared.weight.load(Ordering::Relaxed);
        if let Some(former) = self.texts.put(text.to_owned(), Arc::clone(prepared)) {
            self.weight = self.weight.saturating_sub(former.weight.load(Ordering::Relaxed));
        }
        self.make_room();
    }

    /// A text that is still kept weighs more: it has one plan more.
    fn grow(&mut self, text: &str, prepared: &Arc<Prepared>, weight: usize) {
        if self.texts.peek(text).is_some_and(|kept| Arc::ptr_eq(kept, prepared)) {
            prepared.weight.fetch_add(weight, Ordering::Relaxed);
            self.weight += weight;
            self.make_room();
        }
    }

    fn make_room(&mut self) {
        while self.weight > WEIGHT_MAX || self.texts.len() > TEXTS_MAX {
            let Some((_, oldest)) = self.texts.pop_lru() else { return };
            self.weight = self.weight.saturating_sub(oldest.weight.load(Ordering::Relaxed));
        }
    }
}

impl Prepared {
    fn plans(&self) -> MutexGuard<'_, Vec<Planned>> {
        self.plans.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
