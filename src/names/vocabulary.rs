//! Words that many names share: how they are abbreviated, and which of them tell nothing.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use strsim::osa_distance;

use super::slips::is_of_the_hand;

/// Words that are dropped wherever they stand, unless nothing else is left.
pub(super) const EMPTY: &[&str] = &[
    "the",
    "of",
    "and",
    "for",
    "in",
    "at",
    "a",
    "an",
    "und",
    "et",
    "der",
    "die",
    "das",
    "des",
    "dem",
    "fur",
    "fuer",
    "le",
    "la",
    "les",
    "de",
    "du",
    "di",
    "del",
    "della",
    "delle",
    "dei",
    "da",
    "do",
    "dos",
    "el",
    "los",
    "och",
    "og",
    "van",
    "het",
    "voor",
    "represented",
    "by",
    "through",
];

/// Abbreviations of registers and what they stand for, after plurals are gone. A word that stands for itself here is known as
/// a common one, which is never a slip of another common one.
const ABBREVIATIONS: &[(&str, &[&str])] = &[
    ("academy", &["acad", "akademie", "academie"]),
    ("advanced", &["adv", "advd"]),
    ("aerospace", &["aerosp"]),
    ("america", &["amer"]),
    ("american", &[]),
    ("apparatus", &["appar"]),
    ("association", &["assn", "assoc", "asso"]),
    ("associate", &[]),
    ("automotive", &[]),
    ("automation", &["automat"]),
    ("authority", &["auth"]),
    ("biotechnology", &["biotech"]),
    ("brother", &["bros", "bro"]),
    ("center", &["ctr", "centre", "cntr", "cent"]),
    ("central", &["centr", "zentral"]),
    ("chemical", &["chem", "chemicals", "chems"]),
    ("chemistry", &[]),
    ("chemie", &[]),
    ("college", &["coll", "collage"]),
    ("commission", &["commn"]),
    ("communication", &["commun", "comm", "comms", "communic", "communicatn"]),
    ("compagnie", &["cie"]),
    ("company", &["co", "cy"]),
    ("component", &["comp"]),
    ("computer", &["comput", "cptr"]),
    ("construction", &["constr"]),
    ("control", &[]),
    ("cooperation", &["coop"]),
    ("corporation", &["corp"]),
    ("defense", &["defence", "def"]),
    ("department", &["dept", "dep"]),
    ("development", &["dev", "devel", "develop", "dvlp"]),
    ("device", &[]),
    ("diagnostic", &["diag"]),
    ("display", &[]),
    ("division", &["div"]),
    ("electric", &["elec", "elect", "electr", "electrical", "elek", "elektr"]),
    ("electronic", &["electron", "electro", "electrn", "eltrn"]),
    ("elektronik", &[]),
    ("elektrik", &[]),
    ("energy", &[]),
    ("engineering", &["eng", "engr", "engg", "engrg", "engin"]),
    ("engineer", &["engrs"]),
    ("enterprise", &["ent", "entp", "entpr", "enterp"]),
    ("equipment", &["equip", "eqp"]),
    ("establishment", &["estab"]),
    ("europe", &["eur"]),
    ("european", &[]),
    ("federal", &["fed"]),
    ("financial", &["fin"]),
    ("finance", &[]),
    ("forschung", &["forsch"]),
    ("foundation", &["found", "fdn", "fndn", "foundn"]),
    ("general", &["gen", "genl"]),
    ("generale", &[]),
    ("gesellschaft", &["ges"]),
    ("government", &["govt", "gov"]),
    ("group", &["grp", "gruppe", "groupe"]),
    ("health", &["hlth"]),
    ("holding", &["hldg", "hldgs", "hold"]),
    ("hospital", &["hosp"]),
    ("industry", &["ind", "indus", "industrie"]),
    ("industrial", &["indl"]),
    ("information", &["info", "inf", "inform"]),
    ("innovation", &[]),
    ("institute", &["inst", "institut", "instit", "institution", "instituto", "istituto"]),
    ("instrument", &["instr"]),
    ("insurance", &["ins"]),
    ("integrated", &[]),
    // "IP" is two words, and names are compared without blanks.
    ("intellectualproperty", &["ip"]),
    ("international", &["int", "intl", "intern", "internat", "intnl", "internl", "internatl"]),
    ("investment", &["invest", "inv"]),
    ("laboratory", &["lab", "labor", "laborator", "laboratorie", "laboratoire"]),
    ("license", &["lic", "licence"]),
    ("machine", &["mach"]),
    ("machinery", &[]),
    ("management", &["mgmt", "mgt"]),
    ("manufacturing", &["mfg", "manuf", "mfr", "manufact", "manufacture", "manufacturer"]),
    ("marine", &[]),
    ("material", &["mat", "matl"]),
    ("mechanical", &["mech"]),
    ("medical", &["med"]),
    ("medicine", &[]),
    ("memorial", &["mem"]),
    ("metal", &[]),
    ("mineral", &[]),
    ("ministry", &["min"]),
    ("motor", &[]),
    ("municipal", &[]),
    ("national", &["natl", "nat"]),
    ("nuclear", &["nucl"]),
    ("office", &["off"]),
    ("optical", &["opt"]),
    ("optic", &[]),
    ("organization", &["org", "organisation"]),
    ("petroleum", &["petrol", "petr"]),
    ("petrochemical", &[]),
    ("pharmaceutical", &["pharm", "pharmaceut", "pharmaceutic"]),
    ("photonic", &[]),
    ("plastic", &["plast"]),
    ("pharma", &[]),
    ("power", &[]),
    ("precision", &["prec"]),
    ("product", &["prod"]),
    ("production", &[]),
    ("property", &["prop"]),
    ("public", &["pub"]),
    ("railway", &["rly"]),
    ("research", &["res", "rsch", "resch"]),
    ("recherche", &["rech"]),
    ("resource", &[]),
    ("school", &["sch"]),
    ("science", &["sci", "scienc", "scis"]),
    ("scientific", &["scient"]),
    ("security", &["sec"]),
    ("semiconductor", &["semicond", "semicon"]),
    ("service", &["svc", "serv", "srvc"]),
    ("society", &["soc"]),
    ("societe", &["ste"]),
    ("software", &["softw"]),
    ("solution", &["soln", "sol"]),
    ("specialty", &["speciality", "spec"]),
    ("state", &[]),
    ("steel", &[]),
    ("structure", &["struct"]),
    ("studio", &[]),
    ("surgical", &["surg"]),
    ("system", &["sys", "syst"]),
    ("technical", &[]),
    ("technic", &[]),
    ("technology", &["tech", "techn", "technol", "tec"]),
    ("telecommunication", &["telecom", "telecomm", "telecommun"]),
    ("telegraph", &["teleg", "telegr"]),
    ("telephone", &["teleph"]),
    ("therapeutic", &["ther"]),
    ("transport", &[]),
    ("transportation", &["transp", "transportn"]),
    (
        "university",
        &[
            "univ",
            "uni",
            "universit",
            "universitat",
            "universitaet",
            "universite",
            "universidad",
            "universita",
            "universiteit",
            "universidade",
            "universitet",
            "unv",
        ],
    ),
    ("vehicle", &["veh"]),
    ("wireless", &[]),
    ("works", &["wks"]),
    ("north", &[]),
    ("south", &[]),
    ("east", &[]),
    ("west", &[]),
    ("northern", &[]),
    ("southern", &[]),
    ("eastern", &[]),
    ("western", &[]),
    ("northeast", &[]),
    ("northwest", &[]),
    ("southeast", &[]),
    ("southwest", &[]),
    ("northeastern", &[]),
    ("northwestern", &[]),
    ("southeastern", &[]),
    ("southwestern", &[]),
    ("first", &[]),
    ("second", &[]),
    ("third", &[]),
    ("new", &[]),
    ("united", &[]),
    ("austria", &["osterreich", "oesterreich"]),
    ("australia", &[]),
    ("argentina", &[]),
    ("africa", &[]),
    ("asia", &[]),
    ("belgium", &[]),
    ("brazil", &["brasil"]),
    ("britain", &[]),
    ("british", &[]),
    ("bulgaria", &[]),
    ("canada", &[]),
    ("canadian", &[]),
    ("china", &[]),
    ("chinese", &[]),
    ("czech", &[]),
    ("denmark", &["danmark"]),
    ("deutschland", &["germany"]),
    ("deutsche", &["deutscher"]),
    ("england", &[]),
    ("espana", &["spain"]),
    ("finland", &[]),
    ("france", &[]),
    ("francaise", &[]),
    ("hungary", &[]),
    ("india", &[]),
    ("indonesia", &[]),
    ("iran", &[]),
    ("iraq", &[]),
    ("ireland", &[]),
    ("israel", &[]),
    ("italia", &["italy"]),
    ("italiana", &[]),
    ("japan", &[]),
    ("korea", &[]),
    ("malaysia", &[]),
    ("mexico", &[]),
    ("nederland", &["netherland"]),
    ("norway", &["norge"]),
    ("poland", &["polska"]),
    ("portugal", &[]),
    ("romania", &[]),
    ("russia", &[]),
    ("scotland", &[]),
    ("singapore", &[]),
    ("slovakia", &[]),
    ("slovenia", &[]),
    ("sweden", &["sverige"]),
    ("suisse", &["schweiz", "switzerland"]),
    ("taiwan", &[]),
    ("thailand", &[]),
    ("turkey", &[]),
    ("ukraine", &[]),
    ("vietnam", &[]),
    ("wales", &[]),
];

