// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whatever stands in a lock file or a font, nothing panics and little is kept.

use proptest::prelude::*;

use crate::{
    bytes::{eot, png, ttf, woff, woff2},
    found, text,
};

const LOCKS: &[&str] = &[
    "package-lock.json",
    "composer.lock",
    "Pipfile.lock",
    "packages.lock.json",
    "Package.resolved",
    "conan.lock",
    "flake.lock",
    "bun.lock",
    "Cargo.lock",
    "poetry.lock",
    "uv.lock",
    "pdm.lock",
    "yarn.lock",
    "go.mod",
    "go.sum",
    "gradle.lockfile",
    "mix.lock",
    ".terraform.lock.hcl",
    "Gemfile.lock",
    "Puppetfile",
    "Berksfile",
    "Berksfile.lock",
    "Podfile.lock",
    "pnpm-lock.yaml",
    "pubspec.lock",
    "Chart.lock",
    "requirements.yml",
    "requirements.txt",
];

const WORDS: &[&str] = &[
    "{",
    "}",
    "[",
    "]",
    "\"",
    "'",
    ":",
    ": ",
    ",",
    "=",
    "=>",
    "\n",
    "\n  ",
    "\n    ",
    "- ",
    "#",
    "@",
    "://",
    "/",
    "..",
    "../",
    "packages",
    "packages:",
    "dependencies",
    "node_modules/",
    "license",
    "[[package]]\n",
    "name",
    "source",
    "git",
    "path",
    "require (",
    "replace",
    "mod ",
    "cookbook ",
    "resolved ",
    "resolution: ",
    "remote:",
    "specs:",
    "GEM\n",
    "PODS:\n",
    "provider ",
    "-e ",
    "file:",
    "\u{e9}",
    "\u{1f980}",
    "a",
    "1",
    "true",
    "null",
    "\\",
    "(",
    ")",
    "repository:",
    "\t",
];

proptest! {
    #[test]
    fn words_in_any_order_are_borne(
        words in prop::collection::vec(prop::sample::select(WORDS), 0..80),
        name in prop::sample::select(LOCKS),
    ) {
        let _ = found(&[text(name, &words.concat())]);
    }

    #[test]
    fn damaged_media_are_borne(
        kind in 0_usize..5,
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
        name in prop::sample::select(vec!["a.ttf", "a.woff", "a.woff2", "a.eot", "a.png", "a.jpg", "a.pdf", "a.mp3", "a.svg"]),
    ) {
        let names = [(0, "Copyright Us"), (13, "SIL Open Font License")];
        let mut raw = match kind {
            0 => ttf(&names),
            1 => woff(&names),
            2 => woff2(&names),
            3 => eot(&names),
            _ => png(&[("Copyright", "Us")]),
        };
        for (at, byte) in flips {
            let at = at.index(raw.len());
            raw[at] = byte;
        }
        raw.truncate(cut.index(raw.len()) + 1);
        for one in found(&[(name, raw)]) {
            prop_assert!(one.notes.len() < 2000);
        }
    }

    #[test]
    fn any_bytes_are_borne(
        raw in prop::collection::vec(any::<u8>(), 0..400),
        name in prop::sample::select(vec!["a.ttf", "a.woff2", "a.jpg", "a.pdf", "a.ogg", "Cargo.lock", "uv.lock", "yarn.lock"]),
    ) {
        let _ = found(&[(name, raw)]);
    }
}

#[test]
fn depth_and_length_are_bounded() {
    let deep = format!("{{\"dependencies\": {}", "{\"a\": {\"dependencies\": ".repeat(20_000));
    assert!(found(&[text("package-lock.json", &deep)]).is_empty());
    let deep = format!("a = {}", "[".repeat(50_000));
    assert!(found(&[text("Cargo.lock", &deep)]).is_empty());
    let many = "x==1\n".repeat(60_000);
    let seen = found(&[text("requirements.txt", &many)]);
    assert!(seen[0].notes.contains("not all of it was read"), "{seen:?}");
}
