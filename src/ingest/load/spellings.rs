//! Companies by any of their spellings, for names as patent offices record them.

use std::collections::HashMap;

use crate::text::fold;

/// The companies by folded spelling; a spelling of several companies leads to none.
#[derive(Debug, Default)]
pub(super) struct Spellings {
    companies: HashMap<String, Option<i64>>,
}

impl Spellings {
    /// Begins with the spellings that stand.
    pub(super) fn new(standing: impl IntoIterator<Item = (String, i64)>) -> Self {
        let mut spellings = Self::default();
        for (name, company) in standing {
            spellings.add(&name, company);
        }
        spellings
    }

    /// Adds a spelling of a company.
    pub(super) fn add(&mut self, name: &str, company: i64) {
        let known = self.companies.entry(fold(name)).or_insert(Some(company));
        if *known != Some(company) {
            *known = None;
        }
    }

    /// The one company that all of the names, joined by `;`, are spellings of.
    pub(super) fn sole(&self, names: &str) -> Option<i64> {
        let mut companies = names.split(';').map(|name| self.companies.get(&fold(name.trim())).copied().flatten());
        let first = companies.next()??;
        companies.all(|company| company == Some(first)).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use super::Spellings;

    #[test]
    fn only_one_company_is_a_sole_owner() {
        let names = [("Nokia Oyj", 1), ("Nokia Corp", 1), ("Nokia Inc", 2), ("Palm", 3), ("palm", 4)];
        let spellings = Spellings::new(names.map(|(name, company)| (name.to_owned(), company)));
        assert_eq!(spellings.sole("NOKIA OYJ"), Some(1));
        assert_eq!(spellings.sole("Nokia Oyj; Nokia Corp"), Some(1));
        assert_eq!(spellings.sole("Nokia Oyj; Nokia Inc"), None);
        assert_eq!(spellings.sole("Palm"), None);
        assert_eq!(spellings.sole("Individual"), None);
    }
}
