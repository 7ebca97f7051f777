// SPDX-License-Identifier: MIT OR Apache-2.0
//! The questions about licences that are asked once, while somebody answers them.

use std::sync::Arc;

use super::field::Field;
use crate::{
    domain::{Headers, Licensing},
    ops::LicensingGuess,
};

/// So many steps can be taken back.
const STEPS: usize = 50;

/// What is known of the answers.
#[derive(Clone, Debug, Default)]
pub(crate) struct LicenceKnowledge {
    /// What is likely, once somebody has looked.
    pub(crate) likely: Option<Arc<LicensingGuess>>,
    /// Whether the reviewer was asked.
    pub(crate) asked: bool,
}

/// The form that lies over the screen.
#[derive(Clone, Debug)]
pub(crate) struct LicenceForm {
    /// As the file says it.
    on_file: Licensing,
    opened: Licensing,
    pub(crate) answers: Licensing,
    pub(crate) likely: Arc<LicensingGuess>,
    /// Whether nobody has answered yet.
    pub(crate) first: bool,
    /// The field, by its place among [`Licensing::FIELDS`].
    pub(crate) cursor: usize,
    pub(crate) editing: Option<Field>,
    earlier: Vec<Licensing>,
    /// Whether a frame has shown it: nobody keeps what nobody saw.
    pub(crate) drawn: bool,
    /// Whether somebody was told that leaving loses what was changed.
    pub(crate) warned: bool,
}

impl LicenceForm {
    /// Starts with what is answered; before anybody did, with what is likely.
    pub(crate) fn new(on_file: &Licensing, likely: Arc<LicensingGuess>) -> Self {
        let first = *on_file == Licensing::default();
        let answers = if first { likely.licensing.clone() } else { on_file.clone() };
        Self {
            on_file: on_file.clone(),
            opened: answers.clone(),
            answers,
            likely,
            first,
            cursor: 0,
            editing: None,
            earlier: Vec::new(),
            drawn: false,
            warned: false,
        }
    }

    pub(crate) fn field(&self) -> &'static str {
        Licensing::FIELDS[self.cursor.min(Licensing::FIELDS.len() - 1)]
    }

    /// What speaks for the answer under the cursor.
    pub(crate) fn why(&self) -> &str {
        self.likely.why.get(self.field()).map(String::as_str).unwrap_or_default()
    }

    pub(crate) fn changed(&self) -> bool {
        self.answers != self.opened
    }

    /// Whether there is something to write.
    pub(crate) fn writes(&self) -> bool {
        self.answers != self.on_file
    }

    fn remember(&mut self) {
        if self.earlier.len() == STEPS {
            self.earlier.remove(0);
        }
        self.earlier.push(self.answers.clone());
        self.warned = false;
    }

    /// Goes on to the next of a few answers. Returns whether the field has but a few.
    pub(crate) fn turn(&mut self) -> bool {
        let mut next = self.answers.clone();
        match self.field() {
            "headers" => {
                let all = Headers::ALL.map(|(_, headers)| headers);
                let at = all.iter().position(|one| Some(*one) == self.answers.headers);
                next.headers = Some(all[at.map_or(0, |at| (at + 1) % all.len())]);
            }
            "reuse" => next.reuse = Some(!self.answers.reuse.unwrap_or_default()),
            _ => return false,
        }
        self.remember();
        self.answers = next;
        true
    }

    /// Answers the field under the cursor.
    ///
    /// # Errors
    /// When it is no answer; says what is wanted.
    pub(crate) fn set(&mut self, text: &str) -> Result<(), String> {
        let mut tried = self.answers.clone();
        tried.set(self.field(), text)?;
        crate::ops::check_licensing(&tried)?;
        self.remember();
        self.answers = tried;
        Ok(())
    }

    /// Leaves the field under the cursor open. Returns whether it can be: what the file says stays.
    pub(crate) fn clear(&mut self) -> bool {
        if self.on_file.answer(self.field()).is_some() {
            return false;
        }
        self.set("").is_ok()
    }

    /// Takes the last change back. Returns whether there was one.
    pub(crate) fn undo(&mut self) -> bool {
        let Some(answers) = self.earlier.pop() else { return false };
        self.answers = answers;
        true
    }
}
