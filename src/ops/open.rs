// SPDX-License-Identifier: MIT OR Apache-2.0
//! Opens a review: repository, rules, key, checklist, journal.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use data_encoding::BASE32_NOPAD;

use super::{Desk, Extent, Reach, SourceInfo};
use crate::{
    domain::{HistorySummary, Policy, Template, Vote},
    repo::{RepoError, Source},
    review::{Keyring, Session, StepKind},
    rules::{RuleError, RuleSet},
    store::{
        Cache, Checklist, Folder, Journal, KeyStore, Record, StoreError, read_policy, read_template,
    },
};

/// Name of the user's own key, from which the key of each new review is derived.
pub(super) const MASTER: &str = "master";

/// What to open and as whom.
#[derive(Clone, Debug)]
pub struct Options {
    /// A folder in the repository.
    pub path: PathBuf,
    /// The revision to review, usually `HEAD`.
    pub revision: String,
    /// The checklist, if it is not `.debut/checklist.toml` in the work tree.
    pub checklist: Option<PathBuf>,
    /// Who reviews, if it is not `user.email`.
    pub reviewer: Option<String>,
    /// Who reviews if neither is known: the login name.
    pub login: String,
    /// The user's state folder, for keys.
    pub state: PathBuf,
    /// Time of opening, in words, for the lock.
    pub since: String,
    /// The day of this run, counted from 1970-01-01 UTC.
    pub today: i32,
    /// How far back to scan; nothing scans the reviewed commit alone.
    pub reach: Option<Reach>,
    /// Where scans are remembered, if they are.
    pub cache: Option<Cache>,
}

/// Whether decisions will be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// No file is written but a new key.
    Read,
    /// The folder is made and locked.
    Write,
}