/// The states of the United States, and how they are abbreviated.
const STATES: &[(&str, &[&str])] = &[
    ("alabama", &["al", "ala"]),
    ("alaska", &["ak"]),
    ("arizona", &["az", "ariz"]),
    ("arkansas", &["ar", "ark"]),
    ("california", &["ca", "calif", "cal"]),
    ("colorado", &["co", "colo"]),
    ("connecticut", &["ct", "conn"]),
    ("delaware", &["de", "del"]),
    ("florida", &["fl", "fla"]),
    ("georgia", &["ga"]),
    ("hawaii", &["hi"]),
    ("idaho", &["id"]),
    ("illinois", &["il", "ill"]),
    ("indiana", &["in", "ind"]),
    ("iowa", &["ia"]),
    ("kansas", &["ks", "kans", "kan"]),
    ("kentucky", &["ky"]),
    ("louisiana", &["la"]),
    ("maine", &["me"]),
    ("maryland", &["md"]),
    ("massachusetts", &["ma", "mass"]),
    ("michigan", &["mi", "mich"]),
    ("minnesota", &["mn", "minn"]),
    ("mississippi", &["ms", "miss"]),
    ("missouri", &["mo"]),
    ("montana", &["mt", "mont"]),
    ("nebraska", &["ne", "neb", "nebr"]),
    ("nevada", &["nv", "nev"]),
    ("new hampshire", &["nh"]),
    ("new jersey", &["nj"]),
    ("new mexico", &["nm"]),
    ("new york", &["ny"]),
    ("north carolina", &["nc"]),
    ("north dakota", &["nd"]),
    ("ohio", &["oh"]),
    ("oklahoma", &["ok", "okla"]),
    ("oregon", &["or", "ore", "oreg"]),
    ("pennsylvania", &["pa", "penn", "penna"]),
    ("rhode island", &["ri"]),
    ("south carolina", &["sc"]),
    ("south dakota", &["sd"]),
    ("tennessee", &["tn", "tenn"]),
    ("texas", &["tx", "tex"]),
    ("utah", &["ut"]),
    ("vermont", &["vt"]),
    ("virginia", &["va"]),
    ("washington", &["wa", "wash"]),
    ("west virginia", &["wv"]),
    ("wisconsin", &["wi", "wis", "wisc"]),
    ("wyoming", &["wy", "wyo"]),
];

