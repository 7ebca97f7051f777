// SPDX-License-Identifier: MIT OR Apache-2.0
//! Themes as data: a style for each role, in TOML. The program's own lie in `assets/themes`.

use ratatui::style::{Color, Modifier, Style};
use toml::{Spanned, de::DeValue};

use super::settings::{Problem, Reader, any_of};

/// What a style is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Plain,
    Strong,
    Dim,
    Bar,
    Selected,
    SelectedAway,
    Key,
    Heading,
    Warning,
    Error,
    Alarm,
    Match,
    Open,
    Approve,
    Redact,
    Exclude,
    Defer,
    Critical,
    High,
    Medium,
    Low,
    Comment,
    Text,
    Keyword,
    Constant,
    Name,
}

use Role as R;

/// The roles by their names in a file, in the order of [`Role`], and what each is for.
const ROLES: [(Role, &str, &str); 26] = [
    (R::Plain, "plain", "text"),
    (R::Strong, "strong", "text that stands out"),
    (R::Dim, "dim", "text that stands back, lines between panes"),
    (R::Bar, "bar", "the first line of the screen"),
    (R::Selected, "selected", "the row under the cursor"),
    (R::SelectedAway, "selected-away", "that row while the keys go elsewhere"),
    (R::Key, "key", "names of keys"),
    (R::Heading, "heading", "titles"),
    (R::Warning, "warning", "what needs care"),
    (R::Error, "error", "what went wrong or blocks"),
    (R::Alarm, "alarm", "decisions that are not on disk, a scan that stopped"),
    (R::Match, "match", "the value found, in its line; the cursor of a field"),
    (R::Open, "open", "not decided"),
    (R::Approve, "approve", "the verdict"),
    (R::Redact, "redact", "the verdict"),
    (R::Exclude, "exclude", "the verdict"),
    (R::Defer, "defer", "the verdict"),
    (R::Critical, "critical", "the severity"),
    (R::High, "high", "the severity"),
    (R::Medium, "medium", "the severity"),
    (R::Low, "low", "the severity, and informational"),
    (R::Comment, "comment", "code"),
    (R::Text, "string", "code"),
    (R::Keyword, "keyword", "code"),
    (R::Constant, "constant", "code"),
    (R::Name, "name", "code"),
];

const _: () = assert!(R::Name as usize + 1 == ROLES.len(), "a role without a name");

const COLOURS: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
];

/// Neither blinking nor hidden: one must be able to read what one decides on.
const MODIFIERS: [(&str, Modifier); 5] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
];

/// The program's own themes.
const BUILTIN: [(&str, &str); 4] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("high-contrast", include_str!("../../assets/themes/high-contrast.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

/// A style for each role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Palette([Style; ROLES.len()]);

impl Default for Palette {
    fn default() -> Self {
        Self([Style::new(); ROLES.len()])
    }
}

impl Palette {
    /// Returns the theme of the program called `name`.
    pub(crate) fn builtin(name: &str) -> Option<Self> {
        let (_, text) = BUILTIN.iter().find(|(builtin, _)| *builtin == name)?;
        // A test holds that none has a problem and that all set every role.
        Some(fill(Self::default(), text).0)
    }

    /// Reads a theme of the user; roles that it leaves out are those of `dark`.
    pub(crate) fn read(text: &str) -> Result<Self, Vec<Problem>> {
        let dark = Self::builtin("dark").unwrap_or_default();
        let (palette, problems) = fill(dark, text);
        if problems.is_empty() { Ok(palette) } else { Err(problems) }
    }

    pub(crate) fn of(&self, role: Role) -> Style {
        self.0[role as usize]
    }

    /// Returns whether any role has a colour.
    pub(crate) fn has_colour(&self) -> bool {
        self.0.iter().any(|style| style.fg.or(style.bg).is_some())
    }
}

/// Returns the names of the program's own themes.
pub(super) fn builtin_names() -> impl Iterator<Item = &'static str> {
    BUILTIN.iter().map(|(name, _)| *name)
}

/// Returns the roles' names, each with what it is for.
pub(super) fn names() -> impl Iterator<Item = (&'static str, &'static str)> {
    ROLES.iter().map(|(_, name, what)| (*name, *what))
}

fn fill(mut palette: Palette, text: &str) -> (Palette, Vec<Problem>) {
    let (mut reader, table) = Reader::new(text);
    for (key, value) in &table {
        let name = key.get_ref().as_ref();
        match ROLES.iter().find(|(_, role, _)| *role == name) {
            Some((role, ..)) => palette.0[*role as usize] = style(&mut reader, name, value),
            None => {
                let roles = any_of(ROLES.iter().map(|(_, role, _)| *role));
                reader.wrong(key.span().start, format!("{name}: no such role; there are {roles}"));
            }
        }
    }
    (palette, reader.problems())
}

fn style<'a>(reader: &mut Reader<'a>, role: &str, value: &Spanned<DeValue<'a>>) -> Style {
    let mut out = Style::new();
    let Some(table) = reader.table(role, value) else { return out };
    for (key, value) in table {
        let name = format!("{role}.{}", key.get_ref());
        match key.get_ref().as_ref() {
            "fg" => out.fg = colour(reader, &name, value),
            "bg" => out.bg = colour(reader, &name, value),
            "modifiers" => {
                for (at, text) in reader.strings(&name, value).unwrap_or_default() {
                    let modifier = word(reader, &name, (at.start, text), &MODIFIERS);
                    out = out.add_modifier(modifier.unwrap_or_default());
                }
            }
            _ => {
                let message = format!("{name}: no such field; there are fg, bg and modifiers");
                reader.wrong(key.span().start, message);
            }
        }
    }
    if out.fg.is_some() && out.fg == out.bg {
        reader.wrong(
            value.span().start,
            format!("{role}: fg and bg are the same, so no letter can be seen"),
        );
    }
    out
}

