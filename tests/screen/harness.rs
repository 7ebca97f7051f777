// SPDX-License-Identifier: MIT OR Apache-2.0
//! A model that is driven by key scripts and drawn into a buffer, with a host made of memory.

use std::{
    collections::{BTreeMap, HashSet},
    fmt::Write as _,
    sync::Arc,
};

use debut::{
    domain::{
        Licensing, Module, ModuleKind, NotScanned, NotScannedFile, Policy, RepoPath, TextOf, Vote,
        Word,
    },
    ops::{Effect, Event, SourceInfo},
    redact::{FilePreview, FixSource, FixTask, Preview, plan_fixes},
    review::{Keyring, Paths, Session, Step, TreeFile},
    tui::{Keys, Model, Msg, Options, Theme, update, view},
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    buffer::Buffer,
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers},
    style::{Color, Modifier, Style},
};

use crate::fixture::{FILES, file_text, findings, path, rules};

/// A model with a host made of memory.
pub(crate) struct World {
    pub(crate) model: Model,
    pub(crate) now: i64,
    pub(crate) size: (u16, u16),
    /// What was written to the journal.
    pub(crate) journal: Vec<Step>,
    /// Every other effect, in words.
    pub(crate) asked: Vec<String>,
    pub(crate) files: BTreeMap<RepoPath, String>,
    /// Earlier versions, messages and names.
    pub(crate) past: BTreeMap<TextOf, String>,
    /// What the next write fails with.
    pub(crate) broken: Option<String>,
    /// Whether texts asked for are on their way until [`deliver`](Self::deliver).
    pub(crate) slow: bool,
    pub(crate) on_their_way: Vec<Event>,
    /// Where the reviewer stood last, as it goes to disk.
    pub(crate) remembered: Option<Arc<str>>,
    /// How often words were to be learned.
    pub(crate) learning: usize,
    /// What was answered about words: as they were, and as they are to be.
    pub(crate) answers: Vec<(Vec<Word>, Vec<Word>)>,
    /// What was answered about licences.
    pub(crate) licensing: Vec<Licensing>,
}

/// Returns what the command line hands over, where nothing special is asked for.
pub(crate) fn options(theme: Theme, size: (u16, u16)) -> Options {
    Options {
        theme,
        keys: Keys::default(),
        read_only: None,
        mouse: false,
        filter: String::new(),
        size,
    }
}

impl World {
    /// Nothing found yet.
    pub(crate) fn empty(theme: Theme, size: (u16, u16), votes: Vec<Vote>) -> Self {
        Self::of(Session::new(rules(), "ana", votes), theme, size)
    }

    /// The little repository, scanned, with a release checklist.
    pub(crate) fn asked(theme: Theme, size: (u16, u16), votes: Vec<Vote>) -> Self {
        let mut session = Session::new(rules(), "ana", votes);
        session.ask(Arc::new(crate::attest::template()));
        let mut world = Self::of(session, theme, size);
        world.scan();
        world.event(Event::Facts(Arc::new(crate::attest::facts())));
        world
    }

    /// Nothing found yet in this session.
    pub(crate) fn of(session: Session, theme: Theme, size: (u16, u16)) -> Self {
        let files = FILES.iter().map(|(p, text)| (path(p), (*text).to_owned())).collect();
        let mut world = Self {
            model: Model::new(session, options(theme, size)),
            now: 1_700_000_000_000,
            size,
            journal: Vec::new(),
            asked: Vec::new(),
            files,
            past: BTreeMap::new(),
            broken: None,
            slow: false,
            on_their_way: Vec::new(),
            remembered: None,
            learning: 0,
            answers: Vec::new(),
            licensing: Vec::new(),
        };
        let source = SourceInfo {
            name: "acme-core".into(),
            commit: "3f2a91c07d5e4b1a9c8d7e6f5a4b3c2d1e0f9a8b".into(),
            revision: "HEAD".into(),
            ..SourceInfo::default()
        };
        world.event(Event::Started { source, resume: None });
        world
    }

