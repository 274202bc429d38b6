//! Made-up files of each format, of any number of rows: the same number gives the same bytes.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::Fault;

/// A format, and how a file of it is made.
pub struct Made {
    pub format: &'static str,
    file: &'static str,
    write: fn(&mut BufWriter<File>, u64) -> Result<(), Fault>,
}

pub static FILES: [Made; 5] = [
    Made { format: "patentsview", file: "g_patent.tsv", write: patents },
    Made { format: "uspto-assignments", file: "ad20240101.xml", write: assignments },
    Made { format: "gleif", file: "20250930-0800-gleif-goldencopy-lei2-golden-copy.csv", write: entities },
    Made { format: "etsi", file: "ISLD-export.csv", write: declarations },
    Made { format: "deals", file: "deals.jsonl", write: deals },
];

impl Made {
    /// Makes the file in a folder.
    pub fn make(&self, folder: &Path, rows: u64) -> Result<PathBuf, Fault> {
        let path = folder.join(self.file);
        let mut file = BufWriter::new(File::create(&path)?);
        (self.write)(&mut file, rows)?;
        file.flush()?;
        Ok(path)
    }
}

const WORDS: [&str; 16] = [
    "optical",
    "signal",
    "quantum",
    "mobile",
    "vector",
    "polar",
    "lattice",
    "kinetic",
    "method",
    "apparatus",
    "antenna",
    "encoder",
    "battery",
    "display",
    "receiver",
    "sensor",
];

/// Numbers in no order.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        self.0 >> 32
    }

    fn title(&mut self) -> Result<String, Fault> {
        let mut title = String::new();
        for place in 0..8 {
            let word = WORDS.get(usize::try_from(self.roll() % 16)?).copied().unwrap_or_default();
            title.push_str(if place == 0 { "" } else { " " });
            title.push_str(word);
        }
        Ok(title)
    }
}

/// The name of a company: two words of three syllables, which are no other company's, and a legal form.
fn company(number: u64) -> String {
    const HEADS: [&str; 16] = ["b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v", "br", "tr", "st"];
    const VOWELS: [&str; 4] = ["a", "e", "i", "o"];
    // An odd factor mixes the bits of a number and keeps numbers apart.
    let mut rest = number.wrapping_mul(0x9E37_79B1) & 0xFFFF_FFFF;
    rest |= (number & 0xF) << 32;
    let mut name = String::new();
    for word in 0..2 {
        for _ in 0..3 {
            let head = usize::try_from(rest & 15).ok().and_then(|place| HEADS.get(place));
            let vowel = usize::try_from(rest >> 4 & 3).ok().and_then(|place| VOWELS.get(place));
            name.extend(head.into_iter().chain(vowel).copied());
            rest >>= 6;
        }
        name.push_str(if word == 0 { " " } else { " Inc." });
    }
    name
}

fn day(row: u64) -> String {
    format!("20{:02}-0{}-1{}", 10 + row % 14, 1 + row % 9, row % 10)
}

/// Patents in the layout of PatentsView's `g_patent`.
fn patents(file: &mut BufWriter<File>, rows: u64) -> Result<(), Fault> {
    file.write_all(
        b"\"patent_id\"\t\"patent_date\"\t\"patent_title\"\t\"wipo_kind\"\t\"num_claims\"\t\"withdrawn\"\n",
    )?;
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    for row in 0..rows {
        let (number, claims) = (8_000_000 + row, row % 40);
        writeln!(file, "\"{number}\"\t\"{}\"\t\"{}\"\t\"B2\"\t{claims}\t0", day(row), dice.title()?)?;
    }
    Ok(())
}

