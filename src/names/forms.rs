//! Legal forms in the languages of the registers: how they are written, and what two of them say of two equal names.

use strsim::osa_distance;

use super::words::Word;

/// A legal form, as far as it tells companies of one name apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Form {
    /// None is written.
    Bare,
    /// `Inc`, `LLC`, `LP` and their like: written in the United States and Canada.
    American,
    /// `Corp`, `Co`, `Group`: also how companies elsewhere translate their forms.
    Corporation,
    /// `Ltd`, `plc`, `Pty Ltd`: Britain, the Commonwealth, Israel; and how Asian companies translate theirs.
    Limited,
    /// `Co., Ltd.`, `K.K.` and the other forms of East Asia.
    Asian,
    /// `AG`, `KGaA`.
    GermanShares,
    /// `GmbH`, `GmbH & Co. KG`, `KG`.
    GermanLimited,
    /// `SE`, into which other forms are converted.
    European,
    /// `SA` in all its languages.
    LatinShares,
    /// `SARL`, `SAS`, `Srl`, `Lda`.
    LatinLimited,
    /// `SpA`.
    Italian,
    /// `NV`.
    DutchShares,
    /// `BV`.
    DutchLimited,
    /// `AB`, `Oy`, `A/S`, `ASA`.
    Nordic,
    /// `ApS`.
    DanishLimited,
    /// `Sp. z o.o.`, `s.r.o.`, `a.s.`, `d.o.o.`, `Kft.` and their like.
    CentralEuropean,
    /// `OOO`, `AO` and their like.
    Russian,
    /// `PT`, `Sdn Bhd`, `Tbk`.
    SouthEastAsian,
}

/// What the forms of two equal names say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Agreement {
    /// Two companies: of different countries.
    Conflict,
    /// Often two companies of one group, when the name is a single word; else mostly one.
    Unsure,
    /// One says nothing, or one translates the other.
    Compatible,
    /// The same.
    Same,
}

impl Form {
    /// What two forms say of two equal names.
    pub(super) fn agreement(self, other: Self) -> Agreement {
        use Form::{
            American, Asian, Bare, Corporation, DutchLimited, DutchShares, European, GermanLimited, GermanShares,
            LatinLimited, LatinShares, Limited, Nordic,
        };
        let (low, high) = if self <= other { (self, other) } else { (other, self) };
        match (low, high) {
            _ if low == high => Agreement::Same,
            (Bare, _)
            | (American, Corporation)
            | (Corporation, Asian | Nordic)
            | (GermanShares, European)
            | (European, LatinShares | DutchShares | Nordic) => Agreement::Compatible,
            (American | Corporation, Limited | Asian)
            | (Limited, Asian)
            | (GermanShares, GermanLimited)
            | (LatinShares, LatinLimited)
            | (DutchShares, DutchLimited) => Agreement::Unsure,
            _ => Agreement::Conflict,
        }
    }
}

