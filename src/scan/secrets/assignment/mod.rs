// SPDX-License-Identifier: MIT OR Apache-2.0
//! Values assigned to names such as `db_password`, in whatever language or format.
//!
//! The name decides whether to look, the shape where the value stands, and the value whether
//! it is a secret. The cheapest question comes first: most words like "token" stand in prose
//! or code without any assignment behind them.

mod chosen;
mod filter;
mod key;
mod map;
mod shape;
mod value;
mod words;

use std::ops::Range;

pub(in crate::scan) use chosen::weigh as weigh_chosen;
pub(super) use map::SecretMap;

use super::proof;
use crate::{
    domain::{Confidence, RuleIdx, Severity, remark},
    rules::RuleSet,
    scan::{Detector, Hit, Reach, Sink, View, Why},
};

/// So many bytes behind a name are quotes, brackets and what assigns, not a value.
const SOON: usize = 8;

/// What kind of secret a name promises.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Promise {
    /// Chosen by people: entropy says nothing.
    Password,
    /// Drawn by machines: it must look random.
    Secret,
}

/// Finds passwords and secrets by the name they are assigned to.
pub(super) struct Assignment {
    password: Option<(RuleIdx, Severity)>,
    secret: Option<(RuleIdx, Severity)>,
}

impl Assignment {
    pub(super) fn new(rules: &RuleSet) -> Self {
        let find = |id| rules.detected(id).map(|rule| (rule, rules.info(rule).severity));
        Self {
            password: find("sensitive/generic-password"),
            secret: find("sensitive/generic-secret"),
        }
    }
}

impl Detector for Assignment {
    fn worth(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, _: &mut Sink) -> bool {
        let Some(name) = key::around(view.text, &at) else { return false };
        // Where the line ends soon, the value may stand on the next.
        let open = view.text[name.end..].trim_ascii().len() <= SOON;
        (open || shape::value_after(view, &name).is_some())
            && key::promise(&view.text[name]).is_some()
    }

    fn reach(&self) -> Reach {
        // The value may stand on the next line, the name of the user close to it.
        Reach::lines(3, 5)
    }

    fn at(&self, view: &View<'_>, _: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let Some(name) = key::around(view.text, &at) else { return };
        let Some(found) = shape::value_after(view, &name) else { return };
        if sink.iter().rev().take(3).any(|hit| hit.span == found.span) {
            return;
        }
        let key = &view.text[name];
        let Some(promise) = key::promise(key) else { return };
        let rule = match promise {
            Promise::Password => self.password,
            Promise::Secret => self.secret,
        };
        let Some((rule, severity)) = rule else { return };
        let hit = Hit::new(rule, found.span.clone(), severity);
        match judged(view, key, &found, hit) {
            Some(hit) => sink.push(hit),
            None => view.dropped(rule, found.span, Why::Judged),
        }
    }
}

/// Returns whether `name` promises a secret.
pub(super) fn promises(name: &[u8]) -> bool {
    key::promise(name).is_some()
}

/// Weighs a hit on a quoted value under the name `key`; nothing is left if it is no secret.
pub(super) fn weighed(view: &View<'_>, key: &[u8], hit: Hit) -> Option<Hit> {
    let found = shape::Found { span: hit.span.clone(), quoted: true, listed: false };
    judged(view, key, &found, hit)
}

fn judged(view: &View<'_>, key: &[u8], found: &shape::Found, mut hit: Hit) -> Option<Hit> {
    let verdict = value::judge(view, key, key::promise(key)?, found)?;
    if proof::is_sample(&view.text[found.span.clone()]) {
        hit.severity = Severity::Low;
        hit = hit.note(remark::PUBLISHED_DEFAULT);
    }
    let (why, most) = match verdict {
        value::Verdict::Strong => return Some(hit),
        value::Verdict::Default(why) => (why, Severity::Low),
        value::Verdict::Weak(why) => (why, Severity::Medium),
    };
    let mut hit = hit.note(why).confidence(Confidence::Low);
    hit.severity = hit.severity.min(most);
    Some(hit)
}