/// Cities that registers write behind a legal form.
const CITIES: &[&str] = &[
    "amsterdam",
    "atlanta",
    "austin",
    "bangalore",
    "barcelona",
    "basel",
    "beijing",
    "berlin",
    "bern",
    "berne",
    "birmingham",
    "bombay",
    "boston",
    "bruxelles",
    "brussels",
    "budapest",
    "cambridge",
    "chicago",
    "cleveland",
    "cologne",
    "copenhagen",
    "dallas",
    "darmstadt",
    "delhi",
    "detroit",
    "dresden",
    "dublin",
    "duesseldorf",
    "dusseldorf",
    "eindhoven",
    "erlangen",
    "essen",
    "espoo",
    "frankfurt",
    "geneva",
    "genf",
    "goteborg",
    "gothenburg",
    "hague",
    "haifa",
    "hamburg",
    "hannover",
    "hanover",
    "heidelberg",
    "helsinki",
    "houston",
    "hsinchu",
    "istanbul",
    "karlsruhe",
    "kawasaki",
    "kiel",
    "kobe",
    "koln",
    "koeln",
    "kyoto",
    "leipzig",
    "leverkusen",
    "london",
    "ludwigshafen",
    "lyon",
    "madrid",
    "mannheim",
    "melbourne",
    "milan",
    "milano",
    "montreal",
    "moscow",
    "muenchen",
    "mumbai",
    "munchen",
    "munich",
    "nagoya",
    "nuernberg",
    "nurnberg",
    "osaka",
    "oslo",
    "oxford",
    "paris",
    "philadelphia",
    "pittsburgh",
    "prague",
    "rome",
    "rotterdam",
    "seattle",
    "seoul",
    "shanghai",
    "shenzhen",
    "stockholm",
    "stuttgart",
    "suwon",
    "sydney",
    "taipei",
    "tokyo",
    "torino",
    "toronto",
    "turin",
    "vancouver",
    "vienna",
    "warsaw",
    "wien",
    "yokohama",
    "zuerich",
    "zurich",
];

