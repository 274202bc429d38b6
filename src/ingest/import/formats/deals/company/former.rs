//! The short names that companies had, or that companies had which were joined with them: they lead to those.

use std::collections::{HashMap, HashSet};

use super::super::field;
use super::super::sheet::{Change, Sheet};
use crate::ingest::deals::CompanyLine;
use crate::ingest::import::{Desk, ImportError, Problem};
use crate::store::bulk::{BulkCompany, CompanyKey, FormerSlugRow, companies_formerly};

/// Where former short names lead, and those that are new.
pub(super) struct Former {
    known: HashMap<String, i64>,
    new: Vec<FormerSlugRow>,
}

/// The former short names of a line.
pub(super) fn slugs(line: &CompanyLine) -> Result<Vec<String>, Problem> {
    let mut seen = HashSet::new();
    let read = |slug: &String| {
        if *slug == line.slug {
            return Err(field::wrong("formerSlugs", slug, "another short name than that of the line"));
        }
        field::once("formerSlugs", slug, slug.clone(), &mut seen)?;
        field::slug("formerSlugs", slug)
    };
    line.former_slugs.iter().map(read).collect()
}

impl Former {
    pub(super) fn find(desk: &mut Desk<'_>, slugs: &[&str]) -> Result<Self, ImportError> {
        let known = companies_formerly(desk.connection, slugs)?;
        Ok(Self { known: known.into_iter().map(|row| (row.slug, row.company_id)).collect(), new: Vec::new() })
    }

    /// The company that the one of a line was joined with, unless its LEI says which it is.
    pub(super) fn joined(&self, companies: &Sheet<BulkCompany>, row: &BulkCompany) -> Option<i64> {
        let is_known = row.lei.clone().is_some_and(|lei| companies.find(&CompanyKey::Lei(lei)).is_some());
        self.known.get(&row.slug).copied().filter(|_| !is_known)
    }

    /// Whether a short name is a company's own, or leads to one: never both, and to one only.
    pub(super) fn check(
        &self,
        companies: &Sheet<BulkCompany>,
        row: &BulkCompany,
        former: &[String],
    ) -> Result<(), Problem> {
        let by_slug = |slug: &String| companies.find(&CompanyKey::Slug(slug.clone())).map(|row| row.id);
        let by_lei = row.lei.clone().and_then(|lei| companies.find(&CompanyKey::Lei(lei))).map(|row| row.id);
        let own = by_slug(&row.slug).or(by_lei);
        for slug in former {
            if by_slug(slug).is_some() {
                return Err(Problem::new("formerSlugs", slug, "a company has this short name", "one that is free"));
            }
            if self.known.get(slug).is_some_and(|known| Some(*known) != own) {
                return Err(Problem::new("formerSlugs", slug, "it leads to another company", "one that is free"));
            }
        }
        Ok(())
    }

    /// Puts the former short names of a company beside those that stand.
    pub(super) fn put(&mut self, company_id: i64, slugs: Vec<String>) -> Change {
        let mut change = Change::Same;
        for slug in slugs {
            if self.known.insert(slug.clone(), company_id).is_none() {
                self.new.push(FormerSlugRow { slug, company_id });
                change = Change::New;
            }
        }
        change
    }

    pub(super) fn store(self, desk: &mut Desk<'_>) -> Result<(), ImportError> {
        desk.insert(&self.new)
    }
}
