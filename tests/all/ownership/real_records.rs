//! Each rule of `docs/ownership.md` on a record; those with a reel and frame above zero are real.

use dealgraph::ownership::{Basis, Conveyance, Derived, Effect, FindingKind, History, Statement, Transfer, derive};

use super::{company, day, findings, from, history, owners, person, record, to};

const ASSIGNMENT: &str = "ASSIGNMENT OF ASSIGNORS INTEREST (SEE DOCUMENT FOR DETAILS).";
const SECURITY: &str = "SECURITY INTEREST (SEE DOCUMENT FOR DETAILS).";

fn assignment(place: &str, parties: (&str, &str), executed: &str, recorded: &str) -> Transfer {
    let record = record(place, Conveyance::Assignment, ASSIGNMENT, recorded);
    to(from(record, company(parties.0), executed), company(parties.1))
}

fn security(place: &str, parties: (&str, &str), executed: &str, recorded: &str) -> Transfer {
    let record = record(place, Conveyance::SecurityInterest, SECURITY, recorded);
    to(from(record, company(parties.0), executed), company(parties.1))
}

fn release(place: &str, text: &str, parties: (&str, &str), executed: &str, recorded: &str) -> Transfer {
    let record = record(place, Conveyance::Release, text, recorded);
    to(from(record, company(parties.0), executed), company(parties.1))
}

fn effects(derived: &Derived) -> Vec<Effect> {
    derived.steps.iter().map(|step| step.effect).collect()
}

fn kinds(derived: &Derived) -> Vec<FindingKind> {
    derived.findings.iter().map(|found| found.kind).collect()
}

/// US 8,789,601, filed 2014-02-26, with the liens of its owner that are at hand.
fn well_services() -> History {
    let inventors = record("32861/806", Conveyance::Assignment, ASSIGNMENT, "2014-05-09");
    let inventors = from(inventors, person("BROUSSARD, JOEL"), "2014-05-09");
    let inventors = from(inventors, person("MCPHERSON, JEFF"), "2014-02-24");
    let inventors = to(from(inventors, person("KURTZ, ROBERT"), "2014-02-24"), company("US Well Services"));
    let owner = "US Well Services";
    history(
        "2014-02-26",
        "2014-06-26",
        vec![
            inventors,
            security("48041/605", (owner, "Piper Jaffray Finance"), "2019-01-09", "2019-01-09"),
            security("48818/520", (owner, "U.S. Bank"), "2019-01-07", "2019-04-08"),
            security("49342/819", (owner, "U.S. Bank"), "2019-01-07", "2019-01-08"),
            security("49107/392", (owner, "CLMG"), "2019-05-07", "2019-05-07"),
            security("49111/583", (owner, "Bank of America"), "2019-05-07", "2019-05-08"),
            security("57434/429", (owner, "Wilmington Savings Fund Society"), "2021-06-24", "2021-06-30"),
            release(
                "49110/319",
                "TERMINATION AND RELEASE OF PATENT SECURITY AGREEMENT RECORDED AT REEL 048041/FRAME 0605",
                ("Piper Jaffray Finance", owner),
                "2019-05-07",
                "2019-05-07",
            ),
            release(
                "49109/610",
                "TERMINATION AND RELEASE OF PATENT SECURITY AGREEMENT RECORDED AT REEL 048818/FRAME 0520",
                ("U.S. Bank", owner),
                "2019-05-07",
                "2019-05-07",
            ),
        ],
    )
}

/// The application 06/731,170 of 1985, from its inventors to its seventh owner.
fn computer_system() -> History {
    let inventors = record("4419/196", Conveyance::Assignment, ASSIGNMENT, "1985-05-06");
    let inventors = from(inventors, person("COLLEY, STEPHEN R."), "1985-04-22");
    let inventors = to(from(inventors, person("PALMER, JOHN F."), "1985-04-30"), company("nCUBE"));
    let merger = record("29729/828", Conveyance::Merger, "MERGER", "2013-01-31");
    let merger = to(from(merger, company("Broadband Royalty"), "2011-01-01"), company("ARRIS Solutions"));
    let renamed = record("41995/31", Conveyance::NameChange, "CHANGE OF NAME", "2017-03-14");
    let renamed = to(from(renamed, company("ARRIS Enterprises Inc"), "2015-12-31"), company("ARRIS Enterprises LLC"));
    history(
        "1985-05-06",
        "",
        vec![
            inventors,
            security("10247/886", ("nCUBE", "Transamerica"), "1999-08-16", "1999-09-22"),
            release(
                "15259/575",
                "RELEASE OF SECURITY AGREEMENT (010247/0886)",
                ("Transamerica", "nCUBE"),
                "1999-12-31",
                "2004-10-18",
            ),
            assignment("15788/821", ("nCUBE", "Broadband Management"), "2004-12-31", "2005-02-25"),
            assignment("15962/696", ("Broadband Management", "Broadband Royalty"), "2005-03-21", "2005-03-29"),
            merger,
            security("30498/23", ("ARRIS Solutions", "Bank of America"), "2013-04-17", "2013-05-28"),
            assignment("36601/162", ("ARRIS Solutions", "ARRIS Enterprises Inc"), "2015-09-14", "2015-09-14"),
            renamed,
        ],
    )
}

