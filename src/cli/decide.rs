// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut decide`: a batch decision without the screen.

use std::io::Write;

use super::{
    Exit,
    context::{Context, now},
    decide_args::{DecideArgs, VerdictArg},
    list::{is_glob, plain_path, select},
    output::{clean, many},
    usage,
};
use crate::{
    domain::{Act, Metadata, NotScanned, Origin, RepoPath, Target, Verdict},
    ops::{Access, FixWish, Review, conclude},
    review::{Choice, FindingIdx, Refusal, Scope, Session, Step},
};

pub(super) fn run(context: &Context, args: &DecideArgs) -> anyhow::Result<Exit> {
    if let Some(id) = &args.suggested {
        return super::suggest::accept(context, args, id);
    }
    let select_args = &args.select;
    context.check(select_args)?;
    if select_args.sample && (select_args.value.is_none() || select_args.within.is_none()) {
        let why = "a drawn place is looked at one by one: name it with --value and --path";
        return Err(usage(format!("--sample: {why}")));
    }
    if !select_args.says_what() {
        return Err(usage("say what to decide: --rule, --value or --path"));
    }
    let access = if args.dry_run { Access::Read } else { Access::Write };
    let (mut review, _) = context.open_and_scan(&args.repository, access)?;
    if let Some(why) = &review.read_only {
        anyhow::bail!("no decision can be taken: {why}");
    }
    let members = select(&review.session, select_args)?;
    let choice = choice(args)?;
    let mut out = std::io::stdout().lock();
    let target = path_target(&review, args, &members)?;
    if members.is_empty() && target.is_none() {
        writeln!(out, "nothing matches: 0 places")?;
        return Ok(Exit::Remaining);
    }
    let (members, left) = open_ones(&review.session, members, args);
    let how = if args.select.sample { Origin::Sample } else { Origin::Batch };
    let mut not_fixed = Vec::new();
    let step = match target {
        _ if args.fix.is_some() => {
            let (all, refused) = mending(&review.session, &members, args);
            not_fixed = refused;
            if let (true, Some(why)) = (all.is_empty(), not_fixed.first()) {
                return Err(usage(why.clone()));
            }
            review.session.decide_all(&all, how, now())
        }
        _ if args.settle => settle(&mut review.session, &members, &choice),
        Some(target) => review.session.decide_paths(vec![target], &choice, how, now()),
        None => review.session.decide_as(&Scope::Listed(members), &choice, how, now()),
    };
    let step = step.map_err(|refusal| usage(refusal.to_string()))?;
    let left = (left > 0).then(|| {
        format!("{} left as decided before; --all decides them anew", many(left, "place"))
    });
    let left = left.into_iter().chain((!not_fixed.is_empty()).then(|| {
        let mut why = not_fixed.clone();
        why.sort();
        why.dedup();
        format!("{} left open: {}", many(not_fixed.len(), "place"), why.join("; "))
    }));
    let left: Vec<String> = left.collect();
    let left = (!left.is_empty()).then(|| left.join("\n"));
    write(&mut out, review, step, args.dry_run, left)
}

/// Returns what is to be mended and how, and why nothing can be done about the others.
fn mending(
    session: &Session,
    members: &[FindingIdx],
    args: &DecideArgs,
) -> (Vec<(Scope, Choice)>, Vec<String>) {
    let wish = FixWish {
        kind: args.fix.and_then(|fix| fix.0),
        licence: args.license.clone(),
        copyright: args.copyright.clone(),
    };
    let note = args.note.as_deref().map(Into::into);
    let bare = Choice { why: args.reason, note, ..Choice::new(Verdict::Fix) };
    wish.complete_all(session, members, &bare)
}

/// Writes a step, and says what it did. `left` says what it left alone.
pub(super) fn write(
    out: &mut impl Write,
    review: Review,
    step: Step,
    dry_run: bool,
    left: Option<String>,
) -> anyhow::Result<Exit> {
    let label = step.label();
    let more = match (step.drawn(), step.reopened()) {
        (Some(n), _) => {
            let drawn = many(n, "place");
            Some(format!("{drawn} drawn to be looked at; `debut list --sample` lists them"))
        }
        (None, 0) => None,
        (None, n) => Some(format!("bad draw: {} of the batch open again", many(n, "more place"))),
    };
    if dry_run {
        // It was decided in memory only, so that a refusal shows up here too.
        writeln!(out, "would {}", clean(&label))?;
    } else {
        let mut desk = review.desk;
        desk.record(step)?;
        desk.close()?;
        writeln!(out, "{}", clean(&label))?;
    }
    for line in more.into_iter().chain(left) {
        writeln!(out, "{line}")?;
    }
    if dry_run { Ok(Exit::Clean) } else { finish(out, &review.session) }
}

/// Ends the disputes among `members`. They were chosen on purpose, where there is no screen that
/// could have shown them.
fn settle(session: &mut Session, members: &[FindingIdx], choice: &Choice) -> Result<Step, Refusal> {
    let differ = |idx: &FindingIdx| session.standing(*idx).disputed;
    let members: Vec<FindingIdx> = members.iter().copied().filter(differ).collect();
    members.iter().for_each(|idx| session.mark_seen(*idx));
    session.settle_dispute(&members, choice, now())
}

