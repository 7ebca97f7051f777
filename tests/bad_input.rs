// SPDX-License-Identifier: MIT OR Apache-2.0
//! Repositories that are damaged, huge, odd or hostile: everything is listed with its reason,
//! nothing is skipped in silence, and nothing crashes.

#![allow(clippy::expect_used, reason = "a test may panic")]

mod common;
#[path = "common/cli.rs"]
mod program;

use std::{fs, path::PathBuf};

use common::{Repo, github_token};
use git2::{FileMode, ObjectFormat, Oid, Repository, RepositoryInitOptions};
use program::{Ran, run_in};
use serde_json::Value;

const LICENCE: &[u8] = include_bytes!("../LICENSE-MIT");
const TOKEN: &str = "sensitive/github-token";
const FILE: u32 = 0o100_644;
const LINK: u32 = 0o120_000;
const SUBMODULE: u32 = 0o160_000;

/// Scans `repo`, checks that it ended as it should and returns the document.
#[track_caller]
fn scan(repo: &Repo, code: i32) -> Value {
    let ran: Ran = repo.run(["scan", "--format", "json"]).exits(code);
    no_control(&ran);
    ran.json()
}

/// Returns path and reason of what could not be judged.
fn not_scanned(document: &Value) -> Vec<(&str, &str)> {
    let files = document["not_scanned"].as_array().expect("a list");
    assert!(files.iter().all(|file| file["reason"].as_str().is_some_and(|why| !why.is_empty())));
    files
        .iter()
        .map(|file| {
            let path = file["path"].as_str().expect("a path");
            (path, file["why"].as_str().expect("a reason"))
        })
        .collect()
}

/// Returns path, line and column of the tokens found; zeros for a file as a whole.
fn tokens(document: &Value) -> Vec<(&str, u64, u64)> {
    let found = document["findings"].as_array().expect("findings").iter();
    found
        .filter(|f| f["rule"] == TOKEN)
        .map(|f| {
            let number = |key: &str| f[key].as_u64().unwrap_or(0);
            (f["path"].as_str().expect("a path"), number("line"), number("column"))
        })
        .collect()
}

/// Nothing that a terminal would act upon may be in any output.
#[track_caller]
fn no_control(ran: &Ran) {
    let bad = |c: char| c.is_control() && c != '\n';
    assert!(!ran.out.contains(bad) && !ran.err.contains(bad), "{:?}", ran.all());
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    let units = mark.encode_utf16().chain(text.encode_utf16());
    let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    units.flat_map(bytes).collect()
}

#[test]
fn a_huge_file_is_listed_and_the_rest_is_scanned() {
    let token = format!("token: {}\n", github_token(1));
    let zeros = vec![0; 51_000_000];
    let repo = Repo::new();
    repo.commit_raw(&[(b"LICENSE", FILE, LICENCE), (b"huge.img", FILE, &zeros)]);
    let document = scan(&repo, 0);
    assert_eq!(not_scanned(&document), [("huge.img", "too-large")]);
    assert_eq!(document["status"]["not_scanned"]["too-large"], 1);
    repo.commit_raw(&[
        (b"LICENSE", FILE, LICENCE),
        (b"huge.img", FILE, &zeros),
        (b"a.yml", FILE, token.as_bytes()),
    ]);
    let document = scan(&repo, 1);
    assert_eq!(tokens(&document), [("a.yml", 1, 8)]);
    let text = repo.run(["scan"]).exits(1).out;
    assert!(text.contains("huge.img: too large to scan (51 MB)"), "{text}");
    let lines = repo.run(["scan", "--format", "jsonl"]).exits(1);
    assert!(lines.err.contains("huge.img: too large to scan (51 MB)"), "{}", lines.err);
    repo.commit_raw(&[(b"LICENSE", FILE, LICENCE), (b"a.yml", FILE, token.as_bytes())]);
    assert_eq!(not_scanned(&scan(&repo, 1)), []);
    let past = repo.run(["scan", "--history", "--format", "json"]).exits(1).json();
    assert_eq!(not_scanned(&past), [("huge.img", "too-large")]);
    assert_eq!(tokens(&past), [("a.yml", 1, 8)]);
}

