// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reads packs into a rule set and refuses what is wrong with the rule's id and the reason.

use std::collections::HashMap;

use data_encoding::HEXLOWER;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::assigned;
use super::model::{Lazy, Rule, Scope, Written};
use super::packs::BUILTIN;
use super::prefix::prefixes;
use super::run::Run;
use crate::domain::{Category, Class, Confidence, RuleIdx, RuleInfo};

/// Why a pack was refused.
#[derive(Debug, thiserror::Error)]
pub enum RuleError {
    /// Not TOML, or not of the schema.
    #[error("{pack}: {message}")]
    Syntax {
        /// The pack's name.
        pack: String,
        /// What the parser said, with line and column.
        message: String,
    },
    /// A rule that makes no sense.
    #[error("{pack}: rule {id}: {message}")]
    Rule {
        /// The pack's name.
        pack: String,
        /// The rule's id.
        id: String,
        /// What is wrong.
        message: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pack {
    #[serde(default)]
    rule: Vec<Written>,
}

/// All rules of a run.
pub struct RuleSet {
    rules: Vec<Rule>,
    by_id: HashMap<String, RuleIdx>,
    digest: String,
}

impl RuleSet {
    /// Reads the rules that come with the program.
    ///
    /// # Errors
    /// When a pack in `assets/rules` is broken, which a test keeps from happening.
    pub fn builtin() -> Result<Self, RuleError> {
        Self::read(BUILTIN)
    }

    /// Reads packs given as name and TOML text.
    ///
    /// # Errors
    /// For the first pack or rule that is not well formed, with its name and the reason.
    pub fn read(packs: &[(&str, &str)]) -> Result<Self, RuleError> {
        let mut rules = Vec::new();
        let mut by_id = HashMap::new();
        let mut hash = Sha256::new();
        hash.update(env!("CARGO_PKG_VERSION"));
        for (name, text) in packs {
            hash.update(text);
            let pack: Pack = toml::from_str(text).map_err(|error| RuleError::Syntax {
                pack: (*name).into(),
                message: error.to_string(),
            })?;
            for written in pack.rule {
                let id = written.id.clone();
                let wrong = |message: String| RuleError::Rule {
                    pack: (*name).into(),
                    id: id.clone(),
                    message,
                };
                let rule = check(written).map_err(&wrong)?;
                let idx = u16::try_from(rules.len()).map_err(|_| wrong("too many rules".into()))?;
                if by_id.insert(id.clone(), RuleIdx(idx)).is_some() {
                    return Err(wrong("the id is taken".into()));
                }
                rules.push(rule);
            }
        }
        let digest = format!("sha256:{}", HEXLOWER.encode(&hash.finalize()));
        Ok(Self { rules, by_id, digest })
    }

    /// Returns the rule at `idx`.
    ///
    /// # Panics
    /// Never for an index that this set gave out.
    #[must_use]
    pub fn get(&self, idx: RuleIdx) -> &Rule {
        &self.rules[usize::from(idx.0)]
    }

    /// Returns what the reviewer is told about the rule at `idx`.
    #[must_use]
    pub fn info(&self, idx: RuleIdx) -> &RuleInfo {
        &self.get(idx).info
    }

    /// Returns the index of the rule called `id`.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<RuleIdx> {
        self.by_id.get(id).copied()
    }

    /// Returns all rules with their indexes, in the order of the packs.
    pub fn iter(&self) -> impl Iterator<Item = (RuleIdx, &Rule)> {
        self.rules.iter().enumerate().map(|(i, rule)| (RuleIdx(i as u16), rule))
    }

    /// Returns the number of rules.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rules.len()
    }

    /// Returns whether there is no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// Returns `sha256:` and the digest of all packs and the program's version.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// Compiles every expression.
    ///
    /// # Errors
    /// For the first one that does not compile. Too slow for a start, so tests and rule
    /// authors call it.
    pub fn compile_all(&self) -> Result<(), RuleError> {
        for rule in &self.rules {
            for lazy in rule.pattern.iter().chain(&rule.not) {
                lazy.compile().map_err(|error| RuleError::Rule {
                    pack: "rules".into(),
                    id: rule.info.id.clone(),
                    message: format!("{}: {error}", lazy.source()),
                })?;
            }
        }
        Ok(())
    }
}