/// How forms end a name. Of several that fit, the longest counts.
const ENDINGS: &[(&str, Form)] = &[
    ("inc", Form::American),
    ("incorporated", Form::American),
    ("incorporation", Form::American),
    ("llc", Form::American),
    ("lc", Form::American),
    ("llp", Form::American),
    ("lllp", Form::American),
    ("lp", Form::American),
    ("pllc", Form::American),
    ("pc", Form::American),
    ("pbc", Form::American),
    ("limited liability company", Form::American),
    ("limited liability co", Form::American),
    ("limited liability corporation", Form::American),
    ("limited partnership", Form::American),
    ("limited liability partnership", Form::American),
    ("ltd partnership", Form::American),
    ("partnership", Form::American),
    ("ulc", Form::American),
    ("na", Form::American),
    ("fsb", Form::American),
    ("corp", Form::Corporation),
    ("corporation", Form::Corporation),
    ("corporations", Form::Corporation),
    ("corporate", Form::Corporation),
    ("co", Form::Corporation),
    ("cos", Form::Corporation),
    ("coy", Form::Corporation),
    ("company", Form::Corporation),
    ("companies", Form::Corporation),
    ("cie", Form::Corporation),
    ("ltd", Form::Limited),
    ("limited", Form::Limited),
    ("limitee", Form::Limited),
    ("ltee", Form::Limited),
    ("plc", Form::Limited),
    ("public limited company", Form::Limited),
    ("public limited", Form::Limited),
    ("public ltd", Form::Limited),
    ("pty ltd", Form::Limited),
    ("pty limited", Form::Limited),
    ("pty", Form::Limited),
    ("proprietary limited", Form::Limited),
    ("proprietary ltd", Form::Limited),
    ("pvt ltd", Form::Limited),
    ("private limited", Form::Limited),
    ("private ltd", Form::Limited),
    ("pte ltd", Form::Limited),
    ("pte limited", Form::Limited),
    ("pte", Form::Limited),
    ("co ltd", Form::Asian),
    ("co limited", Form::Asian),
    ("company ltd", Form::Asian),
    ("company limited", Form::Asian),
    ("corporation ltd", Form::Asian),
    ("corp ltd", Form::Asian),
    ("kk", Form::Asian),
    ("kabushiki kaisha", Form::Asian),
    ("kabushiki gaisha", Form::Asian),
    ("kabushikikaisha", Form::Asian),
    ("kabushikigaisha", Form::Asian),
    ("yk", Form::Asian),
    ("yugen kaisha", Form::Asian),
    ("gk", Form::Asian),
    ("godo kaisha", Form::Asian),
    ("jusik hoesa", Form::Asian),
    ("chusik hoesa", Form::Asian),
    ("gongsi", Form::Asian),
    ("youxian gongsi", Form::Asian),
    ("gufen youxian gongsi", Form::Asian),
    ("ag", Form::GermanShares),
    ("aktiengesellschaft", Form::GermanShares),
    ("aktien gesellschaft", Form::GermanShares),
    ("kgaa", Form::GermanShares),
    ("ag and co kgaa", Form::GermanShares),
    ("kommanditgesellschaft auf aktien", Form::GermanShares),
    ("gmbh", Form::GermanLimited),
    ("mbh", Form::GermanLimited),
    ("ges mbh", Form::GermanLimited),
    ("gesmbh", Form::GermanLimited),
    ("gesellschaft mbh", Form::GermanLimited),
    ("gesellschaft mit beschraenkter haftung", Form::GermanLimited),
    ("gesellschaft mit beschrankter haftung", Form::GermanLimited),
    ("mit beschraenkter haftung", Form::GermanLimited),
    ("mit beschrankter haftung", Form::GermanLimited),
    ("kg", Form::GermanLimited),
    ("ohg", Form::GermanLimited),
    ("co kg", Form::GermanLimited),
    ("gmbh and co", Form::GermanLimited),
    ("gmbh and co kg", Form::GermanLimited),
    ("gmbh co kg", Form::GermanLimited),
    ("gmbh u co kg", Form::GermanLimited),
    ("gmbh und co kg", Form::GermanLimited),
    ("kommanditgesellschaft", Form::GermanLimited),
    ("ug", Form::GermanLimited),
    ("ev", Form::GermanLimited),
    ("eingetragener verein", Form::GermanLimited),
    ("se", Form::European),
    ("societas europaea", Form::European),
    ("sa", Form::LatinShares),
    ("societe anonyme", Form::LatinShares),
    ("sociedad anonima", Form::LatinShares),
    ("sociedade anonima", Form::LatinShares),
    ("sa de cv", Form::LatinShares),
    ("sab de cv", Form::LatinShares),
    ("sapi de cv", Form::LatinShares),
    ("sau", Form::LatinShares),
    ("sca", Form::LatinShares),
    ("sas", Form::LatinLimited),
    ("sasu", Form::LatinLimited),
    ("societe par actions simplifiee", Form::LatinLimited),
    ("societe a responsabilite limitee", Form::LatinLimited),
    ("sarl", Form::LatinLimited),
    ("eurl", Form::LatinLimited),
    ("snc", Form::LatinLimited),
    ("gie", Form::LatinLimited),
    ("sl", Form::LatinLimited),
    ("slu", Form::LatinLimited),
    ("srl", Form::LatinLimited),
    ("srl de cv", Form::LatinLimited),
    ("s de rl de cv", Form::LatinLimited),
    ("de rl de cv", Form::LatinLimited),
    ("lda", Form::LatinLimited),
    ("ltda", Form::LatinLimited),
    ("limitada", Form::LatinLimited),
    ("sprl", Form::LatinLimited),
    ("bvba", Form::DutchLimited),
    ("spa", Form::Italian),
    ("societa per azioni", Form::Italian),
    ("nv", Form::DutchShares),
    ("naamloze vennootschap", Form::DutchShares),
    ("nv sa", Form::DutchShares),
    ("sa nv", Form::DutchShares),
    ("bv", Form::DutchLimited),
    ("besloten vennootschap", Form::DutchLimited),
    ("vof", Form::DutchLimited),
    ("ab", Form::Nordic),
    ("aktiebolag", Form::Nordic),
    ("aktiebolaget", Form::Nordic),
    ("publ", Form::Nordic),
    ("ab publ", Form::Nordic),
    ("oy", Form::Nordic),
    ("oyj", Form::Nordic),
    ("oy ab", Form::Nordic),
    ("osakeyhtio", Form::Nordic),
    ("a/s", Form::Nordic),
    ("asa", Form::Nordic),
    ("as", Form::Nordic),
    ("aktieselskab", Form::Nordic),
    ("aktieselskabet", Form::Nordic),
    ("ehf", Form::Nordic),
    ("hf", Form::Nordic),
    ("aps", Form::DanishLimited),
    ("anpartsselskab", Form::DanishLimited),
    ("sp zoo", Form::CentralEuropean),
    ("spzoo", Form::CentralEuropean),
    ("spolka zoo", Form::CentralEuropean),
    ("spolka z ograniczona odpowiedzialnoscia", Form::CentralEuropean),
    ("spolka akcyjna", Form::CentralEuropean),
    ("sro", Form::CentralEuropean),
    ("spol sro", Form::CentralEuropean),
    ("akciova spolecnost", Form::CentralEuropean),
    ("doo", Form::CentralEuropean),
    ("dd", Form::CentralEuropean),
    ("ad", Form::CentralEuropean),
    ("eood", Form::CentralEuropean),
    ("kft", Form::CentralEuropean),
    ("zrt", Form::CentralEuropean),
    ("nyrt", Form::CentralEuropean),
    ("uab", Form::CentralEuropean),
    ("sia", Form::CentralEuropean),
    ("ou", Form::CentralEuropean),
    ("anonim sirketi", Form::CentralEuropean),
    ("ltd sti", Form::CentralEuropean),
    ("ooo", Form::Russian),
    ("oao", Form::Russian),
    ("zao", Form::Russian),
    ("pao", Form::Russian),
    ("ao", Form::Russian),
    ("obshchestvo s ogranichennoi otvetstvennostiu", Form::Russian),
    ("obschestvo s ogranichennoy otvetstvennostyu", Form::Russian),
    ("obshchestvo s ogranichennoy otvetstvennostyu", Form::Russian),
    ("tbk", Form::SouthEastAsian),
    ("sdn bhd", Form::SouthEastAsian),
    ("bhd", Form::SouthEastAsian),
];

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

