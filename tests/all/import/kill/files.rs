//! Made-up files of each format, large enough for several transactions.

use std::fmt::Write as _;
use std::path::PathBuf;

use crate::harness::Harness;

use super::super::register::{self, Made, made};

const PATENTS: u32 = 600;
const DEALS: u32 = 200;
const RECORDS: usize = 120;
const ENTITIES: u32 = 400;
const DECLARED: u32 = 600;

/// Tables of made-up patents, their assignees and citations among them.
pub(in super::super) fn patents() -> PathBuf {
    let folder = Harness::folder();
    let mut patents = "\"patent_id\"\t\"patent_date\"\t\"patent_title\"\t\"wipo_kind\"\n".to_owned();
    let mut assignees = "\"patent_id\"\t\"assignee_sequence\"\t\"disambig_assignee_organization\"\n".to_owned();
    let mut citations = "\"patent_id\"\t\"citation_patent_id\"\n".to_owned();
    for n in 0..PATENTS {
        let id = 10_100_000 + n;
        writeln!(patents, "\"{id}\"\t\"2018-07-03\"\t\"Title {n}\"\t\"B2\"").expect("text");
        writeln!(assignees, "\"{id}\"\t0\t\"Company {}\"", n % 97).expect("text");
        writeln!(citations, "\"{id}\"\t\"{}\"", 10_100_000 + n / 2).expect("text");
    }
    for (name, text) in
        [("g_patent", patents), ("g_assignee_disambiguated", assignees), ("g_us_patent_citation", citations)]
    {
        std::fs::write(folder.join(format!("{name}.tsv")), text).expect("a file");
    }
    folder
}

/// The tables of the research data set with made-up records, and newer versions of some of them as XML.
pub(super) fn register() -> PathBuf {
    let names: Vec<(String, String)> =
        (0..RECORDS).map(|n| (format!("OWNER {} INC.", n % 23), format!("BUYER {} LLC", n % 17))).collect();
    let numbers: Vec<String> = (0..RECORDS).map(|n| format!("{}", 9_000_000 + n / 2)).collect();
    let record = |n: usize| -> Made {
        let (from, to): (&'static str, &'static str) = (names[n].0.clone().leak(), names[n].1.clone().leak());
        let number: &'static str = numbers[n].clone().leak();
        Made {
            assignors: vec![(from, "20180301")],
            assignees: vec![to],
            properties: vec![["", "", number]],
            ..made((50_000, u32::try_from(n).expect("a frame")), "20180310")
        }
    };
    let records: Vec<Made> = (0..RECORDS).map(record).collect();
    let newer: Vec<Made> = (0..RECORDS)
        .step_by(3)
        .map(|n| Made {
            updated: "20240301",
            purged: n % 2 == 0,
            assignors: vec![("SOMEBODY, ELSE", "20180302")],
            ..record(n)
        })
        .collect();
    let folder = register::folder(&records);
    std::fs::write(folder.join("ad20240301.xml"), register::xml("20240301", &newer)).expect("a file");
    folder
}

/// Made-up deals, each with a patent, what it cites, and a transfer.
pub(super) fn deals() -> PathBuf {
    let folder = Harness::folder();
    let cited = r#""citations": [{"source": "https://example.org/a", "recordedAt": "2026-11-22T00:00:00Z"}]"#;
    let mut text = r#"{"source": {"publisher": "Example", "url": "https://example.org/a"}}"#.to_owned() + "\n";
    let mut lines = |line: String| writeln!(text, "{line}").expect("text");
    for n in 0..48 {
        lines(format!("{{\"company\": {{\"slug\": \"c{n}\", \"name\": \"Company {n}\", {cited}}}}}"));
    }
    for n in 0..DEALS {
        let owner = format!("{{\"name\": \"C\", \"company\": \"c{}\"}}", n % 37);
        let number = 8_000_000 + n;
        lines(format!(
            "{{\"patent\": {{\"number\": \"US{number}B2\", \"source\": \"https://example.org/a\", \"assignees\": [{owner}]}}}}"
        ));
    }
    for n in 0..DEALS {
        let (from, to, number) = (n % 37, 37 + n % 11, 8_000_000 + n);
        let sold = format!(
            "{{\"conveyance\": \"ASSIGNMENT\", \"assignors\": [\"c{from}\"], \"assignees\": [\"c{to}\"], \"patents\": [\"US{number}\"]}}"
        );
        lines(format!(
            "{{\"agreement\": {{\"slug\": \"a{n}\", \"title\": \"Deal {n}\", \"status\": \"IN_FORCE\", \"announcedOn\": \"2015\", {cited}, \"parties\": [{{\"company\": \"c{from}\", \"role\": \"ASSIGNOR\"}}], \"transfers\": [{sold}]}}}}"
        ));
    }
    std::fs::write(folder.join("deals.jsonl"), text).expect("a file");
    folder
}