/// Why a review could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is nothing to review.
    #[error(transparent)]
    Repo(#[from] RepoError),
    /// A file of the review is broken.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A rule pack is broken.
    #[error(transparent)]
    Rules(#[from] RuleError),
    /// The system has no random numbers for a new key or for samples.
    #[error("no random numbers for a new key or for samples: {0}")]
    Random(String),
}

/// An opened review.
pub struct Review {
    /// The commit under review.
    pub source: Source,
    /// The same in words.
    pub info: SourceInfo,
    /// The rules.
    pub rules: Arc<RuleSet>,
    /// The key of this review.
    pub keyring: Keyring,
    /// The state: votes, no findings yet.
    pub session: Session,
    /// The disk.
    pub desk: Desk,
    /// Why no decision can be taken, if so.
    pub read_only: Option<String>,
    /// Where the reviewer stood when the review was left, as the screen wrote it.
    pub resume: Option<Arc<str>>,
    /// How much was scanned.
    pub extent: Arc<Extent>,
    /// How far back is scanned.
    pub reach: Option<Reach>,
    /// Where scans are remembered, if they are.
    pub cache: Option<Cache>,
    /// What the scan of the history covered, once it is done.
    pub history: Option<Arc<HistorySummary>>,
}

impl Review {
    /// Opens the review of `options`.
    ///
    /// With [`Access::Write`], what stands against writing (somebody else's lock, a read-only
    /// disk, a missing key) makes the review read-only instead of failing.
    ///
    /// # Errors
    /// When there is nothing to review, or the checklist cannot be read: it is then left alone.
    pub fn open(options: &Options, access: Access) -> Result<Self, OpenError> {
        let source = Source::open(&options.path, &options.revision)?;
        let rules = Arc::new(RuleSet::builtin()?);
        let mut folder = Folder::new(checklist_of(options, &source));
        let keys = KeyStore::new(&options.state);
        let text = read_checklist(&folder, options.checklist.is_some())?;
        let policy = Arc::new(read_policy(&folder)?);
        let mut banners: Vec<String> = source.incomplete.iter().map(|s| (*s).into()).collect();
        let reviewer = reviewer(options, &source, &mut banners);
        let mut read_only = None;
        let keyring = match find_key(&keys, &folder, text.as_deref(), &source)? {
            Found::Key(keyring) => keyring,
            Found::Missing(error) if access == Access::Read => return Err(error.into()),
            Found::Missing(error) => {
                read_only = Some(error.to_string());
                Keyring::new([0; 32])
            }
        };
        let seal = |line: &str| keyring.seal(line);
        let mut checklist = match (&text, &read_only) {
            (Some(text), None) => Checklist::parse(folder.checklist(), text, &seal)?,
            _ => new_checklist(&keyring)?,
        };
        banners.extend(broken_seals(&checklist));
        if access == Access::Write && read_only.is_none() {
            read_only = take_folder(&mut folder, &reviewer, &options.since);
        }
        let writes = access == Access::Write && read_only.is_none();
        let (journal, records) = open_journal(&folder, writes, &keyring)?;
        let resume = folder.resume().map(Into::into);
        let template = Arc::new(template(&folder, &policy)?);
        let seed = random_seed()?;
        let start = |votes| {
            let session = Session::new(rules.clone(), &reviewer, votes);
            let miss = if policy.sample_miss == 2 { 2 } else { 5 };
            let mut session = session.with_policy(policy, options.today);
            session.ask(template);
            session.set_sampling(seed, miss);
            session
        };
        let session = replay(start, &reviewer, &checklist.votes, records);
        checklist.votes = session.votes().to_vec();
        let info = in_words(&source, banners, options.reach.is_some());
        checklist.reviewed.insert(crate::store::Reviewed {
            commit: info.commit.clone(),
            tree: info.tree.clone(),
            rules: rules.digest().into(),
        });
        let desk = Desk::new(folder, keys, keyring.clone(), checklist, journal, text);
        Ok(Self {
            source,
            info,
            rules,
            keyring,
            session,
            desk,
            read_only,
            resume,
            extent: Arc::default(),
            reach: options.reach.clone(),
            cache: options.cache.clone(),
            history: None,
        })
    }
}

fn in_words(source: &Source, banners: Vec<String>, history: bool) -> SourceInfo {
    SourceInfo {
        name: source.name(),
        commit: source.commit.to_string(),
        tree: source.tree.to_string(),
        revision: source.revision.clone(),
        banners,
        history,
    }
}

/// Returns where the checklist of a review lies.
pub(super) fn checklist_of(options: &Options, source: &Source) -> PathBuf {
    checklist_path(options.checklist.clone(), source.work_dir.as_deref(), &source.git_dir)
}

/// Returns where a checklist lies: as `chosen`, or in the work tree, or in a bare repository.
pub(super) fn checklist_path(
    chosen: Option<PathBuf>,
    work_dir: Option<&Path>,
    git_dir: &Path,
) -> PathBuf {
    chosen.unwrap_or_else(|| match work_dir {
        Some(work) => work.join(".debut").join("checklist.toml"),
        None => git_dir.join("debut").join("checklist.toml"),
    })
}

/// Reads the release checklist that the policy names, or else the one that lies beside the
/// decisions, or else takes the built-in one. One that is named must be there: without it, other
/// questions would be asked than the organisation's.
fn template(folder: &Folder, policy: &Policy) -> Result<Template, StoreError> {
    let Some(named) = policy.attestations.as_deref() else {
        return read_template(&folder.file("attestations.toml"));
    };
    let path = folder.file(named);
    match std::fs::symlink_metadata(&path) {
        Err(source) => Err(StoreError::Io { path, source }),
        Ok(_) => read_template(&path),
    }
}

pub(super) fn read_checklist(folder: &Folder, chosen: bool) -> Result<Option<String>, StoreError> {
    folder.check(chosen)?;
    let path = folder.checklist();
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(StoreError::Io { path: path.into(), source }),
    }
}

fn reviewer(options: &Options, source: &Source, banners: &mut Vec<String>) -> String {
    options.reviewer.clone().or_else(|| source.user_email()).unwrap_or_else(|| {
        banners.push(format!(
            "decisions are signed {:?}: set user.email or pass --reviewer",
            options.login
        ));
        options.login.clone()
    })
}

enum Found {
    Key(Keyring),
    Missing(StoreError),
}

