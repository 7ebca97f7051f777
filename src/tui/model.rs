// SPDX-License-Identifier: MIT OR Apache-2.0
//! Everything the screen knows.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use ratatui::crossterm::event::{KeyEvent, MouseEvent};

use super::{
    attest::AttestPane,
    command::Command,
    files::FilesPane,
    filter::Filter,
    index::Index,
    keymap::Keys,
    licences::LicenceKnowledge,
    overlay::{Overlay, Says},
    own_words::Knowledge,
    pace::Pace,
    panes::{Again, Board, Detail, List, PreviewPane, Status, Tone},
    rows::{Anchor, Row},
    theme::Theme,
    veil::Veil,
};
use crate::{
    domain::{Category, HistorySummary, Module, Reason, RuleIdx, Severity, TextOf, Verdict, Word},
    ops::{Event, FileText, ScanPace, SourceInfo, Stage},
    review::{
        Counts, FindingIdx, GroupIdx, ModuleReadiness, Paths, Session, Suggester, Suggestion,
    },
};

/// Something that happened.
pub enum Msg {
    /// A key was pressed.
    Key(KeyEvent),
    /// Text was pasted.
    Paste(String),
    /// The terminal has a new size.
    Resize(u16, u16),
    /// The mouse did something.
    Mouse(MouseEvent),
    /// Something happened outside the screen.
    Event(Event),
    /// Nothing happened for a while.
    Tick,
}

/// The screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// Counts by category, and what to do next.
    #[default]
    Dashboard,
    /// The list of findings with the detail pane.
    Walk,
    /// What redacting a group changes.
    Preview,
    /// What could be released, and what blocks the rest.
    Readiness,
    /// The release checklist: what no program can decide.
    Attestations,
    /// The files of the commit, to be read one by one.
    Files,
}

/// What the command line hands to the screen. No `Debug`: the filter may be a value.
#[derive(Clone)]
pub struct Options {
    /// Colours and glyphs.
    pub theme: Theme,
    /// The keys of every command.
    pub keys: Keys,
    /// Why no verdict can be given, if so: "locked by reviewer1@example.com since 12:04".
    pub read_only: Option<String>,
    /// Whether the mouse is used from the start.
    pub mouse: bool,
    /// The text of the filter from the start: it may be a value, so it is never kept on disk.
    pub filter: String,
    /// Size of the terminal: columns and rows.
    pub size: (u16, u16),
}

/// How far the scan is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Scan {
    #[default]
    Waiting,
    Running(Stage, usize, usize),
    Done(usize),
    Failed(String),
}

/// What goes with the next verdict on an item.
#[derive(Clone, Debug, Default)]
pub(crate) struct Pending {
    pub(crate) note: Option<Arc<str>>,
}

