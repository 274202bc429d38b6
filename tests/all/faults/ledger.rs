//! What became of many writes, held against what the store has in the end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde_json::Value;

use super::{Answer, slug};
use crate::harness::{TestStore, texts};

/// Of each agreement: its parties, licences, citations of all three, entries of the index, changes of the feed, and answers that
/// are kept under its slug.
const WHOLE: &str = "SELECT a.slug || ': ' \
    || (SELECT count(*) FROM agreement_party p WHERE p.agreement_id = a.id) || ' parties, ' \
    || (SELECT count(*) FROM licence_grant g WHERE g.agreement_id = a.id) || ' grants, ' \
    || (SELECT count(*) FROM citation c WHERE c.agreement_id = a.id \
        OR c.agreement_party_id IN (SELECT p.id FROM agreement_party p WHERE p.agreement_id = a.id) \
        OR c.licence_grant_id IN (SELECT g.id FROM licence_grant g WHERE g.agreement_id = a.id)) || ' citations, ' \
    || (SELECT count(*) FROM search_entry s WHERE s.entity_id = a.id) || ' entries, ' \
    || (SELECT count(*) FROM change h WHERE h.agreement_id = a.id) || ' changes, ' \
    || (SELECT count(*) FROM idempotency_key k WHERE k.name = a.slug AND k.answer IS NOT NULL) || ' answers' AS shown \
    FROM agreement a ORDER BY a.slug";

/// What each of them has, but for the answers.
const PARTS: &str = "2 parties, 1 grants, 4 citations, 1 entries, 8 changes";

/// Where each number says what became of its write.
#[derive(Default)]
pub(super) struct Ledger {
    next: AtomicUsize,
    /// With what each was answered.
    acknowledged: Mutex<BTreeMap<usize, Value>>,
    unanswered: Mutex<BTreeSet<usize>>,
    refused: Mutex<BTreeMap<String, usize>>,
}

/// What the store has of what was written.
#[derive(Debug)]
pub(super) struct Account {
    pub(super) acknowledged: usize,
    /// Requests that were sent and not answered.
    pub(super) unanswered: usize,
    /// Refusals by their codes.
    pub(super) refused: BTreeMap<String, usize>,
}

impl Ledger {
    /// The next number, up to a last one.
    pub(super) fn next(&self, end: usize) -> Option<usize> {
        let number = self.next.fetch_add(1, Ordering::SeqCst);
        (number < end).then_some(number)
    }

    /// How many numbers were dealt.
    pub(super) fn dealt(&self) -> usize {
        self.next.load(Ordering::SeqCst)
    }

    /// Notes an answer. Whether it says that the write is done.
    pub(super) fn note(&self, number: usize, answer: &Answer) -> bool {
        match answer {
            Answer::Data(data) => {
                let payload = &data["agreementRecord"];
                assert_eq!(payload["userErrors"], serde_json::json!([]), "{number}: {data}");
                assert_eq!(payload["agreement"]["slug"], slug(number), "{data}");
                assert_eq!(payload["agreement"]["parties"]["totalCount"], 2, "{data}");
                self.acknowledged.lock().expect("nobody panicked").insert(number, data.clone());
                return true;
            }
            Answer::Refused(_, code) => {
                *self.refused.lock().expect("nobody panicked").entry(code.clone()).or_default() += 1;
            }
            Answer::None => {
                self.unanswered.lock().expect("nobody panicked").insert(number);
            }
            Answer::NotSent => {}
        }
        false
    }

    /// What the acknowledged writes that had a key were answered, by their numbers.
    pub(super) fn keyed(&self) -> Vec<(usize, Value)> {
        let acknowledged = self.acknowledged.lock().expect("nobody panicked");
        let keyed = acknowledged.iter().filter(|(number, _)| number.is_multiple_of(2));
        keyed.map(|(number, data)| (*number, data.clone())).collect()
    }

    /// How many writes were acknowledged so far.
    pub(super) fn acknowledged(&self) -> usize {
        self.acknowledged.lock().expect("nobody panicked").len()
    }

    /// Holds the store against all that was noted: what was acknowledged is there, all that is there is whole, and the feed
    /// tells of all that is there and of nothing else. Writes of even numbers had a key.
    pub(super) fn settle(&self, store: &TestStore) -> Account {
        let acknowledged = self.acknowledged.lock().expect("nobody panicked").clone();
        let refused = self.refused.lock().expect("nobody panicked").clone();
        let unanswered = self.unanswered.lock().expect("nobody panicked").len();
        let mut connection = store.connection();
        let mut there: BTreeSet<String> = BTreeSet::new();
        for line in texts(&mut connection, WHOLE) {
            let (slug, parts) = line.split_once(": ").expect("a slug and its parts");
            let number: usize = slug.trim_start_matches("w-").parse().expect("a number");
            let answers = usize::from(number.is_multiple_of(2));
            assert_eq!(parts, format!("{PARTS}, {answers} answers"), "{}: {slug} is there by halves", store.name());
            there.insert(slug.to_owned());
        }
        let found = acknowledged.keys().filter(|number| there.contains(&slug(**number))).count();
        let lost = acknowledged.len() - found;
        println!(
            "{}: writes acknowledged {}, found {found}, lost {lost}; not acknowledged and there whole {}; requests without \
             an answer {unanswered}, refused {refused:?}",
            store.name(),
            acknowledged.len(),
            there.len() - found,
        );
        assert_eq!(lost, 0, "{}", store.name());
        let stray = "SELECT name AS shown FROM idempotency_key WHERE answer IS NULL \
                     OR name NOT IN (SELECT slug FROM agreement)";
        assert!(texts(&mut connection, stray).is_empty(), "{}: a key without its write", store.name());
        let numbers = "SELECT (SELECT count(*) FROM change) || ' ' || (SELECT max(seq) FROM change) || ' ' || \
                       (SELECT last_seq FROM change_counter) AS shown";
        let numbers = texts(&mut connection, numbers).concat();
        let mut numbers = numbers.split(' ');
        let count = numbers.next();
        assert!(numbers.all(|number| Some(number) == count), "{}: the feed has no gaps", store.name());
        Account { acknowledged: acknowledged.len(), unanswered, refused }
    }
}