/// Made-up entities, of which every second has a parent, and others say why they have none; newer versions of some.
pub(super) fn entities() -> PathBuf {
    let folder = Harness::folder();
    let lei = |n: u32| format!("MADEUP{n:014}");
    let head = "LEI,Entity.LegalName,Entity.LegalAddress.City,Entity.LegalAddress.Country,Entity.EntityCategory,\
        Entity.OtherEntityNames.OtherEntityName.1,Entity.OtherEntityNames.OtherEntityName.1.type,Registration.LastUpdateDate\n";
    let entity = |n: u32, city: &str, day: &str| {
        let former = format!("Former Works {n} S.A.");
        format!("{},Works {} S.A.,{city},FR,GENERAL,{former},PREVIOUS_LEGAL_NAME,{day}T00:00:00Z\n", lei(n), n % 211)
    };
    let (mut first, mut newer) = (head.to_owned(), head.to_owned());
    let mut parents = "Relationship.StartNode.NodeID,Relationship.EndNode.NodeID,Relationship.RelationshipType,\
        Relationship.RelationshipStatus,Registration.LastUpdateDate\n"
        .to_owned();
    let mut unknown = "LEI,Exception.Category,Exception.Reason.1\n".to_owned();
    for n in 0..ENTITIES {
        first += &entity(n, "Lyon", "2025-05-01");
        if n % 3 == 0 {
            newer += &entity(n, "Paris", "2025-08-01");
        }
        if n % 2 == 1 {
            let pair = format!("{},{}", lei(n), lei(n / 2));
            writeln!(parents, "{pair},IS_DIRECTLY_CONSOLIDATED_BY,ACTIVE,2025-05-01T00:00:00Z").expect("text");
        } else {
            writeln!(unknown, "{},DIRECT_ACCOUNTING_CONSOLIDATION_PARENT,NATURAL_PERSONS", lei(n)).expect("text");
        }
    }
    let files = [("1-entities", first), ("2-entities", newer), ("parents", parents), ("unknown", unknown)];
    for (name, text) in files {
        std::fs::write(folder.join(format!("{name}.csv")), text).expect("a file");
    }
    folder
}

/// Made-up declarations, each of several publications for several documents.
pub(super) fn declarations() -> PathBuf {
    let folder = Harness::folder();
    let mut text =
        "IPRD_REFERENCE;COMP_LEGAL_NAME;PUBL_NUMBER;IPRD_SIGNATURE_DATE;Standard;ETPR_ACRONYM;Country_Of_Registration\n"
            .to_owned();
    for n in 0..DECLARED {
        let (declaration, standard, number) = (n / 7, 100 + n % 41, 8_100_000 + n / 2);
        writeln!(
            text,
            "ISLD-299901-{declaration:03};Maker {} Ltd;US{number} B2 | PENDING{n};2019-01-04 00:00:00;TS 138 {standard};NR {};US UNITED STATES",
            declaration % 19,
            n % 3
        )
        .expect("text");
    }
    std::fs::write(folder.join("ISLD-export.csv"), text).expect("a file");
    folder
}