#[test]
fn encodings_are_read_and_binaries_listed() {
    let token = github_token(2);
    let text = format!("# gr\u{fc}n\r\nkey \u{1f600} = {token}\r\n");
    let latin: Vec<u8> = [b"# gr\xfcn\nk\xe4y = ".as_slice(), token.as_bytes(), b"\n"].concat();
    let late_nul = [b"x\n".repeat(5000).as_slice(), b"key = ", token.as_bytes(), b"\n\0"].concat();
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("LICENSE", LICENCE.to_vec()),
        ("be-mark.txt", utf16(&text, true, true)),
        ("be.txt", utf16(&format!("# plain\nkey_\u{e9} = {token}\n"), true, false)),
        ("le-mark.txt", utf16(&text, false, true)),
        ("le-odd.txt", [utf16(&text, false, true).as_slice(), b"x"].concat()),
        ("first.txt", utf16(&format!("key = {token}"), false, true)),
        ("latin.txt", latin),
        ("late-nul.txt", late_nul),
        ("program.bin", b"\x7fELF\0\x01\x02".to_vec()),
        ("utf32.txt", [b"\xff\xfe\0\0".as_slice(), &[b'a', 0, 0, 0].repeat(9)].concat()),
        ("empty.txt", Vec::new()),
        ("one-nul", vec![0]),
        ("mark-only.txt", b"\xef\xbb\xbf".to_vec()),
        ("mark16-only.txt", b"\xff\xfe".to_vec()),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(p, t)| (*p, t.as_slice())).collect();
    let document = scan(&Repo::with(&files), 1);
    let expected = [
        ("be-mark.txt", 2, 9),
        ("be.txt", 2, 9),
        ("first.txt", 1, 7),
        ("late-nul.txt", 5001, 7),
        ("latin.txt", 2, 7),
        ("le-mark.txt", 2, 9),
        // Half a character too much: no text, but its strings are looked at.
        ("le-odd.txt", 0, 0),
    ];
    assert_eq!(tokens(&document), expected);
    let expected = [("le-odd.txt", "binary"), ("one-nul", "binary"), ("program.bin", "binary")];
    assert_eq!(not_scanned(&document), expected);
}

#[test]
fn a_secret_in_a_line_of_two_megabytes_is_found() {
    let token = github_token(3);
    let half = "x1,".repeat(350_000);
    let key = format!("password = \"{}\"", &github_token(4)[4..24]);
    let text = format!("a\n{half} {token} {half}\nz {token}\n{half} {key} {half}");
    let repo = Repo::with(&[("LICENSE", LICENCE), ("app.conf", text.as_bytes())]);
    let document = scan(&repo, 1);
    let expected = [("app.conf", 2, 1_050_002), ("app.conf", 3, 3)];
    assert_eq!(tokens(&document), expected);
    let on_4 = |f: &&Value| f["line"] == 4 && f["category"] == "sensitive";
    let found: Vec<&Value> =
        document["findings"].as_array().expect("findings").iter().filter(on_4).collect();
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["column"], 1_050_014);
}