#[test]
fn rule_1_each_part_of_a_record_counts_from_its_own_day() {
    let mut tesla = record("43433/231", Conveyance::Assignment, ASSIGNMENT, "2017-08-29");
    for (name, on) in [
        ("LIU, WENJUN", "2017-05-17"),
        ("RAMM, ROBERT JAMES", "2017-05-30"),
        ("TEPE, ALAN DAVID", "2017-08-20"),
        ("CAMPBELL, COLIN KENNETH", "2017-08-28"),
        ("SASARIDIS, DINO", "2017-05-17"),
    ] {
        tesla = from(tesla, person(name), on);
    }
    let derived = derive(&history("2016-10-25", "2018-04-26", vec![to(tesla, company("Tesla Motors"))]));
    let [row] = &derived.ownerships[..] else { panic!("{:?}", derived.ownerships) };
    assert_eq!((row.since, row.basis), (Some(day("2017-05-17")), Basis::Executed));
    assert_eq!(effects(&derived), [Effect::Opens]);
    // Without a day of execution, that of recording; without that, that of the report.
    let mut sale = assignment("0/1", ("a", "b"), "", "2012-01-30");
    assert_eq!(derive(&history("", "", vec![sale.clone()])).steps[0].basis, Basis::Recorded);
    (sale.recorded_on, sale.reported_on) = (None, Some(day("2012-02-01")));
    let derived = derive(&history("", "", vec![sale.clone()]));
    assert_eq!((derived.steps[0].on, derived.steps[0].basis), (sale.reported_on, Basis::Reported));
    assert!(kinds(&derived).contains(&FindingKind::Undated));
    // An announcement comes before what is agreed: a later execution is possible.
    let announced = Transfer { is_announced: true, ..sale.clone() };
    assert_eq!(derive(&history("", "", vec![announced.clone()])).steps[0].basis, Basis::Announced);
    let signed = Transfer { executed_on: Some(day("2012-06-01")), ..announced };
    assert_eq!(derive(&history("", "", vec![signed])).steps[0].on, Some(day("2012-06-01")));
    sale.reported_on = None;
    let derived = derive(&history("", "", vec![sale]));
    assert_eq!((effects(&derived), kinds(&derived)), (vec![Effect::Unplaced], vec![FindingKind::Undated]));
    assert_eq!(derived.ownerships, []);
}

#[test]
fn rule_2_a_record_is_known_from_its_recording() {
    let inventors = record("31066/972", Conveyance::Assignment, ASSIGNMENT, "2013-08-23");
    let inventors = from(from(inventors, person("MOYER, ILAN"), "2011-05-26"), person("LOBOVSKY, MAXIM"), "2011-05-26");
    let mit = company("Massachusetts Institute of Technology");
    let derived = derive(&history("2011-05-26", "2011-12-01", vec![to(inventors, mit.clone())]));
    assert_eq!(owners(&derived, "2011-05-26", "2013-08-22"), []);
    assert_eq!(owners(&derived, "2011-05-26", "2013-08-23"), [mit]);
}

#[test]
fn rule_3_a_day_that_cannot_be_right_is_not_used() {
    assert!(!kinds(&derive(&well_services())).contains(&FindingKind::ImpossibleDate));
    for executed in ["2040-03-01", "1944-03-01"] {
        let sale = assignment("0/1", ("a", "b"), executed, "2014-03-05");
        let derived = derive(&history("2014-02-26", "", vec![sale]));
        assert_eq!(findings(&derived)[1], (FindingKind::ImpossibleDate, "000000/0001".to_owned()));
        assert_eq!((derived.steps[0].on, derived.steps[0].basis), (Some(day("2014-03-05")), Basis::Recorded));
    }
}

