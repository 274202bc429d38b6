//! Made-up records of the register of assignments, as its XML has them.

use std::path::PathBuf;

use dealgraph::ingest::import::ImportOptions;

/// A record: reel, frame, days, words, who conveys to whom, and what.
#[derive(Clone)]
pub struct Made {
    pub place: (u32, u32),
    pub updated: &'static str,
    pub recorded: &'static str,
    pub purged: bool,
    pub text: &'static str,
    /// Names, each with a day of execution.
    pub assignors: Vec<(&'static str, &'static str)>,
    pub assignees: Vec<&'static str>,
    /// The numbers of applications, publications and grants; empty where there is none.
    pub properties: Vec<[&'static str; 3]>,
}

pub const ASSIGNMENT: &str = "ASSIGNMENT OF ASSIGNORS INTEREST (SEE DOCUMENT FOR DETAILS).";

/// The record of an assignment, to be changed.
pub fn made(place: (u32, u32), recorded: &'static str) -> Made {
    Made {
        place,
        updated: recorded,
        recorded,
        purged: false,
        text: ASSIGNMENT,
        assignors: vec![("HARBOUR SIGNAL, INC.", "20180301")],
        assignees: vec!["BOREALIS RADIO LTD."],
        properties: vec![["14900001", "20150900001", "9900001"]],
    }
}

/// A chain: inventors to a company, to another, which changes its name, and a lien that is released.
pub fn chain() -> Vec<Made> {
    vec![
        Made {
            assignors: vec![("EXAMPLE, ADA", "20140224"), ("EXAMPLE, BEN M.", "20140301")],
            assignees: vec!["HARBOUR SIGNAL, INC."],
            ..made((32861, 806), "20140509")
        },
        made((45100, 12), "20180310"),
        Made {
            text: "CHANGE OF NAME (SEE DOCUMENT FOR DETAILS).",
            assignors: vec![("BOREALIS RADIO LTD.", "20190701")],
            assignees: vec!["BOREALIS NETWORKS LTD."],
            ..made((49200, 7), "20190815")
        },
        Made {
            text: "SECURITY INTEREST (SEE DOCUMENT FOR DETAILS).",
            assignors: vec![("BOREALIS NETWORKS LTD.", "20200105")],
            assignees: vec!["FIRST PIER BANK, N.A., AS AGENT"],
            properties: vec![
                ["14900001", "20150900001", "9900001"],
                ["29900002", "", "D0900002"],
                ["15900003", "", ""],
            ],
            ..made((51500, 1), "20200110")
        },
        Made {
            text: "RELEASE OF SECURITY INTEREST AT REEL/FRAME NO. 51500/0001",
            assignors: vec![("FIRST PIER BANK, N.A., AS AGENT", "20210105")],
            assignees: vec!["BOREALIS NETWORKS LTD."],
            ..made((55100, 903), "20210110")
        },
    ]
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn document(number: &str, kind: &str, date: &str) -> String {
    if number.is_empty() {
        return String::new();
    }
    format!(
        "<document-id><country>US</country><doc-number>{number}</doc-number><kind>{kind}</kind><date>{date}</date></document-id>"
    )
}

/// A record as XML, on a line of its own.
pub fn element(made: &Made) -> String {
    let Made { place: (reel, frame), updated, recorded, text, .. } = made;
    let purged = if made.purged { "Y" } else { "N" };
    let day = |tag: &str, day: &str| format!("<{tag}><date>{day}</date></{tag}>");
    let assignors: String = made
        .assignors
        .iter()
        .map(|(name, on)| {
            format!("<patent-assignor><name>{}</name>{}</patent-assignor>", escaped(name), day("execution-date", on))
        })
        .collect();
    let assignees: String = made
        .assignees
        .iter()
        .map(|name| {
            format!(
                "<patent-assignee><name>{}</name><address-1>1 QUAY</address-1><city>BOSTON</city>\
                 <state>MASSACHUSETTS</state><postcode>02139</postcode></patent-assignee>",
                escaped(name)
            )
        })
        .collect();
    let properties: String = made
        .properties
        .iter()
        .map(|[application, publication, grant]| {
            let ids = document(application, "X0", "20140226")
                + &document(publication, "A1", "20150820")
                + &document(grant, "B1", "20170620");
            format!("<patent-property>{ids}<invention-title lang=\"en\">ANTENNA FOR H<sub>2</sub>O &amp; AIR</invention-title></patent-property>")
        })
        .collect();
    format!(
        "<patent-assignment><assignment-record><reel-no>{reel}</reel-no><frame-no>{frame}</frame-no>{}\
         <purge-indicator>{purged}</purge-indicator>{}<page-count>3</page-count><correspondent><name>A FIRM</name>\
         <address-1>2 QUAY</address-1></correspondent><conveyance-text>{}</conveyance-text></assignment-record>\
         <patent-assignors>{assignors}</patent-assignors><patent-assignees>{assignees}</patent-assignees>\
         <patent-properties>{properties}</patent-properties></patent-assignment>\n",
        day("last-update-date", updated),
        day("recorded-date", recorded),
        escaped(text),
    )
}

/// The DTD's beginning is enough: nothing is read of it.
pub const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE us-patent-assignments [\n\
    <!ELEMENT us-patent-assignments (action-key-code, transaction-date, patent-assignments)>\n]>\n";

/// A file of records.
pub fn xml(day: &str, records: &[Made]) -> String {
    let records: String = records.iter().map(element).collect();
    format!(
        "{HEAD}<us-patent-assignments dtd-version=\"0.3\" date-produced=\"{day}\"><action-key-code>DA</action-key-code>\
         <transaction-date><date>{day}</date></transaction-date><patent-assignments>\n{records}</patent-assignments></us-patent-assignments>\n"
    )
}

/// A record in the tables of the research data set.
fn rows(made: &Made, tables: &mut [String; 5]) {
    let (reel, frame) = made.place;
    let id = format!("{reel}{frame:04}");
    let day = |text: &str| {
        if text.is_empty() { String::new() } else { format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]) }
    };
    let purged = if made.purged { "Y" } else { "N" };
    let class = match made.text.split(' ').next() {
        Some("SECURITY") => "security",
        Some("RELEASE") => "release",
        Some("CHANGE") => "namechg",
        _ => "assignment",
    };
    tables[0] += &format!(
        "{id},1,A FIRM,2 QUAY,,,,{reel},{frame},\"{}\",{},{},3,{purged}\n",
        made.text,
        day(made.recorded),
        day(made.updated)
    );
    tables[1] += &format!("{id},{class},0\n");
    for (name, on) in &made.assignors {
        tables[2] += &format!("{id},\"{name}\",{},\n", day(on));
    }
    for name in &made.assignees {
        tables[3] += &format!("{id},\"{name}\",1 QUAY,,BOSTON,MASSACHUSETTS,02139,\n");
    }
    for [application, publication, grant] in &made.properties {
        let on = |number: &str, on: &'static str| if number.is_empty() { "" } else { on };
        tables[4] += &format!(
            "{id},ANTENNA FOR H2O & AIR,en,{application},2014-02-26,US,{publication},{},US,{grant},{},US\n",
            on(publication, "2015-08-20"),
            on(grant, "2017-06-20")
        );
    }
}