/// Everything the screen knows. It changes in [`update()`](super::update()) only.
pub struct Model {
    pub(crate) session: Session,
    pub(crate) source: SourceInfo,
    pub(crate) theme: Theme,
    pub(crate) keys: Keys,
    pub(crate) read_only: Option<String>,
    /// The paths that were scanned, while somebody else may still decide.
    pub(crate) paths: Option<Arc<Paths>>,
    pub(crate) size: (u16, u16),
    pub(crate) screen: Screen,
    pub(crate) scan: Scan,
    /// How fast it goes.
    pub(crate) scan_pace: ScanPace,
    /// What the scan of the history covered, once it is done.
    pub(crate) history: Option<Arc<HistorySummary>>,
    pub(crate) list: List,
    pub(crate) detail: Detail,
    pub(crate) preview: PreviewPane,
    pub(crate) board: Board,
    pub(crate) ready: Board,
    pub(crate) attest: AttestPane,
    pub(crate) files: FilesPane,
    pub(crate) modules: Vec<Module>,
    /// The organisation's words.
    pub(crate) words: Arc<[Word]>,
    pub(crate) knowledge: Knowledge,
    pub(crate) licences: LicenceKnowledge,
    /// What a scan that began anew says, until it is complete.
    pub(crate) again: Option<Again>,
    pub(crate) readiness: Vec<ModuleReadiness>,
    pub(crate) counts: Counts,
    pub(crate) origins: [usize; 6],
    /// Groups that need a decision by severity, in the order of [`Severity::ALL`](crate::domain::Severity::ALL).
    pub(crate) by_severity: [usize; 5],
    /// The rules with most open groups: rule, open groups, places, and the worst severity among
    /// them, which may be another than the rule's own.
    pub(crate) top_rules: Vec<(RuleIdx, usize, usize, Severity)>,
    /// Counts are out of date.
    pub(crate) dirty: bool,
    /// The readiness of modules is out of date; it costs more and is worked out when shown.
    pub(crate) ready_dirty: bool,
    /// The last open item of a category, or of everything, was just decided; holds the category
    /// to go on with.
    pub(crate) finished: Option<Option<Category>>,
    pub(crate) veil: Veil,
    pub(crate) index: Index,
    pub(crate) overlay: Option<Overlay>,
    pub(crate) status: Option<Status>,
    pub(crate) resumed: Option<String>,
    pub(crate) tree_changed: Option<String>,
    pub(crate) write_error: Option<String>,
    pub(crate) saved: Option<String>,
    pub(crate) pace: Pace,
    /// Verdict and reason given last, for `.`.
    pub(crate) last: Option<(Verdict, Option<Reason>, Says)>,
    pub(crate) pending: HashMap<Anchor, Pending>,
    /// The reason that goes with the next verdict, wherever it is given.
    pub(crate) reason: Option<Reason>,
    pub(crate) mouse: bool,
    /// Keyed id of the value under the cursor last time, until it was found or a key was pressed.
    pub(crate) resume: Option<Arc<str>>,
    pub(crate) remembered: Option<Arc<str>>,
    /// Groups with the same value, whatever the rule.
    pub(crate) by_value: HashMap<Arc<str>, Vec<GroupIdx>>,
    pub(crate) suggester: Suggester,
    pub(crate) generation: u64,
    /// What redacting the place shown would put there.
    pub(crate) stand_in: Option<(FindingIdx, String)>,
    /// The place that the last frame showed: what was typed before it was drawn is not about it.
    pub(crate) drawn: Option<FindingIdx>,
}

impl Model {
    /// Starts on the dashboard. Findings come as events.
    #[must_use]
    pub fn new(session: Session, options: Options) -> Self {
        let mut model = Self {
            session,
            source: SourceInfo::default(),
            theme: options.theme,
            keys: options.keys,
            read_only: options.read_only,
            paths: None,
            size: options.size,
            screen: Screen::Dashboard,
            scan: Scan::Waiting,
            scan_pace: ScanPace::default(),
            history: None,
            list: List {
                filter: Filter { text: options.filter, ..Filter::default() },
                ..List::default()
            },
            detail: Detail { split: 44, ..Detail::default() },
            preview: PreviewPane::default(),
            board: Board::default(),
            ready: Board::default(),
            attest: AttestPane::default(),
            files: FilesPane::default(),
            modules: Vec::new(),
            words: Arc::default(),
            knowledge: Knowledge::default(),
            licences: LicenceKnowledge::default(),
            again: None,
            readiness: Vec::new(),
            counts: Counts::default(),
            origins: [0; 6],
            by_severity: [0; 5],
            top_rules: Vec::new(),
            dirty: true,
            ready_dirty: true,
            finished: None,
            veil: Veil::default(),
            index: Index::default(),
            overlay: None,
            status: None,
            resumed: None,
            tree_changed: None,
            write_error: None,
            saved: None,
            pace: Pace::default(),
            last: None,
            pending: HashMap::new(),
            reason: None,
            mouse: options.mouse,
            resume: None,
            remembered: None,
            by_value: HashMap::new(),
            suggester: Suggester::default(),
            generation: 0,
            stand_in: None,
            drawn: None,
        };
        model.learn_all();
        model
    }

    /// Takes in what the session holds already.
    fn learn_all(&mut self) {
        let known: Vec<FindingIdx> = self.session.findings().map(|(idx, _)| idx).collect();
        known.into_iter().for_each(|idx| self.learn(idx));
        self.veil.build();
        super::update::prepare(self);
    }

    /// Returns the review.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// Returns the session at the end, to be written to the checklist.
    #[must_use]
    pub fn into_session(self) -> Session {
        self.session
    }