/// The record of which 29862/0645 corrects the name of the inventor; how that was spelt there is made up.
fn ferag() -> [Transfer; 2] {
    let first = record("28805/592", Conveyance::Assignment, ASSIGNMENT, "2012-08-17");
    let text = "CORRECTIVE ASSIGNMENT TO CORRECT THE CONVEYING PARTY'S LAST NAME AND RECEIVING PARTY'S STREET NAME \
                PREVIOUSLY RECORDED ON REEL/FRAME 028805/0592.";
    let second = record("29862/645", Conveyance::Correction, text, "2013-02-22");
    [
        to(from(first, person("DUERR, MATHIAS"), "2012-08-08"), company("Ferag")),
        to(from(second, person("DÜRR, MATTHIAS"), "2012-08-08"), company("Ferag AG")),
    ]
}

#[test]
fn rule_4_a_correction_stands_in_the_place_of_what_it_corrects_once_it_is_known() {
    let derived = derive(&history("2012-08-17", "2012-12-06", ferag().into()));
    assert_eq!(owners(&derived, "2012-09-01", "2013-02-21"), [company("Ferag")]);
    assert_eq!(owners(&derived, "2012-09-01", "2013-02-22"), [company("Ferag AG")]);
    assert_eq!(effects(&derived), [Effect::Corrected, Effect::Opens]);
    assert_eq!(kinds(&derived), []);
}

#[test]
fn rule_5_a_correction_conveys_what_the_corrected_record_does() {
    let [first, mut second] = ferag();
    let alone = derive(&history("2012-08-17", "2012-12-06", vec![second.clone()]));
    assert_eq!(owners(&alone, "2012-09-01", "2013-02-22"), [company("Ferag AG")]);
    assert_eq!(kinds(&alone), [FindingKind::CorrectsUnknown]);
    second.assignors[0].executed_on = None;
    let dated = derive(&history("2012-08-17", "", vec![first.clone(), second.clone()]));
    assert_eq!(dated.ownerships.last().and_then(|row| row.since), Some(day("2012-08-08")));
    let lien = Transfer { conveyance: Conveyance::SecurityInterest, ..first };
    let derived = derive(&history("2012-08-17", "", vec![lien, second]));
    assert_eq!(derived.ownerships, []);
    assert_eq!(findings(&derived), [(FindingKind::OpenLien, "029862/0645".to_owned())]);
}

#[test]
fn rule_6_the_assignees_of_the_publication_begin_the_chain_where_no_record_does() {
    let unrecorded = History { first: vec![company("Authentix")], ..history("2004-05-24", "2005-11-24", vec![]) };
    let derived = derive(&unrecorded);
    assert_eq!(owners(&derived, "2004-05-24", "2005-11-24"), [company("Authentix")]);
    assert_eq!(owners(&derived, "2004-05-24", "2005-11-23"), []);
    assert_eq!(derived.ownerships[0].basis, Basis::Filed);
    // 15946/0343: the inventors sign on 12 and 25 April 2005.
    let inventors = record("15946/343", Conveyance::Assignment, ASSIGNMENT, "2005-04-25");
    let inventors = from(inventors, person("EASTWOOD, IAN M"), "2005-04-25");
    let inventors = to(from(inventors, person("AL-JAFARI, MOHAMMED SALEM"), "2005-04-12"), company("Authentix"));
    let recorded = History { transfers: vec![inventors], ..unrecorded };
    let derived = derive(&recorded);
    assert_eq!(derived.ownerships[0].since, Some(day("2005-04-12")));
    assert_eq!(kinds(&derived), []);
    let other = History { first: vec![company("Somebody else")], ..recorded };
    assert_eq!(kinds(&derive(&other)), [FindingKind::FirstAssigneeDiffers]);
}

