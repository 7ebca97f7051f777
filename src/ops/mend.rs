// SPDX-License-Identifier: MIT OR Apache-2.0
//! What reviewers decided to mend in licences: from a word to a change of files.

use std::{borrow::Cow, collections::BTreeMap, sync::Arc};

use super::{conclude, texts::Texts};
use crate::{
    domain::{Class, Fix, FixKind, Layer, RepoPath, Span, Text, Verdict},
    redact::{FilePreview, FixPlan, FixSource, FixTask, Fixed, Preview, no_header, plan_fixes},
    repo::Source,
    review::{Choice, FindingIdx, GroupIdx, Scope, Session},
    scan::{PathFacts, View, licensing},
};

/// More files are not laid out in a preview; what is done to the others is counted.
const MOST_SHOWN: usize = 40;

/// What a reviewer says of a fix; what is left out comes from the policy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FixWish {
    /// What is done; the usual way for the gap if nothing is said.
    pub kind: Option<FixKind>,
    /// The SPDX expression.
    pub licence: Option<String>,
    /// Year and holder, or the holder alone.
    pub copyright: Option<String>,
}

impl FixWish {
    /// Returns what is done about the gap at `idx`, with everything that is needed for it.
    ///
    /// # Errors
    /// When the gap can't be closed in that way, or nobody has said under which licence or whose.
    pub fn complete(&self, session: &Session, idx: FindingIdx) -> Result<Fix, String> {
        let finding = session.finding(idx);
        let rule = session.rules().info(finding.rule).name();
        let ways = FixKind::of_rule(rule);
        // Where nothing can be written into a file it is written beside it.
        let writes = matches!(rule, "header-missing" | "reuse-no-info");
        let no_header = no_header(&finding.path).filter(|_| writes);
        let can = |kind: &&FixKind| **kind != FixKind::Header || no_header.is_none();
        let usual = ways.iter().find(can).copied();
        let kind = self.kind.or(usual).ok_or_else(|| unmended(rule))?;
        if !ways.contains(&kind) || finding.layer != Layer::Tree {
            return Err(format!("no way to mend this: {}", kind.title()));
        }
        if kind == FixKind::Text && !is_text_file(&finding.path) {
            return Err("the text stands in a comment: restore it by hand".to_owned());
        }
        if let Some(why) = no_header.filter(|_| kind == FixKind::Header) {
            return Err(why);
        }
        let value = String::from_utf8_lossy(finding.value.expose()).into_owned();
        let licence = match kind.needs_licence() {
            true => Some(Arc::from(self.licence(session, kind, rule, &value)?)),
            false => None,
        };
        if rule == "license-conflict" {
            joins(licence.as_deref().unwrap_or_default(), &value)?;
        }
        let copyright = match kind.names_holder() {
            true => self.copyright(session).map(Into::into),
            false => None,
        };
        Ok(Fix { kind, licence, copyright })
    }

    /// Returns `bare` for each of the gaps that can be mended, with what is done, those with the
    /// same together; and why nothing can be done about the others.
    #[must_use]
    pub fn complete_all(
        &self,
        session: &Session,
        places: &[FindingIdx],
        bare: &Choice,
    ) -> (Vec<(Scope, Choice)>, Vec<String>) {
        let mut by_fix: BTreeMap<String, Vec<FindingIdx>> = BTreeMap::new();
        let mut refused = Vec::new();
        for idx in places {
            match self.complete(session, *idx) {
                Ok(fix) => by_fix.entry(fix.to_string()).or_default().push(*idx),
                Err(why) => refused.push(why),
            }
        }
        let all = by_fix.into_iter().map(|(fix, places)| {
            let choice = Choice { to: Some(fix.into()), ..bare.clone() };
            (Scope::Listed(places), choice)
        });
        (all.collect(), refused)
    }

    fn licence(
        &self,
        session: &Session,
        kind: FixKind,
        rule: &str,
        value: &str,
    ) -> Result<String, String> {
        if let Some(said) = &self.licence {
            return match conclude(said) {
                Ok(none) if none == licensing::NONE => Err("a fix needs a licence".into()),
                other => other,
            };
        }
        // The text that was altered, or is missing, says itself which it is.
        let named = kind == FixKind::Text || rule == "reuse-missing-text";
        // Behind it stands which change it is.
        let altered = value.strip_prefix("LicenseRef-altered-");
        let id = altered.map_or(value, |rest| rest.split(' ').next().unwrap_or(rest));
        // The text says no more than the number; the store of REUSE has it under the id in use.
        let forms = match rule {
            "reuse-missing-text" => vec![id.to_owned()],
            _ => vec![format!("{id}-only"), format!("{id}-or-later"), id.to_owned()],
        };
        let text = |id: &String| licensing::licence_text(id).is_some();
        if let Some(form) = forms.into_iter().find(|form| named && text(form)) {
            return Ok(form);
        }
        let outbound = session.policy().licensing.outbound.as_deref();
        let said = outbound.ok_or("no licence is chosen for the release: say which")?;
        conclude(said)
    }

