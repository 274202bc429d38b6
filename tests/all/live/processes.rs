//! Servers that are processes of their own, on one store.

use serde_json::{Value, json};

use super::socket::Socket;
use crate::faults::{Answer, Client, slug, start};
use crate::harness::Harness;

const WRITES: usize = 40;

#[test]
fn what_is_written_through_either_of_two_processes_reaches_the_subscribers_of_both() {
    for store in Harness::databases() {
        let client = Client::of(&store);
        let servers = ["1", "2"].map(|node| start(&store, &[("NODE_ID", node)]));
        let recorded = "subscription { agreementRecorded(since: 0, filter: { companies: { some: { slug: { eq: \"buyer\" } } } }) \
                        { seq agreement { slug companies(orderBy: [{field: SLUG}]) { nodes { slug } } } } }";
        let mut sockets = servers.each_ref().map(|server| Socket::begun(server.address));
        for socket in &mut sockets {
            socket.subscribe("1", recorded, &Value::Null);
        }
        // The first is told to both: from then on they follow what comes.
        assert!(matches!(client.write(servers[0].address, 0, false), Answer::Data(_)));
        let first = sockets.each_mut().map(|socket| socket.event("1", "agreementRecorded"));
        std::thread::scope(|scope| {
            for (odd, server) in servers.iter().enumerate() {
                let (client, address) = (&client, server.address);
                scope.spawn(move || {
                    for number in (odd + 1..WRITES).step_by(2) {
                        assert!(matches!(client.write(address, number, false), Answer::Data(_)));
                    }
                });
            }
        });
        let [one, two] = &mut sockets;
        let [first_of_one, first_of_two] = first;
        let told = [(one, first_of_one), (two, first_of_two)].map(|(socket, first)| {
            let rest = (1..WRITES).map(|_| socket.event("1", "agreementRecorded"));
            std::iter::once(first).chain(rest).collect::<Vec<_>>()
        });
        assert_eq!(told[0], told[1], "{}: the same, in the same order", store.name());
        let seqs: Vec<u64> = told[0].iter().map(|event| event["seq"].as_str().unwrap().parse().unwrap()).collect();
        assert!(seqs.is_sorted_by(|one, next| one < next), "{}: {seqs:?}", store.name());
        let mut slugs: Vec<&str> = told[0].iter().map(|event| event["agreement"]["slug"].as_str().unwrap()).collect();
        slugs.sort_unstable();
        assert!(slugs.iter().copied().eq((0..WRITES).map(slug)), "{}: {slugs:?}", store.name());
        let parties = json!([{"slug": "buyer"}, {"slug": "seller"}]);
        assert!(told[0].iter().all(|event| event["agreement"]["companies"]["nodes"] == parties), "{}", store.name());
    }
}
