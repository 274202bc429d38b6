//! A PostgreSQL server of the bench's own, from the installed programs, on a free port of the loopback.

use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use crate::Fault;
use crate::children::{Keeper, anonymous_mib, children, cpu_with_children, free_port, new_folder, title};

/// Makes the cluster, runs the server, and ends both when the input ends: when the bench has ended, however it did.
const SUPERVISOR: &str = r#"
trap '' INT TERM HUP
folder=$1 bin=$2 port=$3; shift 3
"$@" "$bin/initdb" --pgdata="$folder/data" --username=bench --auth=trust --encoding=UTF8 --locale=C --no-sync \
    >"$folder/log" 2>&1 </dev/null
echo 'CREATE ROLE floor SUPERUSER LOGIN' | "$@" "$bin/postgres" --single -D "$folder/data" postgres >>"$folder/log" 2>&1
"$@" "$bin/postgres" -D "$folder/data" -p "$port" -h 127.0.0.1 -k '' -c fsync=off -c synchronous_commit=off \
    -c full_page_writes=off -c max_connections=100 -c shared_buffers="$(awk '/^MemTotal/ { print int($2 / 4) }' /proc/meminfo)kB" -c autovacuum=off -c wal_level=minimal \
    -c max_wal_senders=0 -c max_wal_size=4GB >>"$folder/log" 2>&1 </dev/null &
server=$!
cat >/dev/null
kill -QUIT "$server"
wait "$server"
rm -rf "$folder"
"#;

/// Whom PostgreSQL serves. Each has a role of its own, so that their processes can be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Dealgraph,
    Floor,
}

impl Role {
    fn name(self) -> &'static str {
        match self {
            Self::Dealgraph => "bench",
            Self::Floor => "floor",
        }
    }
}

/// A running server.
pub struct Cluster {
    folder: PathBuf,
    port: u16,
    _keeper: Keeper,
}

impl Cluster {
    pub fn start() -> Result<Self, Fault> {
        let bin = programs()?;
        let folder = new_folder()?;
        let port = free_port()?;
        let mut arguments = vec![folder.display().to_string(), bin.display().to_string(), port.to_string()];
        arguments.extend(become_server_user(&folder)?);
        let cluster = Self { folder, port, _keeper: Keeper::start(SUPERVISOR, &arguments)? };
        cluster.wait().map(|()| cluster)
    }

    pub fn url(&self, role: Role) -> String {
        format!("postgres://{}@127.0.0.1:{}/postgres", role.name(), self.port)
    }

    /// The server's first process.
    fn pid(&self) -> Option<u32> {
        let text = std::fs::read_to_string(self.folder.join("data/postmaster.pid")).ok()?;
        text.lines().next()?.trim().parse().ok()
    }

    /// The CPU time so far of all its processes.
    pub fn cpu(&self) -> Duration {
        self.pid().map_or(Duration::ZERO, cpu_with_children)
    }

    /// The anonymous memory of the processes that serve a role, in MiB.
    pub fn anonymous_mib(&self, role: Role) -> f64 {
        let beginning = format!("postgres: {} ", role.name());
        let serving = self.pid().map(children).unwrap_or_default().into_iter();
        serving.filter(|pid| title(*pid).starts_with(&beginning)).map(anonymous_mib).sum()
    }

    fn wait(&self) -> Result<(), Fault> {
        let begin = Instant::now();
        while begin.elapsed() < Duration::from_secs(60) {
            let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
            if log.contains("database system is ready to accept connections") {
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        Err(std::fs::read_to_string(self.folder.join("log")).unwrap_or_default().into())
    }
}

/// The folder of the newest installed server's programs.
fn programs() -> Result<PathBuf, Fault> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let installed = versions.filter_map(|entry| {
        let version: u32 = entry.file_name().to_str()?.parse().ok()?;
        Some((version, entry.path().join("bin"))).filter(|(_, bin)| bin.join("postgres").is_file())
    });
    let in_path = || std::env::split_paths(&std::env::var_os("PATH")?).find(|bin| bin.join("postgres").is_file());
    let found = installed.max().map(|(_, bin)| bin).or_else(in_path);
    found.ok_or_else(|| "the bench needs a PostgreSQL server: install Debian's `postgresql` package".into())
}

/// What the programs say of their version.
pub fn version() -> Result<String, Fault> {
    let output = Command::new(programs()?.join("postgres")).arg("--version").output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.split_whitespace().nth(2).unwrap_or_default().to_owned())
}

/// The beginning of a command that runs as the user the server may run as: PostgreSQL refuses to run as root.
fn become_server_user(folder: &Path) -> Result<Vec<String>, Fault> {
    if std::fs::metadata(folder)?.uid() != 0 {
        return Ok(vec!["env".to_owned()]);
    }
    let id = |flag: &str| -> Result<u32, Fault> {
        let output = Command::new("id").args([flag, "postgres"]).output()?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().parse()?)
    };
    let (user, group) = (id("-u")?, id("-g")?);
    std::os::unix::fs::chown(folder, Some(user), Some(group))?;
    let words = ["setpriv", &format!("--reuid={user}"), &format!("--regid={group}"), "--clear-groups"];
    Ok(words.map(str::to_owned).to_vec())
}
