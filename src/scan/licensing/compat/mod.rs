// SPDX-License-Identifier: MIT OR Apache-2.0
//! Whether a work under one licence can take in what is under another.
//!
//! Facts, not advice: the matrix of OSADL (see `assets/licences/README.md`) says what goes
//! together as one work, and rows of our own say it where the matrix has none.

mod category;
mod ids;
mod table;
mod tree;

pub use category::{LicenceKind, is_open};
pub use tree::LicenceTree;

/// Why something can stand beside a work without becoming a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Apart {
    /// Texts and pictures.
    Documentation,
    /// A font.
    Font,
    /// Data.
    Data,
    /// It builds the work, and is no part of what is built.
    BuildTool,
    /// An exception allows what is made or linked with it under any terms.
    Exception,
    /// Its terms end with its own files.
    OwnFiles,
}

impl Apart {
    /// Returns the words for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Documentation => "documentation beside the code",
            Self::Font => "a font beside the code",
            Self::Data => "data beside the code",
            Self::BuildTool => "a build tool, no part of what is built",
            Self::Exception => "its exception allows what is made or linked with it",
            Self::OwnFiles => "its terms end with its own files, if they stay apart",
        }
    }
}

/// Whether a work can take something in. From the worst to the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It cannot, as one work.
    Incompatible,
    /// Nobody here knows.
    Unknown,
    /// It depends on how the two are joined.
    Check,
    /// It can stand beside the work, as a work of its own.
    Separate(Apart),
    /// It can.
    Compatible,
}

/// What an outcome rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Both are the same licence.
    Same,
    /// The matrix of OSADL.
    Osadl,
    /// Our own judgement, with its reason.
    Own(&'static str),
    /// Nothing.
    Nothing,
}

impl Basis {
    /// Returns the words for it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Same => "the same licence",
            Self::Osadl => "OSADL compatibility matrix of 2024-05-21 (CC-BY-4.0)",
            Self::Own(why) => why,
            Self::Nothing => "no table knows these two",
        }
    }
}

/// Returns whether a work under `outbound` can take in what is under `inbound`, and why.
///
/// Of an inbound `OR` the best branch is taken, of an `AND` the worst. Whoever is offered `A OR B`
/// may choose either, so an outbound `OR` has to take the part in with every branch; where only
/// some do, it must be checked. An outbound `AND` names the licences of the parts: one of them
/// has to do.
#[must_use]
pub fn compatible(outbound: &LicenceTree, inbound: &LicenceTree) -> (Outcome, Basis) {
    let best = |a: (Outcome, Basis), b: (Outcome, Basis)| if b.0 > a.0 { b } else { a };
    let worst = |a: (Outcome, Basis), b: (Outcome, Basis)| if b.0 < a.0 { b } else { a };
    let none = (Outcome::Unknown, Basis::Nothing);
    match (outbound, inbound) {
        // Each branch of an outbound OR may take another branch of what comes in.
        (LicenceTree::Any(choices), _) => {
            let all: Vec<(Outcome, Basis)> =
                choices.iter().map(|choice| compatible(choice, inbound)).collect();
            let some = all.iter().any(|(outcome, _)| *outcome >= Outcome::Check);
            let whole = all.into_iter().reduce(worst).unwrap_or(none);
            match whole {
                (Outcome::Incompatible, basis) if some => (Outcome::Check, basis),
                other => other,
            }
        }
        (_, LicenceTree::Any(of)) => {
            of.iter().map(|one| compatible(outbound, one)).reduce(best).unwrap_or(none)
        }
        (_, LicenceTree::All(of)) => {
            of.iter().map(|one| compatible(outbound, one)).reduce(worst).unwrap_or(none)
        }
        (LicenceTree::All(parts), _) => {
            let in_parts = parts.iter().map(|part| compatible(part, inbound)).reduce(best);
            in_parts.unwrap_or(none)
        }
        (LicenceTree::One { id: out, .. }, LicenceTree::One { id, with }) => {
            single(out, id, with.as_deref())
        }
    }
}

fn single(outbound: &str, inbound: &str, with: Option<&str>) -> (Outcome, Basis) {
    let (inbounds, implied) = ids::readings(inbound);
    let (outbounds, _) = ids::readings(outbound);
    // A text does not say whether a later version may be chosen: the reading that fits counts.
    let pairs = outbounds.iter().flat_map(|out| inbounds.iter().map(move |id| (out, id)));
    let best = pairs.map(|(out, id)| table::judge(out, id)).max_by_key(|(outcome, _)| *outcome);
    let plain = best.unwrap_or((Outcome::Unknown, Basis::Nothing));
    match with.or(implied) {
        Some(exception) if plain.0 < Outcome::Separate(Apart::Documentation) => {
            match ids::exception(exception, &outbounds) {
                Some(outcome) => (outcome, Basis::Own("what the exception says")),
                None => plain,
            }
        }
        _ => plain,
    }
}