    /// Returns year and holder: the first of the owners that is a name and no domain.
    fn copyright(&self, session: &Session) -> Option<String> {
        let owners = &session.policy().licensing.owners;
        let name = owners.iter().find(|owner| owner.contains(' ') || !owner.contains(['.', '@']));
        let said = self.copyright.clone().or_else(|| name.map(ToString::to_string))?;
        let said = said.trim();
        match said.starts_with(|c: char| c.is_ascii_digit()) {
            true => Some(said.to_owned()),
            false => Some(format!("{} {said}", year(session.today()))),
        }
    }
}

/// Returns whether the file is a licence text as a whole. In another one a text that takes its
/// place would lose what else it holds.
fn is_text_file(path: &RepoPath) -> bool {
    PathFacts::of(path).licence
}

/// Returns whether there is a way in which a release could mend what was found, whatever has still
/// to be said for it.
#[must_use]
pub fn is_mendable(session: &Session, idx: FindingIdx) -> bool {
    let finding = session.finding(idx);
    let ways = FixKind::of_rule(session.rules().info(finding.rule).name());
    let can = |kind: &FixKind| *kind != FixKind::Text || is_text_file(&finding.path);
    finding.layer == Layer::Tree && ways.iter().any(can)
}

/// Refuses an expression that does not name all the texts that lie at the top.
fn joins(licence: &str, texts: &str) -> Result<(), String> {
    let read = licensing::Declared::read(licence);
    let named = read.terms().map(licensing::Terms::families).unwrap_or_default();
    let texts = texts.split(", ").map(licensing::Family::of_id);
    let lacks: Vec<String> = texts
        .filter(|text| !named.iter().any(|one| one.fits(text)))
        .map(|text| text.to_string())
        .collect();
    match lacks.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "{licence} does not name {}: exclude that text, or say with --license how they go \
             together",
            lacks.join(" and ")
        )),
    }
}

/// Says why a release can't mend a gap by itself, and which verdict fits.
fn unmended(rule: &str) -> String {
    let what = match rule {
        "copyright-foreign" => {
            "their notice stays as it is; approve with the reason (own-alias, permission, \
             licence-cleared), correct the licence, exclude the file, or name the holder in \
             licensing.owners or the folder in licensing.third_party"
        }
        "header-incompatible" => {
            "nobody but the holder can change the licence; exclude the file, correct the licence, \
             or approve with separate-work or permission and a note"
        }
        "header-proprietary" => {
            "only the owner may lift it; exclude the file, or approve with permission and a note \
             once the header may go"
        }
        "snippet-cc-by-sa" => {
            "rewrite it by hand, exclude the file, or approve with the reason if attribution stays"
        }
        "dependency-unknown" => {
            "the lock file is written by its tool; correct with the licence that was looked up, or \
             approve with the reason"
        }
        "dependency-incompatible" => {
            "replace the package with its own tool; or correct its licence, or approve with \
             separate-work, build-tool or permission"
        }
        "license-not-open" => "choose another licence, or approve it if that is what is meant",
        rule if rule.starts_with("vendored-") || rule == "submodule-unknown" => {
            "exclude it, correct the licence, or approve with the reason"
        }
        _ => "mend it by hand, or approve, correct or exclude",
    };
    format!("nothing that a release could mend by itself: {what}")
}

/// Returns the rules of open gaps that no release mends by itself, with the number of places of
/// each and which verdict fits.
#[must_use]
pub fn unmended_gaps(session: &Session) -> Vec<(String, usize, String)> {
    let mut out: BTreeMap<String, usize> = BTreeMap::new();
    for (idx, finding) in session.findings() {
        let info = session.rules().info(finding.rule);
        let gap = info.class == Class::Licence && !is_mendable(session, idx);
        if gap && session.standing(idx).verdict.is_none() {
            *out.entry(info.id.clone()).or_default() += 1;
        }
    }
    let why = |rule: &str| unmended(rule.rsplit('/').next().unwrap_or(rule));
    out.into_iter().map(|(rule, places)| (rule.clone(), places, why(&rule))).collect()
}

/// Returns the year of a day counted from 1970-01-01.
fn year(day: i32) -> i16 {
    let since = jiff::Span::new().try_days(day);
    let date = since.and_then(|since| jiff::civil::date(1970, 1, 1).checked_add(since));
    date.map_or(1970, jiff::civil::Date::year)
}

/// Returns what was decided to be mended, by path.
#[must_use]
pub fn decided_fixes(session: &Session) -> Vec<FixTask> {
    let all = session.findings().map(|(idx, _)| idx);
    let mut out: Vec<FixTask> =
        all.filter_map(|idx| Some(task(session, idx, decided(session, idx)?))).collect();
    out.sort_by(|a, b| (&a.path, &a.rule).cmp(&(&b.path, &b.rule)));
    out
}

fn decided(session: &Session, idx: FindingIdx) -> Option<Fix> {
    let standing = session.standing(idx);
    let vote = session.vote(standing.vote?).filter(|_| standing.verdict == Some(Verdict::Fix));
    let fits = session.finding(idx).layer == Layer::Tree;
    vote.filter(|_| fits).and_then(|vote| Fix::parse(vote.to.as_deref()?))
}

