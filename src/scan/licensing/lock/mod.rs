// SPDX-License-Identifier: MIT OR Apache-2.0
//! Lock files: which packages a project takes in, from where, and what is said of their licences.
//!
//! Nothing here is looked up outside the tree: not in the caches of the machine on which the
//! review runs, or the result would depend on the machine.

mod host;
mod infra;
mod json;
mod known;
mod lines;
mod ruby;
mod tables;
mod yaml;

pub(super) use host::looks_private;
pub(super) use known::licence_of;

use crate::{domain::RepoPath, scan::View};

/// Larger lock files are not read.
const MAX_BYTES: usize = 16 << 20;
/// More packages than this are not told apart.
const MAX_PACKAGES: usize = 50_000;
/// A longer name or address is none.
const MAX_NAME: usize = 300;

/// What a lock file holds.
#[derive(Clone, Debug)]
pub struct Lock {
    /// Its format.
    pub kind: LockKind,
    /// The packages that come from elsewhere, in the order in which they stand there.
    pub packages: Vec<Package>,
    /// Further places that packages are fetched from.
    pub indexes: Vec<Source>,
    /// Whether all of it was read.
    pub whole: bool,
}

/// One package in a lock file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// Its name, as its ecosystem writes it.
    pub name: Box<str>,
    /// The licences that the lock file names; any of them will do.
    pub licences: Vec<Box<str>>,
    /// Whether it serves development and tests only.
    pub dev: bool,
    /// Where it comes from.
    pub source: Source,
}

/// Where a package comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A registry or host that anybody can read.
    Public,
    /// A host of which many are public, and nothing says that this one is not.
    Open(Box<str>),
    /// A host that is not known to be public.
    Host(Box<str>),
    /// A path, seen from the lock file's folder.
    Path(Box<str>),
}

/// Formats of lock files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LockKind {
    /// `package-lock.json`, `npm-shrinkwrap.json`, `node_modules/.package-lock.json`.
    Npm,
    /// `yarn.lock` of either generation.
    Yarn,
    /// `pnpm-lock.yaml`.
    Pnpm,
    /// `bun.lock`.
    Bun,
    /// `composer.lock`.
    Composer,
    /// `Cargo.lock`.
    Cargo,
    /// `go.mod`.
    GoMod,
    /// `go.sum`.
    GoSum,
    /// Lock files and pinned requirements of Python.
    Python,
    /// `Gemfile.lock`.
    Gem,
    /// `.terraform.lock.hcl`.
    Terraform,
    /// `Puppetfile`.
    Puppet,
    /// `Berksfile` and its lock file.
    Chef,
    /// `Chart.lock`, `requirements.lock` and `requirements.yaml` of Helm.
    Helm,
    /// `requirements.yml` of Ansible.
    Ansible,
    /// `mix.lock`.
    Mix,
    /// `pubspec.lock`.
    Pub,
    /// `packages.lock.json`.
    NuGet,
    /// `gradle.lockfile`.
    Gradle,
    /// `Package.resolved`.
    Swift,
    /// `Podfile.lock`.
    Pod,
    /// `conan.lock`.
    Conan,
    /// `flake.lock`.
    Nix,
}

impl LockKind {
    /// Returns the name of the ecosystem in the table of known packages.
    #[must_use]
    pub const fn ecosystem(self) -> &'static str {
        match self {
            Self::Npm | Self::Yarn | Self::Pnpm | Self::Bun => "npm",
            Self::Composer => "composer",
            Self::Cargo => "cargo",
            Self::GoMod | Self::GoSum => "go",
            Self::Python => "python",
            Self::Gem => "gem",
            Self::Terraform => "terraform",
            Self::Puppet => "puppet",
            Self::Chef => "chef",
            Self::Helm => "helm",
            Self::Ansible => "ansible",
            Self::Mix => "hex",
            Self::Pub => "pub",
            Self::NuGet => "nuget",
            Self::Gradle => "maven",
            Self::Swift => "swift",
            Self::Pod => "cocoapods",
            Self::Conan => "conan",
            Self::Nix => "nix",
        }
    }
}

impl Package {
    fn new(name: &str, source: Source) -> Self {
        let end = name.floor_char_boundary(MAX_NAME);
        Self { name: name[..end].into(), licences: Vec::new(), dev: false, source }
    }

    fn licensed(mut self, licences: impl IntoIterator<Item = String>) -> Self {
        let short = licences.into_iter().filter(|one| one.len() <= MAX_NAME);
        self.licences = short.map(String::into_boxed_str).take(16).collect();
        self
    }

    fn dev(mut self, dev: bool) -> Self {
        self.dev = dev;
        self
    }
}

