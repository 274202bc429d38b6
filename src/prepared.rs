//! Texts that were seen: each with its checked document and its plans, so that the next time nothing is parsed.

use std::collections::HashMap;
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

/// Texts of this many bytes together are kept at most.
const BYTES_MAX: usize = 8 * 1024 * 1024;
/// Texts kept at most.
const TEXTS_MAX: usize = 4_096;
/// Plans kept of one text: one for each operation and combination of its conditions.
const PLANS_MAX: usize = 16;

/// Which operation, under which conditions.
type PlanKey = (Option<String>, Conditions);

/// A checked document and its plans.
#[derive(Debug)]
pub struct Prepared {
    /// The document.
    pub document: Document,
    plans: Mutex<HashMap<PlanKey, Arc<Plan>>>,
}

/// The texts that were seen last.
pub struct Texts {
    kept: Mutex<Kept>,
}

struct Kept {
    texts: LruCache<String, Arc<Prepared>>,
    bytes: usize,
}

impl Default for Texts {
    fn default() -> Self {
        Self { kept: Mutex::new(Kept { texts: LruCache::unbounded(), bytes: 0 }) }
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
        let prepared = Arc::new(Prepared { document, plans: Mutex::default() });
        self.lock().keep(text, &prepared);
        Ok(prepared)
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn keep(&mut self, text: &str, prepared: &Arc<Prepared>) {
        if self.texts.put(text.to_owned(), Arc::clone(prepared)).is_none() {
            self.bytes += text.len();
        }
        while self.bytes > BYTES_MAX || self.texts.len() > TEXTS_MAX {
            let Some((oldest, _)) = self.texts.pop_lru() else { return };
            self.bytes -= oldest.len();
        }
    }
}

impl Prepared {
    /// The plan of an operation under the values of its variables; kept for the next time.
    ///
    /// # Errors
    /// The operation cannot be planned; the error says why.
    pub fn plan(
        &self,
        name: Option<&str>,
        operation: &Positioned<OperationDefinition>,
        variables: &Variables,
    ) -> Result<Arc<Plan>, ClientError> {
        let conditions = conditions::values(&self.document.condition_variables, variables, operation.pos)?;
        let key = (name.map(str::to_owned), conditions);
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(plan) = plans.get(&key) {
            return Ok(Arc::clone(plan));
        }
        let plan = Arc::new(Plan::new(schema(), &self.document.parsed, operation, &key.1)?);
        if plans.len() < PLANS_MAX {
            plans.insert(key, Arc::clone(&plan));
        }
        Ok(plan)
    }
}
