//! Legal forms in the languages of the registers, and what two of them say of two equal names.

mod table;

use std::collections::HashMap;
use std::sync::LazyLock;

use strsim::osa_distance;

use super::words::Word;
use table::ENDINGS;

/// A legal form, as far as it tells companies of one name apart: mostly the country whose law knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Form {
    /// None is written.
    Bare,
    /// `Inc`, `LLC`, `LP` and their like.
    Inc,
    /// `Corp`, `Co`: also how companies elsewhere translate their forms.
    Corporation,
    /// `Co., Ltd.` and what it translates in Chinese and Korean.
    CoLtd,
    /// `K.K.` and the other forms of Japan.
    Kk,
    /// `Ltd`, `plc`.
    Limited,
    Canadian,
    Pty,
    Pte,
    Private,
    /// `AG`, `KGaA`.
    Ag,
    Gmbh,
    /// `KG`, `GmbH & Co. KG`.
    Kg,
    /// `SE`, into which other forms are converted.
    Se,
    /// `SA` in all its languages.
    Sa,
    /// `SAS`, `SARL`.
    Sas,
    Spanish,
    Srl,
    Spa,
    Mexican,
    /// `Lda`, `Ltda`.
    Lda,
    Nv,
    Bv,
    Belgian,
    Ab,
    Oy,
    /// `AS`, `ASA`, `A/S`.
    As,
    Aps,
    Icelandic,
    Polish,
    Czech,
    Croatian,
    Bulgarian,
    Hungarian,
    Baltic,
    Turkish,
    Russian,
    Indonesian,
    Malaysian,
}

/// What the forms of two equal names say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// Two companies: of different countries.
    Conflict,
    /// Often two companies of one group; one, where the name has at least so many words.
    Unsure(usize),
    /// One says nothing, or one translates the other.
    Compatible,
    /// The same.
    Same,
}

impl Form {
    /// What two forms say of two equal names.
    pub(super) fn agreement(self, other: Self) -> Agreement {
        use Form::{
            Ab, Ag, Aps, As, Bare, Bv, Canadian, CoLtd, Corporation, Gmbh, Inc, Kg, Kk, Limited, Nv, Oy, Private, Pte,
            Pty, Sa, Sas, Se,
        };
        let (low, high) = if self <= other { (self, other) } else { (other, self) };
        match (low, high) {
            _ if low == high => Agreement::Same,
            (Bare, _) | (Corporation, CoLtd | Kk | Ab | Oy | As) | (CoLtd, Kk) | (Ag, Se) | (Se, Sa | Nv | Ab | As) => {
                Agreement::Compatible
            }
            (Inc, Corporation) | (CoLtd, Limited) => Agreement::Unsure(2),
            (Corporation, Limited) => Agreement::Unsure(3),
            (Inc, CoLtd | Kk | Limited)
            | (Limited, Pty | Pte | Private)
            | (Kk, Limited)
            | (Limited, Canadian)
            | (Ag, Gmbh)
            | (Gmbh, Kg)
            | (Sa, Sas)
            | (Nv, Bv)
            | (As, Aps) => Agreement::Unsure(4),
            _ => Agreement::Conflict,
        }
    }
}

/// Words of a form at most.
const ENDING_WORDS_MAX: usize = 5;

/// Forms that are also written before a name.
const BEGINNINGS: &[&str] = &[
    "kk",
    "yk",
    "gk",
    "co ltd",
    "kabushiki kaisha",
    "kabushikikaisha",
    "yugen kaisha",
    "pt",
    "ooo",
    "oao",
    "zao",
    "pao",
    "ao",
    "nv",
    "ab",
    "aktiebolaget",
    "oy",
    "societe anonyme",
    "obshchestvo s ogranichennoi otvetstvennostiu",
    "obschestvo s ogranichennoy otvetstvennostyu",
    "obshchestvo s ogranichennoy otvetstvennostyu",
    "uab",
    "sia",
    "firma",
];

/// Forms that are long enough to be known when they are misspelt.
const LONG: &[&str] = &[
    "aktiengesellschaft",
    "aktiebolaget",
    "aktiebolag",
    "corporation",
    "incorporated",
    "kommanditgesellschaft",
    "kabushikikaisha",
    "company",
    "limited",
    "partnership",
];

/// A form that ends the name of someone, and after which an address may follow; other than `Co` and `Corporation`, which
/// also stand inside names.
pub(super) fn ends_names(word: &Word) -> bool {
    word.is_any(&[
        "inc",
        "incorporated",
        "llc",
        "ltd",
        "limited",
        "plc",
        "ag",
        "aktiengesellschaft",
        "gmbh",
        "bv",
        "nv",
        "kk",
        "kg",
        "spa",
        "kaisha",
        "sas",
        "sarl",
        "oy",
        "oyj",
        "llp",
    ]) || matches!(misspelt(&word.text), Some("aktiengesellschaft" | "incorporated"))
}

