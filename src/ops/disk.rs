// SPDX-License-Identifier: MIT OR Apache-2.0
//! The files of a review: taken and read in an order in which nothing is missed.

use data_encoding::BASE32_NOPAD;

use super::OpenError;
use crate::{
    domain::Vote,
    review::{Keyring, StepKind},
    store::{Checklist, Folder, Journal, Record},
};

/// What stands on the disk.
pub(super) struct Disk {
    pub(super) text: Option<String>,
    pub(super) checklist: Checklist,
    /// If it is to be written.
    pub(super) journal: Option<Journal>,
    pub(super) records: Vec<Record>,
}

impl Disk {
    /// What is known of a review whose files say nothing.
    pub(super) fn new(text: Option<String>, keyring: &Keyring) -> Result<Self, OpenError> {
        let checklist = new_checklist(keyring)?;
        Ok(Self { text, checklist, journal: None, records: Vec::new() })
    }

    /// Reads the files of `folder`. Whoever saves writes the checklist first and shortens the
    /// journal then: read the other way round, nothing is missed.
    pub(super) fn read(
        folder: &Folder,
        writes: bool,
        keyring: &Keyring,
    ) -> Result<Self, OpenError> {
        let seal = |line: &str| keyring.seal(line);
        let path = folder.file("journal");
        let (journal, records) = if writes {
            let (journal, records) = Journal::open(&path, &seal)?;
            (Some(journal), records)
        } else {
            (None, Journal::read(&path, &seal)?)
        };
        let text = Checklist::load(folder.checklist())?;
        let mut disk = Self { journal, records, ..Self::new(text, keyring)? };
        if let Some(text) = &disk.text {
            disk.checklist = Checklist::parse(folder.checklist(), text, &seal)?;
            if disk.checklist.key_id != keyring.key_id() {
                return Err(OpenError::KeyChanged);
            }
        }
        Ok(disk)
    }
}

fn new_checklist(keyring: &Keyring) -> Result<Checklist, OpenError> {
    let mut random = [0; 5];
    getrandom::fill(&mut random).map_err(|error| OpenError::Random(error.to_string()))?;
    let name = BASE32_NOPAD.encode(&random).to_ascii_lowercase();
    Ok(Checklist { review: format!("rr-{name}"), key_id: keyring.key_id(), ..Checklist::default() })
}

/// Whose a folder is.
pub(super) enum Taken {
    Ours,
    /// Somebody else has it, for a while.
    Theirs(String),
    /// Nothing can be written, for good.
    Never(String),
}

/// Makes and locks the folder, or says why nothing can be decided.
pub(super) fn take_folder(folder: &mut Folder, who: &str) -> Taken {
    if let Err(error) = folder.prepare() {
        return Taken::Never(format!("nothing can be saved: {error}"));
    }
    match folder.lock(who) {
        Ok(None) => Taken::Ours,
        Ok(Some(holder)) if holder.0.is_empty() => {
            Taken::Theirs("somebody else is reviewing now".into())
        }
        Ok(Some(holder)) => Taken::Theirs(format!("{} is reviewing now", holder.0)),
        Err(error) => Taken::Never(format!("nothing can be saved: {error}")),
    }
}

/// Steps of the journal, which can be undone.
pub type Steps = Vec<(StepKind, Vec<Vote>)>;

/// Returns the votes of the checklist with those of the journal's steps that somebody else than
/// `reviewer` took: these count, but cannot be undone here; and the reviewer's own steps.
pub(super) fn split(reviewer: &str, votes: &[Vote], records: Vec<Record>) -> (Vec<Vote>, Steps) {
    let mut votes = votes.to_vec();
    let mut steps = Vec::new();
    for Record { kind, votes: of_step } in records {
        let own = of_step.iter().all(|vote| &*vote.by == reviewer);
        match StepKind::from_word(&kind).filter(|_| own) {
            Some(kind) => steps.push((kind, of_step)),
            None => votes.extend(of_step),
        }
    }
    (votes, steps)
}