#[test]
fn names_reach_no_terminal_as_they_are() {
    let token = format!("token: {}\n", github_token(5));
    let names: [&[u8]; 7] = [
        b"\x1b[31mred.yml",
        b"\xff\xfe.yml",
        b"a\nb.yml",
        b"c\rd\te.yml",
        "\u{202e}lmy.yml".as_bytes(),
        "\u{9b}31m.yml".as_bytes(),
        b"back\\slash.yml",
    ];
    let repo = Repo::new();
    let mut entries: Vec<(&[u8], u32, &[u8])> = vec![(b"LICENSE", FILE, LICENCE)];
    entries.extend(names.iter().map(|name| (*name, FILE, token.as_bytes())));
    entries.push((b"\x1b]0;title\x07.bin", FILE, b"\0\0\0"));
    repo.commit_raw(&entries);
    let document = scan(&repo, 1);
    let mut paths: Vec<&str> = tokens(&document).iter().map(|(path, ..)| *path).collect();
    paths.sort_unstable();
    let mut expected = [
        "\\x1b[31mred.yml",
        "\\xff\\xfe.yml",
        "a\\x0ab.yml",
        "c\\x0dd\\x09e.yml",
        "\u{202e}lmy.yml",
        "\\xc2\\x9b31m.yml",
        "back\\x5cslash.yml",
    ];
    expected.sort_unstable();
    assert_eq!(paths, expected);
    assert_eq!(not_scanned(&document), [("\\x1b]0;title\\x07.bin", "binary")]);
    for args in [
        &["scan"][..],
        &["scan", "--format", "jsonl"],
        &["list"],
        &["list", "--format", "json"],
        &["status"],
        &["report"],
        &["report", "--format", "html"],
        &["report", "--format", "json"],
        &["decide", "--path", "\\x1b[31mred.yml", "--verdict", "exclude"],
        &["decide", "--path", "\\xff\\xfe.yml", "--verdict", "redact"],
        &["decide", "--path", "nothing\x1b[31m", "--verdict", "exclude"],
        &["scan"],
    ] {
        let ran = repo.run(args);
        no_control(&ran);
        let text = ran.all();
        let shown = args[0] == "scan" && args.len() == 1;
        assert!(!shown || !text.contains('\u{202e}'), "the order of text was turned: {text}");
    }
    let open = repo.status()["open"].clone();
    assert_eq!(open, 1, "one value, five places left of seven");
    assert_eq!(repo.find(TOKEN, "\\x1b[31mred.yml")["verdict"], "exclude");
    assert_eq!(repo.find(TOKEN, "\\xff\\xfe.yml")["verdict"], "redact");
}

#[test]
fn links_submodules_and_pointers_are_not_followed() {
    let outside = tempfile::tempdir().expect("a folder");
    let secret = outside.path().join("secret.yml");
    fs::write(&secret, format!("token: {}\n", github_token(6))).expect("a file");
    let absolute = secret.to_str().expect("UTF-8").as_bytes();
    let pointer = format!(
        "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 12345\n",
        "0123456789abcdef".repeat(4)
    );
    let repo = Repo::new();
    repo.commit_raw(&[
        (b"COPYING", FILE, LICENCE),
        (b"LICENSE", LINK, b"COPYING"),
        (b"absolute", LINK, absolute),
        (b"big.iso", FILE, pointer.as_bytes()),
        (b"dangling", LINK, b"nowhere/at/all"),
        (b"dir/inside", LINK, b"../COPYING"),
        (b"dir/out", LINK, b"../../etc/passwd"),
        (b"empty", LINK, b""),
        (b"loop", LINK, b"loop"),
        (b"sub", SUBMODULE, b"x"),
    ]);
    // The submodule is a question of its own.
    let document = scan(&repo, 1);
    let expected = [
        ("absolute", "link-outside"),
        ("big.iso", "lfs-pointer"),
        ("dir/out", "link-outside"),
        ("sub", "submodule"),
    ];
    assert_eq!(not_scanned(&document), expected);
    let findings = document["findings"].as_array().expect("a list");
    let rules: Vec<&Value> = findings.iter().map(|one| &one["rule"]).collect();
    assert_eq!(rules, ["licensing/submodule-unknown"], "the licence is read through");

    // A link alone counts for what it leads to, too, and nothing else does.
    let repo = Repo::new();
    repo.commit_raw(&[(b"LICENSE", LINK, b"docs/mit.txt"), (b"docs/mit.txt", FILE, LICENCE)]);
    scan(&repo, 0);
    let repo = Repo::new();
    repo.commit_raw(&[(b"LICENSE", LINK, absolute)]);
    scan(&repo, 1);
}

/// Returns the file that holds the loose object of `content`.
fn object_of(repo: &Repo, content: &[u8]) -> PathBuf {
    let id = Oid::hash_object(git2::ObjectType::Blob, content).expect("an id").to_string();
    repo.git.path().join("objects").join(&id[..2]).join(&id[2..])
}

fn overwrite(path: &PathBuf, bytes: &[u8]) {
    // Objects are read-only files.
    fs::remove_file(path).expect("the object");
    fs::write(path, bytes).expect("a broken object");
}

