//! Text as it is searched: the same folding for what is stored and for what is asked.

use icu_casemap::CaseMapper;
use unicode_normalization::UnicodeNormalization;

/// Folds a text, so that spellings that differ in case or in compatible forms become equal: NFKC, then full case
/// folding, then NFKC again, since folding can undo it.
#[must_use]
pub fn fold(text: &str) -> String {
    let normal: String = text.nfkc().collect();
    CaseMapper::new().fold_string(&normal).nfkc().collect()
}