/// Assignments as the register's XML has them: each of a patent, from one of many companies to another.
fn assignments(file: &mut BufWriter<File>, rows: u64) -> Result<(), Fault> {
    file.write_all(
        b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<us-patent-assignments dtd-version=\"0.3\" date-produced=\"20240101\">\
          <action-key-code>DA</action-key-code><transaction-date><date>20240101</date></transaction-date><patent-assignments>\n",
    )?;
    let (companies, mut dice) = (rows / 10 + 2, Dice(0x2545_F491_4F6C_DD1D));
    for row in 0..rows {
        let (from, to, on) =
            (company(dice.roll() % companies), company(dice.roll() % companies), day(row).replace('-', ""));
        writeln!(
            file,
            "<patent-assignment><assignment-record><reel-no>{}</reel-no><frame-no>{}</frame-no><last-update-date><date>{on}</date>\
             </last-update-date><purge-indicator>N</purge-indicator><recorded-date><date>{on}</date></recorded-date>\
             <page-count>3</page-count><correspondent><name>A FIRM</name></correspondent><conveyance-text>ASSIGNMENT OF ASSIGNORS \
             INTEREST (SEE DOCUMENT FOR DETAILS).</conveyance-text></assignment-record><patent-assignors><patent-assignor><name>{from}\
             </name><execution-date><date>{on}</date></execution-date></patent-assignor></patent-assignors><patent-assignees>\
             <patent-assignee><name>{to}</name></patent-assignee></patent-assignees><patent-properties><patent-property><document-id>\
             <country>US</country><doc-number>{}</doc-number><kind>B2</kind><date>20100101</date></document-id><invention-title \
             lang=\"en\">{}</invention-title></patent-property></patent-properties></patent-assignment>",
            10_000 + row / 1_000,
            row % 1_000,
            8_000_000 + row,
            dice.title()?
        )?;
    }
    Ok(file.write_all(b"</patent-assignments></us-patent-assignments>\n")?)
}

/// Entities as a golden copy of level 1 has them, each with a former name.
fn entities(file: &mut BufWriter<File>, rows: u64) -> Result<(), Fault> {
    file.write_all(
        b"LEI,Entity.LegalName,Entity.LegalName.xmllang,Entity.OtherEntityNames.OtherEntityName.1,\
          Entity.OtherEntityNames.OtherEntityName.1.type,Entity.LegalAddress.City,Entity.LegalAddress.Country,Entity.EntityCategory,\
          Entity.EntityStatus,Registration.InitialRegistrationDate,Registration.LastUpdateDate,Registration.RegistrationStatus\n",
    )?;
    for row in 0..rows {
        writeln!(
            file,
            "MADEUP{row:014},{},en,{},PREVIOUS_LEGAL_NAME,Springfield,US,GENERAL,ACTIVE,2014-03-01T00:00:00Z,{}T00:00:00Z,ISSUED",
            company(row),
            company(row + rows),
            day(row)
        )?;
    }
    Ok(())
}

/// Declarations in the layout of ETSI's export, ten rows each.
fn declarations(file: &mut BufWriter<File>, rows: u64) -> Result<(), Fault> {
    file.write_all(
        b"IPRD_ID;IPRD_REFERENCE;IPRD_SIGNATURE_DATE;COMP_LEGAL_NAME;DECL_IS_PROP_FLAG;LICD_DEC_PREP_TO_GRANT_FLAG;Standard;\
          PUBL_NUMBER;PBPA_TITLEEN;Country_Of_Registration;ETPR_ACRONYM;DIPG_PATF_ID;4G;5G\n",
    )?;
    let mut dice = Dice(0x1234_5678_9ABC_DEF1);
    for row in 0..rows {
        let (declaration, standard) = (row / 10, row % 997);
        writeln!(
            file,
            "{declaration};ISLD-{declaration};{} 00:00:00;{};1;1;TS 38.{standard};US{} B2;{};US UNITED STATES;NR {};{};0;1",
            day(declaration),
            company(declaration % 500),
            8_000_000 + row,
            dice.title()?,
            row % 7,
            row / 3
        )?;
    }
    Ok(())
}

/// Lines of Dealgraph's own format: a source, and patents with an assignee each.
fn deals(file: &mut BufWriter<File>, rows: u64) -> Result<(), Fault> {
    let source = "https://example.org/deals";
    writeln!(file, "{{\"source\": {{\"publisher\": \"Example\", \"url\": \"{source}\"}}}}")?;
    let mut dice = Dice(0x0F1E_2D3C_4B5A_6978);
    for row in 1..rows {
        writeln!(
            file,
            "{{\"patent\": {{\"number\": \"US{}B2\", \"source\": \"{source}\", \"title\": \"{}\", \"grantedOn\": \"{}\", \
             \"assignees\": [{{\"name\": \"Maker {}\"}}]}}}}",
            8_000_000 + row,
            dice.title()?,
            day(row),
            row % 10_007
        )?;
    }
    Ok(())
}
