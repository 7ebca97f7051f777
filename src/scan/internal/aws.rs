// SPDX-License-Identifier: MIT OR Apache-2.0
//! AWS accounts, resource names and resource ids.

use std::ops::Range;

use super::{Slot, after, before, has_any, is_word, push, widen};
use crate::{
    domain::{PathClass, RuleIdx, Severity},
    rules::RuleSet,
    scan::{Detector, Reach, Sink, View},
};

/// So many lines of a list of accounts are read.
const LIST_LINES: u8 = 12;

/// Accounts of AWS itself and of well-known image makers, and those of its documentation.
const KNOWN_ACCOUNTS: &[&str] = &[
    "123456789012",
    "123456789101",
    "012345678901",
    "012345678910",
    "210987654321",
    "111122223333",
    "444455556666",
    "777788889999",
    "123456789123",
    "987654321098",
    "987654321012",
    "098765432109",
    // Image makers.
    "099720109477",
    "136693071363",
    "379101102735",
    "309956199498",
    "125523088429",
    "679593333241",
    "013907871322",
    "801119661308",
    "137112412989",
    "591542846629",
    "792107900819",
    "764336703387",
    "410186602215",
    "161831738826",
    "075585003325",
    // EKS, CloudTrail, ELB logs, SageMaker.
    "602401143452",
    "086441151436",
    "127311923021",
    "033677994240",
    "027434742980",
    "797873946194",
    "985666609251",
    "054676820928",
    "156460612806",
    "652711504416",
    "009996457667",
    "897822967062",
    "754344448648",
    "582318560864",
    "600734575887",
    "383597477331",
    "114774131450",
    "783225319266",
    "718504428378",
    "507241528517",
    "638102146993",
    "763104351884",
    "464622532012",
];

/// Heads of resource ids; `ami-` is different, most images are public.
const KINDS: &[&str] = &[
    "vpc", "subnet", "sg", "igw", "rtb", "eni", "i", "vol", "snap", "acl", "eipalloc", "nat",
    "pcx", "tgw", "vpce", "fs", "ami", "lt",
];

pub(super) struct Aws {
    account: Option<Slot>,
    arn: Option<Slot>,
    resource: Option<Slot>,
}

impl Aws {
    pub(super) fn new(rules: &RuleSet) -> Self {
        Self {
            account: Slot::find(rules, "internal/aws-account"),
            arn: Slot::find(rules, "internal/aws-arn"),
            resource: Slot::find(rules, "internal/aws-resource-id"),
        }
    }

    /// Takes `arn:aws:service:region:account:resource` apart. The account and the resource's own
    /// name are two values, so that each can be replaced without breaking the rest.
    fn arn(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        let ends = |b: u8| b.is_ascii_graphic() && !b"\"'`,;)(]<>|$%{}\\".contains(&b);
        let arn = at.start..widen(text, at.end..at.end, 512, ends).end;
        let mut fields = text[arn.clone()].splitn(6, |b| *b == b':');
        let (Some(service), Some(account), Some(rest)) =
            (fields.nth(2), fields.nth(1), fields.next())
        else {
            return;
        };
        let name = arn.end - rest.len();
        let digits = name - 1 - account.len()..name - 1;
        if account.len() != 12 || !is_account(account) {
            return;
        }
        push(self.account, sink, |slot| slot.hit(digits));
        let Some(name) = own_name(text, service, name..arn.end) else { return };
        let guarded = service == b"secretsmanager"
            || service == b"kms"
            || service == b"iam" && rest.starts_with(b"user/");
        push(self.arn, sink, |slot| match guarded {
            true => slot.high(name, "a secret, a key or a person's account"),
            false => slot.hit(name),
        });
    }

    /// Looks for an account on the line of the keyword, and for a list of them below it.
    fn account(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let mut line = view.line(at.start);
        // A remark behind the number may say what it is.
        let from = line.start.max(at.start.saturating_sub(80));
        self.accounts_in(view, from..line.end.min(at.end + 200), false, sink);
        for _ in 0..LIST_LINES {
            if line.end + 1 >= view.text.len() {
                return;
            }
            line = view.line(line.end + 1);
            let item = view.text[line.clone()].trim_ascii();
            let item = item.split(|b| *b == b'#').next().unwrap_or_default();
            let lone = item.iter().all(|b| b.is_ascii_digit() || b"\"'-, []".contains(b));
            if !lone || item.is_empty() {
                return;
            }
            self.accounts_in(view, line.clone(), true, sink);
        }
    }

    fn accounts_in(&self, view: &View<'_>, part: Range<usize>, lone: bool, sink: &mut Sink) {
        let text = view.text;
        let mut from = part.start;
        while let Some(at) = text[from..part.end].iter().position(u8::is_ascii_digit) {
            let span = widen(text, from + at..from + at, 40, |b| b.is_ascii_digit());
            from = span.end.max(from + at + 1);
            let (left, right) = (before(text, span.start), after(text, span.end));
            let quoted = |b: u8| matches!(b, b'"' | b'\'');
            let alone = !is_word(left)
                && !is_word(right)
                && !matches!(left, b'.' | b'-' | b'+' | b'#' | b'/')
                && !matches!(right, b'.' | b'-');
            let fits = !lone || quoted(left) || left == b' ';
            if span.len() == 12 && alone && fits && is_account(&text[span.clone()]) {
                push(self.account, sink, |slot| slot.hit(span));
            }
            if from >= part.end {
                break;
            }
        }
    }

