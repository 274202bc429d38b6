//! Text as it is compared: folded, so that case, width and composition do not matter.

use icu_casemap::CaseMapper;
use unicode_normalization::UnicodeNormalization;

/// Folds text for comparison: NFKC, then full case folding, until nothing changes. Folding twice is folding once.
#[must_use]
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = fold_once(text);
    loop {
        let again = fold_once(&folded);
        if again == folded {
            return folded;
        }
        folded = again;
    }
}

fn fold_once(text: &str) -> String {
    let composed: String = text.nfkc().collect();
    CaseMapper::new().fold_string(&composed).nfkc().collect()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_width_and_composition_do_not_matter() {
        assert_eq!(fold("ＸＩＡＯＭＩ Straße"), "xiaomi strasse");
        assert_eq!(fold("Cafe\u{301}"), fold("CAFÉ"));
    }

    #[test]
    fn every_character_folds_to_a_fixed_point() {
        for character in (0..0x0002_0000_u32).filter_map(char::from_u32) {
            let folded = fold(&character.to_string());
            assert_eq!(fold(&folded), folded, "U+{:04X}", u32::from(character));
        }
    }
}
