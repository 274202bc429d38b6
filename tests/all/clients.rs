//! Clients that are generated from `schema.graphql` alone: each is generated, compiled and run, as its users would.
//!
//! `tests/clients/` has a folder for each with its configuration and documents; what is generated is not kept.

use std::path::{Path, PathBuf};

use dealgraph::catalog::scalars::SCALARS;
use dealgraph::ingest::load_starter;
use dealgraph::store::IdMaker;

use crate::harness::http::Running;
use crate::harness::tools::{self, run};
use crate::harness::{Harness, TestStore};

/// What the clients of one query print: three areas, in the order of the answer.
const AREAS: &str = "Nokia and Xiaomi: business cooperation and multi-year patent agreement\n\
    - Internet of things\n- Augmented and virtual reality\n- Artificial intelligence\n";

/// A server with the starter data.
fn server() -> (TestStore, Running) {
    let store = Harness::sqlite();
    load_starter(&mut store.connection(), &mut IdMaker::starting_at(1_790_000_000_000, 0)).unwrap();
    let server = Running::start(&store, &[]);
    (store, server)
}

/// The folder of a client, without what was generated before.
fn client(name: &str, generated: &[&str]) -> PathBuf {
    let folder = tools::tests().join("clients").join(name);
    for generated in generated.iter().map(|generated| folder.join(generated)) {
        if generated.exists() {
            std::fs::remove_dir_all(&generated).unwrap();
        }
    }
    folder
}

fn node_program(name: &str) -> PathBuf {
    tools::node_packages();
    tools::tests().join("node_modules/.bin").join(name)
}

fn prints(printed: &str, expected: &str) {
    assert!(printed.contains(expected), "{printed}\ninstead of\n{expected}");
}

#[test]
fn a_typescript_client_can_be_generated() {
    let (_store, server) = server();
    let folder = client("typescript", &["generated"]);
    run(node_program("graphql-codegen"), &["--config", "codegen.ts"], &folder);
    run(node_program("tsc"), &["--project", "."], &folder);
    prints(&run("node", &["generated/js/main.js", &server.url()], &folder), &format!("2017-07-05: {AREAS}"));
}

#[test]
fn a_relay_client_can_be_generated_and_loads_page_after_page() {
    let (_store, server) = server();
    let folder = client("relay", &["generated", "src/__generated__"]);
    std::fs::create_dir(folder.join("src/__generated__")).unwrap();
    run(node_program("relay-compiler"), &["relay.config.json"], &folder);
    run(node_program("tsc"), &["--project", "."], &folder);
    let printed = run("node", &["generated/main.js", &server.url()], &folder);
    prints(&printed, "Nokia: 7 patents on two pages, 7 of them different\n");
}

#[test]
fn a_python_client_can_be_generated() {
    let (_store, server) = server();
    let folder = client("python", &["generated"]);
    tools::installed("clients/python/.venv/.installed", "clients/python/requirements.txt");
    let programs = folder.join(".venv/bin");
    run(programs.join("ariadne-codegen"), &[], &folder);
    run(programs.join("mypy"), &["main.py", "generated"], &folder);
    let printed = run(programs.join("python"), &["main.py", &server.url()], &folder);
    prints(&printed, &format!("05 July 2017: {AREAS}"));
    prints(&printed, "Xiao…: Xiaomi\n");
}

#[test]
fn a_rust_client_can_be_generated() {
    let (_store, server) = server();
    let cargo = Path::new(env!("CARGO"));
    let arguments = ["run", "--locked", "--quiet", "--package", "dealgraph-client", "--", &server.url()];
    prints(&run(cargo, &arguments, tools::root()), &format!("2017-07-05: {AREAS}"));
}

#[test]
fn each_scalar_of_the_schema_is_mapped_by_each_client_that_maps_them() {
    for file in ["typescript/codegen.ts", "relay/relay.config.json", "python/pyproject.toml"] {
        let text = std::fs::read_to_string(tools::tests().join("clients").join(file)).unwrap();
        for scalar in SCALARS {
            assert!(text.contains(scalar.name), "{file} does not map {}", scalar.name);
        }
    }
}

#[test]
fn the_readme_shows_lines_of_the_clients() {
    let readme = std::fs::read_to_string(tools::root().join("README.md")).unwrap();
    let files = [
        ("ts", "typescript/main.ts"),
        ("tsx", "relay/src/CompanyPage.tsx"),
        ("python", "python/main.py"),
        ("rust", "rust/src/main.rs"),
    ];
    // However the lines are broken and indented.
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    for (language, file) in files {
        let client = plain(&std::fs::read_to_string(tools::tests().join("clients").join(file)).unwrap());
        let (_, shown) =
            readme.split_once(&format!("```{language}\n")).unwrap_or_else(|| panic!("{language} is shown"));
        let (shown, _) = shown.split_once("```").unwrap();
        assert!(shown.lines().count() <= 12, "{language}: it is short");
        for line in shown.lines() {
            assert!(client.contains(&plain(line)), "README shows a line that {file} does not have: {line}");
        }
    }
}