fn check(mut written: Written) -> Result<Rule, String> {
    let category = category_of(&written.id)?;
    assign(&mut written)?;
    let confidence = confidence_of(&written, category);
    let has_pattern = written.pattern.is_some();
    let by_path = written.scope == Scope::File && !written.paths.is_empty();
    if has_pattern && written.detector.is_some() {
        return Err("has both a pattern and a detector".into());
    }
    if has_pattern && written.keywords.is_empty() {
        return Err("has a pattern but no keywords, so it would never run".into());
    }
    if !has_pattern && written.detector.is_none() && !by_path {
        return Err("has no pattern, no detector and no paths of whole files".into());
    }
    if let Some(short) = written.keywords.iter().find(|k| k.len() < 3) {
        return Err(format!("keyword {short:?} is too short to select anything"));
    }
    if let Some(long) = written.keywords.iter().find(|k| k.contains('\n')) {
        return Err(format!("keyword {long:?} spans lines, and keywords are looked for on one"));
    }
    if [&written.title, &written.why, &written.remedy].iter().any(|text| text.trim().is_empty()) {
        return Err("title, why and remedy must say something".into());
    }
    if written.public.as_ref().is_some_and(|why| why.trim().is_empty()) {
        return Err("public must say why, or not be there".into());
    }
    Ok(Rule {
        keywords: written.keywords.iter().map(|k| k.to_ascii_lowercase()).collect(),
        prefixes: prefixes(written.pattern.as_deref(), written.keywords),
        detector: written.detector,
        scope: written.scope,
        window: written.window,
        edge: written.edge,
        entropy: written.entropy,
        near: written.near.iter().map(|k| k.to_ascii_lowercase()).collect(),
        near_lines: written.near_lines,
        placeholders: written.placeholders.unwrap_or(written.class == Class::Credential),
        paths: written.paths,
        not_paths: written.not_paths,
        proof: written.proof,
        on_failure: written.on_failure,
        generic: written.generic,
        vendored: written.vendored.unwrap_or(category != Category::Internal),
        run: written.pattern.as_deref().and_then(Run::of),
        pattern: written.pattern.map(Lazy::new),
        not: written.not.into_iter().map(Lazy::new).collect(),
        info: RuleInfo {
            id: written.id,
            category,
            class: written.class,
            severity: written.severity,
            confidence,
            title: written.title,
            why: written.why,
            remedy: written.remedy,
            replacement: written.replacement,
            public: written.public,
        },
    })
}

/// Returns how sure a rule's findings are, where the pack does not say: a value with a form of its
/// own is sure, one that only its surroundings tell is not quite. A proof that passes makes each
/// sure, one that fails leaves little.
fn confidence_of(written: &Written, category: Category) -> Confidence {
    let of_its_own = |pattern: &String| {
        let value_in_context = pattern.contains("(?P<v");
        let distinctive = written.keywords.iter().all(|keyword| keyword.len() >= 4);
        !value_in_context && distinctive && !pattern.starts_with("(?i")
    };
    let exact = matches!(written.class, Class::Credential | Class::SensitiveFile);
    let default = match &written.pattern {
        _ if category == Category::Licensing => Confidence::High,
        Some(pattern) if exact && !written.generic && of_its_own(pattern) => Confidence::High,
        _ => Confidence::Medium,
    };
    written.confidence.unwrap_or(default)
}

/// Puts the pattern of a rule together that only says names and body.
fn assign(written: &mut Written) -> Result<(), String> {
    match (&written.body, written.names.is_empty()) {
        (None, true) => Ok(()),
        (None, false) => Err("has names but no body of the value beside them".into()),
        (Some(_), true) => Err("has a body but no names beside which it stands".into()),
        (Some(_), false) if written.pattern.is_some() => {
            Err("has both a pattern, and names and body".into())
        }
        (Some(body), false) => {
            written.pattern = Some(assigned::pattern(&written.names, body));
            Ok(())
        }
    }
}

fn category_of(id: &str) -> Result<Category, String> {
    let (head, name) = id.split_once('/').ok_or("the id must be category/name")?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || !name.chars().all(plain) {
        return Err("the name may hold lower-case letters, digits and dashes".into());
    }
    Category::ALL
        .into_iter()
        .find(|category| category.word() == head)
        .ok_or_else(|| format!("{head:?} is no category"))
}
