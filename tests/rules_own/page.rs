// SPDX-License-Identifier: MIT OR Apache-2.0
//! docs/rules.md says what rule files may hold: all of it, and nothing else.

use std::{collections::BTreeSet, fs, path::Path};

use debut::rules::RuleSet;

use crate::common::Repo;

fn doc() -> String {
    fs::read_to_string(path()).expect("docs/rules.md")
}

fn path() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/rules.md")
}

/// Returns what may stand in the place of something that the program does not know.
fn expected(text: &str) -> BTreeSet<String> {
    let refused = RuleSet::with_own(&[("x.toml".into(), text.into())]);
    let error = refused.err().expect("refused").to_string();
    let (_, list) = error.split_once("expected").expect("a list");
    list.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Returns the fields that the table below a heading names.
fn table(doc: &str, heading: &str) -> BTreeSet<String> {
    let from = doc.find(&format!("\n## {heading}\n")).expect("a heading") + 4;
    let section = doc[from..].split("\n## ").next().expect("a section");
    let row = |line: &str| line.strip_prefix("| `")?.split('`').next().map(str::to_owned);
    section.lines().filter_map(row).collect()
}

/// Returns the words in backquotes of the paragraph that begins like this.
fn listed(doc: &str, start: &str) -> BTreeSet<String> {
    let from = doc.find(&format!("\n{start}")).expect("a paragraph");
    let paragraph = doc[from + 1..].split("\n\n").next().expect("a paragraph");
    paragraph.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn with_field(field: &str) -> String {
    format!("[[rule]]\nid = \"sensitive/x\"\n{field} = \"no such thing\"\n")
}

#[test]
fn every_field_is_explained_and_no_other() {
    let doc = doc();
    assert_eq!(table(&doc, "`[[rule]]`"), expected(&with_field("no-such-field")));
    let change = expected("[[change]]\nid = \"sensitive/x\"\nno-such-field = 1\n");
    assert_eq!(table(&doc, "`[[disable]]` and `[[change]]`"), change);
    let disable = expected("[[disable]]\nid = \"sensitive/x\"\nno-such-field = 1\n");
    assert!(disable.is_subset(&change));
}

#[test]
fn every_word_is_listed() {
    let doc = doc();
    assert_eq!(listed(&doc, "Classes: "), expected(&with_field("class")));
    for (field, words) in [
        (
            "window",
            "`line`, `below` (three more lines), `around` (three above and below) or `block`",
        ),
        (
            "edge",
            "(`word`), those and `-` (`token`), those of `word` and `+ / =` (`base64`), or nothing is forbidden (`none`)",
        ),
        ("scope", "`span`, the value, or `file`"),
        (
            "on_failure",
            "`lower` (low confidence, one step less severe, `medium` at most) or `drop`",
        ),
        ("half", "`id`, `secret` or `token`"),
        ("severity", "`critical`, `high`, `medium`, `low` or `info`"),
        ("confidence", "`high`, `medium` or `low`"),
    ] {
        assert!(doc.contains(words), "{field}: the words of this test and of the page differ");
        for word in expected(&with_field(field)) {
            assert!(words.contains(&format!("`{word}`")), "{field}: {word} is missing");
        }
    }
}

/// With `UPDATE_DOCS=1` the list of proofs is written anew.
#[test]
#[expect(clippy::disallowed_methods, reason = "how the list is written anew")]
fn every_proof_is_listed() {
    let doc = doc();
    let proofs = expected(&with_field("proof"));
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let (before, rest) = doc.split_once("\nProofs: ").expect("the proofs");
        let (_, after) = rest.split_once("\n\n").expect("a paragraph");
        let list: Vec<String> = proofs.iter().map(|proof| format!("`{proof}`")).collect();
        let list = textwrap(&format!("Proofs: {}.", list.join(", ")));
        fs::write(path(), format!("{before}\n{list}\n\n{after}")).expect("written");
        return;
    }
    assert_eq!(listed(&doc, "Proofs: "), proofs, "UPDATE_DOCS=1 writes them anew");
}

fn textwrap(text: &str) -> String {
    let mut out = String::new();
    let mut width = 0;
    for word in text.split(' ') {
        if width + word.len() > 98 {
            out.push('\n');
            width = 0;
        } else if width > 0 {
            out.push(' ');
            width += 1;
        }
        out += word;
        width += word.len();
    }
    out
}

#[test]
fn the_example_works_as_printed() {
    let doc = doc();
    let block = |language: &str| {
        let (_, rest) = doc.split_once(&format!("```{language}\n")).expect("a block");
        rest.split_once("```").expect("its end").0.to_owned()
    };
    let repo = Repo::with(&[("README.md", b"# Acme\n")]);
    fs::write(repo.path().join("acme.toml"), block("toml")).expect("written");
    let key = |digits: &str| format!("acme_{}", digits.repeat(32 / digits.len()));
    let text = format!(
        "acme_key: {}\nold_acme_key: {}\nshop_password: copper-kettle-7\nshop_password: changeme\n",
        key("0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
        key("0")
    );
    fs::write(repo.path().join("app.yml"), text).expect("written");
    let session = block("console");
    let (command, printed) = session.split_once('\n').expect("a command");
    let args: Vec<&str> = command.trim_start_matches("$ debut ").split(' ').collect();
    let ran = repo.run(&args).exits(1);
    for line in printed.lines() {
        assert!(ran.out.contains(line), "{line}\n---\n{}", ran.out);
    }
    // The same file counts once it is where it belongs.
    fs::create_dir_all(repo.path().join(".debut/rules")).expect("a folder");
    fs::rename(repo.path().join("acme.toml"), repo.path().join(".debut/rules/acme.toml"))
        .expect("moved");
    let ran = repo.run(["rules", "--own"]).exits(0);
    for part in ["acme-key ", "acme-shop-password ", "[off, .debut/rules/acme.toml:", "[changed, "]
    {
        assert!(ran.out.contains(part), "{part}\n---\n{}", ran.out);
    }
}
