//! `dealgraph changes`: the feed as lines of JSON.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::record_company;
use crate::command_line::child::{run, text};
use crate::harness::Harness;

#[test]
fn the_command_prints_the_feed_and_follows_it() {
    for store in Harness::databases() {
        let mut connection = store.connection();
        (1..=3).for_each(|id| record_company(&mut connection, id));
        let printed = run(&Harness::folder(), &["changes", "--since", "1"], &[("DATABASE_URL", &*store.url)]);
        assert!(printed.status.success(), "{}", text(&printed.stderr));
        let lines: Vec<Value> =
            text(&printed.stdout).lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        assert_eq!(lines.iter().map(|line| line["seq"].as_str()).collect::<Vec<_>>(), [Some("2"), Some("3")]);
        assert_eq!(lines[0]["entity"]["__typename"], "Company", "{}", store.name());
        assert_eq!(lines[0]["after"]["slug"], "c2", "{}", store.name());

        let mut following = Command::new(env!("CARGO_BIN_EXE_dealgraph"))
            .args(["changes", "--follow", "--since", "2"])
            .env("DATABASE_URL", &store.url)
            .current_dir(Harness::folder())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let mut lines = BufReader::new(following.stdout.take().expect("a pipe")).lines();
        let mut next =
            || -> Value { serde_json::from_str(&lines.next().expect("a line").expect("text")).expect("JSON") };
        assert_eq!(next()["seq"], "3", "{}", store.name());
        record_company(&mut connection, 4);
        assert_eq!(next()["after"]["slug"], "c4", "{}", store.name());
        following.kill().expect("it is ended");
        following.wait().expect("it has ended");
    }
}
