// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files that never end, that nobody writes into, or that lead elsewhere, where debut reads its
//! own: each is refused at once with its path and what to do, and left alone.

#![cfg(unix)]
#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use std::{
    fs::{self, File},
    os::unix::fs::symlink,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use cli::Ran;
use common::{Repo, github_token};
use debut::{
    domain::Verdict,
    ops::Access,
    review::{Choice, FindingIdx, Scope},
};

/// Who waits longer waits for ever.
const PATIENCE: Duration = Duration::from_secs(120);

/// Every command that reads the files of a review.
const READERS: [&[&str]; 10] = [
    &["scan"],
    &["status"],
    &["list"],
    &["suggest"],
    &["attest"],
    &["report"],
    &["stale"],
    &["prune"],
    &["decide", "--rule", "*", "--verdict", "redact"],
    &["key", "export"],
];

fn decided() -> Repo {
    let text = format!("TOKEN={}\n", github_token(1));
    let repo = Repo::with(&[("a.txt", text.as_bytes())]);
    repo.run(["init"]).exits(0);
    repo.run(["decide", "--rule", "*", "--verdict", "redact"]).exits(0);
    repo
}

/// Runs the program, and ends it when it hangs.
#[track_caller]
fn patiently(repo: &Repo, args: &[&str]) -> Ran {
    let mut command = cli::command(repo.state.path(), repo.path());
    command.args(args).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program");
    let start = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        let hangs = start.elapsed() > PATIENCE;
        if hangs {
            child.kill().expect("killed");
        }
        assert!(!hangs, "{args:?} hangs");
        std::thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output().expect("its output");
    Ran {
        code: output.status.code(),
        out: String::from_utf8(output.stdout).expect("UTF-8"),
        err: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}

fn pipe(path: &Path) {
    let _ = fs::remove_file(path);
    assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
}

/// Makes a file that claims `len` bytes and takes no room.
fn sparse(path: &Path, len: u64) {
    File::create(path).and_then(|file| file.set_len(len)).expect("a sparse file");
}

fn in_folder(repo: &Repo, name: &str) -> PathBuf {
    repo.path().join(".debut").join(name)
}

#[test]
fn a_checklist_or_journal_without_end_is_not_read() {
    for (name, len, most) in
        [("checklist.toml", 512 << 20, "128 MiB"), ("journal", 2 << 30, "512 MiB")]
    {
        let repo = decided();
        let path = in_folder(&repo, name);
        sparse(&path, len);
        for args in READERS {
            if name == "journal" && args == ["key", "export"] {
                continue;
            }
            let ran = patiently(&repo, args).exits(5).says(&format!("larger than {most}"));
            assert!(ran.err.contains(name) && ran.err.contains("left alone"), "{}", ran.err);
        }
        let doctor = patiently(&repo, &["doctor"]);
        assert!(matches!(doctor.code, Some(1 | 5)), "{}", doctor.all());
        assert!(doctor.out.contains(&format!("larger than {most}")), "{}", doctor.out);
        assert_eq!(fs::metadata(&path).expect("the file").len(), len);
    }
}

#[test]
fn nobody_waits_for_a_pipe() {
    let names = ["checklist.toml", "journal", "lock", "resume", "config.toml", "attestations.toml"];
    for name in names {
        let repo = decided();
        pipe(&in_folder(&repo, name));
        for args in READERS {
            patiently(&repo, args).exits(5).says(&format!("{name}: not a plain file"));
        }
        assert!(patiently(&repo, &["doctor"]).out.contains("not a plain file"), "{name}");
    }
    let repo = decided();
    fs::write(in_folder(&repo, "config.toml"), "[policy]\nattestations = \"own.toml\"\n")
        .expect("a policy");
    pipe(&in_folder(&repo, "own.toml"));
    patiently(&repo, &["attest"]).exits(5).says("own.toml: not a plain file");
}

#[test]
fn a_checklist_that_the_user_names_must_be_a_file_too() {
    let repo = decided();
    let dir = tempfile::tempdir().expect("a folder");
    let at = |name: &str| dir.path().join(name).to_str().expect("UTF-8").to_owned();
    pipe(Path::new(&at("pipe")));
    symlink("loop", at("loop")).expect("a link");
    symlink("/dev/zero", at("zeros")).expect("a link");
    fs::create_dir(at("folder")).expect("a folder");
    for (name, says) in [
        ("pipe", "not a file: it is a pipe"),
        ("zeros", "not a file: it is a pipe, a device"),
        ("folder", "not a file: it is a folder"),
        ("loop", "loop: "),
    ] {
        patiently(&repo, &["status", "--checklist", &at(name)]).exits(5).says(says);
    }
    patiently(&repo, &["status", "--checklist", "/dev/zero"]).exits(5).says("not a file");
    // What is a file in the end is one.
    symlink(repo.checklist(), at("link")).expect("a link");
    patiently(&repo, &["status", "--checklist", &at("link")]).exits(1);
}

#[test]
fn keys_and_configuration_are_read_within_bounds() {
    let repo = decided();
    let keys = repo.state.path().join("state/debut/keys");
    let text = fs::read_to_string(repo.checklist()).expect("the checklist");
    let id = text.lines().find_map(|line| line.strip_prefix("key_id = ")).expect("the key's id");
    let key = keys.join(id.trim_matches('"'));
    pipe(&key);
    patiently(&repo, &["status"]).exits(5).says("not a file: it is a pipe");
    fs::remove_file(&key).expect("removed");
    sparse(&key, 1 << 40);
    patiently(&repo, &["status"]).exits(5).says("larger than 4 KiB");
    fs::create_dir_all(repo.state.path().join("config/debut")).expect("a folder");
    pipe(&repo.state.path().join("config/debut/config.toml"));
    patiently(&repo, &[]).exits(2).says("config.toml: not a file: it is a pipe");
    let handed = repo.state.path().join("handed");
    sparse(&handed, 1 << 40);
    let handed = handed.to_str().expect("UTF-8");
    patiently(&repo, &["key", "import", handed]).exits(2).says("no debut review key in it");
    patiently(&repo, &["key", "import", "/dev/zero"]).exits(2).says("no debut review key in it");
}

#[test]
fn what_takes_the_checklists_place_while_it_is_open_is_not_written_over() {
    let text = format!("TOKEN={}\n", github_token(1));
    let repo = Repo::with(&[("a.txt", text.as_bytes())]);
    let mut review = repo.review(Access::Write);
    let scope = Scope::Place(FindingIdx(0));
    let choice = Choice::new(Verdict::Defer);
    let step = review.session.decide(&scope, &choice, 1_000).expect("a decision");
    review.desk.record(step).expect("the journal");
    sparse(&repo.checklist(), 512 << 20);
    let error = review.desk.save().expect_err("too large").to_string();
    assert!(error.contains("larger than 128 MiB"), "{error}");
    assert_eq!(fs::metadata(repo.checklist()).expect("the file").len(), 512 << 20);
    fs::remove_file(repo.checklist()).expect("removed");
    pipe(&repo.checklist());
    let error = review.desk.save().expect_err("a pipe").to_string();
    assert!(error.contains("it is a pipe"), "{error}");
    fs::remove_file(repo.checklist()).expect("removed");
    review.desk.save().expect("nothing in the way");
}
