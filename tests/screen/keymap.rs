// SPDX-License-Identifier: MIT OR Apache-2.0
//! The reviewer's own keys: what they do, where they are shown, and what is refused.

use debut::{
    domain::Verdict,
    tui::{Command, Keys, Model, Options, Screen, Settings, Theme},
};

use proptest::{collection::vec, prelude::*, sample::select};

use crate::{
    fixture::rules,
    harness::{World, options},
};

const SIZE: (u16, u16) = (120, 40);

fn world(config: &str) -> World {
    let (settings, problems) = Settings::read(config);
    assert_eq!(problems, []);
    let mut world = World::empty(Theme::new(false, false), SIZE, Vec::new());
    let session = debut::review::Session::new(rules(), "ana", Vec::new());
    let options = Options { keys: settings.keys, ..options(Theme::new(false, false), SIZE) };
    world.model = Model::new(session, options);
    world.scan();
    world
}

#[track_caller]
fn refused(config: &str, wanted: &[(usize, &str)]) {
    let (_, problems) = Settings::read(config);
    let all = format!("{problems:#?}");
    assert_eq!(problems.len(), wanted.len(), "{all}");
    for (problem, (line, part)) in problems.iter().zip(wanted) {
        assert_eq!(problem.line, *line, "{all}");
        assert!(problem.message.contains(part), "{part:?} is not in {all}");
    }
}

const MINE: &str = r#"
[keys]
approve = ["F5", "Y"]
copy = []
show-values = ["M-v"]
help = ["F1"]
undo = ["C-z"]
suspend = []
group-by = ["V"]
"#;

#[test]
fn own_keys_work_and_the_old_ones_do_not() {
    let mut world = world(MINE);
    world.press("2 a");
    assert!(world.journal.is_empty(), "a is no key any more");
    assert!(world.text().contains("a does nothing here; F1 lists the keys"), "{}", world.text());
    world.press("/db3 Enter Y");
    assert_eq!(world.journal.len(), 1);
    assert!(world.verdicts().contains(&Some(Verdict::Approve)));
    world.press("C-z");
    assert!(!world.verdicts().contains(&Some(Verdict::Approve)), "undone, not suspended");
    assert!(!world.asked.contains(&"suspend".to_owned()));
    world.press("C-c");
    assert_eq!(world.asked.last().map(String::as_str), Some("quit"));
}

#[test]
fn own_keys_are_shown_wherever_keys_are_named() {
    let mut world = world(MINE);
    world.press("2");
    let text = world.text();
    let footer = text.lines().last().expect("a footer");
    assert!(footer.contains("F1 help  C-z undo") && footer.contains("F5 approve"), "{footer}");
    assert!(text.contains("(masked, M-v shows it)"), "{text}");
    world.press("Space");
    assert!(world.text().contains("1 marked: F5 r x s act on all"), "{}", world.text());
    world.press(": approve");
    let text = world.text();
    assert!(text.contains("F5 Y          approve         approve: may be published"), "{text}");
    world.press("Enter");
    assert!(world.text().contains("press F5 to approve: Enter never decides"), "{}", world.text());
    world.press(": group");
    assert!(world.text().contains("author; Vg: top"), "{}", world.text());
    world.press("Esc Vg");
    assert_eq!(world.model.cursor().0, 0);
}

#[test]
fn a_command_without_a_key_can_be_typed() {
    let mut world = world("[keys]\nhide-decided = []\n");
    world.press("2 z");
    assert!(world.text().contains("z does nothing here"), "{}", world.text());
    world.press(":hide-decided Enter");
    assert!(world.text().contains("what is decided is hidden"), "{}", world.text());
}

#[test]
fn one_screen_can_differ() {
    let config =
        "[keys.on.preview]\nnext-file = [\"n\"]\nnext-open = []\n[keys]\nredact = [\"d\"]\n";
    let mut world = world(config);
    world.press("2");
    assert!(world.text().contains("n next open") && world.text().contains("d redact"));
    world.press("p");
    assert!(!world.text().contains("next open"), "{}", world.text());
    let before = world.model.shown();
    world.press("n");
    assert_ne!(world.model.shown(), before);
}

#[test]
fn too_small_a_screen_says_the_key_that_leaves() {
    let mut own = world("[keys]\nback = [\"Q\"]\n");
    own.send(debut::tui::Msg::Resize(45, 9));
    assert!(own.text().contains("Q leaves"), "{}", own.text());
    own.press("q");
    assert_ne!(own.asked.last().map(String::as_str), Some("quit"));
    own.press("Q");
    assert_eq!(own.asked.last().map(String::as_str), Some("quit"));
    let mut none = world("[keys]\nback = []\n");
    none.send(debut::tui::Msg::Resize(45, 9));
    assert!(none.text().contains("C-c leaves"), "{}", none.text());
}