fn colour(reader: &mut Reader<'_>, name: &str, value: &Spanned<DeValue<'_>>) -> Option<Color> {
    let text = reader.string(name, value)?;
    word(reader, name, (value.span().start, text), &COLOURS)
}

fn word<T: Copy>(
    reader: &mut Reader<'_>,
    name: &str,
    (at, text): (usize, &str),
    words: &[(&str, T)],
) -> Option<T> {
    let known = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| *meaning);
    if known.is_none() {
        let words = any_of(words.iter().map(|(word, _)| *word));
        reader.wrong(at, format!("{name}: \"{text}\" is none of {words}"));
    }
    known
}

#[cfg(test)]
mod tests {
    use super::{BUILTIN, Palette, ROLES, Reader};

    #[test]
    fn roles_stand_in_their_order() {
        for (i, (role, name, what)) in ROLES.iter().enumerate() {
            assert_eq!(*role as usize, i, "{name}");
            assert!(!what.is_empty());
        }
    }

    #[test]
    fn own_themes_are_whole_and_only_mono_has_no_colour() {
        for (name, text) in BUILTIN {
            assert_eq!(Palette::read(text).err(), None, "{name}");
            let set = Reader::new(text).1.len();
            assert_eq!(set, ROLES.len(), "{name} sets every role");
            let colour = Palette::builtin(name).map(|palette| palette.has_colour());
            assert_eq!(colour, Some(name != "mono"), "{name}");
        }
    }

    #[test]
    fn every_problem_of_a_theme_is_named_with_its_line() {
        let text = "dim = { fg = \"gray\" }\n\
                    [bra]\n\
                    [open]\nmodifiers = [\"bold\", \"blink\"]\ncolour = 3\n\
                    [key]\nfg = 7\nbg = \"red\"\n\
                    [name]\nfg = \"red\"\nbg = \"red\"\n";
        let problems = Palette::read(text).expect_err("five mistakes");
        let lines: Vec<String> =
            problems.iter().map(|p| format!("{}: {}", p.line, p.message)).collect();
        assert_eq!(lines.len(), 6, "{lines:#?}");
        for (line, begins) in lines.iter().zip([
            "1: dim.fg: \"gray\" is none of black, red,",
            "2: bra: no such role; there are plain, strong,",
            "4: open.modifiers: \"blink\" is none of bold, dim, italic, underlined or reversed",
            "5: open.colour: no such field; there are fg, bg and modifiers",
            "7: key.fg: needs a string, not integer",
            "9: name: fg and bg are the same",
        ]) {
            assert!(line.starts_with(begins), "{line}");
        }
        let problems = Palette::read("dim = {\nfg = \n").expect_err("not TOML");
        assert!(!problems.is_empty());
    }

    #[test]
    fn what_a_theme_leaves_out_is_darks() {
        use super::Role;
        let mine = Palette::read("dim = {}\n").expect("a theme");
        let dark = Palette::builtin("dark").expect("a theme");
        assert_eq!(mine.of(Role::Dim), ratatui::style::Style::new());
        assert_ne!(mine.of(Role::Dim), dark.of(Role::Dim));
        assert_eq!(mine.of(Role::Error), dark.of(Role::Error));
    }
}
