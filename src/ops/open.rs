// SPDX-License-Identifier: MIT OR Apache-2.0
//! Opens a review: repository, rules, key, checklist, journal.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    Desk, Extent, Reach, SourceInfo,
    desk::Waiting,
    disk::{Disk, Taken, split, take_folder},
    rules::{own_rules, rules_in},
};
use crate::{
    domain::{HistorySummary, Policy, Template, Vote, Word},
    repo::{RepoError, Source},
    review::{Keyring, Session},
    rules::{RuleError, RuleSet},
    store::{
        Cache, Checklist, Folder, KeyStore, MASTER, Outline, StoreError, read_policy,
        read_template, read_words,
    },
};

/// So many reviewers are named to those who lack the key.
const NAMES: usize = 3;
/// So much of each name.
const LETTERS: usize = 60;

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
    /// The repository's own rules are wrong.
    #[error(transparent)]
    Rules(#[from] RuleError),
    /// Somebody gave the review another key meanwhile.
    #[error("the key of this review was changed just now: open it again")]
    KeyChanged,
    /// Somebody wrote into the checklist meanwhile.
    #[error("the checklist was changed just now: try again")]
    Changed,
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
    /// The organisation's words; nothing if nobody has answered for them yet.
    pub words: Option<Arc<[Word]>>,
    /// The same as learned by a scan; see [`own_words`](Self::own_words).
    pub learned: Option<Arc<[Word]>>,
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
        let keys = KeyStore::new(&options.state);
        let mut banners: Vec<String> = source.incomplete.iter().map(|s| (*s).into()).collect();
        let reviewer = reviewer(options, &source, &mut banners);
        let held = hold(options, access, &source, &keys, &reviewer)?;
        let Held { folder, keyring, read_only, waits, disk } = held;
        let Disk { text, mut checklist, journal, records } = disk;
        let rules = Arc::new(rules_in(&folder)?);
        let words = read_words(&folder)?;
        banners.extend(own_rules(&rules));
        banners.extend(broken_seals(&checklist));
        let resume = folder.resume().map(Into::into);
        let (votes, steps) = split(&reviewer, &checklist.votes, records);
        let mut session = begin(options, rules.clone(), &reviewer, votes, &folder)?;
        steps.into_iter().for_each(|(kind, votes)| session.replay(kind, votes));
        checklist.votes = session.votes().to_vec();
        let info = in_words(&source, banners, options.reach.is_some());
        checklist.reviewed.insert(crate::store::Reviewed {
            commit: info.commit.clone(),
            tree: info.tree.clone(),
            rules: rules.digest().into(),
        });
        let mut desk = Desk::new(folder, keys, keyring.clone(), checklist, journal, text);
        desk.waits = waits;
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
            words: words.map(Into::into),
            learned: None,
            history: None,
        })
    }
}

