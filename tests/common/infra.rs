// SPDX-License-Identifier: MIT OR Apache-2.0
//! Grows a repository that looks like an infrastructure's, of any size, and knows the right
//! verdict for everything in it that is to be found.
//!
//! What is right depends on the value, as for people: a password that stands in fixtures only is
//! test data, one that stands in a role as well is a password wherever it stands, and a token with
//! a valid checksum is a token in tests too. Few values stand at hundreds of places, most at one.

#![allow(dead_code, unreachable_pub, reason = "each test binary uses its own part")]
#![allow(clippy::expect_used, reason = "a test may panic")]

use std::collections::BTreeMap;

use data_encoding::BASE64;

use crate::common::github_token;

/// A place that is to be found, and what is to become of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    pub path: String,
    pub line: u32,
    pub rule: &'static str,
    pub verdict: &'static str,
}

/// A repository before it is committed.
#[derive(Default)]
pub struct Infra {
    pub files: BTreeMap<String, String>,
    pub planted: Vec<Planted>,
    /// How many different values were planted.
    pub values: usize,
}

/// Where the places of a value stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Area {
    /// Roles, data of nodes, states, Terraform; never tests.
    Inside,
    /// The same, and now and then a fixture that was copied from there.
    Copied,
    Tests,
    Vendor,
    Docs,
}

/// Values of one kind: rule, area, right verdict, places in a thousand, and how to write them.
type Kind = (&'static str, Area, &'static str, usize, fn(&mut Dice, usize) -> (String, String));

const KINDS: &[Kind] = &[
    ("internal/internal-host", Area::Inside, "redact", 240, host),
    ("internal/private-address", Area::Inside, "redact", 160, address),
    ("sensitive/generic-password", Area::Copied, "redact", 120, password),
    ("internal/aws-resource-id", Area::Copied, "redact", 100, resource),
    ("sensitive/generic-password", Area::Tests, "approve", 60, password),
    ("sensitive/personal-email", Area::Inside, "redact", 60, email),
    ("internal/ticket-number", Area::Inside, "redact", 50, ticket),
    ("internal/aws-resource-id", Area::Tests, "approve", 40, resource),
    ("sensitive/personal-email", Area::Vendor, "approve", 40, email),
    ("internal/bucket", Area::Inside, "redact", 36, bucket),
    ("sensitive/url-password", Area::Docs, "approve", 30, example),
    ("sensitive/github-token", Area::Copied, "redact", 20, token),
    ("sensitive/generic-password", Area::Vendor, "approve", 16, password),
    ("internal/chat-channel", Area::Inside, "redact", 12, room),
    ("internal/chat-channel", Area::Inside, "approve", 12, public_room),
    ("sensitive/github-token", Area::Tests, "redact", 4, token),
];

/// Places in a file, about.
const PLACES_PER_FILE: usize = 15;

impl Infra {
    /// Grows a repository in which `places` places are to be found.
    pub fn grow(places: usize) -> Self {
        let mut infra = Self::default();
        let mut dice = Dice(0x5eed);
        infra.files.insert("LICENSE".into(), include_str!("../../LICENSE-MIT").into());
        infra.keys(places / 500 + 1, &mut dice);
        let rest = places - infra.planted.len();
        let sum: usize = KINDS.iter().map(|kind| kind.3).sum();
        for (i, kind) in KINDS.iter().enumerate() {
            let done: usize = KINDS[..i].iter().map(|kind| kind.3).sum();
            let share = (done + kind.3) * rest / sum - done * rest / sum;
            infra.plant(kind, share, places, &mut dice);
        }
        infra.planted.sort();
        infra
    }

    /// Returns the files as they are committed.
    pub fn entries(&self) -> Vec<(&str, &[u8])> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())).collect()
    }

    /// Private keys: the file goes.
    fn keys(&mut self, count: usize, dice: &mut Dice) {
        for i in 0..count {
            let path = format!("keys/deploy-{i}.pem");
            self.files.insert(path.clone(), private_key(dice));
            self.values += 1;
            let (rule, verdict) = ("sensitive/private-key", "exclude");
            self.planted.push(Planted { path, line: 1, rule, verdict });
        }
    }

    /// Plants `share` places of a kind: a fifth as many values, the first of them far more often
    /// than the others.
    fn plant(&mut self, kind: &Kind, share: usize, all: usize, dice: &mut Dice) {
        let (rule, area, verdict, _, write) = *kind;
        let count = (share / 5).max(1).min(share);
        self.values += count;
        let weights: f64 = (1..=count).map(|i| 1.0 / i as f64).sum();
        let mut left = share - count;
        for i in 0..count {
            let (key, value) = write(dice, self.values * 7 + i);
            let more = ((share - count) as f64 / weights / (i + 1) as f64).ceil() as usize;
            let more = if i + 1 == count { left } else { more.min(left) };
            left -= more;
            for n in 0..=more {
                let copied = area == Area::Copied && n > 0 && dice.below(12) == 0;
                let area = if copied { Area::Tests } else { area };
                let path = path(area, all, dice);
                let line = self.write(&path, &key, &value, dice);
                self.planted.push(Planted { path, line, rule, verdict });
            }
        }
    }

    /// Writes a line at the end of a file and returns its number.
    fn write(&mut self, path: &str, key: &str, value: &str, dice: &mut Dice) -> u32 {
        let text = self.files.entry(path.to_owned()).or_insert_with(|| match path {
            path if path.ends_with(".md") => "# How it is used\n\n".into(),
            path if path.ends_with(".tf") => "# managed here\nlocals {\n".into(),
            _ => "---\n# managed here\n".into(),
        });
        for _ in 0..dice.below(3) {
            text.push_str(FILLER[dice.below(FILLER.len())]);
        }
        text.push_str(&match path {
            path if path.ends_with(".md") => format!("    curl {value}\n"),
            path if path.ends_with(".tf") => format!("  {key} = \"{value}\"\n"),
            _ => format!("{key}: \"{value}\"\n"),
        });
        u32::try_from(text.lines().count()).expect("a short file")
    }
}