fn find_key(
    keys: &KeyStore,
    folder: &Folder,
    text: Option<&str>,
    source: &Source,
) -> Result<Found, OpenError> {
    if let Some(text) = text {
        let key_id = Checklist::key_id_of(folder.checklist(), text)?;
        // The id comes from a file that may be hostile, and it names a file.
        let plain = !key_id.is_empty() && key_id.bytes().all(|b| b.is_ascii_hexdigit());
        let key = if plain { keys.get(&key_id)? } else { None };
        let missing = || StoreError::NoKey { path: folder.checklist().into(), key_id };
        return Ok(
            key.map_or_else(|| Found::Missing(missing()), |key| Found::Key(Keyring::new(key)))
        );
    }
    let master = match keys.get(MASTER)? {
        Some(key) => key,
        None => {
            let mut key = [0; 32];
            getrandom::fill(&mut key).map_err(|error| OpenError::Random(error.to_string()))?;
            keys.put(MASTER, &key)?;
            // Another process may have been first.
            keys.get(MASTER)?.unwrap_or(key)
        }
    };
    let name = source.git_dir.canonicalize().unwrap_or_else(|_| source.git_dir.clone());
    Ok(Found::Key(Keyring::new(master).derive(name.as_os_str().as_encoded_bytes())))
}

fn broken_seals(checklist: &Checklist) -> Option<String> {
    let lines: Vec<String> = checklist.broken.iter().take(5).map(|b| b.line.to_string()).collect();
    (!lines.is_empty()).then(|| {
        format!(
            "{} checklist lines have a broken seal and do not count (line {})",
            checklist.broken.len(),
            lines.join(", ")
        )
    })
}

/// Returns the journal, if it is to be written, and what stands in it.
fn open_journal(
    folder: &Folder,
    writes: bool,
    keyring: &Keyring,
) -> Result<(Option<Journal>, Vec<Record>), StoreError> {
    let seal = |line: &str| keyring.seal(line);
    let path = folder.file("journal");
    if !writes {
        return Ok((None, Journal::read(&path, &seal)?));
    }
    let (journal, records) = Journal::open(&path, &seal)?;
    Ok((Some(journal), records))
}

fn new_checklist(keyring: &Keyring) -> Result<Checklist, OpenError> {
    let mut random = [0; 5];
    getrandom::fill(&mut random).map_err(|error| OpenError::Random(error.to_string()))?;
    let name = BASE32_NOPAD.encode(&random).to_ascii_lowercase();
    Ok(Checklist { review: format!("rr-{name}"), key_id: keyring.key_id(), ..Checklist::default() })
}

/// Returns where the draws of this run begin. Nobody can choose what is drawn.
fn random_seed() -> Result<u64, OpenError> {
    let mut seed = [0; 8];
    getrandom::fill(&mut seed).map_err(|error| OpenError::Random(error.to_string()))?;
    Ok(u64::from_le_bytes(seed))
}

/// Makes and locks the folder. Returns why nothing can be decided, if so.
fn take_folder(folder: &mut Folder, reviewer: &str, since: &str) -> Option<String> {
    if let Err(error) = folder.prepare() {
        return Some(format!("nothing can be saved: {error}"));
    }
    match folder.lock(&format!("{reviewer} since {since}")) {
        Ok(None) => None,
        Ok(Some(holder)) if holder.0.is_empty() => Some("somebody else is reviewing now".into()),
        Ok(Some(holder)) => Some(format!("{} is reviewing now", holder.0)),
        Err(error) => Some(format!("nothing can be saved: {error}")),
    }
}

/// Puts the votes of the checklist and then the journal's steps into a session. Steps of other
/// reviewers count, but cannot be undone here.
fn replay(
    start: impl FnOnce(Vec<Vote>) -> Session,
    reviewer: &str,
    votes: &[Vote],
    records: Vec<Record>,
) -> Session {
    let mut votes = votes.to_vec();
    let own = |record: &Record| record.votes.iter().all(|vote| &*vote.by == reviewer);
    for record in records.iter().filter(|record| !own(record)) {
        votes.extend(record.votes.iter().cloned());
    }
    let mut session = start(votes);
    for record in records.into_iter().filter(own) {
        if let Some(kind) = StepKind::from_word(&record.kind) {
            session.replay(kind, record.votes);
        }
    }
    session
}