    fn resource(&self, view: &View<'_>, at: Range<usize>, sink: &mut Sink) {
        let text = view.text;
        // Keywords of instances bring a quote and the first digit along.
        let Some(dash) = text[at.clone()].iter().rposition(|b| *b == b'-') else { return };
        let dash = at.start + dash;
        let head = widen(text, dash..dash, 10, |b| b.is_ascii_alphabetic()).start;
        let kind = &text[head..dash];
        let id = dash + 1..widen(text, dash + 1..dash + 1, 20, |b| b.is_ascii_hexdigit()).end;
        let left = before(text, head);
        let joined = is_word(left) || left == b'-' || left == b'.' || is_word(after(text, id.end));
        if !matches!(id.len(), 8 | 17)
            || joined
            || after(text, id.end) == b'-'
            || !KINDS.iter().any(|known| known.as_bytes() == kind)
            || is_made_up(&text[id.clone()])
        {
            return;
        }
        push(self.resource, sink, |slot| match kind == b"ami" {
            true => slot.low(head..id.end).note("most images are public"),
            false => slot.hit(head..id.end),
        });
    }
}

/// Whether a line may be followed by a list: it ends with what opens one, or with a remark.
fn begins_list(line: &[u8]) -> bool {
    let line = line.trim_ascii_end();
    line.last().is_some_and(|last| b":=[({,>|".contains(last)) || line.contains(&b'#')
}

impl Detector for Aws {
    fn worth(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) -> bool {
        // Accounts may be listed below the line.
        let listed = self.account.is_some_and(|slot| slot.rule == rule) && begins_list(view.text);
        self.at(view, rule, at, sink);
        listed || !sink.is_empty()
    }

    fn reach(&self) -> Reach {
        Reach::lines(0, LIST_LINES)
    }

    fn at(&self, view: &View<'_>, rule: RuleIdx, at: Range<usize>, sink: &mut Sink) {
        let is = |slot: Option<Slot>| slot.is_some_and(|slot| slot.rule == rule);
        if view.class == PathClass::Vendored {
            return;
        }
        let first = sink.len();
        if is(self.arn) {
            self.arn(view, at, sink);
        } else if is(self.account) {
            self.account(view, at, sink);
        } else if is(self.resource) {
            self.resource(view, at, sink);
        }
        // A real id inside a test is as much a leak as elsewhere: made-up ones were left out.
        if view.class == PathClass::Test && is(self.resource) {
            sink[first..]
                .iter_mut()
                .filter(|hit| hit.severity >= Severity::Medium)
                .for_each(|hit| hit.notes.push("a test, but the id does not look made up".into()));
        }
    }
}

/// The part of the resource that its owner chose: behind `role/`, `secret:` and the like.
fn own_name(text: &[u8], service: &[u8], rest: Range<usize>) -> Option<Range<usize>> {
    let part = &text[rest.clone()];
    let kind = match service {
        b"s3" | b"sns" | b"sqs" => None,
        _ => part.iter().position(|b| matches!(b, b'/' | b':')),
    };
    let name = rest.start + kind.map_or(0, |i| i + 1)..rest.end;
    let stars = text[name.clone()].iter().all(|b| b"*/:.".contains(b));
    let stock = matches!(&text[name.clone()], b"root")
        || has_any(&text[name.clone()], &["example", "Example", "aws-service-role", "EXAMPLE"]);
    // A template follows: the name is not here.
    let cut = matches!(after(text, name.end), b'$' | b'%' | b'{' | b'<');
    let open = text[..name.end].ends_with(b"/");
    (!stars && !stock && !cut && !open && name.len() >= 3).then_some(name)
}

fn is_account(digits: &[u8]) -> bool {
    let mut seen = [false; 10];
    let all = digits.iter().all(u8::is_ascii_digit);
    digits.iter().filter(|b| b.is_ascii_digit()).for_each(|b| seen[usize::from(b - b'0')] = true);
    // One real account in 300 has but four different digits; what was typed has a pattern.
    let distinct = seen.iter().filter(|seen| **seen).count();
    all && !counts_up(digits)
        && (distinct > 4 || distinct > 2 && !has_pattern(digits))
        && !KNOWN_ACCOUNTS.iter().any(|known| known.as_bytes() == digits)
}

/// Whether most digits follow the one before, as when somebody runs a finger along the keys.
fn counts_up(digits: &[u8]) -> bool {
    let next = |b: u8| if b == b'9' { b'0' } else { b + 1 };
    digits.windows(2).filter(|pair| pair[1] == next(pair[0])).count() >= 7
}

/// Three of a digit in a row, three counted up or down, or one part over and over.
fn has_pattern(digits: &[u8]) -> bool {
    let steps = |up: u8, down: u8| {
        digits.windows(3).any(|w| {
            (w[1] == w[0] + up && w[2] == w[1] + up) || (w[0] == w[1] + down && w[1] == w[2] + down)
        })
    };
    let repeats = |n: usize| digits.iter().zip(digits.iter().skip(n)).all(|(a, b)| a == b);
    steps(0, 0) || steps(1, 1) || [2, 3, 4, 6].into_iter().any(repeats)
}

/// Whether the id was typed by hand: few digits, or a sequence.
fn is_made_up(id: &[u8]) -> bool {
    let mut seen = [false; 16];
    for b in id {
        if let Some(digit) = char::from(*b).to_digit(16) {
            seen[digit as usize & 15] = true;
        }
    }
    let distinct = seen.iter().filter(|seen| **seen).count();
    let letters_only = id.iter().all(u8::is_ascii_alphabetic);
    let lower = id.to_ascii_lowercase();
    let typed =
        ["1234", "abcd", "a1b2c3", "deadbeef", "cafe", "5678", "01010101", "a0b1c2", "0a1b2c"];
    distinct <= 3 || letters_only || has_any(&lower, &typed)
}