/// The long form that a word misspells: within a letter in five. The short ones among them begin as they should.
pub(super) fn misspelt(text: &str) -> Option<&'static str> {
    let close = |form: &&&str| {
        let budget = form.len().min(text.len()) / 5;
        text.len() >= 6 && text.as_bytes().first() == form.as_bytes().first() && osa_distance(text, form) <= budget
    };
    LONG.iter().find(close).copied()
}

static BY_TEXT: LazyLock<HashMap<&str, Form>> = LazyLock::new(|| ENDINGS.iter().copied().collect());

fn ending(text: &str) -> Option<Form> {
    BY_TEXT.get(text).copied()
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Takes the legal forms off the words; of several the innermost is given,
/// since what stands behind it is an addition; but `Co.` is part of many forms. A name is never taken whole.
pub(super) fn take(words: &mut Vec<Word>) -> Form {
    let mut taken = Form::Bare;
    while let Some((count, form)) = last_form(words) {
        let co = words.get(words.len() - count).is_some_and(|word| word.is_any(&["co", "company", "and"]));
        if taken == Form::Bare || !(co || form == Form::Bare) {
            taken = form;
        }
        words.truncate(words.len() - count);
    }
    while let Some((count, form)) = first_form(words) {
        words.drain(..count);
        if taken == Form::Bare {
            taken = form;
        }
    }
    taken
}

fn last_form(words: &[Word]) -> Option<(usize, Form)> {
    for count in (1..=ENDING_WORDS_MAX.min(words.len().saturating_sub(1))).rev() {
        let (_, last) = words.split_at(words.len() - count);
        if let Some(form) = ending(&joined(last)) {
            return Some((count, form));
        }
    }
    if words.len() < 2 {
        return None;
    }
    let last = words.last()?;
    // "& Co." leaves an "&" behind.
    if last.is_any(&["and", "und", "et", "the"]) {
        return Some((1, Form::Bare));
    }
    misspelt(&last.text).and_then(ending).map(|form| (1, form)).or_else(|| halved_form(words))
}

/// A long form that a blank parts: `Aktiengesell schaft`.
fn halved_form(words: &[Word]) -> Option<(usize, Form)> {
    const LETTERS_MIN: usize = 12;
    let [_, .., first, second] = words else { return None };
    let form = misspelt(&format!("{}{}", first.text, second.text)).filter(|form| form.len() >= LETTERS_MIN)?;
    ending(form).map(|form| (2, form))
}

/// The form that stands before a name; `Firma` says nothing of it.
fn leading(text: &str) -> Form {
    match text {
        "pt" => Form::Indonesian,
        _ => ending(text).unwrap_or(Form::Bare),
    }
}

fn first_form(words: &[Word]) -> Option<(usize, Form)> {
    for count in (1..=4.min(words.len().saturating_sub(1))).rev() {
        let (first, _) = words.split_at(count);
        let text = joined(first);
        if BEGINNINGS.contains(&text.as_str()) {
            return Some((count, leading(&text)));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Agreement, Form, take};
    use crate::names::words::words;

    fn split(spelling: &str) -> (String, Form) {
        let mut words = words(spelling);
        let form = take(&mut words);
        (super::joined(&words), form)
    }

    #[test]
    fn forms_of_many_languages_are_taken_off() {
        let cases = [
            ("Borealis A.G.", "borealis", Form::Ag),
            ("Borealis AG", "borealis", Form::Ag),
            ("Toshiba Kabushiki Kaisha", "toshiba", Form::Kk),
            ("㈱日立", "rili", Form::Kk),
            ("SIEMENS Aktiengesellshaft", "siemens", Form::Ag),
            ("Siemens Aktiengesell schaft", "siemens", Form::Ag),
            ("Robert Bosch GmbH & Co. KG", "robert bosch", Form::Kg),
            ("Toshiba Carrier EUROPE SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ", "toshiba carrier europe", Form::Polish),
            ("Acme Sp. z o.o.", "acme", Form::Polish),
            ("ООО Яндекс", "yandeks", Form::Russian),
            ("Fiat S.p.A.", "fiat", Form::Spa),
            ("AB Volvo (publ)", "volvo", Form::Ab),
            ("Novo Nordisk A/S", "novo nordisk", Form::As),
            ("Merck & Co., Inc.", "merck", Form::Inc),
            ("Limited, Inc.", "limited", Form::Inc),
            ("Samsung Electronics Co., Ltd.", "samsung electronics", Form::CoLtd),
            ("Toyota Industries S. A. P. I. de C.V.", "toyota industries", Form::Mexican),
            ("Company", "company", Form::Bare),
        ];
        for (spelling, name, form) in cases {
            assert_eq!(split(spelling), (name.to_owned(), form), "{spelling}");
        }
    }

    #[test]
    fn agreement_has_no_direction() {
        let forms = [Form::Bare, Form::Inc, Form::CoLtd, Form::Limited, Form::Ag, Form::Se, Form::Sa, Form::Ab];
        for one in forms {
            for other in forms {
                assert_eq!(one.agreement(other), other.agreement(one), "{one:?} and {other:?}");
            }
        }
        assert_eq!(Form::Ag.agreement(Form::Inc), Agreement::Conflict);
        assert_eq!(Form::Se.agreement(Form::Ag), Agreement::Compatible);
    }
}