fn ending(text: &str) -> Option<Form> {
    ENDINGS.iter().find(|(ending, _)| *ending == text).map(|(_, form)| *form)
}

fn joined(words: &[Word]) -> String {
    words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Takes the legal forms off the words; of several the outermost is given. A name is never taken whole.
pub(super) fn take(words: &mut Vec<Word>) -> Form {
    let mut taken = Form::Bare;
    while let Some((count, form)) = last_form(words) {
        words.truncate(words.len() - count);
        if taken == Form::Bare {
            taken = form;
        }
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
    misspelt(&last.text).and_then(ending).map(|form| (1, form))
}

fn first_form(words: &[Word]) -> Option<(usize, Form)> {
    for count in (1..=4.min(words.len().saturating_sub(1))).rev() {
        let (first, _) = words.split_at(count);
        let text = joined(first);
        if BEGINNINGS.contains(&text.as_str()) {
            return Some((count, if text == "pt" { Form::SouthEastAsian } else { ending(&text)? }));
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
            ("Borealis A.G.", "borealis", Form::GermanShares),
            ("Borealis AG", "borealis", Form::GermanShares),
            ("Toshiba Kabushiki Kaisha", "toshiba", Form::Asian),
            ("㈱日立", "rili", Form::Asian),
            ("SIEMENS Aktiengesellshaft", "siemens", Form::GermanShares),
            ("Robert Bosch GmbH & Co. KG", "robert bosch", Form::GermanLimited),
            (
                "Toshiba Carrier EUROPE SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ",
                "toshiba carrier europe",
                Form::CentralEuropean,
            ),
            ("Acme Sp. z o.o.", "acme", Form::CentralEuropean),
            ("ООО Яндекс", "yandeks", Form::Russian),
            ("Fiat S.p.A.", "fiat", Form::Italian),
            ("AB Volvo (publ)", "volvo", Form::Nordic),
            ("Novo Nordisk A/S", "novo nordisk", Form::Nordic),
            ("Merck & Co., Inc.", "merck", Form::American),
            ("Limited, Inc.", "limited", Form::American),
            ("Samsung Electronics Co., Ltd.", "samsung electronics", Form::Asian),
            ("Toyota Industries S. A. P. I. de C.V.", "toyota industries", Form::LatinShares),
            ("Company", "company", Form::Bare),
        ];
        for (spelling, name, form) in cases {
            assert_eq!(split(spelling), (name.to_owned(), form), "{spelling}");
        }
    }

    #[test]
    fn agreement_has_no_direction() {
        let forms = [Form::Bare, Form::American, Form::Asian, Form::GermanShares, Form::European, Form::Nordic];
        for one in forms {
            for other in forms {
                assert_eq!(one.agreement(other), other.agreement(one), "{one:?} and {other:?}");
            }
        }
        assert_eq!(Form::GermanShares.agreement(Form::American), Agreement::Conflict);
        assert_eq!(Form::European.agreement(Form::GermanShares), Agreement::Compatible);
    }
}
