// SPDX-License-Identifier: MIT OR Apache-2.0
//! Finds the repository and the commit to review.

use std::{
    collections::{HashMap, HashSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use git2::{
    ConfigLevel, ErrorCode, Oid, Repository, RepositoryOpenFlags, StatusOptions, StatusShow,
};

use super::{Reader, RepoError, objects::Sizes};

/// The commit under review and where it lives.
#[derive(Clone, Debug)]
pub struct Source {
    /// The repository's own folder: `.git`, or the bare repository.
    pub git_dir: PathBuf,
    /// The work tree, if there is one.
    pub work_dir: Option<PathBuf>,
    /// The reviewed commit.
    pub commit: Oid,
    /// Its tree.
    pub tree: Oid,
    /// What was asked for.
    pub revision: String,
    /// Whether commits or objects are missing on purpose (shallow or partial clone).
    pub incomplete: Option<&'static str>,
    /// How large objects are.
    pub(super) sizes: Arc<Sizes>,
}

/// How the work tree differs from the reviewed commit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkTree {
    /// Tracked files with changes.
    pub changed: usize,
    /// Files that Git does not track and does not ignore.
    pub untracked: usize,
}

impl WorkTree {
    /// Returns what the reviewer is told.
    #[must_use]
    pub fn words(self) -> String {
        format!(
            "the work tree is not clean ({} changed, {} untracked): only the commit is reviewed",
            self.changed, self.untracked
        )
    }
}

/// Settings that say where something is. Names that hold an address themselves are left out: a
/// name is printed as it is.
const ADDRESSES: &str = r"\.(push)?url$|^include(if\..*)?\.path$|^http\.proxy$";

impl Source {
    /// Opens the repository that holds `path` and finds the commit that `revision` names.
    ///
    /// # Errors
    /// When there is no repository, no commit, or neither can be read.
    pub fn open(path: &Path, revision: &str) -> Result<Self, RepoError> {
        if !path.exists() {
            return Err(RepoError::NoSuchFolder(path.into()));
        }
        // Whether objects are sound is `git fsck`'s question: what is scanned here is what would
        // be published, whatever its name says. Hashing every object read costs more than
        // inflating it.
        git2::opts::strict_hash_verification(false);
        let repo = open(path)?;
        let git_dir = repo.path().to_path_buf();
        let corrupt = RepoError::corrupt(&git_dir);
        if revision == "HEAD" && repo.head().is_err_and(|e| e.code() == ErrorCode::UnbornBranch) {
            return Err(RepoError::Unborn(shown(&repo)));
        }
        let sizes = Arc::new(Sizes::of(&repo));
        let reader = Reader::over(repo, sizes.clone());
        let repo = reader.repo();
        if let Some(named) = named(repo, revision) {
            reader.leads_to_commit(named).map_err(corrupt)?;
        }
        let missing = || RepoError::NoSuchRevision { path: shown(repo), revision: revision.into() };
        let object = repo.revparse_single(revision).map_err(|error| match error.code() {
            // A name that is there but leads to nothing is damage, not a slip of the pen.
            ErrorCode::NotFound if repo.resolve_reference_from_short_name(revision).is_ok() => {
                corrupt(error)
            }
            ErrorCode::NotFound | ErrorCode::InvalidSpec | ErrorCode::Ambiguous => missing(),
            _ => corrupt(error),
        })?;
        let commit = object.peel_to_commit().map_err(|error| match error.code() {
            // A file or a folder has a name too, but nobody can release one.
            ErrorCode::InvalidSpec | ErrorCode::Peel => missing(),
            _ => corrupt(error),
        })?;
        Ok(Self {
            git_dir: repo.path().into(),
            work_dir: repo.workdir().map(Into::into),
            commit: commit.id(),
            tree: commit.tree_id(),
            revision: revision.into(),
            incomplete: incomplete(repo),
            sizes,
        })
    }

    /// Opens the repository anew: each worker needs its own handle.
    ///
    /// # Errors
    /// When it has gone since.
    pub fn repository(&self) -> Result<Repository, git2::Error> {
        Repository::open_ext(
            self.work_dir.as_deref().unwrap_or(&self.git_dir),
            RepositoryOpenFlags::NO_SEARCH,
            None::<&Path>,
        )
        .or_else(|_| Repository::open_bare(&self.git_dir))
    }

    /// Returns the name of the repository's folder.
    #[must_use]
    pub fn name(&self) -> String {
        let folder = self.work_dir.as_deref().unwrap_or(&self.git_dir);
        let name = folder.file_name().unwrap_or(folder.as_os_str());
        name.to_string_lossy().trim_end_matches(".git").to_owned()
    }

    /// Compares the work tree with the index and HEAD. Our own folder does not count.
    ///
    /// # Errors
    /// When Git can't tell.
    pub fn work_tree(&self) -> Result<WorkTree, git2::Error> {
        let repo = self.repository()?;
        if repo.is_bare() {
            return Ok(WorkTree::default());
        }
        let mut options = StatusOptions::new();
        options.include_untracked(true).recurse_untracked_dirs(false).exclude_submodules(true);
        // Git would walk the tree of HEAD to its end, and a crafted one has none; what is staged
        // is therefore compared here.
        options.show(StatusShow::Workdir);
        let reader = Reader::over(repo, self.sizes.clone());
        let mut changed = staged(&reader)?;
        let mut untracked = 0;
        for entry in reader.repo().statuses(Some(&mut options))?.iter() {
            let ours = entry.path_bytes().starts_with(b".debut/");
            if entry.status().is_wt_new() {
                untracked += usize::from(!ours);
            } else {
                changed.insert(entry.path_bytes().to_vec());
            }
        }
        changed.retain(|path| !path.starts_with(b".debut/"));
        Ok(WorkTree { changed: changed.len(), untracked })
    }

    /// Returns the commit that the revision names now.
    ///
    /// # Errors
    /// When it names none any more.
    pub fn current_commit(&self) -> Result<Oid, git2::Error> {
        Ok(self.repository()?.revparse_single(&self.revision)?.peel_to_commit()?.id())
    }

    /// Returns the addresses in the repository's own configuration, of remotes, submodules, Git
    /// LFS, a proxy, and of further files of settings: the setting's name and its value.
    #[must_use]
    pub fn addresses(&self) -> Vec<(String, String)> {
        let Ok(repo) = self.repository() else { return Vec::new() };
        let Ok(config) = repo.config().and_then(|config| config.open_level(ConfigLevel::Local))
        else {
            return Vec::new();
        };
        let mut out = Vec::new();
        let Ok(entries) = config.entries(Some(ADDRESSES)) else { return out };
        drop(entries.for_each(|entry| {
            let name = String::from_utf8_lossy(entry.name_bytes()).into_owned();
            out.push((name, String::from_utf8_lossy(entry.value_bytes()).into_owned()));
        }));
        out
    }

    /// Returns the names of the repository's own packs: they change when objects come or go.
    #[must_use]
    pub fn packs(&self) -> Vec<String> {
        let Ok(repo) = self.repository() else { return Vec::new() };
        let folder = repo.commondir().join("objects").join("pack");
        let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    /// Returns `user.email` of the repository's configuration.
    #[must_use]
    pub fn user_email(&self) -> Option<String> {
        let email = self.repository().ok()?.config().ok()?.get_string("user.email").ok()?;
        Some(email.trim().to_owned()).filter(|email| !email.is_empty())
    }
}

/// Returns the paths at which the index differs from HEAD.
fn staged(reader: &Reader) -> Result<HashSet<Vec<u8>>, git2::Error> {
    let repo = reader.repo();
    let head = repo.head()?.target().ok_or_else(|| git2::Error::from_str("no commit"))?;
    reader.leads_to_commit(head)?;
    let head = super::tree::list(reader, repo.find_commit(head)?.tree_id())?;
    let mut head: HashMap<Vec<u8>, Oid> =
        head.into_iter().map(|entry| (entry.path.as_bytes().to_vec(), entry.oid)).collect();
    let mut out = HashSet::new();
    for entry in repo.index()?.iter() {
        if head.remove(&entry.path) != Some(entry.id) {
            out.insert(entry.path);
        }
    }
    out.extend(head.into_keys());
    Ok(out)
}

/// Returns the object that a revision names, if that can be told without reading any.
fn named(repo: &Repository, revision: &str) -> Option<Oid> {
    let reference = repo.resolve_reference_from_short_name(revision).ok();
    let target = reference.and_then(|reference| reference.resolve().ok()?.target());
    // A beginning of an id would be taken for a whole one.
    let whole = [40, 64].contains(&revision.len());
    let id = || Oid::from_str_ext(revision, repo.object_format()).ok().filter(|_| whole);
    target.or_else(id)
}

pub(super) fn open(path: &Path) -> Result<Repository, RepoError> {
    // No flag reads the environment: GIT_DIR must not redirect a review.
    Repository::open_ext(path, RepositoryOpenFlags::empty(), None::<&Path>).map_err(|error| {
        match error.code() {
            ErrorCode::NotFound => RepoError::NotARepository(path.into()),
            ErrorCode::Owner => RepoError::NotYours(path.into()),
            _ if error.message().contains("object format") => RepoError::UnknownFormat(path.into()),
            _ => RepoError::corrupt(path)(error),
        }
    })
}

fn shown(repo: &Repository) -> PathBuf {
    repo.workdir().unwrap_or(repo.path()).into()
}

fn incomplete(repo: &Repository) -> Option<&'static str> {
    if repo.is_shallow() {
        return Some("shallow clone: older commits are not here and can't be judged");
    }
    let config = repo.config().ok()?.snapshot().ok()?;
    let partial = config.get_str("extensions.partialclone").is_ok()
        || config.entries(Some(r"remote\..*\.promisor")).is_ok_and(|mut e| e.next().is_some());
    partial.then_some("partial clone: objects that were not fetched can't be judged")
}