fn task(session: &Session, idx: FindingIdx, fix: Fix) -> FixTask {
    let finding = session.finding(idx);
    FixTask {
        path: finding.path.clone(),
        rule: session.rules().info(finding.rule).name().to_owned(),
        value: String::from_utf8_lossy(finding.value.expose()).into_owned(),
        span: finding.place.span().map(Span::range),
        fix,
    }
}

/// Returns what mending the group comes to: as it was decided, else in the usual way.
///
/// # Errors
/// When nothing of it can be mended; says why.
pub fn fixes_of(session: &Session, group: GroupIdx) -> Result<Vec<FixTask>, String> {
    let mut out = Vec::new();
    let mut refused = None;
    for idx in &session.group(group).members {
        match decided(session, *idx).map_or_else(|| FixWish::default().complete(session, *idx), Ok)
        {
            Ok(fix) => out.push(task(session, *idx, fix)),
            Err(why) => _ = refused.get_or_insert(why),
        }
    }
    match refused {
        Some(why) if out.is_empty() => Err(why),
        _ => Ok(out),
    }
}

/// Works out what fixes come to, over files that `read` reads.
pub(super) fn plan(tasks: &[FixTask], read: &dyn Fn(&RepoPath) -> Option<Vec<u8>>) -> FixPlan {
    let text: &dyn Fn(&str) -> Option<Cow<'static, str>> = &licensing::licence_text;
    let restate = &licensing::restate;
    let tasks: Vec<FixTask> = tasks.iter().map(|task| placed(task, read)).collect();
    plan_fixes(&tasks, &FixSource { read, text, restate })
}

/// Manifests that say by their expression how the licences of a repository go together.
const JOINING: [&str; 7] = [
    "Cargo.toml",
    "package.json",
    "pyproject.toml",
    "composer.json",
    "galaxy.yml",
    "metadata.json",
    "metadata.rb",
];

/// Returns what is to be done about several texts that nothing joins, at the manifest that can
/// join them; any other task as it is.
fn placed(task: &FixTask, read: &dyn Fn(&RepoPath) -> Option<Vec<u8>>) -> FixTask {
    if task.rule != "license-conflict" {
        return task.clone();
    }
    let claim = |name: &&str| {
        let path = RepoPath::new(name.as_bytes());
        let raw = read(&path)?;
        let text = Text::decode(&raw)?;
        let facts = PathFacts::of(&path);
        let seen = licensing::observe(&path, &View::new(&facts, &text.bytes))?;
        let task = |value: &str, span| FixTask {
            value: value.to_owned(),
            span,
            path: path.clone(),
            ..task.clone()
        };
        match seen.manifest?.claim {
            licensing::Claim::Declared(declared, Some(span)) => {
                Some(task(&declared.text, Some(span.range())))
            }
            licensing::Claim::Missing => Some(task("", None)),
            _ => None,
        }
    };
    JOINING.iter().find_map(claim).unwrap_or_else(|| task.clone())
}

/// Works out what fixes come to in the reviewed commit.
///
/// # Errors
/// When the commit can't be read.
pub fn plan_in_commit(source: &Source, tasks: &[FixTask]) -> Result<FixPlan, String> {
    let files = Texts::open(source.clone())?;
    Ok(plan(tasks, &|path| files.plain(path)))
}

/// Lays out what fixes come to, over files that `texts` reads. Of many files that change each for
/// itself only the first are worked out.
pub(super) fn preview(tasks: &[FixTask], texts: &Texts) -> Preview {
    let alone = |task: &FixTask| matches!(task.fix.kind, FixKind::Header | FixKind::Sidecar);
    let few = if tasks.iter().all(alone) { tasks.len().min(MOST_SHOWN) } else { tasks.len() };
    let mut out = preview_of(&plan(&tasks[..few], &|path| texts.plain(path)));
    if few < tasks.len() {
        let more = tasks.len() - few;
        out.warnings.push(format!("{more} more places are mended in the same way"));
    }
    out
}

/// Lays a plan out as a diff.
#[must_use]
pub fn preview_of(plan: &FixPlan) -> Preview {
    let mut out = Preview::default();
    for refused in plan.refused.iter().take(MOST_SHOWN) {
        out.warnings.push(format!("{}: {}", refused.path, refused.why));
    }
    let more = plan.refused.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        out.warnings.push(format!("{more} more can't be mended in this way"));
    }
    let shown = plan.files.iter().take(MOST_SHOWN);
    out.files = shown.map(file).collect();
    let more = plan.files.len().saturating_sub(MOST_SHOWN);
    if more > 0 {
        out.warnings.push(format!("{more} more files change in the same way"));
    }
    out
}

fn file(fixed: &Fixed) -> FilePreview {
    let before = fixed.before.as_deref();
    FilePreview::of_change(fixed.path.clone(), before, &fixed.after, fixed.gaps)
}
