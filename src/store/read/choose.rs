//! Where the rows of a page are looked for.

use super::Reader;
use crate::plan::predicate::Predicate;
use crate::plan::{BoundConnection, Level};
use crate::store::StoreError;
use crate::store::dialect::Dialect as _;
use crate::store::narrow::{self, Along, Way};
use crate::store::origin::Origin;
use crate::store::source::Source;
use crate::store::taken::{Counts, Looked};

impl<S: Source> Reader<'_, S> {
    /// Where a page comes from: with its total, where that takes all rows anyway; or else once it is known which condition
    /// along an edge narrows it down.
    pub(super) fn chosen<'o>(
        &mut self,
        level: &Level,
        origin: Origin<'o>,
        counts: bool,
    ) -> Result<Origin<'o>, StoreError> {
        let Origin::All(bound) = origin else { return Ok(origin) };
        if counts && narrow::is_along_edges(bound) {
            return Ok(Origin::Counted(bound));
        }
        let candidates = narrow::candidates(level.entity, bound);
        if candidates.is_empty() {
            return Ok(origin);
        }
        Ok(Origin::Chosen(bound, self.way(level, bound, &candidates)?))
    }

    fn way<'o>(
        &mut self,
        level: &Level,
        bound: &'o BoundConnection,
        candidates: &[&'o Predicate],
    ) -> Result<Way<'o>, StoreError> {
        let Some(along) = candidates.iter().find_map(|part| Along::of(level.entity, bound, part)) else {
            let narrowest = self.narrowest(level, bound, candidates, narrow::bound_of(bound))?;
            return Ok(narrowest.map_or(Way::Walked, Way::Listed));
        };
        let others: Vec<&Predicate> =
            candidates.iter().copied().filter(|part| !std::ptr::eq(*part, along.part)).collect();
        if others.is_empty() || S::Dialect::FORESEES {
            return Ok(Way::Along(along.part));
        }
        let mut fit = Looked(None);
        self.run(along.look::<S::Dialect>(level.entity, bound), None, &mut fit)?;
        let ahead = Along::rows_ahead(bound, fit.0);
        let Some(ahead) = ahead else { return Ok(Way::Along(along.part)) };
        let most = ahead.min(narrow::bound_of(bound));
        Ok(self.narrowest(level, bound, &others, most)?.map_or(Way::Along(along.part), Way::Listed))
    }

    /// The candidate that leaves the fewest rows, if those are fewer than so many.
    fn narrowest<'o>(
        &mut self,
        level: &Level,
        bound: &BoundConnection,
        candidates: &[&'o Predicate],
        most: i64,
    ) -> Result<Option<&'o Predicate>, StoreError> {
        let mut counts = Counts(vec![0; candidates.len()]);
        self.run(narrow::count::<S::Dialect>(level.entity, bound, candidates, most), None, &mut counts)?;
        Ok(narrow::narrowest(candidates, &counts.0, most))
    }
}