#[test]
fn rules_7_and_8_title_goes_from_the_inventors_along_mergers_and_names() {
    let derived = derive(&computer_system());
    let now = "2020-01-01";
    for (on, owner) in [
        ("1985-04-22", "nCUBE"),
        ("2004-12-30", "nCUBE"),
        ("2004-12-31", "Broadband Management"),
        ("2005-03-21", "Broadband Royalty"),
        ("2010-12-31", "Broadband Royalty"),
        ("2011-01-01", "ARRIS Solutions"),
        ("2015-09-14", "ARRIS Enterprises Inc"),
        ("2015-12-31", "ARRIS Enterprises LLC"),
    ] {
        assert_eq!(owners(&derived, on, now), [company(owner)], "{on}");
    }
    assert_eq!(owners(&derived, "2016-06-01", "2017-03-13"), [company("ARRIS Enterprises Inc")]);
    assert!(derived.ownerships.iter().all(|row| row.is_unbroken));
    // Of two owners, one conveys.
    let first = History { first: vec![company("a"), company("b")], ..history("2010-01-01", "2011-07-01", vec![]) };
    let sale = assignment("0/1", ("a", "c"), "2012-01-01", "2012-01-02");
    let derived = derive(&History { transfers: vec![sale], ..first });
    let mut both = [company("b"), company("c")];
    both.sort();
    assert_eq!(owners(&derived, "2012-01-01", "2012-01-02"), both);
}

#[test]
fn rule_9_a_confirmation_changes_nothing() {
    let mut confirmed = computer_system();
    confirmed.transfers.push(assignment(
        "0/1",
        ("ARRIS Solutions", "ARRIS Enterprises LLC"),
        "2018-01-01",
        "2018-01-01",
    ));
    let derived = derive(&confirmed);
    assert_eq!(derived.ownerships, derive(&computer_system()).ownerships);
    assert_eq!(effects(&derived).last(), Some(&Effect::Confirms));
}

#[test]
fn rule_10_nobody_conveys_twice() {
    let mut twice = computer_system();
    twice.transfers.push(assignment("0/1", ("nCUBE", "Somebody else"), "2006-01-01", "2006-01-02"));
    let derived = derive(&twice);
    assert_eq!(derived.ownerships, derive(&computer_system()).ownerships);
    let found = derived.findings.iter().find(|found| found.kind == FindingKind::CompetingAssignment);
    assert_eq!(found.map(|found| (found.transfer, found.other)), Some((Some(1), Some(157_880_821))));
}

/// US 7,130,913, filed 2003-07-28.
fn realtime(first: &str) -> History {
    let text = "NUNC PRO TUNC ASSIGNMENT (SEE DOCUMENT FOR DETAILS).";
    let record = record("18247/405", Conveyance::Assignment, text, "2006-09-14");
    let record = from(record, company("Realtime Data Compression Systems"), "2006-09-14");
    let record = to(record, company("Realtime Data"));
    let first = if first.is_empty() { vec![] } else { vec![company(first)] };
    History { first, ..history("2003-07-28", "2004-04-15", vec![record]) }
}

#[test]
fn rule_11_title_follows_the_register_over_a_gap() {
    let derived = derive(&realtime("Somebody else"));
    assert_eq!(owners(&derived, "2006-09-13", "2006-09-14"), [company("Somebody else")]);
    assert_eq!(owners(&derived, "2006-09-14", "2006-09-14"), [company("Realtime Data")]);
    assert!(derived.ownerships.iter().any(|row| !row.is_unbroken && row.holder == company("Realtime Data")));
    assert!(findings(&derived).contains(&(FindingKind::Gap, "018247/0405".to_owned())));
    assert_eq!(kinds(&derive(&realtime("Realtime Data Compression Systems"))), [FindingKind::Retroactive]);
    // Who was displaced conveys: both lines stand.
    let mut both = realtime("Somebody else");
    both.transfers.push(assignment("0/1", ("Somebody else", "A buyer"), "2008-01-01", "2008-01-01"));
    let derived = derive(&both);
    assert_eq!(owners(&derived, "2008-01-01", "2008-01-01").len(), 2);
    assert!(kinds(&derived).contains(&FindingKind::CompetingAssignment));
}

#[test]
fn rule_12_what_can_follow_comes_first_on_one_day() {
    let first = History { first: vec![company("a")], ..history("2010-01-01", "2011-07-01", vec![]) };
    let onward = assignment("0/1", ("b", "c"), "2012-01-01", "2012-02-01");
    let sale = assignment("0/2", ("a", "b"), "2012-01-01", "2012-03-01");
    let derived = derive(&History { transfers: vec![onward, sale], ..first });
    assert_eq!(kinds(&derived), []);
    assert_eq!(owners(&derived, "2012-01-01", "2012-03-01"), [company("c")]);
}

