//! A PostgreSQL server of the tests' own, from the installed programs, on a free port of the loopback.

use std::ffi::{OsStr, OsString};
use std::io::Write as _;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command};
use std::time::{Duration, Instant};

use dealgraph::store::{Access, Connection, StoreUrl};

use super::folder;

/// Makes the cluster, runs the server, and ends both when the input ends: when the test process has ended. Until then it takes
/// orders, a line each, and notes each that is done.
/// `$1` is the folder, `$2` the folder of the programs, `$3` the port, `$4` the user, `$5` more settings; the rest is how to
/// become the user that the server runs as. `setpriv` and `env` replace themselves, so `$!` is the server itself.
const SUPERVISOR: &str = r#"
trap '' INT TERM HUP
folder=$1 bin=$2 port=$3 user=$4 more=$5; shift 5
launch() {
    "$@" "$bin/postgres" -D "$folder/data" -p "$port" -h 127.0.0.1 -k '' -c fsync=off -c synchronous_commit=off \
        -c full_page_writes=off -c max_connections=200 -c shared_buffers=64MB -c autovacuum=off -c wal_level=minimal \
        -c max_wal_senders=0 -c log_line_prefix='%d ' $more >>"$folder/server.log" 2>&1 </dev/null &
    server=$!
}
"$@" "$bin/initdb" --pgdata="$folder/data" --username="$user" --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$folder/initdb.log" 2>&1 </dev/null || echo "FATAL: initdb failed" >>"$folder/initdb.log"
launch "$@"
while read -r order; do
    case $order in
        stop) kill -INT "$server"; wait "$server" ;;
        crash) kill -QUIT "$server"; wait "$server" ;;
        start) launch "$@" ;;
    esac
    echo "$order" >>"$folder/done"
done
kill -QUIT "$server"
wait "$server"
rm -rf "$folder"
"#;

/// A running server.
pub struct Cluster {
    folder: PathBuf,
    user: String,
    port: u16,
    pipe: ChildStdin,
    orders: usize,
    _supervisor: Child,
}

/// How a server is told to end.
#[derive(Clone, Copy, Debug)]
pub enum End {
    /// It ends its connections and closes its files.
    Stop,
    /// It drops all at once, as if its machine had failed.
    Crash,
}

impl Cluster {
    /// Starts a server; the port can be taken by another in between, so it is tried a few times.
    pub(super) fn start() -> Self {
        Self::with("")
    }

    /// One with more settings than those of all tests.
    pub fn with(settings: &str) -> Self {
        let bin = programs();
        let mut last = String::new();
        for _ in 0..5 {
            match Self::try_start(&bin, settings) {
                Ok(cluster) => return cluster,
                Err(log) => last = log,
            }
        }
        panic!("PostgreSQL does not start for the tests. Its log:\n{last}");
    }

    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("postgres://{}@127.0.0.1:{}/{database}", self.user, self.port)
    }

    /// Ends the server.
    pub fn end(&mut self, how: End) {
        self.order(match how {
            End::Stop => "stop",
            End::Crash => "crash",
        });
    }

    /// Starts it again where it was, and waits until it takes connections.
    pub fn start_again(&mut self) {
        self.order("start");
        self.wait(&self.folder).unwrap_or_else(|log| panic!("PostgreSQL does not start again:\n{log}"));
    }

    /// Gives an order and waits until it is done.
    fn order(&mut self, order: &str) {
        writeln!(self.pipe, "{order}").expect("the supervisor reads");
        self.orders += 1;
        let begin = Instant::now();
        let done = || std::fs::read_to_string(self.folder.join("done")).unwrap_or_default().lines().count();
        while done() < self.orders {
            assert!(begin.elapsed() < Duration::from_secs(60), "PostgreSQL does not {order}:\n{}", self.log());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// The numbers of the user and the group that the server runs as, where those are others than ours.
    pub fn server_user() -> Option<(u32, u32)> {
        let is_root = std::fs::metadata("/proc/self").expect("the system has /proc").uid() == 0;
        is_root.then(|| (id_of_postgres("-u"), id_of_postgres("-g")))
    }

    /// What the server has logged; each line begins with the database that it is about.
    pub(super) fn log(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(self.folder.join("server.log")).unwrap_or_default()).into_owned()
    }

    fn try_start(bin: &Path, settings: &str) -> Result<Self, String> {
        let folder = folder::create("postgres");
        // A name that no other server knows: a stranger on this port is not taken for ours.
        let moment = folder.to_string_lossy().rsplit('-').next().unwrap_or_default().to_owned();
        let user = format!("tests_{}_{moment}", std::process::id());
        let port = free_port();
        let (become_user, port_text) = (become_server_user(&folder), OsString::from(port.to_string()));
        let mut arguments =
            vec![folder.as_os_str(), bin.as_os_str(), &port_text, OsStr::new(&user), OsStr::new(settings)];
        arguments.extend(become_user.iter().map(OsStr::new));
        let (supervisor, pipe) = folder::keep(SUPERVISOR, &arguments);
        let cluster = Self { folder, user, port, pipe, orders: 0, _supervisor: supervisor };
        cluster.wait(&cluster.folder).map(|()| cluster)
    }

    fn wait(&self, folder: &Path) -> Result<(), String> {
        let url = StoreUrl::parse(&self.url("postgres")).expect("the harness makes valid addresses");
        let begin = Instant::now();
        loop {
            if Connection::open(&url, Access::Read).is_ok() {
                return Ok(());
            }
            let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
            let (initdb, server) = (read("initdb.log"), read("server.log"));
            let ended = initdb.contains("FATAL:") || server.contains("could not create any TCP/IP sockets");
            if ended || begin.elapsed() > Duration::from_secs(90) {
                return Err(initdb + &server);
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("the loopback has a free port");
    listener.local_addr().expect("a listener has an address").port()
}

/// The folder of the installed server's programs: that of the newest version, or the one in the PATH.
fn programs() -> PathBuf {
    let complete = |bin: &PathBuf| bin.join("postgres").is_file() && bin.join("initdb").is_file();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let installed = versions.filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        Some((version, entry.path().join("bin"))).filter(|(_, bin)| complete(bin))
    });
    let in_path = || std::env::split_paths(&std::env::var_os("PATH")?).find(complete);
    installed
        .max()
        .map(|(_, bin)| bin)
        .or_else(in_path)
        .unwrap_or_else(|| panic!("The tests need a PostgreSQL server: install Debian's `postgresql` package."))
}

/// The beginning of a command that runs as the user the server may run as: PostgreSQL refuses to run as root.
fn become_server_user(folder: &Path) -> Vec<String> {
    let owner = std::fs::metadata(folder).expect("the folder was just made").uid();
    if owner != 0 {
        return vec!["env".to_owned()];
    }
    let (user, group) = (id_of_postgres("-u"), id_of_postgres("-g"));
    std::os::unix::fs::chown(folder, Some(user), Some(group)).expect("root can give the folder away");
    ["setpriv", &format!("--reuid={user}"), &format!("--regid={group}"), "--clear-groups"].map(str::to_owned).to_vec()
}

fn id_of_postgres(flag: &str) -> u32 {
    let output = Command::new("id").args([flag, "postgres"]).output().expect("`id` runs");
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    text.parse::<u32>().unwrap_or_else(|_| {
        panic!("As root, the tests run PostgreSQL as the user `postgres`: install Debian's `postgresql` package.")
    })
}
