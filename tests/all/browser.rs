//! The playground in a real browser, and pages of other origins; the steps are in `tests/browser/run.mjs`.

use std::path::Path;
use std::process::Command;

use dealgraph::ingest::load_starter;
use dealgraph::store::IdMaker;

use crate::harness::Harness;
use crate::harness::http::Running;

#[test]
fn the_playground_works_in_a_browser_and_cors_does_what_is_set() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let chromium = std::env::var("CHROMIUM").unwrap_or_else(|_| "/usr/bin/chromium".to_owned());
    for needed in [Path::new(&chromium), &folder.join("node_modules/playwright-core")] {
        assert!(
            needed.exists(),
            "{} is missing. Run this, then try again:\n    scripts/requirements",
            needed.display()
        );
    }
    let store = Harness::sqlite();
    load_starter(&mut store.connection(), &mut IdMaker::starting_at(1_790_000_000_000, 0)).unwrap();
    let playground = Running::start(&store, &[]);
    let page = playground.send("GET", "/", &[], b"").body;
    assert!(
        page.contains("Dealgraph playground"),
        "the playground is not built in. Run this, then try again:\n    scripts/requirements"
    );
    let origin = |server: &Running| format!("http://{}", server.address);
    // Any address of theirs is a page of another origin, since a port is part of it.
    let (allowed_page, other_page) = (Running::start(&store, &[]), Running::start(&store, &[]));
    let open_api = Running::start(&store, &["--cors-allowed-origins", &origin(&allowed_page)]);
    let arguments = [&playground, &open_api, &allowed_page, &other_page].map(origin);
    let ran = Command::new("node").arg("run.mjs").args(arguments).current_dir(&folder).output();
    let ran =
        ran.unwrap_or_else(|error| panic!("node cannot be started: {error}. Run this:\n    scripts/requirements"));
    let said = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
    assert!(ran.status.success(), "{said}");
}
