//! A disk that really fills up: the store lies on a small file system of its own, in a mount namespace that ends with the
//! import.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use crate::harness::{Harness, texts};

use super::whole::{assert_same, whole};
use super::{bad_input, file};

/// What is done with a store on a file system of a few MiB: it is copied there, imported into, and copied back.
const SCRIPT: &str = r#"set -e
mount -t tmpfs -o size="$SIZE" none "$FOLDER"
cp "$STORE" "$FOLDER/store.sqlite"
code=0
DATABASE_URL="sqlite:$FOLDER/store.sqlite" "$BINARY" import patentsview --batch-rows 20 "$TABLE" 2> "$SAID" || code=$?
cp "$FOLDER"/store.sqlite* "$BACK/"
exit $code"#;

/// Whether this process may mount in a namespace of its own. Where tests must not be left out, it has to.
fn can_mount() -> bool {
    let tried = Command::new("unshare").args(["--mount", "true"]).output();
    let can = tried.is_ok_and(|output| output.status.success());
    assert!(can || std::env::var_os("CI").is_none(), "CI needs to be able to mount: `unshare --mount` fails");
    can
}

fn on_a_disk_of(size: &str, store: &Path, table: &Path, back: &Path) -> (i32, String) {
    let said = back.join("said");
    let output = Command::new("unshare")
        .args(["--mount", "sh", "-c", SCRIPT])
        .env("SIZE", size)
        .env("FOLDER", Harness::folder())
        .env("STORE", store)
        .env("BINARY", env!("CARGO_BIN_EXE_dealgraph"))
        .env("TABLE", table)
        .env("SAID", &said)
        .env("BACK", back)
        .env("LOG", "warn")
        .output()
        .expect("a shell");
    let said = std::fs::read_to_string(said).unwrap_or_else(|_| format!("{output:?}"));
    (output.status.code().expect("it ends by itself"), said)
}

#[test]
fn a_disk_that_is_full_is_told_and_the_import_goes_on_where_there_is_room() {
    if !can_mount() {
        writeln!(std::io::stderr(), "left out: this process may not mount").expect("standard error");
        return;
    }
    let table = file("g_patent.tsv", bad_input::many());
    let (empty, back) = (Harness::sqlite(), Harness::folder());
    let store = empty.url.trim_start_matches("sqlite:").to_owned();
    let size = std::fs::metadata(&store).expect("a file").len() + 600 * 1024;
    let (code, said) = on_a_disk_of(&size.to_string(), Path::new(&store), &table, &back);
    assert_ne!(code, 0, "it succeeded: {said}");
    assert!(said.contains("full") || said.contains("No space left"), "{said}");

    let undisturbed = Harness::sqlite();
    let import = |url: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dealgraph"));
        command.env("DATABASE_URL", url).env("LOG", "warn").args(["import", "patentsview", "--batch-rows", "20"]);
        assert!(command.arg(&table).output().expect("it runs").status.success());
    };
    import(&undisturbed.url);
    let url = format!("sqlite:{}", back.join("store.sqlite").display());
    let mut connection = crate::harness::open(&url);
    assert_eq!(texts(&mut connection, "SELECT integrity_check AS shown FROM pragma_integrity_check"), ["ok"]);
    let bare = "SELECT publication_number AS shown FROM patent WHERE NOT EXISTS (SELECT 1 FROM patent_source WHERE patent_id = patent.id)";
    assert_eq!(texts(&mut connection, bare), Vec::<String>::new(), "half a record");
    let stored = texts(&mut connection, "SELECT number AS shown FROM patent").len();
    assert!(stored < 2_000 && stored.is_multiple_of(20), "{stored}");
    import(&url);
    assert_same(&whole(&mut undisturbed.connection()), &whole(&mut connection), "after there was room");
}
