// SPDX-License-Identifier: MIT OR Apache-2.0
//! What holds for every command: where there is no repository or no commit, on a full disk, with
//! a closed pipe; and where files are named on the command line.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use std::{fs, fs::File, path::Path, process::Stdio};

use cli::{Ran, command, run_in};
use common::{Repo, github_token};

const TOKEN: &str = "sensitive/github-token";

/// Every command with what it needs.
const ALL: [&[&str]; 24] = [
    &["scan"],
    &["status"],
    &["list"],
    &["list", "--disputed"],
    &["suggest"],
    &["decide", "--rule", "sensitive/*", "--verdict", "redact"],
    &["attest"],
    &["attest", "sign-off-legal", "--answer", "yes"],
    &["rotated"],
    &["rotated", "--rule", "sensitive/*", "--answer", "yes"],
    &["words"],
    &["words", "--add", "domain:corp.example"],
    &["stand-ins"],
    &["report"],
    &["stale"],
    &["prune"],
    &["key", "export"],
    &["key", "rotate"],
    &["key", "list"],
    &["init"],
    &["doctor"],
    &["rules"],
    &["licenses"],
    &["licenses", "--format", "spdx-json"],
];

fn repo() -> Repo {
    let text = format!("TOKEN={}\n", github_token(1));
    Repo::with(&[("a.yml", text.as_bytes())])
}

/// Returns the exit code of `args` where there is nothing to judge.
fn code(args: &[&str], usual: i32, init: i32) -> i32 {
    match args[0] {
        "rules" => 0,
        "key" if args[1] == "list" => 0,
        "init" => init,
        // It looks at what is wrong, whatever that is.
        "doctor" => 5,
        _ => usual,
    }
}

#[test]
fn without_a_repository_or_a_commit_the_reason_is_said() {
    let home = tempfile::tempdir().expect("a folder");
    let nowhere = tempfile::tempdir().expect("a folder");
    let said = |ran: &Ran, part: &str| match ran.code {
        Some(0) => {}
        _ => assert!(ran.all().contains(part), "{}", ran.all()),
    };
    for args in ALL {
        let ran = run_in(home.path(), nowhere.path(), args).exits(code(args, 2, 2));
        said(&ran, "not a Git repository");
        let unborn = Repo::new();
        let ran = unborn.run(args).exits(code(args, 5, 0));
        said(&ran, "no commit yet");
        assert!(args[0] == "init" || !unborn.path().join(".debut").exists(), "{args:?}");
    }
}

#[test]
fn a_bare_repository_is_like_any_other() {
    let repo = repo();
    let bare = tempfile::tempdir().expect("a folder");
    git2::build::RepoBuilder::new()
        .bare(true)
        .clone(repo.path().to_str().expect("UTF-8"), bare.path())
        .expect("a clone");
    for args in ALL {
        let ran = run_in(repo.state.path(), bare.path(), args);
        assert!(matches!(ran.code, Some(0 | 1)), "{args:?}: {}", ran.all());
    }
    assert!(bare.path().join("debut/checklist.toml").exists());
}