    /// The little repository, scanned.
    pub(crate) fn scanned(theme: Theme, size: (u16, u16)) -> Self {
        let mut world = Self::empty(theme, size, Vec::new());
        world.scan();
        world
    }

    pub(crate) fn mono(size: (u16, u16)) -> Self {
        Self::scanned(Theme::new(false, false), size)
    }

    pub(crate) fn colour(size: (u16, u16)) -> Self {
        Self::scanned(Theme::new(true, false), size)
    }

    pub(crate) fn scan(&mut self) {
        let found = findings(self.model.session().rules());
        self.event(Event::Found(found));
        self.event(Event::NotScanned(vec![
            NotScannedFile { path: path("logo.png"), why: NotScanned::Binary },
            NotScannedFile { path: path("big/dump.sql"), why: NotScanned::TooLarge(48_000_000) },
            NotScannedFile {
                path: path("scripts/odd.bin"),
                why: NotScanned::Failed("the scanner stopped".into()),
            },
        ]));
        let module = |path_: &str, kind, files| Module { path: path(path_), kind, files };
        self.event(Event::Modules(vec![
            module("roles/db", ModuleKind::AnsibleRole, 4),
            module("roles/web", ModuleKind::AnsibleRole, 3),
            module("modules/vpc", ModuleKind::TerraformModule, 6),
        ]));
        if self.model.scans_history() {
            self.scan_history();
        }
        self.finish();
    }

    pub(crate) fn finish(&mut self) {
        let mut paths: HashSet<RepoPath> = self.files.keys().cloned().collect();
        // Directories are in the set too.
        for file in self.files.keys() {
            let mut dir = file.parent();
            while !dir.is_root() {
                paths.insert(dir.clone());
                dir = dir.parent();
            }
        }
        // What stands for the id of an object: a file that changes has another one.
        let keyring = Keyring::new([3; 32]);
        let file = |(path, text): (&RepoPath, &String)| TreeFile {
            path: path.clone(),
            content: keyring.content(text.as_bytes()),
        };
        let files = self.files.iter().map(file).collect();
        let paths = Paths { now: paths, files, ..Paths::default() };
        self.event(Event::Scanned(Arc::new(paths)));
        self.event(Event::Saved(Ok("12:04".into())));
    }

    pub(crate) fn event(&mut self, event: Event) {
        self.send(Msg::Event(event));
    }

    /// Sends a message, plays the host, and lets a frame be drawn.
    pub(crate) fn send(&mut self, msg: Msg) {
        self.take(msg);
        self.model.drawn();
    }

    /// Hands over the texts that were on their way.
    pub(crate) fn deliver(&mut self) {
        std::mem::take(&mut self.on_their_way).into_iter().for_each(|event| self.event(event));
    }

    /// Types keys that are all taken in before the next frame.
    pub(crate) fn typed_ahead(&mut self, script: &str) {
        script.split_whitespace().flat_map(keys).for_each(|key| self.take(Msg::Key(key)));
        self.model.drawn();
    }