#[test]
fn everything_wrong_is_said_at_once_with_its_line() {
    refused(
        "theme = 3\n\
         color = true\n\
         mouse = \"yes\"\n\
         [keys]\n\
         aprove = [\"y\"]\n\
         defer = [\"Ctrl-d\", \"CC\", \"F13\", \"F01\", \"\", \" \"]\n\
         mark = \"m\"\n\
         note = [3]\n\
         page-down = [\"C-i\"]\n\
         [keys.on.walk]\n\
         history = [\"h\"]\n\
         [keys.on.moon]\n\
         up = [\"k\"]\n",
        &[
            (1, "theme: needs a string"),
            (2, "color: no such setting; there are theme, ascii, mouse and [keys]"),
            (3, "mouse: needs true or false"),
            (5, "aprove: no such command"),
            (6, "defer: there is no key \"Ctrl-d\""),
            (6, "defer: there is no key \"CC\""),
            (6, "defer: there is no key \"F13\""),
            (6, "defer: there is no key \"F01\""),
            (6, "defer: there is no key \"\""),
            (6, "defer: there is no key \" \""),
            (7, "mark: needs a list of strings"),
            (8, "note: needs a string"),
            (9, "page-down: a terminal sends Tab for \"C-i\""),
            (11, "history: does nothing on the screen walk"),
            (12, "keys.on.moon: no such screen; there are dashboard, walk,"),
        ],
    );
    refused("[keys]\nnext = [\"n\"]\n", &[(2, "did you mean next-open, next-place or next-file?")]);
    refused("keys = 3\n", &[(1, "keys: needs a table")]);
    refused("[keys]\non = 3\n", &[(2, "keys.on: needs a table")]);
    refused("mouse = true\nmouse = true\n", &[(2, "duplicate key")]);
}

#[test]
fn a_key_never_means_two_things() {
    refused(
        "[keys]\napprove = [\"y\"]\n",
        &[(2, "\"y\" would mean approve (line 2) and copy (by default) on walk, preview")],
    );
    refused(
        "[keys]\napprove = [\"d\"]\nredact = [\"d\"]\n",
        &[(3, "\"d\" would mean approve (line 2) and redact (line 3) on walk, preview")],
    );
    // Only where both work.
    refused("[keys]\nexport = [\"a\"]\n", &[]);
    refused("[keys.on.dashboard]\nreadiness = [\"p\"]\n", &[(2, "on dashboard: give one")]);
    refused("[keys.on.dashboard]\nreadiness = [\"p\"]\npreview = [\"4\"]\n", &[]);
    refused("[keys]\nundo = [\"C-z\"]\n", &[(2, "undo (line 2) and suspend (by default)")]);
}

#[test]
fn the_way_out_stays_and_what_moves_never_decides() {
    refused("[keys]\nleave = [\"Q\"]\n", &[(2, "C-c always leaves")]);
    refused("[keys]\nleave = [\"Q\", \"C-c\"]\n", &[]);
    refused(
        "[keys]\ncopy = [\"C-c\"]\n",
        &[(2, "\"C-c\" would mean copy (line 2) and leave (by default)")],
    );
    for key in ["Enter", "Esc", "Tab", "S-Tab", "Up", "Left", "Home", "PgDn"] {
        let config = format!(
            "[keys]\nredact = [\"{key}\"]\nopen = []\nstep-back = []\npane = []\nup = []\nout = []\ntop = []\npage-down = []\n"
        );
        refused(&config, &[(2, "moves or closes and must never decide")]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is configured, it is refused or the laws hold: keys that move never decide, and
    /// Ctrl-c leaves.
    #[test]
    fn no_configuration_breaks_the_laws(
        lines in vec((select(NAMES), vec(select(KEYS), 0..3)), 0..5),
    ) {
        let line = |(name, keys): &(&str, Vec<&str>)| format!("{name} = {keys:?}\n");
        let config = format!("[keys]\n{}", lines.iter().map(line).collect::<String>());
        let (_, problems) = Settings::read(&config);
        prop_assert!(problems.iter().all(|problem| (2..=lines.len() + 1).contains(&problem.line)));
        if problems.is_empty() {
            let mut world = world(&config);
            world.press("2 Enter Down Esc Right Up Left Tab Tab End Home PgDn PgUp Space Enter");
            prop_assert!(world.journal.is_empty());
            world.press("C-c");
            prop_assert_eq!(world.asked.last().map(String::as_str), Some("quit"));
        }
    }

    /// Nothing that a file can hold is a panic, and every problem has a line of the file.
    #[test]
    fn any_text_can_be_read(text in "([a-z.\\[\\]\"={},#\n -]|keys|on|walk|fg|theme|[^a]){0,40}") {
        let last = text.lines().count().max(1) + 1;
        let (_, problems) = Settings::read(&text);
        let theme = Theme::read(&text, false).err().unwrap_or_default();
        for problem in problems.iter().chain(&theme) {
            prop_assert!((1..=last).contains(&problem.line) && !problem.message.is_empty());
        }
    }
}

const NAMES: &[&str] =
    &["approve", "redact", "undo", "down", "open", "copy", "leave", "mark", "up"];
const KEYS: &[&str] =
    &["a", "y", "Enter", "Esc", "Down", "Space", "C-c", "C-z", "u", "Z", "F2", "C-x"];

#[test]
fn nothing_configured_is_what_the_table_says() {
    let (settings, problems) = Settings::read("");
    assert_eq!(problems, []);
    assert!(!settings.ascii && !settings.mouse && settings.theme.is_none());
    let plain = |keys: &Keys| format!("{keys:?}");
    assert_eq!(plain(&settings.keys), plain(&Keys::default()));
    assert_eq!(Command::NextOpen.name(), "next-open");
    let names = ["dashboard", "walk", "preview", "readiness", "release-checklist", "files"];
    assert_eq!(Screen::ALL.map(Screen::name), names);
}