/// The five tables, by their names.
pub fn tables(records: &[Made]) -> Vec<(&'static str, String)> {
    let names = ["assignment", "assignment_conveyance", "assignor", "assignee", "documentid"];
    let mut tables = [
        "rf_id,file_id,cname,caddress_1,caddress_2,caddress_3,caddress_4,reel_no,frame_no,convey_text,record_dt,\
         last_update_dt,page_count,purge_in\n"
            .to_owned(),
        "rf_id,convey_ty,employer_assign\n".to_owned(),
        "rf_id,or_name,exec_dt,ack_dt\n".to_owned(),
        "rf_id,ee_name,ee_address_1,ee_address_2,ee_city,ee_state,ee_postcode,ee_country\n".to_owned(),
        "rf_id,title,lang,appno_doc_num,appno_date,appno_country,pgpub_doc_num,pgpub_date,pgpub_country,grant_doc_num,\
         grant_date,grant_country\n"
            .to_owned(),
    ];
    records.iter().for_each(|made| rows(made, &mut tables));
    names.into_iter().zip(tables).collect()
}

/// A folder with the five tables.
pub fn folder(records: &[Made]) -> PathBuf {
    let folder = crate::harness::Harness::folder();
    for (name, table) in tables(records) {
        std::fs::write(folder.join(format!("{name}.csv")), table).expect("a file");
    }
    folder
}

/// What is imported, with batches so small that there are several.
pub fn options(paths: &[PathBuf]) -> ImportOptions {
    ImportOptions { format: "uspto-assignments".to_owned(), edition: None, ..super::options(paths) }
}