/// Runs `args` with `out` for standard output; returns the exit code and what was said.
fn into(repo: &Repo, args: &[&str], out: Stdio) -> (Option<i32>, String) {
    let mut command = command(repo.state.path(), repo.path());
    command.args(args).stdout(out).stderr(Stdio::piped());
    let mut child = command.spawn().expect("the program");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("an end");
    (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_a_closed_pipe_is_no_failure() {
    let repo = repo();
    repo.run(["decide", "--rule", "*", "--verdict", "defer"]).exits(0);
    for args in ALL.into_iter().chain([&["--help"][..], &["scan", "--help"], &["--version"]]) {
        let full = File::options().write(true).open("/dev/full").expect("/dev/full");
        let (code, said) = into(&repo, args, full.into());
        assert_eq!(code, Some(5), "{args:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{args:?}: {said}");
        assert!(said.starts_with("debut: ") && said.contains("No space left"), "{args:?}: {said}");
        let (code, said) = into(&repo, args, Stdio::piped());
        assert!(matches!(code, Some(0 | 1)), "{args:?}: {said}");
        assert!(said.is_empty() || args[0] == "key", "{args:?}: {said}");
    }
    // Nothing that was decided is lost because it could not be said.
    let status = repo.status();
    assert_eq!((&status["redacted"], &status["deferred"]), (&1.into(), &1.into()));
}

#[test]
fn help_lists_a_commands_own_options_first() {
    let repo = repo();
    for args in ALL {
        let named: Vec<&str> = args.iter().copied().take_while(|a| !a.starts_with("--")).collect();
        let words = named.len().min(if named[0] == "key" { 2 } else { 1 });
        let help = repo.run([&named[..words], &["--help"]].concat()).exits(0).out;
        let (own, common) = help.split_once("For every command:").expect("two parts");
        assert!(own.contains("--help") && !own.contains("--checklist"), "{help}");
        assert!(common.contains("--checklist") && common.contains("--history"), "{help}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_to_a_checklist_stays_one_and_shares_the_lock() {
    let repo = repo();
    let elsewhere = tempfile::tempdir().expect("a folder");
    let real = elsewhere.path().join("review.toml");
    let link = repo.state.path().join("link.toml");
    let link_name = link.to_str().expect("UTF-8");
    let decide = ["decide", "--rule", TOKEN, "--verdict", "redact", "--checklist"];
    repo.run([&decide[..], &[real.to_str().expect("UTF-8")]].concat()).exits(0);
    std::os::unix::fs::symlink(&real, &link).expect("a link");
    let before = fs::read_to_string(&real).expect("the checklist");
    repo.run([&decide[..], &[link_name, "--all"]].concat()).exits(0);
    assert!(link.is_symlink());
    let after = fs::read_to_string(&real).expect("the checklist");
    assert!(after.len() > before.len(), "{after}");
    let names = fs::read_dir(repo.state.path()).expect("the folder").flatten();
    let beside = names.filter(|entry| entry.file_name() == "lock").count();
    assert_eq!(beside, 0, "the lock lies beside the link");
    assert!(elsewhere.path().join("lock").exists());
}

#[cfg(unix)]
#[test]
fn a_report_goes_through_pipes_and_links() {
    let repo = repo();
    let at = |name: &str| repo.state.path().join(name);
    let report = |path: &Path| {
        let path = path.to_str().expect("UTF-8");
        repo.run(["report", "--format", "md", "-o", path])
    };
    let pipe = at("pipe");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo");
    assert!(made.success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).expect("a report")
    });
    report(&pipe).exits(1);
    assert!(!fs::metadata(&pipe).expect("the pipe").is_file(), "a file took the pipe's place");
    let text = reader.join().expect("a reader");
    assert!(text.contains("before publication"), "{text}");
    fs::write(at("real.md"), "old").expect("a file");
    std::os::unix::fs::symlink(at("real.md"), at("link.md")).expect("a link");
    report(&at("link.md")).exits(1);
    assert!(at("link.md").is_symlink());
    assert!(fs::read_to_string(at("real.md")).expect("the file").contains("before publication"));
}

#[test]
fn options_of_every_command_may_stand_before_it() {
    let repo = repo();
    let after = repo.run(["scan", "--history", "--format", "json"]).exits(1).json();
    let before = repo.run(["--history", "scan", "--format", "json"]).exits(1).json();
    assert_eq!(before["findings"], after["findings"]);
    assert!(!after["status"]["history"].is_null());
    assert_eq!(before["status"]["history"]["refs"], after["status"]["history"]["refs"]);
    repo.run([".", "scan"]).exits(2).says("the repository comes after the command");
    for looks in [&["--ascii"][..], &["--theme", "mono"]] {
        repo.run([looks, &["scan"]].concat()).exits(2).says("about the screen");
    }
}

#[test]
fn where_no_file_can_be_is_said_before_the_scan() {
    let repo = repo();
    repo.run(["decide", "--rule", TOKEN, "--verdict", "redact"]).exits(0);
    let nowhere = repo.state.path().join("nowhere/x.md");
    let nowhere = nowhere.to_str().expect("UTF-8");
    for args in [
        &["report", "-o", nowhere][..],
        &["key", "export", "-o", nowhere],
        &["prune", "-o", nowhere],
        &["key", "rotate", "-o", nowhere],
    ] {
        let ran = repo.run(args).exits(2).says("there is no folder");
        assert_eq!(ran.err.matches("no folder").count(), 1, "{}", ran.err);
        let folder = [&args[..args.len() - 1], &["."]].concat();
        repo.run(&folder).exits(2).says(".: is a folder");
    }
}