#[test]
fn damaged_objects_cost_only_themselves() {
    let token = format!("token: {}\n", github_token(7));
    let repo = Repo::with(&[
        ("LICENSE", LICENCE),
        ("a.yml", token.as_bytes()),
        ("cut.yml", b"cut\n"),
        ("empty.yml", b"empty\n"),
        ("missing.yml", b"missing\n"),
        ("noise.yml", b"noise\n"),
    ]);
    fs::remove_file(object_of(&repo, b"missing\n")).expect("the object");
    let whole = fs::read(object_of(&repo, b"cut\n")).expect("the object");
    overwrite(&object_of(&repo, b"cut\n"), &whole[..whole.len() / 2]);
    overwrite(&object_of(&repo, b"empty\n"), b"");
    overwrite(&object_of(&repo, b"noise\n"), &[0xa5; 64]);
    repo.run(["decide", "--path", "a.yml", "--verdict", "redact"]).exits(0);
    let document = scan(&repo, 1);
    let names = ["cut.yml", "empty.yml", "missing.yml", "noise.yml"];
    assert_eq!(not_scanned(&document), names.map(|name| (name, "unreadable")));
    assert_eq!(tokens(&document), [("a.yml", 1, 8)]);
    assert_eq!(document["status"]["clear"], false);
    assert!(repo.run(["report"]).exits(1).out.contains("NOT PASSED"));
    // Leaving them out is an answer.
    repo.ask_nothing();
    for name in names {
        repo.run(["decide", "--path", name, "--verdict", "exclude"]).exits(0);
    }
    scan(&repo, 0);
    repo.run(["report"]).exits(0);
}

#[test]
fn a_missing_directory_costs_only_itself() {
    let token = format!("token: {}\n", github_token(8));
    let repo =
        Repo::with(&[("LICENSE", LICENCE), ("a.yml", token.as_bytes()), ("gone/b.yml", b"b: 1\n")]);
    let tree = repo.git.head().expect("HEAD").peel_to_tree().expect("a tree");
    let id = tree.get_name("gone").expect("the directory").id().to_string();
    let object = repo.git.path().join("objects").join(&id[..2]).join(&id[2..]);
    fs::remove_file(object).expect("the object");
    let document = scan(&repo, 1);
    assert_eq!(not_scanned(&document), [("gone", "unreadable")]);
    assert_eq!(tokens(&document), [("a.yml", 1, 8)]);
}

/// Commits `tree` as HEAD.
fn commit_tree(repo: &Repo, tree: Oid) {
    let tree = repo.git.find_tree(tree).expect("the tree");
    let who = git2::Signature::now("Author One", "author1@example.com").expect("a signature");
    repo.git.commit(Some("HEAD"), &who, &who, "Nest", &tree, &[]).expect("a commit");
}

fn tree_of(repo: &Repo, entries: &[(&str, Oid, FileMode)]) -> Oid {
    let mut builder = repo.git.treebuilder(None).expect("a tree builder");
    for (name, id, mode) in entries {
        builder.insert(name, *id, (*mode).into()).expect("an entry");
    }
    builder.write().expect("a tree")
}

#[test]
fn deep_nesting_is_listed_and_exhausts_no_stack() {
    let repo = Repo::new();
    let token = format!("token: {}\n", github_token(9));
    let token = repo.git.blob(token.as_bytes()).expect("a blob");
    let licence = repo.git.blob(LICENCE).expect("a blob");
    let mut tree = tree_of(&repo, &[("deep.yml", token, FileMode::Blob)]);
    for _ in 0..300 {
        tree = tree_of(&repo, &[("d", tree, FileMode::Tree)]);
    }
    let nested = tree_of(
        &repo,
        &[
            ("LICENSE", licence, FileMode::Blob),
            ("a.yml", token, FileMode::Blob),
            ("d", tree, FileMode::Tree),
        ],
    );
    commit_tree(&repo, nested);
    let document = scan(&repo, 1);
    assert_eq!(tokens(&document), [("a.yml", 1, 8)]);
    let listed = not_scanned(&document);
    assert_eq!(listed.len(), 1);
    assert!(listed[0].0.starts_with("d/d/d/") && listed[0].1 == "unreadable", "{listed:?}");
}