/// Starts a session with the votes of the checklist, and with what the repository asks of it.
fn begin(
    options: &Options,
    rules: Arc<RuleSet>,
    reviewer: &str,
    votes: Vec<Vote>,
    folder: &Folder,
) -> Result<Session, OpenError> {
    let policy = Arc::new(read_policy(folder)?);
    let template = template(folder, &policy)?;
    let miss = if policy.sample_miss == 2 { 2 } else { 5 };
    let clearing = super::conclude::clearing(&policy);
    let session = Session::new(rules, reviewer, votes).with_clearing(clearing);
    let mut session = session.with_policy(policy, options.today);
    session.ask(Arc::new(template));
    session.publish_history(options.reach.is_some());
    session.set_sampling(random_seed()?, miss);
    Ok(session)
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

/// Returns where a checklist lies: as `chosen`, or in the work tree, or in a bare repository. Of a
/// link it is the end that counts: it is written there, and whoever comes another way finds lock
/// and journal too.
pub(super) fn checklist_path(
    chosen: Option<PathBuf>,
    work_dir: Option<&Path>,
    git_dir: &Path,
) -> PathBuf {
    let chosen = chosen.map(|path| match path.is_symlink() {
        true => path.canonicalize().unwrap_or(path),
        false => path,
    });
    chosen.unwrap_or_else(|| match work_dir {
        Some(work) => work.join(".debut").join("checklist.toml"),
        None => git_dir.join("debut").join("checklist.toml"),
    })
}

/// Reads the release checklist that the policy names, or else the one that lies beside the
/// decisions, or else takes the built-in one. One that is named must be there: without it, other
/// questions would be asked than the organisation's.
pub(super) fn template(folder: &Folder, policy: &Policy) -> Result<Template, StoreError> {
    let Some(named) = policy.attestations.as_deref() else {
        return read_template(&folder.file("attestations.toml"));
    };
    let path = folder.file(named);
    match std::fs::symlink_metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let message = "not there, but policy.attestations in config.toml names it";
            let source = std::io::Error::new(error.kind(), message);
            Err(StoreError::Io { path, source })
        }
        Err(source) => Err(StoreError::Io { path, source }),
        Ok(_) => read_template(&path),
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

/// The files of a review, opened.
struct Held {
    folder: Folder,
    keyring: Keyring,
    read_only: Option<String>,
    waits: Option<Waiting>,
    disk: Disk,
}

fn hold(
    options: &Options,
    access: Access,
    source: &Source,
    keys: &KeyStore,
    reviewer: &str,
) -> Result<Held, OpenError> {
    let mut folder = Folder::new(checklist_of(options, source));
    folder.check(options.checklist.is_some())?;
    let text = Checklist::load(folder.checklist())?;
    let keyring = match find_key(keys, &folder, text.as_deref(), source)? {
        Found::Key(keyring) => keyring,
        Found::Missing(error) if access == Access::Read => return Err(error.into()),
        Found::Missing(error) => {
            let keyring = Keyring::new([0; 32]);
            let (read_only, disk) = (Some(without_path(&error)), Disk::new(text, &keyring)?);
            return Ok(Held { folder, keyring, read_only, waits: None, disk });
        }
    };
    let who = format!("{reviewer} since {}", options.since);
    let (read_only, waits) = match access {
        Access::Read => (None, None),
        Access::Write => match take_folder(&mut folder, &who) {
            Taken::Ours => (None, None),
            Taken::Theirs(why) => (Some(why), Some(Waiting { reviewer: reviewer.to_owned(), who })),
            Taken::Never(why) => (Some(why), None),
        },
    };
    let writes = access == Access::Write && read_only.is_none();
    let disk = Disk::read(&folder, writes, &keyring)?;
    Ok(Held { folder, keyring, read_only, waits, disk })
}

/// What a banner has room for.
fn without_path(error: &StoreError) -> String {
    match error {
        StoreError::NoKey { key_id, by, .. } => format!(
            "key {key_id} is not here: ask {by} for `debut key export`, then `debut key import`"
        ),
        error => error.to_string(),
    }
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
        let outline = Checklist::outline(folder.checklist(), text)?;
        // A checklist never names the user's own key.
        let key = if outline.key_id == MASTER { None } else { keys.get(&outline.key_id)? };
        return Ok(key.map_or_else(
            || Found::Missing(no_key(folder.checklist(), &outline)),
            |key| Found::Key(Keyring::new(key)),
        ));
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

/// Returns the error about a key that is not here. What a checklist says of its reviewers may be
/// made up and of any length.
pub(super) fn no_key(path: &Path, outline: &Outline) -> StoreError {
    let names: Vec<String> =
        outline.by.iter().take(NAMES).map(|name| name.chars().take(LETTERS).collect()).collect();
    let by = match (names.len(), outline.by.len()) {
        (0, _) => "whoever made it".into(),
        (some, all) if all > some => format!("{} or {} more", names.join(", "), all - some),
        _ => names.join(" or "),
    };
    let key_id = outline.key_id.chars().take(LETTERS).collect();
    StoreError::NoKey { path: path.into(), key_id, by }
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

/// Returns where the draws of this run begin. Nobody can choose what is drawn.
fn random_seed() -> Result<u64, OpenError> {
    let mut seed = [0; 8];
    getrandom::fill(&mut seed).map_err(|error| OpenError::Random(error.to_string()))?;
    Ok(u64::from_le_bytes(seed))
}