const FILLER: &[&str] =
    &["# keep in step with the other sites\n", "\n", "# reviewed each quarter\n", "# see above\n"];

/// Returns a file of `area`; a larger repository has more of them.
fn path(area: Area, all: usize, dice: &mut Dice) -> String {
    let files = all / PLACES_PER_FILE + 8;
    let i = dice.below(files / 4 + 1);
    let word = WORDS[i % WORDS.len()];
    match area {
        Area::Inside | Area::Copied => match dice.below(5) {
            0 => format!("roles/{word}{i}/vars/main.yml"),
            1 => format!("roles/{word}{i}/defaults/main.yml"),
            2 => format!("hieradata/roles/{word}{i}.yaml"),
            3 => format!("salt/pillar/{word}{i}/init.sls"),
            _ => format!("terraform/{word}{i}/locals.tf"),
        },
        Area::Tests => format!("tests/fixtures/{word}{}/input.yml", i / 2),
        Area::Vendor => format!("vendor/github.com/upstream/{word}{}/config.yml", i / 4),
        Area::Docs => format!("docs/{word}{}.md", i / 6),
    }
}

const WORDS: &[&str] =
    &["nginx", "postgres", "redis", "haproxy", "bind", "mail", "builder", "ldap", "proxy", "queue"];

fn word(i: usize) -> &'static str {
    WORDS[i % WORDS.len()]
}

fn host(_: &mut Dice, i: usize) -> (String, String) {
    ("upstream_host".into(), format!("{}{i}.core.internal", word(i)))
}

fn address(_: &mut Dice, i: usize) -> (String, String) {
    let (a, b, c) = (20 + i / 62_500, i / 250 % 250, 2 + i % 250);
    ("listen_address".into(), format!("10.{a}.{b}.{c}"))
}

fn password(dice: &mut Dice, _: usize) -> (String, String) {
    ("db_password".into(), dice.mixed(16))
}

fn resource(dice: &mut Dice, i: usize) -> (String, String) {
    let (key, prefix) = [("vpc_id", "vpc"), ("subnet_id", "subnet"), ("group_id", "sg")][i % 3];
    let id: String = (0..8).map(|_| dice.draw(b"bcdef", 1) + &dice.draw(b"23456789", 1)).collect();
    (key.into(), format!("{prefix}-0{id}"))
}

fn email(dice: &mut Dice, i: usize) -> (String, String) {
    let (given, family) = (dice.syllables(2), dice.syllables(3));
    ("contact".into(), format!("{given}.{family}{i}@gmail.com"))
}

fn ticket(_: &mut Dice, i: usize) -> (String, String) {
    ("change".into(), format!("CHG{:07}", 30_000 + i))
}

fn bucket(_: &mut Dice, i: usize) -> (String, String) {
    ("bucket".into(), format!("nordwerk-{}-{i}-backups", word(i)))
}

fn room(_: &mut Dice, i: usize) -> (String, String) {
    ("slack_channel".into(), format!("#ops-{}{i}", word(i)))
}

fn public_room(_: &mut Dice, i: usize) -> (String, String) {
    ("slack_channel".into(), format!("#community-{}{i}", word(i)))
}

fn token(_: &mut Dice, i: usize) -> (String, String) {
    ("deploy_token".into(), github_token(u32::try_from(i).expect("a small number")))
}

fn example(dice: &mut Dice, i: usize) -> (String, String) {
    (String::new(), format!("https://admin:{}@web{i}.example.com/", dice.mixed(14)))
}

/// A block whose outermost structure has the right length; no real key.
fn private_key(dice: &mut Dice) -> String {
    let mut der = vec![0x30, 0x82, 0x02, 0x58];
    der.extend((0..600).map(|_| u8::try_from(dice.below(256)).expect("a byte")));
    let body = BASE64.encode(&der);
    let lines: Vec<String> =
        body.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into()).collect();
    let label = ["RSA PRIVATE", "KEY"].join(" ");
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// Draws from a fixed sequence.
pub struct Dice(pub u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub fn below(&mut self, end: usize) -> usize {
        (self.next() >> 16) as usize % end
    }

    fn draw(&mut self, letters: &[u8], count: usize) -> String {
        (0..count).map(|_| char::from(letters[self.below(letters.len())])).collect()
    }

    /// Small and capital letters and digits by turns, as a generator of passwords has them.
    fn mixed(&mut self, count: usize) -> String {
        let sets: [&[u8]; 3] = [b"bcdfghjkmnpqrstvwxz", b"BCDFGHJKLMNPQRSTVWXZ", b"23456789"];
        (0..count).map(|i| self.draw(sets[(i + i / 3) % 3], 1)).collect()
    }

    fn syllables(&mut self, count: usize) -> String {
        (0..count).map(|_| self.draw(b"bdfgklmnprstv", 1) + &self.draw(b"aeiou", 1)).collect()
    }
}
