// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the library must not look up itself: environment, home folder, clock, terminal.

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::Context as _;

use super::{args::Common, decide_args::Select, interrupt::Interrupt, usage};
use crate::{
    domain::day_of,
    ops::{
        Access, Files, Licences, Options, Reach, Review, Rotation, ScanPace, Silenced, Speed,
        Stage, Watch,
    },
    repo::WorkTree,
    store::{Cache, UserFiles},
};

/// How often the line that shows progress is drawn anew.
const REDRAW: Duration = Duration::from_millis(50);

/// The surroundings of one call.
pub(super) struct Context {
    pub(super) threads: usize,
    /// The user's configuration and themes.
    pub(super) user: UserFiles,
    options: Options,
}

impl Context {
    pub(super) fn new(common: &Common) -> anyhow::Result<Self> {
        let folders = directories::ProjectDirs::from("", "", "debut")
            .context("no home folder: set HOME, so that review keys have a place")?;
        let state = folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).to_owned();
        let cores = || std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        if common.threads == Some(0) {
            return Err(usage("--threads must be at least 1"));
        }
        let options = Options {
            path: PathBuf::new(),
            revision: common.rev.clone(),
            checklist: common.checklist.clone(),
            config: common.config.clone(),
            reviewer: common.reviewer.clone(),
            login: login(),
            state,
            reach: reach(common)?,
            cache: (!common.no_cache).then(|| Cache::new(folders.cache_dir(), &build())),
            today: day_of(now()),
            since: jiff::Zoned::now().strftime("%Y-%m-%d %H:%M").to_string(),
        };
        let user = UserFiles::new(folders.config_dir());
        Ok(Self { threads: common.threads.unwrap_or_else(cores), user, options })
    }

    /// Checks that `select` can mean something in this call.
    pub(super) fn check(&self, select: &Select) -> anyhow::Result<()> {
        if select.history_only && self.options.reach.is_none() {
            return Err(usage("--history-only is about the history: add --history"));
        }
        Ok(())
    }

    /// Opens the review of the repository at `path`.
    pub(super) fn open(&self, path: &Path, access: Access) -> anyhow::Result<Review> {
        Ok(Review::open(&self.options(path), access)?)
    }

    /// Returns what to open at `path`, and as whom.
    pub(super) fn options(&self, path: &Path) -> Options {
        Options { path: path.into(), ..self.options.clone() }
    }

    /// Opens the review, scans, and shows progress where somebody is watching.
    pub(super) fn open_and_scan(
        &self,
        path: &Path,
        access: Access,
    ) -> anyhow::Result<(Review, Vec<crate::domain::Module>)> {
        let mut review = self.open(path, access)?;
        let watched = std::io::stderr().is_terminal();
        let mut progress = Progress::new(watched);
        let interrupt = Interrupt::listen();
        let modules = review.scan(self.threads, interrupt.flag(), &mut |stage, done, total| {
            progress.show(stage, done, total);
        });
        progress.clear();
        interrupt.pass_on();
        Ok((review, modules?))
    }
}

impl Context {
    /// Looks for what failed proofs silence in the reviewed commit.
    pub(super) fn silenced(&self, review: &Review) -> anyhow::Result<Vec<Silenced>> {
        let interrupt = Interrupt::listen();
        let silenced = review.silenced(self.threads, interrupt.flag());
        interrupt.pass_on();
        Ok(silenced?)
    }

    /// Reads what each of `files` says about its licence.
    pub(super) fn licences(&self, files: &Files, sums: bool) -> anyhow::Result<Licences> {
        let interrupt = Interrupt::listen();
        let found = files.licences(sums, self.threads, interrupt.flag());
        interrupt.pass_on();
        Ok(found?)
    }

    /// Works out what a new key makes of `review`, and shows progress where somebody is watching.
    pub(super) fn rotation(&self, review: &Review) -> anyhow::Result<Rotation> {
        let progress = Mutex::new(Progress::new(std::io::stderr().is_terminal()));
        let interrupt = Interrupt::listen();
        let shown = || progress.lock().unwrap_or_else(PoisonError::into_inner);
        let rotation = review.rotation(&Watch {
            threads: self.threads,
            stop: interrupt.flag(),
            progress: &|stage, done, total| shown().show(stage, done, total),
        });
        shown().clear();
        interrupt.pass_on();
        Ok(rotation?)
    }
}

/// Tells this build of the program from every other, also from one of the same version.
fn build() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let since = file.as_ref().ok().and_then(|file| file.modified().ok());
    let since = since.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let len = file.map_or(0, |file| file.len());
    format!("{len:x}-{:x}", since.unwrap_or_default().as_nanos())
}

/// Returns how far back to scan.
fn reach(common: &Common) -> anyhow::Result<Option<Reach>> {
    if !common.history && (common.unreachable || !common.refs.is_empty()) {
        return Err(usage("--refs and --unreachable are about the history: add --history"));
    }
    let (refs, unreachable) = (common.refs.clone(), common.unreachable);
    Ok(common.history.then_some(Reach { refs, unreachable }))
}

/// Says beside the other banners that the work tree holds what is not reviewed, if it does.
pub(super) fn look_at_work_tree(review: &mut Review) {
    match review.source.work_tree() {
        Ok(tree) if tree == WorkTree::default() => {}
        Ok(tree) => review.info.banners.push(tree.words()),
        Err(error) => review.info.banners.push(format!(
            "the work tree can't be compared with the commit ({}): only the commit is reviewed",
            error.message()
        )),
    }
}

/// Milliseconds since 1970-01-01 UTC.
pub(super) fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

#[expect(clippy::disallowed_methods, reason = "the command line hands the environment in")]
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

fn login() -> String {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(variable)
        .unwrap_or_else(|| "unknown reviewer".into())
}

/// A line on stderr that is drawn over and leaves nothing behind.
struct Progress {
    watched: bool,
    shown: Option<Instant>,
    start: Instant,
    pace: ScanPace,
}

impl Progress {
    fn new(watched: bool) -> Self {
        Self { watched, shown: None, start: Instant::now(), pace: ScanPace::default() }
    }

    fn show(&mut self, stage: Stage, done: usize, total: usize) {
        use std::io::Write;
        if !self.watched {
            return;
        }
        self.pace.count(stage, done, total, self.start.elapsed());
        // Nobody reads faster, and a terminal may be slow.
        if self.shown.is_some_and(|at| at.elapsed() < REDRAW) && done < total {
            return;
        }
        self.shown = Some(Instant::now());
        let of = if total > 0 { format!("/{total}") } else { String::new() };
        let noun = stage.noun();
        let words = |speed: Speed| format!(", {}", speed.words(|n| n.to_string()));
        let pace = self.pace.speed().map(words).unwrap_or_default();
        let _ = write!(std::io::stderr(), "\r\x1b[Kscanning {done}{of} {noun}{pace}");
    }

    fn clear(&self) {
        use std::io::Write;
        if self.shown.is_some() {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
        }
    }
}