#[test]
fn rule_12_what_is_only_known_to_be_no_later_may_have_come_before() {
    let first = History { first: vec![company("Motorola")], ..history("", "2000-01-01", vec![]) };
    let onward = assignment("0/1", ("Google", "HTC"), "2011-08-29", "2011-09-01");
    let mut reported = assignment("0/2", ("Motorola", "Google"), "", "");
    reported.reported_on = Some(day("2011-09-07"));
    let derived = derive(&History { transfers: vec![onward, reported], ..first });
    assert_eq!(effects(&derived), [Effect::Opens, Effect::Moves, Effect::Moves]);
    assert_eq!(owners(&derived, "2011-08-29", "2011-09-07"), [company("HTC")]);
    assert_eq!(kinds(&derived), [FindingKind::Undated]);
}

#[test]
fn rule_13_present_owners_that_a_source_states() {
    let stated = |on: &str| Statement { stated_on: Some(day(on)), holders: vec![company("b")] };
    let first = History { first: vec![company("a")], ..history("2010-01-01", "2011-07-01", vec![]) };
    let derived = derive(&History { present: Some(stated("2020-01-01")), ..first.clone() });
    assert_eq!(owners(&derived, "2020-01-01", "2020-01-01"), [company("b")]);
    assert_eq!(owners(&derived, "2019-12-31", "2020-01-01"), [company("a")]);
    assert_eq!(kinds(&derived), [FindingKind::Gap]);
    let derived = derive(&History { present: Some(stated("2010-02-01")), ..first });
    assert_eq!(kinds(&derived), []);
}

#[test]
fn rule_14_nunc_pro_tunc_is_a_finding() {
    let derived = derive(&realtime("Realtime Data Compression Systems"));
    assert_eq!(findings(&derived), [(FindingKind::Retroactive, "018247/0405".to_owned())]);
    assert_eq!(owners(&derived, "2006-09-14", "2006-09-14"), [company("Realtime Data")]);
}

#[test]
fn rule_15_licences_and_government_interests_never_move_title() {
    for conveyance in [Conveyance::Licence, Conveyance::GovernmentInterest, Conveyance::Other] {
        let mut licensed = computer_system();
        let record = record("0/1", conveyance, "LICENSE (SEE DOCUMENT FOR DETAILS).", "2018-01-01");
        licensed.transfers.push(to(from(record, company("ARRIS Enterprises LLC"), "2018-01-01"), company("licensee")));
        let derived = derive(&licensed);
        assert_eq!(derived.ownerships, derive(&computer_system()).ownerships);
        assert_eq!(effects(&derived).last(), Some(&Effect::None));
    }
}

#[test]
fn rule_16_liens_are_not_title_and_one_that_nothing_ends_is_a_finding() {
    let derived = derive(&well_services());
    let [row] = &derived.ownerships[..] else { panic!("{:?}", derived.ownerships) };
    assert_eq!((&row.holder, row.until), (&company("US Well Services"), None));
    let open = ["049107/0392", "049111/0583", "049342/0819", "057434/0429"];
    assert_eq!(findings(&derived), open.map(|place| (FindingKind::OpenLien, place.to_owned())));
    let derived = derive(&computer_system());
    assert_eq!(findings(&derived), [(FindingKind::OpenLien, "030498/0023".to_owned())]);
    let mut alone = well_services();
    alone.transfers.retain(|record| record.conveyance != Conveyance::SecurityInterest);
    assert_eq!(kinds(&derive(&alone)), [FindingKind::ReleaseWithoutLien; 2]);
}

#[test]
fn rule_17_a_lien_passes_on_with_the_secured_party() {
    let mut passed = computer_system();
    passed.transfers.push(security("0/1", ("Bank of America", "Another bank"), "2018-01-01", "2018-01-02"));
    let text = "RELEASE BY SECURED PARTY (SEE DOCUMENT FOR DETAILS).";
    passed.transfers.push(release("0/2", text, ("Another bank", "ARRIS Enterprises LLC"), "2019-01-01", "2019-01-01"));
    assert_eq!(kinds(&derive(&passed)), []);
}

#[test]
fn rule_18_who_receives_and_conveys_on_one_day_held_title_on_none() {
    let first = History { first: vec![company("a")], ..history("2010-01-01", "2011-07-01", vec![]) };
    let sale = assignment("0/1", ("a", "b"), "2012-01-01", "2012-03-01");
    let onward = assignment("0/2", ("b", "c"), "2012-01-01", "2012-03-01");
    let derived = derive(&History { transfers: vec![sale, onward], ..first });
    let holders: Vec<_> = derived.ownerships.iter().map(|row| row.holder.clone()).collect();
    assert!(!holders.contains(&company("b")), "{holders:?}");
}
