// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut init` and `debut doctor`.

#![allow(clippy::expect_used, reason = "a test may panic")]

#[path = "common/cli.rs"]
mod cli;
mod common;

use std::{collections::BTreeMap, fs};

use common::{Repo, github_token};
use debut::store::Folder;

/// Returns how each thing that `doctor` looks at is.
fn doctor(repo: &Repo, code: i32) -> BTreeMap<String, (String, String, String)> {
    let document = repo.run(["doctor", "--format", "json"]).exits(code).json();
    let checks = document["checks"].as_array().expect("a list").iter();
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    checks
        .map(|check| {
            let rest = (text(&check["health"]), text(&check["says"]), text(&check["to_do"]));
            (text(&check["name"]), rest)
        })
        .collect()
}

/// Checks that exactly the check called `name` is not well.
#[track_caller]
fn only(repo: &Repo, code: i32, name: &str, says: &str, to_do: &str) {
    let checks = doctor(repo, code);
    for (other, (health, said, _)) in &checks {
        assert_eq!(health == "ok", other != name, "{other}: {said}");
    }
    let (_, said, told) = &checks[name];
    assert!(said.contains(says) && told.contains(to_do), "{said} -> {told}");
}

/// A repository with a checklist.
fn decided() -> Repo {
    let text = format!("TOKEN={}\n", github_token(1));
    let repo = Repo::with(&[("a.txt", text.as_bytes())]);
    repo.run(["init"]).exits(0);
    repo.run(["decide", "--rule", "*", "--verdict", "redact"]).exits(0);
    repo
}

#[test]
fn init_makes_the_folder_and_never_changes_what_is_there() {
    let repo = Repo::new();
    let out = repo.run(["init"]).exits(0).out;
    assert_eq!(out.lines().filter(|line| line.starts_with("made ")).count(), 3, "{out}");
    assert!(out.lines().last().is_some_and(|line| line.starts_with("Next: ")), "{out}");
    let folder = repo.path().join(".debut");
    let mut names: Vec<String> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .collect();
    names.sort();
    assert_eq!(names, [".gitattributes", ".gitignore", "config.toml"]);
    fs::write(folder.join("config.toml"), "# mine\n").expect("written");
    fs::write(folder.join(".gitattributes"), "# mine\n").expect("written");
    fs::remove_file(folder.join(".gitignore")).expect("removed");
    let out = repo.run(["init"]).exits(0).out;
    assert_eq!(out.lines().filter(|line| line.starts_with("kept ")).count(), 2, "{out}");
    for name in ["config.toml", ".gitattributes"] {
        assert_eq!(fs::read_to_string(folder.join(name)).expect("text"), "# mine\n");
    }
    assert!(folder.join(".gitignore").exists());
}

#[test]
fn init_says_what_stands_in_the_way() {
    let repo = Repo::new();
    fs::write(repo.path().join(".debut"), "a file").expect("written");
    repo.run(["init"]).exits(5).says("not a plain folder");
    let nowhere = tempfile::tempdir().expect("a folder");
    cli::run_in(repo.state.path(), nowhere.path(), ["init"]).exits(2).says("not a Git repository");
}

#[cfg(unix)]
#[test]
fn init_follows_no_link() {
    let repo = Repo::new();
    let elsewhere = repo.state.path().join("elsewhere");
    fs::create_dir(repo.path().join(".debut")).expect("a folder");
    std::os::unix::fs::symlink(&elsewhere, repo.path().join(".debut/config.toml")).expect("a link");
    repo.run(["init"]).exits(5).says("not a plain file");
    assert!(!elsewhere.exists());
}

/// `/proc` takes no files, from nobody.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_takes_no_files_is_said() {
    let repo = decided();
    let args = ["doctor", "--checklist", "/proc/checklist.toml"];
    let out = repo.run(args).exits(1).out;
    let line = out.lines().find(|line| line.starts_with("mend   writing")).expect("a line");
    assert!(line.contains("nothing can be decided: /proc: "), "{line}");
    let init = repo.run(["init", "--checklist", "/proc/checklist.toml"]).exits(5);
    assert!(!init.err.contains(".tmp"), "{}", init.err);
    let names = fs::read_dir(repo.path().join(".debut")).expect("the folder").count();
    repo.run(["doctor"]).exits(0);
    assert_eq!(fs::read_dir(repo.path().join(".debut")).expect("the folder").count(), names);
}