/// Common words by how they are written.
static FULL: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let written = |(full, short): &(&'static str, &'static [&'static str])| {
        short.iter().copied().chain([*full]).map(|short| (short, *full)).collect::<Vec<_>>()
    };
    ABBREVIATIONS.iter().flat_map(written).collect()
});

/// Words that many names share.
static COMMON: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let states = STATES.iter().map(|(state, _)| *state);
    FULL.values().copied().chain(states).chain(EMPTY.iter().copied()).chain(CITIES.iter().copied()).collect()
});

/// The word in full, where it is an abbreviation, without the plural's ending, and as it should be written, where it is a
/// common word in which letters were left out, added or changed places.
pub(super) fn full(word: &str) -> Cow<'_, str> {
    let known = |word: &str| FULL.get(word).map(|full| Cow::Borrowed(*full));
    let one = singular(word);
    let short = || word.strip_suffix('s').and_then(known);
    known(word).or_else(short).or_else(|| known(&one)).or_else(|| meant(&one).map(Cow::Borrowed)).unwrap_or(one)
}

/// The common word that a long word misspells.
fn meant(word: &str) -> Option<&'static str> {
    const LETTERS_MIN: usize = 8;
    if word.len() < LETTERS_MIN || COMMON.contains(word) {
        return None;
    }
    let same_first = |common: &str| common.bytes().next() == word.bytes().next();
    let close = |common: &&&str| {
        same_first(common)
            && common.len() >= LETTERS_MIN
            && common.len().abs_diff(word.len()) <= 1
            && !common.starts_with(word)
            && !word.starts_with(**common)
            && is_of_the_hand(word, common)
            && osa_distance(word, common) == 1
    };
    COMMON.iter().filter(close).min().copied()
}

/// Whether a word is one that many names share.
pub(super) fn is_common(word: &str) -> bool {
    COMMON.contains(word)
}

/// The state that an abbreviation names, or a name of several words that stands for itself.
pub(super) fn state(word: &str) -> Option<&'static str> {
    STATES.iter().find(|(_, short)| short.contains(&word)).map(|(full, _)| *full)
}

/// Whether a word is a city, or a state of the United States.
pub(super) fn is_city(word: &str) -> bool {
    CITIES.contains(&word) || STATES.iter().any(|(state, _)| *state == word)
}

/// Without the ending of English plurals.
fn singular(word: &str) -> Cow<'_, str> {
    const LETTERS_MIN: usize = 5;
    if word.len() < LETTERS_MIN {
        return Cow::Borrowed(word);
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return Cow::Owned(format!("{stem}y"));
    }
    match word.strip_suffix('s') {
        Some(stem) if !stem.ends_with(['s', 'u', 'i']) => Cow::Borrowed(stem),
        _ => Cow::Borrowed(word),
    }
}

#[cfg(test)]
mod tests {
    use super::{ABBREVIATIONS, full, is_common, state};

    #[test]
    fn abbreviations_and_plurals_lead_to_one_word() {
        for (short, long) in
            [("intl", "international"), ("mfg", "manufacturing"), ("labs", "laboratory"), ("techs", "technology")]
        {
            assert_eq!(full(short), long);
        }
        assert_eq!(full("industries"), full("ind"));
        assert_eq!(full("siemens"), "siemen", "plurals are taken off alike from every name");
        assert_eq!(state("ky"), Some("kentucky"));
        assert!(is_common("electric") && !is_common("siemens"));
    }

    #[test]
    fn common_words_are_known_when_they_are_misspelt() {
        for (slip, word) in [("founadtion", "foundation"), ("univeristy", "university"), ("industral", "industrial")] {
            assert_eq!(full(slip), word);
        }
        assert_eq!(full("electronix"), "electronix", "another letter makes another name");
    }

    #[test]
    fn an_abbreviation_stands_for_one_word() {
        let mut all: Vec<&str> =
            ABBREVIATIONS.iter().flat_map(|(full, short)| short.iter().chain([full])).copied().collect();
        all.sort_unstable();
        let repeated: Vec<_> = all.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(repeated.is_empty(), "{repeated:?}");
    }
}