    fn take(&mut self, msg: Msg) {
        if let Msg::Resize(w, h) = msg {
            self.size = (w, h);
        }
        self.now += 2_500;
        let mut messages = vec![msg];
        while let Some(msg) = messages.pop() {
            let effects = update(&mut self.model, msg, self.now);
            let first_record = effects.iter().position(|e| matches!(e, Effect::Record(_)));
            assert!(first_record.is_none_or(|i| i == 0), "a decision is recorded first");
            for effect in effects {
                messages.extend(self.perform(effect).map(Msg::Event));
            }
        }
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each effect")]
    fn perform(&mut self, effect: Effect) -> Option<Event> {
        match effect {
            Effect::Record(step) => {
                self.journal.push(step);
                return Some(Event::Recorded(self.broken.clone().map_or(Ok(()), Err)));
            }
            Effect::Retry => return Some(Event::Recorded(self.broken.clone().map_or(Ok(()), Err))),
            Effect::Load { generation, of } => {
                let files = self.files.get(&of.path).filter(|_| of.layer.is_tree());
                let text = files.or_else(|| self.past.get(&of)).map(|text| file_text(text));
                let text = text.ok_or_else(|| "not in the commit".to_owned());
                let event = Event::File { generation, of, text };
                if self.slow {
                    self.on_their_way.push(event);
                    return None;
                }
                return Some(event);
            }
            Effect::Preview { generation, group, edits, .. } => {
                let files = edits.into_iter().map(|(path, edits)| {
                    let raw = self.files.get(&path).map_or("", String::as_str).as_bytes();
                    FilePreview::new(path, raw, &edits)
                });
                let warnings =
                    vec!["the value also stands in 2 places that were not flagged".into()];
                let preview = Ok(Preview { warnings, files: files.collect() });
                return Some(Event::Preview { generation, group, preview });
            }
            Effect::PreviewFixes { generation, group, tasks } => {
                let preview = Ok(self.fixes(&tasks));
                return Some(Event::Preview { generation, group, preview });
            }
            Effect::Export(to) => self.asked.push(format!("export {}", to.display())),
            Effect::Edit { path, line } => self.asked.push(format!("edit {path}:{line}")),
            Effect::Copy(text) => self.asked.push(format!("copy {text}")),
            Effect::Rescan { history: false } => self.asked.push("rescan".into()),
            Effect::Rescan { history: true } => self.asked.push("rescan with history".into()),
            Effect::LearnWords => self.learning += 1,
            Effect::ReadWords => {}
            Effect::AnswerWords { before, after } => {
                if let Some(why) = self.broken.clone() {
                    return Some(Event::Answered(Err(why)));
                }
                let words: Arc<[Word]> = after.clone().into();
                self.answers.push((before, after));
                return Some(Event::Answered(Ok(words)));
            }
            Effect::AnswerLicensing(licensing) => {
                if let Some(why) = self.broken.clone() {
                    return Some(Event::LicensingAnswered(Err(why)));
                }
                self.licensing.push(licensing.clone());
                let policy = Policy { licensing, ..Policy::default() };
                return Some(Event::LicensingAnswered(Ok(Arc::new(policy))));
            }
            Effect::Suspend => self.asked.push("suspend".into()),
            Effect::Remember(here) => {
                self.remembered = Some(here);
                self.asked.push("remember".into());
            }
            Effect::Quit => self.asked.push("quit".into()),
        }
        None
    }

    /// What fixes come to over the files of the little repository.
    fn fixes(&self, tasks: &[FixTask]) -> Preview {
        let read = |path: &RepoPath| self.files.get(path).map(|text| text.clone().into());
        let plan = plan_fixes(
            tasks,
            &FixSource { read: &read, text: &|_| None, restate: &|_, _, _| Err(String::new()) },
        );
        let refused = plan.refused.into_iter();
        let files = plan.files.into_iter().map(|file| {
            let before = file.before.as_deref();
            FilePreview::of_change(file.path, before, &file.after, file.gaps)
        });
        let warnings = refused.map(|one| format!("{}: {}", one.path, one.why)).collect();
        Preview { warnings, files: files.collect() }
    }

    /// Presses keys: `j a R v Esc C-d "text"`. Words that name no key are typed letter by letter.
    pub(crate) fn press(&mut self, script: &str) -> &mut Self {
        for word in script.split_whitespace() {
            for key in keys(word) {
                self.send(Msg::Key(key));
            }
        }
        self
    }

    pub(crate) fn buffer(&self) -> Buffer {
        let backend = TestBackend::new(self.size.0, self.size.1);
        let mut terminal = Terminal::new(backend).expect("a test backend");
        terminal.draw(|frame| view(&self.model, frame)).expect("drawn");
        terminal.backend().buffer().clone()
    }

    /// Returns what is on screen as text.
    pub(crate) fn text(&self) -> String {
        text_of(&self.buffer())
    }

    /// Returns what is on screen as text, followed by the runs of styles: a moved highlight
    /// changes no letter.
    pub(crate) fn snapshot(&self) -> String {
        let buffer = self.buffer();
        format!("{}\n{}", text_of(&buffer), styles_of(&buffer))
    }

    /// Returns the verdicts in force, in the order of the findings.
    pub(crate) fn verdicts(&self) -> Vec<Option<debut::domain::Verdict>> {
        let session = self.model.session();
        session.findings().map(|(idx, _)| session.standing(idx).verdict).collect()
    }
}

/// Returns the keys of a word of a script.
fn keys(word: &str) -> Vec<KeyEvent> {
    let plain = |code| vec![KeyEvent::new(code, KeyModifiers::NONE)];
    match word {
        "Esc" => plain(KeyCode::Esc),
        "Enter" => plain(KeyCode::Enter),
        "Tab" => plain(KeyCode::Tab),
        "Space" => plain(KeyCode::Char(' ')),
        "Up" => plain(KeyCode::Up),
        "Down" => plain(KeyCode::Down),
        "Left" => plain(KeyCode::Left),
        "Right" => plain(KeyCode::Right),
        "Home" => plain(KeyCode::Home),
        "End" => plain(KeyCode::End),
        "PgDn" => plain(KeyCode::PageDown),
        "PgUp" => plain(KeyCode::PageUp),
        "Backspace" => plain(KeyCode::Backspace),
        _ => match word.strip_prefix("C-").and_then(|rest| rest.chars().next()) {
            Some(c) => vec![KeyEvent::new(KeyCode::Char(c), KeyModifiers::CONTROL)],
            None => word.chars().flat_map(|c| plain(KeyCode::Char(c))).collect(),
        },
    }
}

pub(crate) fn text_of(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut out = String::new();
    for y in 0..area.height {
        let mut line = String::new();
        let mut skip = 0;
        for x in 0..area.width {
            let symbol = buffer[(x, y)].symbol();
            if skip == 0 {
                line.push_str(symbol);
                skip = unicode_width::UnicodeWidthStr::width(symbol).saturating_sub(1);
            } else {
                skip -= 1;
            }
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

fn styles_of(buffer: &Buffer) -> String {
    let area = buffer.area;
    let mut out = String::new();
    for y in 0..area.height {
        let mut runs: Vec<(u16, u16, String)> = Vec::new();
        for x in 0..area.width {
            let name = style_name(buffer[(x, y)].style());
            match runs.last_mut() {
                Some((_, end, last)) if *last == name => *end = x,
                _ => runs.push((x, x, name)),
            }
        }
        let runs: Vec<String> = runs
            .into_iter()
            .filter(|(_, _, name)| !name.is_empty())
            .map(|(from, to, name)| format!("{from}-{to} {name}"))
            .collect();
        if !runs.is_empty() {
            let _ = writeln!(out, "{y:>2}: {}", runs.join(" | "));
        }
    }
    out
}

fn style_name(style: Style) -> String {
    let mut parts = Vec::new();
    if let Some(colour) = style.fg.filter(|c| *c != Color::Reset) {
        parts.push(format!("{colour:?}").to_lowercase());
    }
    if let Some(colour) = style.bg.filter(|c| *c != Color::Reset) {
        parts.push(format!("on-{colour:?}").to_lowercase());
    }
    for (modifier, name) in [
        (Modifier::BOLD, "bold"),
        (Modifier::DIM, "dim"),
        (Modifier::ITALIC, "italic"),
        (Modifier::REVERSED, "reverse"),
        (Modifier::UNDERLINED, "underline"),
    ] {
        if style.add_modifier.contains(modifier) {
            parts.push(name.into());
        }
    }
    parts.join("+")
}