impl Lock {
    fn new(kind: LockKind) -> Self {
        Self { kind, packages: Vec::new(), indexes: Vec::new(), whole: true }
    }

    fn add(&mut self, package: Package) {
        if self.packages.len() >= MAX_PACKAGES {
            self.whole = false;
        } else if !package.name.is_empty() {
            self.packages.push(package);
        }
    }
}

/// Reads lock files into what is kept of them; nothing comes of a file that is none.
type Reader = fn(&str, &mut Lock) -> Option<()>;

/// Reads the lock file, if the file's name is that of one.
pub(super) fn read(path: &RepoPath, view: &View<'_>) -> Option<Lock> {
    let (kind, reader) = reader(path, view.text)?;
    let mut lock = Lock::new(kind);
    if view.text.len() > MAX_BYTES {
        lock.whole = false;
        return Some(lock);
    }
    let text = String::from_utf8_lossy(view.text);
    reader(text.strip_prefix('\u{feff}').unwrap_or(&text), &mut lock)?;
    if kind == LockKind::Python && is_for_development(path) {
        lock.packages.iter_mut().for_each(|package| package.dev = true);
    }
    Some(lock)
}

fn reader(path: &RepoPath, text: &[u8]) -> Option<(LockKind, Reader)> {
    let name = path.file_name();
    Some(match name {
        b"package-lock.json" | b"npm-shrinkwrap.json" | b".package-lock.json" => {
            (LockKind::Npm, json::npm)
        }
        b"composer.lock" => (LockKind::Composer, json::composer),
        b"Pipfile.lock" => (LockKind::Python, json::pipfile),
        b"packages.lock.json" => (LockKind::NuGet, json::nuget),
        b"Package.resolved" => (LockKind::Swift, json::swift),
        b"conan.lock" => (LockKind::Conan, json::conan),
        b"flake.lock" => (LockKind::Nix, json::flake),
        b"bun.lock" => (LockKind::Bun, json::bun),
        b"Cargo.lock" => (LockKind::Cargo, tables::cargo),
        b"poetry.lock" => (LockKind::Python, tables::poetry),
        b"uv.lock" => (LockKind::Python, tables::uv),
        b"pdm.lock" => (LockKind::Python, tables::pdm),
        b"yarn.lock" => (LockKind::Yarn, lines::yarn),
        b"go.mod" => (LockKind::GoMod, lines::go_mod),
        b"go.sum" => (LockKind::GoSum, lines::go_sum),
        b"gradle.lockfile" | b"buildscript-gradle.lockfile" => (LockKind::Gradle, lines::gradle),
        b"mix.lock" => (LockKind::Mix, lines::mix),
        b".terraform.lock.hcl" => (LockKind::Terraform, infra::terraform),
        b"Gemfile.lock" | b"gems.locked" => (LockKind::Gem, ruby::gemfile),
        b"Puppetfile" => (LockKind::Puppet, ruby::puppetfile),
        b"Berksfile" => (LockKind::Chef, ruby::berksfile),
        b"Berksfile.lock" => (LockKind::Chef, ruby::berksfile_lock),
        b"Podfile.lock" => (LockKind::Pod, yaml::podfile),
        b"pnpm-lock.yaml" => (LockKind::Pnpm, yaml::pnpm),
        b"pubspec.lock" => (LockKind::Pub, yaml::pubspec),
        b"Chart.lock" => (LockKind::Helm, infra::helm),
        b"requirements.yml" | b"requirements.yaml" | b"requirements.lock" => {
            let helm = memchr::memmem::find(text, b"repository:").is_some();
            match (helm, name) {
                (true, _) => (LockKind::Helm, infra::helm),
                (false, b"requirements.lock") => (LockKind::Python, lines::requirements),
                (false, _) => (LockKind::Ansible, infra::galaxy),
            }
        }
        _ if is_requirements(path) => (LockKind::Python, lines::requirements),
        _ => return None,
    })
}

/// Returns whether the file is called like a list for pip: `requirements-dev.txt`,
/// `requirements/base.txt`.
fn is_requirements(path: &RepoPath) -> bool {
    let name = path.file_name();
    let listed = name.ends_with(b".txt")
        && (memchr::memmem::find(name, b"requirements").is_some()
            || path.parent().file_name() == b"requirements");
    listed || name == b"constraints.txt"
}

fn is_for_development(path: &RepoPath) -> bool {
    let name = path.file_name().to_ascii_lowercase();
    let words = name.split(|byte| !byte.is_ascii_alphanumeric());
    let kinds: [&[u8]; 10] = [
        b"dev",
        b"develop",
        b"development",
        b"test",
        b"tests",
        b"testing",
        b"lint",
        b"docs",
        b"ci",
        b"doc",
    ];
    words.into_iter().any(|word| kinds.contains(&word))
}