    /// Returns the screen shown.
    #[must_use]
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Returns the counts shown, which no filter changes.
    #[must_use]
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// Returns the row under the cursor and the number of rows of the list.
    #[must_use]
    pub fn cursor(&self) -> (usize, usize) {
        (self.list.cursor, self.list.rows.len())
    }

    /// Returns the finding that the detail pane shows.
    #[must_use]
    pub fn shown(&self) -> Option<FindingIdx> {
        let places = self.row()?.places(&self.session);
        let place = if self.by_file() { 0 } else { self.detail.place };
        places.get(place.min(places.len().saturating_sub(1))).copied()
    }

    /// Returns whether masked values are shown.
    #[must_use]
    pub fn unmasked(&self) -> bool {
        self.veil.lifted()
    }

    /// Returns whether something lies over the screen and takes the keys.
    #[must_use]
    pub fn has_overlay(&self) -> bool {
        self.overlay.is_some()
    }

    /// Returns whether the history is scanned after the reviewed commit.
    #[must_use]
    pub fn scans_history(&self) -> bool {
        self.source.history
    }

    /// Returns the text of the filter.
    #[must_use]
    pub fn filter_text(&self) -> &str {
        &self.list.filter.text
    }

    /// Returns the size that the model believes the terminal has.
    #[must_use]
    pub fn size(&self) -> (u16, u16) {
        self.size
    }

    /// Returns whether mouse events are wanted.
    #[must_use]
    pub fn wants_mouse(&self) -> bool {
        self.mouse
    }

    /// Returns the theme.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.theme
    }

    /// Returns the key to name when `command` is to be pressed here.
    pub(crate) fn key(&self, command: Command) -> Cow<'static, str> {
        self.keys.first(command, self.screen)
    }

    /// Returns a text of ours with the first key of a command for each `{name}`.
    pub(crate) fn hint(&self, text: &'static str) -> Cow<'static, str> {
        self.keys.fill(text, self.screen)
    }

    pub(crate) fn row(&self) -> Option<&Row> {
        if self.by_file() {
            return self.files.row.as_ref();
        }
        self.list.rows.get(self.list.cursor)
    }

    pub(crate) fn anchor(&self) -> Option<Anchor> {
        self.row().map(|row| row.anchor.clone())
    }

    /// Takes in what the screen itself has to know about a new finding.
    pub(crate) fn learn(&mut self, idx: FindingIdx) {
        self.veil.learn(&self.session, idx);
        self.suggester.learn(&self.session, idx);
        self.index.outdate();
        let group = self.session.group_of(idx);
        if self.session.group(group).members.len() == 1 {
            let value = self.session.identity(idx).value.clone();
            self.by_value.entry(value).or_default().push(group);
        }
    }

    pub(crate) fn say(&mut self, text: impl Into<String>) {
        self.status = Some(Status { tone: Tone::Info, text: text.into() });
    }

    /// Adds to what was said.
    pub(crate) fn add(&mut self, text: impl std::fmt::Display) {
        if let Some(status) = &mut self.status {
            status.text = format!("{}; {text}", status.text);
        }
    }

    pub(crate) fn refuse(&mut self, text: impl Into<String>) {
        self.status = Some(Status { tone: Tone::Refused, text: text.into() });
    }

    /// Returns why no verdict can be given now.
    pub(crate) fn locked(&self) -> Option<String> {
        if let Some(why) = &self.read_only {
            return Some(format!("read only: {why}"));
        }
        let why = self.write_error.as_ref()?;
        let cause = cause(why);
        let first = self.hint("press {retry} first");
        Some(format!("the last decision is not on disk ({cause}): {first}"))
    }

    /// Returns the text in which a finding stands, if it is here.
    pub(crate) fn file(&self, of: &TextOf) -> Option<&Result<Arc<FileText>, String>> {
        self.detail.files.iter().find(|file| file.of == *of).map(|file| &file.text)
    }

    /// Returns what seems right for a group, and why.
    pub(crate) fn suggestion(&self, group: GroupIdx) -> Option<Suggestion> {
        self.suggester.suggest(&self.session, group)
    }
}

/// Returns the cause of a failed write without the path before it, which is long and says little.
pub(crate) fn cause(why: &str) -> &str {
    match why.split_once(": ") {
        Some((path, cause)) if path.contains(std::path::MAIN_SEPARATOR) => cause,
        _ => why,
    }
}
