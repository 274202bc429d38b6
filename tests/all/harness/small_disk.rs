//! A disk of a few megabytes that can be filled to its last byte and emptied again.
//!
//! It is a `tmpfs` in a mount namespace of a process of its own, through whose entry in `/proc` everybody else gets there: no
//! mount is left behind, however the tests end.

use std::io::{Read as _, Write as _};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::{Cluster, TestStore};

/// Mounts, says so, and stays, as a user and group if they are given, so that they may look into its entry in `/proc`. `$1` is
/// where, `$2` how large in KiB, `$3` the user and `$4` the group.
const HOLDER: &str = r#"mount -t tmpfs -o "size=$2k,mode=0755" none "$1" && echo mounted \
    && exec ${3:+setpriv --reuid=$3 --regid=$4 --clear-groups} cat"#;

/// See the module.
pub struct SmallDisk {
    holder: Child,
    mounted_at: PathBuf,
}

impl SmallDisk {
    /// Makes one. Where the system lets nobody make one, this says so as loudly as a test can, and where all that is needed is
    /// to be there, it fails.
    pub fn made(kibibytes: u32) -> Option<Self> {
        match Self::new(kibibytes) {
            Ok(disk) => Some(disk),
            Err(why) => {
                let message = format!("NOT TESTED: a full disk. Mounting needs root or user namespaces: {why}");
                assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "{message}");
                println!("{message}");
                // Past the test's capture, so that it is seen where all is well.
                let _ = std::fs::write("/dev/stderr", format!("{message}\n"));
                None
            }
        }
    }

    fn new(kibibytes: u32) -> Result<Self, String> {
        let mounted_at = super::Harness::folder();
        let server_user = Cluster::server_user();
        let flags: &[&str] =
            if server_user.is_some() { &["--mount"] } else { &["--user", "--map-root-user", "--mount"] };
        let (user, group) = server_user.map(|(user, group)| (user.to_string(), group.to_string())).unzip();
        let mut holder = Command::new("unshare")
            .args(flags)
            .args(["/bin/sh", "-c", HOLDER, "small-disk"])
            .arg(&mounted_at)
            .args([&kibibytes.to_string(), &user.unwrap_or_default(), &group.unwrap_or_default()])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| format!("`unshare` does not run: {error}"))?;
        let mut said = [0; 8];
        let is_mounted = holder.stdout.as_mut().is_some_and(|out| out.read_exact(&mut said).is_ok());
        if !is_mounted {
            let mut why = String::new();
            if let Some(err) = holder.stderr.as_mut() {
                let _ = err.read_to_string(&mut why);
            }
            let _ = holder.wait();
            return Err(why.trim().to_owned());
        }
        let disk = Self { holder, mounted_at };
        if let Some((user, group)) = server_user {
            chown(disk.path(), Some(user), Some(group)).expect("root can give the folder away");
        }
        std::fs::read_dir(disk.path()).map_err(|error| format!("the mount cannot be reached: {error}"))?;
        Ok(disk)
    }

    /// Where it is for processes elsewhere, of the user that runs the tests or PostgreSQL's server.
    pub fn path(&self) -> PathBuf {
        let below = self.mounted_at.strip_prefix("/").expect("the path is absolute");
        Path::new("/proc").join(self.holder.id().to_string()).join("root").join(below)
    }

    /// The process that holds it: another one is there that enters its mount namespace.
    pub fn pid(&self) -> u32 {
        self.holder.id()
    }

    /// Where it is for processes there. SQLite follows the links in a file's path, and those of `/proc` lead it out of there.
    pub fn mounted_at(&self) -> &Path {
        &self.mounted_at
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }

    /// Fills it to its last byte.
    pub fn fill(&self) {
        let mut ballast =
            std::fs::OpenOptions::new().create(true).append(true).open(self.ballast()).expect("a file can be made");
        for size in [65_536, 4_096, 1] {
            while ballast.write_all(&vec![0; size]).is_ok() {}
        }
    }

    /// Fills it but for some room.
    pub fn fill_but(&self, bytes: u64) {
        self.fill();
        let ballast = std::fs::OpenOptions::new().write(true).open(self.ballast()).expect("the disk was filled");
        let length = ballast.metadata().expect("a length").len();
        ballast.set_len(length.checked_sub(bytes).expect("the disk is larger")).expect("a file can be cut");
    }

    /// Copies a store of SQLite's out of it, since only processes there can open it.
    pub fn copied_out(&self) -> TestStore {
        let folder = super::Harness::folder();
        for entry in std::fs::read_dir(self.path()).expect("the disk is there") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name");
            if name != "ballast" {
                std::fs::copy(&path, folder.join(name)).expect("it can be copied");
            }
        }
        TestStore::at("sqlite", format!("sqlite:{}", folder.join("store.sqlite").display()))
    }

    /// Makes a database on it, of a server whose other files are elsewhere.
    pub fn database(&self, cluster: &Cluster) -> TestStore {
        let space = self.path().join("space");
        std::fs::create_dir(&space).expect("a folder can be made");
        if let Some((user, group)) = Cluster::server_user() {
            chown(&space, Some(user), Some(group)).expect("root can give the folder away");
        }
        let mut admin = super::open(&cluster.url("postgres"));
        super::batch(&mut admin, &format!("CREATE TABLESPACE small LOCATION '{}'", space.display()));
        super::batch(&mut admin, "CREATE DATABASE small TABLESPACE small");
        TestStore::at("postgres", cluster.url("small"))
    }

    /// Makes room again.
    pub fn make_room(&self) {
        std::fs::remove_file(self.ballast()).expect("the disk was filled");
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // With its last process the namespace goes, and with it the mount.
        let _ = self.holder.kill();
        let _ = self.holder.wait();
    }
}