#[cfg(target_os = "linux")]
#[test]
fn a_state_folder_that_takes_no_key_is_said() {
    let repo = Repo::with(&[("a.txt", b"a\n")]);
    let mut command = cli::command(repo.state.path(), repo.path());
    let output = command.env("XDG_STATE_HOME", "/proc/none").arg("doctor").output();
    let output = output.expect("the program");
    let out = String::from_utf8(output.stdout).expect("UTF-8");
    assert_eq!(output.status.code(), Some(5), "{out}");
    let says = "broken key        keys can't be kept: /proc: ";
    assert!(out.contains(says) && out.contains("XDG_STATE_HOME"), "{out}");
}

#[test]
fn all_is_well_before_and_after_the_first_decision() {
    let repo = Repo::with(&[("a.txt", b"a\n")]);
    for (name, (health, says, _)) in doctor(&repo, 0) {
        assert_eq!(health, "ok", "{name}: {says}");
    }
    assert!(!repo.path().join(".debut").exists(), "looking changes nothing");
    let repo = decided();
    for (name, (health, says, _)) in doctor(&repo, 0) {
        assert_eq!(health, "ok", "{name}: {says}");
    }
    let text = repo.run(["doctor"]).exits(0).out;
    assert!(text.ends_with("everything is as it should be\n"), "{text}");
}

#[test]
fn what_can_not_be_judged_exits_with_5() {
    let repo = Repo::new();
    only(&repo, 5, "commit", "has no commit yet", "commit something");
    let nowhere = tempfile::tempdir().expect("a folder");
    let text = cli::run_in(repo.state.path(), nowhere.path(), ["doctor"]).exits(5).out;
    assert!(text.contains("broken repository"), "{text}");
    let repo = decided();
    let path = repo.checklist();
    let whole = fs::read_to_string(&path).expect("the checklist");
    fs::write(&path, whole.replace("schema = ", "schema = 9")).expect("written");
    only(&repo, 5, "checklist", "written by a newer debut", "update debut");
    fs::write(&path, whole.replace("[ballot]", "[ballot")).expect("written");
    only(&repo, 5, "checklist", "checklist.toml:", "restore the file from Git");
}

#[test]
fn missing_objects_are_counted() {
    let repo = Repo::with(&[("a.txt", b"a\n"), ("b.txt", b"b\n")]);
    let id = git2::Oid::hash_object(git2::ObjectType::Blob, b"b\n").expect("an id").to_string();
    let file = repo.git.path().join("objects").join(&id[..2]).join(&id[2..]);
    fs::remove_file(file).expect("removed");
    only(&repo, 5, "objects", "1 of 2 files", "git fetch");
}

#[test]
fn a_shallow_clone_is_said() {
    let repo = Repo::with(&[("a.txt", b"a\n")]);
    let commit = repo.commit(&[("a.txt", b"b\n")]);
    fs::write(repo.git.path().join("shallow"), format!("{commit}\n")).expect("written");
    only(&repo, 1, "clone", "shallow", "--unshallow");
}

#[test]
fn keys_seals_and_the_journal_are_looked_at() {
    let repo = decided();
    let path = repo.checklist();
    let whole = fs::read_to_string(&path).expect("the checklist");
    // Somebody changed a verdict by hand.
    fs::write(&path, whole.replacen("do = \"redact\"", "do = \"approve\"", 1)).expect("written");
    let checks = doctor(&repo, 1);
    assert!(checks["seals"].1.starts_with("1 do not fit"), "{checks:?}");
    // The vote that the line held stands in the journal alone now.
    assert_eq!(checks["journal"].0, "mend", "{checks:?}");
    fs::write(&path, &whole).expect("written");
    let keys = repo.state.path().join("state/debut/keys");
    let id = whole.lines().find_map(|line| line.strip_prefix("key_id = ")).expect("the key's id");
    let key = keys.join(id.trim_matches('"'));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).expect("a mode");
        only(&repo, 1, "key", "others may read it", "chmod 600");
    }
    fs::remove_file(&key).expect("removed");
    only(&repo, 1, "key", "not on this machine", "ask a reviewer");
    fs::write(&key, "no key").expect("written");
    only(&repo, 1, "key", "holds no key", "another reviewer");
}