#[test]
fn ten_thousand_small_files_are_all_read() {
    let repo = Repo::new();
    let mut folders = Vec::new();
    for folder in 0..100 {
        let token = format!("token: {}\n", github_token(folder));
        let with = repo.git.blob(token.as_bytes()).expect("a blob");
        let without = repo.git.blob(format!("n: {folder}\n").as_bytes()).expect("a blob");
        let names: Vec<String> = (0..100).map(|i| format!("f{i:02}.yml")).collect();
        let entries: Vec<(&str, Oid, FileMode)> = names
            .iter()
            .enumerate()
            .map(|(i, name)| (&**name, if i == 50 { with } else { without }, FileMode::Blob))
            .collect();
        folders.push((format!("d{folder:02}"), tree_of(&repo, &entries)));
    }
    let mut entries: Vec<(&str, Oid, FileMode)> =
        folders.iter().map(|(name, id)| (&**name, *id, FileMode::Tree)).collect();
    let licence = repo.git.blob(LICENCE).expect("a blob");
    entries.push(("LICENSE", licence, FileMode::Blob));
    commit_tree(&repo, tree_of(&repo, &entries));
    let document = scan(&repo, 1);
    assert_eq!(tokens(&document).len(), 100);
    assert_eq!(not_scanned(&document), []);
    let report = repo.run(["report", "--format", "json"]).exits(1).out;
    assert!(report.contains("10001"), "every file counts as read");
}

#[test]
fn objects_of_another_repository_are_read() {
    let token = format!("token: {}\n", github_token(10));
    let lender = Repo::with(&[("LICENSE", LICENCE), ("a.yml", token.as_bytes())]);
    let head = lender.git.head().expect("HEAD").target().expect("a commit");
    let repo = Repo::new();
    let objects = lender.git.path().join("objects");
    let file = repo.git.path().join("objects/info/alternates");
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(&file, format!("{}\n", objects.display())).expect("a file");
    let branch = fs::read_to_string(repo.git.path().join("HEAD")).expect("HEAD");
    let branch = branch.trim().trim_start_matches("ref: ").to_owned();
    fs::write(repo.git.path().join(branch), format!("{head}\n")).expect("a branch");
    assert_eq!(tokens(&scan(&repo, 1)), [("a.yml", 1, 8)]);
    fs::remove_file(&file).expect("the file");
    repo.run(["scan"]).exits(5).says("git fsck");
}

#[test]
fn a_sha_256_repository_is_reviewed_like_any_other() {
    let mut repo = Repo::new();
    repo.dir = tempfile::tempdir().expect("a folder");
    let mut options = RepositoryInitOptions::new();
    options.object_format(ObjectFormat::Sha256);
    repo.git = Repository::init_opts(repo.path(), &options).expect("a repository");
    let token = format!("token: {}\n", github_token(12));
    repo.commit(&[("LICENSE", LICENCE), ("dir/a.yml", token.as_bytes())]);
    let document = scan(&repo, 1);
    assert_eq!(tokens(&document), [("dir/a.yml", 1, 8)]);
    assert_eq!(not_scanned(&document), []);
    for command in ["status", "report"] {
        repo.run([command]).exits(1);
    }
}

#[test]
fn objects_with_unknown_names_are_refused_in_clear_words() {
    let repo = Repo::with(&[("a.yml", b"a: 1\n")]);
    let mut config = repo.git.config().expect("a configuration");
    config.set_i32("core.repositoryformatversion", 1).expect("a value");
    config.set_str("extensions.objectformat", "sha512").expect("a value");
    for command in ["scan", "status", "report"] {
        repo.run([command]).exits(5).says("names its objects");
    }
}

#[test]
fn our_own_folder_is_not_part_of_the_release() {
    let token = format!("token: {}\n", github_token(11));
    let repo = Repo::with(&[("LICENSE", LICENCE), (".debut/notes.yml", token.as_bytes())]);
    let document = scan(&repo, 0);
    assert_eq!(tokens(&document), []);
    let repo = Repo::with(&[("LICENSE", LICENCE), ("x/.debut/notes.yml", token.as_bytes())]);
    assert_eq!(tokens(&scan(&repo, 1)).len(), 1, "only the folder in the root is ours");
}