/// Returns the open ones of `members` and how many others are left as they were decided: an
/// earlier verdict is not undone by the way. Where all are decided, a new one is meant for all.
fn open_ones(
    session: &Session,
    members: Vec<FindingIdx>,
    args: &DecideArgs,
) -> (Vec<FindingIdx>, usize) {
    let settled = |idx: &FindingIdx| !session.waits_for_reviewer(*idx);
    let (decided, open): (Vec<_>, Vec<_>) = members.iter().partition(|idx| settled(idx));
    let withdraws = args.verdict == Some(VerdictArg::Withdraw);
    if args.all || args.settle || withdraws || open.is_empty() {
        return (members, 0);
    }
    (open, decided.len())
}

fn finish(out: &mut impl Write, session: &Session) -> anyhow::Result<Exit> {
    let counts = session.counts();
    let open = many(counts.total.unresolved(), "group");
    writeln!(out, "{open} open, {} blocking", counts.total.blocking)?;
    if counts.rotation.waiting() > 0 {
        let n = many(counts.rotation.waiting(), "redacted credential");
        writeln!(out, "{n} not known to be rotated; `debut rotated` lists them")?;
    }
    if counts.disputed > 0 {
        let differ = many(counts.disputed, "place");
        writeln!(out, "{differ} on which reviewers differ; `debut list --disputed` says how")?;
    }
    Ok(Exit::Clean)
}

/// Excluding a path is about the path, found something there or not, and so is taking that back;
/// and a file that could not be judged has no findings to name.
fn path_target(
    review: &Review,
    args: &DecideArgs,
    members: &[FindingIdx],
) -> anyhow::Result<Option<Target>> {
    let select = &args.select;
    let Some(text) = select.within.as_deref() else { return Ok(None) };
    let path = plain_path(text);
    let there = review.source.is_directory(&path);
    let narrowed = select.rule.is_some() || select.value.is_some();
    let narrowed =
        narrowed || select.in_tree || select.history_only || select.sample || select.disputed;
    let narrowed = narrowed || select.unrotated;
    if narrowed || (is_glob(text) && there.is_none()) {
        return Ok(None);
    }
    let of_path = match args.verdict {
        Some(VerdictArg::Exclude) => true,
        // The places that are listed are not all that stands in it.
        Some(VerdictArg::Approve) => {
            let mut files = review.session.not_scanned().iter();
            files.any(|file| file.path == path && matches!(file.why, NotScanned::TooMany(_)))
        }
        Some(VerdictArg::Withdraw) => review.session.has_own_vote(&Target::Directory(path.clone())),
        _ => false,
    };
    if !of_path && !members.is_empty() {
        return Ok(None);
    }
    let is_directory = match there.or_else(|| was_directory(review, &path)) {
        Some(is_directory) => is_directory,
        // What was left out once can be taken back when it is gone.
        None if args.verdict == Some(VerdictArg::Withdraw) && of_path => true,
        None if Metadata::covers(&path) => {
            let why = "names no file that could be left out: approve or redact what stands there";
            return Err(usage(format!("--path {text}: {why}")));
        }
        None => return Err(usage(format!("--path {text}: not in the reviewed commit"))),
    };
    Ok(Some(if is_directory { Target::Directory(path) } else { Target::File(path) }))
}

/// Returns whether `path` was a directory in the history, as far as anything was found there or
/// could not be judged.
fn was_directory(review: &Review, path: &RepoPath) -> Option<bool> {
    if Metadata::covers(path) {
        return None;
    }
    let session = &review.session;
    let unseen = session.not_scanned().iter().map(|file| &file.path);
    let mut known = session.findings().map(|(_, finding)| &finding.path).chain(unseen);
    let first = known.find(|known| known.is_within(path))?;
    Some(first != path)
}

fn choice(args: &DecideArgs) -> anyhow::Result<Choice> {
    let verdict = match args.verdict {
        Some(VerdictArg::Correct) if args.correct.is_none() => {
            return Err(usage("--verdict correct: --correct says which licence holds"));
        }
        Some(VerdictArg::Fix) if args.fix.is_none() => {
            return Err(usage("--verdict fix: --fix says how, such as --fix usual"));
        }
        Some(other) if args.correct.is_some() && other != VerdictArg::Correct => {
            return Err(usage("--correct is a verdict of its own"));
        }
        Some(other) if args.fix.is_some() && other != VerdictArg::Fix => {
            return Err(usage("--fix is a verdict of its own"));
        }
        None if args.correct.is_some() => VerdictArg::Correct,
        None if args.fix.is_some() => VerdictArg::Fix,
        // The parser has made sure that there is one.
        other => other.unwrap_or(VerdictArg::Defer),
    };
    let act = match verdict {
        VerdictArg::Approve => Act::Give(Verdict::Approve),
        VerdictArg::Redact => Act::Give(Verdict::Redact),
        VerdictArg::Exclude => Act::Give(Verdict::Exclude),
        VerdictArg::Defer => Act::Give(Verdict::Defer),
        VerdictArg::Correct => Act::Give(Verdict::Correct),
        VerdictArg::Fix => Act::Give(Verdict::Fix),
        VerdictArg::Withdraw => Act::Withdraw,
    };
    let to = match &args.correct {
        Some(text) => Some(conclude(text).map_err(|why| usage(format!("--correct: {why}")))?),
        None => args.to.clone(),
    };
    Ok(Choice {
        act,
        why: args.reason,
        to: to.map(Into::into),
        note: args.note.as_deref().map(Into::into),
    })
}
