// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut words` and `debut init`: the organisation's own words, answered for.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use std::fs;

use common::Repo;

/// A repository of an organisation with a fleet below `zeppelin.test`.
fn fleet() -> Repo {
    let repo = Repo::new();
    let hosts =
        |n: usize| ["app", "cache", "queue"].map(|k| format!("- {k}0{n}.lon1.zeppelin.io\n"));
    let files: Vec<(String, String)> =
        (1..=9).map(|n| (format!("hosts/{n}.yml"), hosts(n).concat())).collect();
    let files: Vec<(&str, &[u8])> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect();
    repo.commit(&files);
    repo
}

fn file(repo: &Repo) -> String {
    fs::read_to_string(repo.path().join(".debut/words.toml")).expect("the words")
}

#[test]
fn init_prints_and_writes_what_it_learned() {
    let repo = fleet();
    let said = repo.run(["init"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("x domain     zeppelin.io"), "{}", said.out);
    assert!(said.out.contains("27 hosts in 9 files"), "{}", said.out);
    let text = file(&repo);
    assert!(
        text.contains(r#"{ kind = "site", word = "lon1", keep = true, seen = "27 hosts" }"#),
        "{text}"
    );
    // What is there stays, and is not said again.
    let mended = text.replace("keep = true, seen = \"27 hosts in 9 files\"", "keep = false");
    fs::write(repo.path().join(".debut/words.toml"), &mended).expect("written");
    let again = repo.run(["init"]);
    assert!(!again.out.contains("domain     zeppelin"), "{}", again.out);
    assert_eq!(file(&repo), mended);
}

#[test]
fn answers_decide_what_is_found() {
    let repo = fleet();
    let count = |rule: &str| {
        let scan = repo.run(["scan", "--format", "jsonl"]).out;
        scan.lines().filter(|line| line.contains(&format!("\"internal/{rule}\""))).count()
    };
    assert_eq!(count("org-host"), 27);
    let words = |args: &[&str]| {
        let said = repo.run([&["words", "--reviewer", "reviewer1@example.com"], args].concat());
        assert_eq!(said.code, Some(0), "{}", said.err);
        said.out
    };
    let listed = words(&[]);
    assert!(listed.contains("nobody has answered yet"), "{listed}");
    assert!(!repo.path().join(".debut/words.toml").exists(), "listing writes nothing");
    words(&["--drop", "domain:zeppelin.io", "--add", "code-name:cache0#"]);
    assert_eq!((count("org-host"), count("code-name")), (0, 9));
    let text = file(&repo);
    let by = "by = \"reviewer1@example.com\", at = 2";
    assert_eq!(text.lines().filter(|line| line.contains(by)).count(), 2, "{text}");
    // Learning again gives no answer a second time.
    words(&["--learn"]);
    assert_eq!(file(&repo), text);
    words(&["--add", "domain:Zeppelin.IO."]);
    assert_eq!(count("org-host") + count("code-name"), 27);
    let document = repo.run(["words", "--format", "json"]).json();
    assert_eq!(document["answered"], true);
    let of = |kind: &str| {
        let words = document["words"].as_array().expect("a list").iter();
        words.filter(|word| word["kind"] == kind && word["keep"] == true).count()
    };
    assert_eq!((of("domain"), of("site"), of("fleet"), of("code-name")), (1, 1, 3, 1));
}

#[test]
fn what_is_no_word_is_refused_with_what_is_wanted() {
    let repo = fleet();
    for (args, wanted) in [
        (["--add", "zeppelin.io"], "domain:zeppelin.io"),
        (["--add", "domian:zeppelin.io"], "there are domain, suffix"),
        (["--drop", "ticket-key:ops"], "capitals and digits, such as OPS"),
        (["--add", "code-name:a*"], "at least three letters"),
    ] {
        let said = repo.run([&["words"], &args[..]].concat());
        assert_eq!(said.code, Some(2), "{args:?}");
        assert!(said.err.contains(wanted), "{args:?}: {}", said.err);
    }
    assert!(!repo.path().join(".debut/words.toml").exists());
}

#[test]
fn a_broken_list_stops_everything_and_is_left_alone() {
    let repo = fleet();
    repo.run(["init"]);
    let path = repo.path().join(".debut/words.toml");
    for (text, wanted) in [
        (
            "schema = 1\nwords = [\n{ kind = \"domain\", word = \"x\", keep = true },\n]\n",
            "words.toml:3: word:",
        ),
        ("schema = 9\n", "written by a newer debut"),
        ("schema = 1\nwords = 3\n", "words.toml:2: the file:"),
        ("\0", "words.toml:1: the file:"),
    ] {
        fs::write(&path, text).expect("written");
        for args in [&["scan"][..], &["words"], &["words", "--add", "domain:a.example"], &["init"]]
        {
            let said = repo.run(args);
            assert!(said.code.is_some_and(|code| code >= 2), "{args:?} {:?}", said.code);
            assert!(said.err.contains(wanted), "{args:?} {text:?}: {}", said.err);
        }
        let doctor = repo.run(["doctor"]);
        assert!(doctor.out.contains(wanted) && doctor.code == Some(5), "{}", doctor.out);
        assert_eq!(fs::read_to_string(&path).expect("the file"), text);
    }
    fs::remove_file(&path).expect("removed");
    std::os::unix::fs::symlink("/etc/passwd", &path).expect("a link");
    let said = repo.run(["scan"]);
    assert!(said.err.contains("words.toml: not a plain file"), "{}", said.err);
}

#[test]
fn no_report_holds_a_word() {
    let repo = Repo::new();
    repo.commit(&[("a.yml", b"queue: bluefinch_in\nhost: db1.zeppelin.io\n")]);
    repo.run(["words", "--add", "code-name:bluefinch", "--add", "domain:zeppelin.io"]);
    for format in ["md", "json", "html"] {
        let report = repo.run(["report", "--format", format]).out.to_lowercase();
        assert!(report.len() > 500, "{report}");
        for word in ["bluefinch", "zeppelin"] {
            assert!(!report.contains(word), "{format}: {report}");
        }
    }
}

#[test]
fn git_merges_what_two_reviewers_answered() {
    let repo = fleet();
    let git = |args: &[&str]| {
        let mut git = std::process::Command::new("git");
        git.current_dir(repo.path()).env("GIT_CONFIG_NOSYSTEM", "1");
        git.args(["-c", "user.name=Reviewer", "-c", "user.email=reviewer@example.com"]);
        assert!(git.args(args).status().expect("git").success(), "{args:?}");
    };
    git(&["checkout", "--quiet", "-b", "one"]);
    repo.run(["words", "--reviewer", "reviewer1@example.com", "--drop", "site:lon1"]);
    git(&["add", ".debut/words.toml", ".debut/.gitattributes"]);
    git(&["commit", "--quiet", "-m", "One"]);
    git(&["checkout", "--quiet", "-b", "two", "HEAD~"]);
    let (add, drop) = ("code-name:blue finch", "domain:zeppelin.io");
    repo.run(["words", "--reviewer", "reviewer2@example.com", "--add", add, "--drop", drop]);
    git(&["add", ".debut/words.toml", ".debut/.gitattributes"]);
    git(&["commit", "--quiet", "-m", "Two"]);
    git(&["merge", "--quiet", "one"]);
    let document = repo.run(["words", "--format", "json"]).json();
    let keeps = |kind: &str| {
        let words = document["words"].as_array().expect("a list").iter();
        words
            .filter(|word| word["kind"] == kind)
            .map(|word| word["keep"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!((keeps("site"), keeps("domain")), (vec![false.into()], vec![false.into()]));
    assert_eq!((keeps("code-name"), keeps("fleet").len()), (vec![true.into()], 3));
}