#[test]
fn nothing_the_repository_configures_is_run() {
    let repo = Repo::with(&[("LICENSE", LICENCE), ("a.txt", b"a\n")]);
    let trap = tempfile::tempdir().expect("a folder");
    let mark = trap.path().join("ran");
    let touch = format!("touch {}", mark.display());
    let mut config = repo.git.config().expect("a configuration");
    for key in [
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "credential.helper",
        "filter.evil.clean",
        "filter.evil.smudge",
        "filter.evil.process",
        "diff.evil.textconv",
        "diff.external",
    ] {
        config.set_str(key, &touch).expect("a value");
    }
    config.set_str("core.hooksPath", trap.path().to_str().expect("UTF-8")).expect("a value");
    fs::write(repo.path().join(".gitattributes"), "* filter=evil diff=evil\n").expect("a file");
    fs::write(repo.path().join("a.txt"), "changed\n").expect("a file");
    repo.ask_nothing();
    for args in [&["scan"][..], &["status"], &["report"], &["list"]] {
        run_in(repo.state.path(), repo.path(), args).exits(0);
    }
    repo.run(["decide", "--path", "a.txt", "--verdict", "exclude"]).exits(0);
    assert!(!mark.exists(), "a command of the repository was run");
}

/// More than any commit, tag or tree that is read.
const HUGE: usize = (32 << 20) + 1;

#[test]
fn huge_commits_and_directories_are_named_and_not_read() {
    let token = format!("token: {}\n", github_token(31));
    let repo = Repo::with(&[("LICENSE", LICENCE), ("a.yml", token.as_bytes())]);
    let odb = repo.git.odb().expect("objects");
    // No tree, but nobody comes so far as to notice.
    let directory = odb.write(git2::ObjectType::Tree, &vec![b'x'; HUGE]).expect("a tree");
    let tree = repo.git.head().expect("HEAD").peel_to_tree().expect("a tree");
    let mut builder = repo.git.treebuilder(Some(&tree)).expect("a tree builder");
    let mode = i32::from(FileMode::Tree);
    // A builder looks whether the object is there, not at what it holds.
    builder.insert("huge", directory, mode).expect("an entry");
    let root = builder.write().expect("a tree");
    let mut commit = format!(
        "tree {}\nauthor A <a@example.com> 1 +0000\ncommitter A <a@example.com> 1 +0000\n\n",
        tree.id()
    )
    .into_bytes();
    commit.resize(HUGE, b'x');
    let commit = odb.write(git2::ObjectType::Commit, &commit).expect("a commit");

    commit_on(&repo, root);
    let document = scan(&repo, 1);
    assert_eq!(not_scanned(&document), [("huge", "unreadable")]);
    assert_eq!(tokens(&document), [("a.yml", 1, 8)]);

    repo.git.reference("refs/heads/side", commit, true, "test").expect("a branch");
    let past = repo.run(["scan", "--history", "--format", "json"]).exits(1).json();
    let reasons = past["not_scanned"].to_string();
    assert!(reasons.contains(&commit.to_string()), "{reasons}");

    commit_on(&repo, directory);
    repo.run(["scan"]).exits(5).says(&directory.to_string());
    repo.run(["scan", "--rev", &commit.to_string()]).exits(5).says(&commit.to_string());
}

/// Points HEAD to a commit of the tree with this id, whatever that is.
fn commit_on(repo: &Repo, tree: Oid) {
    let people = "author A <a@example.com> 1 +0000\ncommitter A <a@example.com> 1 +0000";
    let commit = format!("tree {tree}\n{people}\n\nmessage\n");
    let odb = repo.git.odb().expect("objects");
    let commit = odb.write(git2::ObjectType::Commit, commit.as_bytes()).expect("a commit");
    let head = repo.git.head().expect("HEAD");
    let name = head.name().expect("a name");
    repo.git.reference(name, commit, true, "test").expect("a branch");
}