#[test]
fn a_broken_policy_and_an_unknown_reviewer_are_said() {
    let repo = decided();
    let path = repo.path().join(".debut/config.toml");
    let text = fs::read_to_string(&path).expect("the policy");
    fs::write(&path, text.replacen("[policy]\n", "[policy]\nblocking = 1\n", 1)).expect("written");
    let checks = doctor(&repo, 5);
    let (health, says, to_do) = &checks["policy"];
    assert!(health == "broken" && says.contains("policy.blocking: "), "{says}");
    assert!(to_do.contains("mend it"), "{to_do}");
    let repo = decided();
    let mut config = repo.git.config().expect("a configuration");
    config.remove("user.email").expect("removed");
    only(&repo, 1, "reviewer", "\"login\"", "git config user.email");
}

#[test]
fn git_must_merge_the_checklist_and_leave_local_files_alone() {
    let repo = decided();
    let folder = repo.path().join(".debut");
    fs::write(folder.join(".gitignore"), "lock\n").expect("written");
    only(&repo, 1, "ignoring", "journal, lock and resume", ".gitignore");
    fs::write(folder.join(".gitignore"), "journal\nlock\nresume\nchecklist.toml\n")
        .expect("written");
    only(&repo, 1, "ignoring", "ignores the checklist", "git check-ignore");
    fs::write(folder.join(".gitignore"), "journal\nlock\nresume\n").expect("written");
    let attributes = fs::read(folder.join(".gitattributes")).expect("attributes");
    fs::remove_file(folder.join(".gitattributes")).expect("removed");
    only(&repo, 1, "merging", "merge=union is not set", ".gitattributes");
    // The attribute may as well be set for the whole repository.
    fs::write(repo.path().join(".gitattributes"), "*.toml merge=union\n").expect("written");
    assert_eq!(doctor(&repo, 0)["merging"].0, "ok");
    fs::remove_file(repo.path().join(".gitattributes")).expect("removed");
    // The checklist was committed without the attribute, which is only here.
    let checklist = fs::read(repo.checklist()).expect("the checklist");
    let name = ".debut/checklist.toml";
    repo.commit(&[("a.txt", b"a\n"), (name, &checklist)]);
    fs::write(folder.join(".gitattributes"), &attributes).expect("written");
    only(&repo, 1, "merging", "not committed", "git add");
    let both: &[(&str, &[u8])] = &[(name, &checklist), (".debut/.gitattributes", &attributes)];
    repo.commit(both);
    assert_eq!(doctor(&repo, 0)["merging"].0, "ok");
}

#[test]
fn who_holds_the_lock_is_said_and_nothing_is_taken() {
    let repo = decided();
    let mut folder = Folder::new(repo.checklist());
    assert_eq!(folder.lock("two@example.com since noon").expect("a lock"), None);
    let checks = doctor(&repo, 0);
    assert!(checks["lock"].1.starts_with("two@example.com since noon is reviewing"), "{checks:?}");
    drop(folder);
    assert_eq!(doctor(&repo, 0)["lock"].1, "free");
}

#[test]
fn a_cache_that_can_not_be_written_is_said() {
    let repo = decided();
    fs::remove_dir_all(repo.state.path().join("cache")).expect("removed");
    fs::write(repo.state.path().join("cache"), "a file").expect("written");
    only(&repo, 1, "cache", "cache", "XDG_CACHE_HOME");
    let without = repo.run(["doctor", "--no-cache"]).exits(0).out;
    assert!(without.contains("not used"), "{without}");
}
