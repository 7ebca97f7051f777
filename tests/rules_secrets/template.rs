// SPDX-License-Identifier: MIT OR Apache-2.0
//! Builds sample values at run time, so that no committed file looks like a live credential.
//!
//! `{h32}` becomes 32 characters of the alphabet `h`, and so on; `{{` and `}}` are braces. What
//! has a checksum has a name: `{gh:ghp_}`, `{pem:RSA PRIVATE KEY}`. `{fit:RULE:FIELD:12??}` is the
//! first number with other check digits for `?` that the rule finds behind the field. The same
//! template always gives the same text.

use data_encoding::{BASE32_NOPAD, BASE64, BASE64_NOPAD, BASE64URL_NOPAD};

use crate::vendors;

use super::keys;

const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const BECH32: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// Draws from a fixed sequence that depends on the template.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn draw(&mut self, alphabet: &str, count: usize) -> String {
        let letters = alphabet.as_bytes();
        (0..count).map(|_| char::from(letters[self.next() as usize % letters.len()])).collect()
    }

    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        (0..count).map(|_| (self.next() >> 32) as u8).collect()
    }
}

pub(crate) fn alphabet(letter: &str) -> String {
    let lower = "abcdefghijklmnopqrstuvwxyz";
    let upper = lower.to_uppercase();
    let digits = "0123456789";
    match letter {
        "h" | "x" => format!("{digits}abcdef"),
        "H" => format!("{digits}ABCDEF"),
        "d" => digits.into(),
        "l" => format!("{lower}{digits}"),
        "u" => format!("{upper}{digits}"),
        "L" => format!("{lower}{upper}"),
        // No dash at an edge, where the real formats have none to speak of.
        "a" | "w" => format!("{lower}{upper}{digits}"),
        "b" => format!("{lower}{upper}{digits}+/"),
        "z" => format!("{lower}234567"),
        "Z" => format!("{upper}234567"),
        "P" => "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".into(),
        "J" => format!("{lower}{digits}!@#%^&*(_+)"),
        _ => panic!("unknown alphabet {letter}"),
    }
}

/// Expands a template.
pub(crate) fn expand(template: &str) -> String {
    let seed = template.bytes().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    write(template, &mut Dice(seed))
}

fn write(template: &str, dice: &mut Dice) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        let open = &rest[at..];
        if open.starts_with("{{") || open.starts_with("}}") {
            out.push_str(&open[..1]);
            rest = &open[2..];
            continue;
        }
        let close = matching(open);
        out.push_str(&value(&open[1..close], dice));
        rest = &open[close + 1..];
    }
    out + rest
}

fn matching(open: &str) -> usize {
    let mut depth = 0;
    for (i, c) in open.char_indices() {
        depth += match c {
            '{' => 1,
            '}' => -1,
            _ => 0,
        };
        if depth == 0 {
            return i;
        }
    }
    panic!("no closing brace in {open}")
}

fn value(name: &str, dice: &mut Dice) -> String {
    let (kind, argument) = name.split_once(':').unwrap_or((name, ""));
    match kind {
        "U" => uuid(dice),
        "gh" => github(argument, dice),
        "cf" => cloudflare(argument, dice),
        "atl" => atlassian(argument, dice),
        "glsa" => {
            let head = format!("glsa_{}", dice.draw(&alphabet("a"), 32));
            let sum = crc32fast::hash(head.as_bytes()).swap_bytes();
            format!("{head}_{sum:08x}")
        }
        "confluent" => {
            let body = dice.draw(&alphabet("b"), 54);
            let sum = BASE64.encode(&crc32fast::hash(body.as_bytes()).to_le_bytes());
            format!("cflt{body}{}", &sum[..6])
        }
        "ado" => azure_devops(dice),
        "matrix" => matrix(dice),
        "sntrys" | "glc" | "grafanakey" | "ops" | "snyk" | "miro" | "mapbox" => {
            with_json(kind, argument, dice)
        }
        "teamcity" => {
            let head = BASE64.encode(br#"{"typ": "TCV2"}"#);
            let (first, second) = (dice.bytes(27), dice.bytes(36));
            format!("{head}.{}.{}", BASE64URL_NOPAD.encode(&first), BASE64.encode(&second))
        }
        "intercom" => BASE64.encode(format!("tok:{}", dice.draw(&alphabet("h"), 40)).as_bytes()),
        "pypi" => pypi(b"\x02\x01\x08pypi.org", dice),
        "testpypi" => pypi(b"\x02\x01\x0dtest.pypi.org", dice),
        "azure" => vendors::azure(argument, dice),
        "cask" => vendors::cask(argument, dice),
        "entra" => vendors::entra(dice),
        "glr" => vendors::gitlab_routable(argument, dice),
        "age" => bech32("age-secret-key-", 52, dice).to_uppercase(),
        "ageplugin" => bech32("age-plugin-yubikey-", 52, dice).to_uppercase(),
        "nsec" => bech32("nsec", 52, dice),
        "nkey" => nkey(dice),
        "discord" => BASE64URL_NOPAD.encode(dice.draw("123456789", 18).as_bytes()),
        "jwt" => jwt(r#"{"sub":"deploy","exp":1893456000}"#, dice),
        "pem" => pem(argument, "\n", dice),
        "der" => BASE64.encode(&keys::der(argument, |count| dice.bytes(count))),
        "gcppem" => pem("PRIVATE KEY", "\\n", dice) + "\\n",
        "B" => BASE64.encode(write(argument, dice).as_bytes()),
        "cisco" => keys::cisco(&write(argument, dice)),
        "words" => keys::recovery_words(&dice.bytes(argument.parse().unwrap_or(16))),
        "card" => card(dice),
        "iban" => iban(dice),
        "mrz" => mrz(argument, dice),
        "fit" => super::personal::fit(argument),
        _ => {
            if let Some(key) = keys::key(kind, |count| dice.bytes(count)) {
                return key;
            }
            let (letter, count) = kind.split_at(1);
            dice.draw(&alphabet(letter), count.parse().expect("a count"))
        }
    }
}

fn uuid(dice: &mut Dice) -> String {
    let mut part = |n| dice.draw(&alphabet("h"), n);
    format!("{}-{}-4{}-a{}-{}", part(8), part(4), part(3), part(3), part(12))
}

fn github(prefix: &str, dice: &mut Dice) -> String {
    let body = dice.draw(&alphabet("a"), 30);
    format!("{prefix}{body}{}", base62_sum(&body))
}

/// The CRC-32 of `text` in six digits of base 62.
fn base62_sum(text: &str) -> String {
    let mut rest = crc32fast::hash(text.as_bytes());
    let mut sum = [b'0'; 6];
    for place in sum.iter_mut().rev() {
        *place = BASE62[(rest % 62) as usize];
        rest /= 62;
    }
    String::from_utf8_lossy(&sum).into_owned()
}

fn matrix(dice: &mut Dice) -> String {
    let user = BASE64_NOPAD.encode(b"deploy-bot");
    let head = format!("syt_{user}_{}", dice.draw(&alphabet("L"), 20));
    format!("{head}_{}", base62_sum(&head))
}

/// Tokens with JSON inside.
fn with_json(kind: &str, argument: &str, dice: &mut Dice) -> String {
    let key = dice.draw(&alphabet("a"), 43);
    let json = match kind {
        "sntrys" => {
            r#"{"iat":1712345678.9,"url":"https://sentry.io","region_url":"https://us.sentry.io","org":"corp"}"#.into()
        }
        "glc" => format!(r#"{{"o":"7","n":"push-logs","k":"{key}","m":{{"r":"eu"}}}}"#),
        "grafanakey" => format!(r#"{{"k":"{key}","n":"deploy","id":1}}"#),
        "ops" => format!(
            r#"{{"signInAddress":"corp.1password.com","email":"x@1passwordserviceaccounts.com","muk":{{"k":"{key}"}},"secretKey":"{key}","deviceUuid":"{key}"}}"#
        ),
        "miro" => r#"{"miro.origin":"eu01"}"#.into(),
        "mapbox" => format!(r#"{{"u":"corp","a":"{}"}}"#, dice.draw(&alphabet("l"), 25)),
        _ => r#"{"exp":1893456000,"iss":"https://api.snyk.io"}"#.into(),
    };
    let padded = BASE64.encode(json.as_bytes());
    let plain = BASE64URL_NOPAD.encode(json.as_bytes());
    let mut random = |count| dice.draw(&alphabet("a"), count);
    match kind {
        "sntrys" => format!("sntrys_{padded}_{}", random(43)),
        "glc" => format!("glc_{padded}"),
        "ops" => format!("ops_{plain}"),
        "snyk" => format!("snyk_uat.{}.{plain}.{}", &"0a1b2c3d", random(86)),
        "mapbox" => format!("{argument}.{plain}.{}", random(22)),
        _ => padded,
    }
}

fn pypi(head: &[u8], dice: &mut Dice) -> String {
    let rest = [b"\x02\x24".to_vec(), dice.bytes(60), vec![6, 32], dice.bytes(32)];
    format!("pypi-{}", BASE64URL_NOPAD.encode(&[head, &rest.concat()].concat()))
}

fn cloudflare(prefix: &str, dice: &mut Dice) -> String {
    let body = dice.draw(&alphabet("a"), 40);
    format!("{prefix}{body}{:08x}", crc32fast::hash(body.as_bytes()))
}

/// `PREFIX:LENGTH` and `=` where the format has one before the sum.
fn atlassian(argument: &str, dice: &mut Dice) -> String {
    let (prefix, length) = argument.split_once(':').expect("prefix and length");
    let count = length.trim_end_matches('=').parse().expect("a count");
    let equals = if length.ends_with('=') { "=" } else { "" };
    let head = format!("{prefix}{}{equals}", dice.draw(&alphabet("a"), count));
    format!("{head}{:08X}", crc32fast::hash(head.as_bytes()))
}

fn azure_devops(dice: &mut Dice) -> String {
    let mut bytes = dice.bytes(32);
    let data = [&bytes[..2], &bytes[3..7], &bytes[9..22], &bytes[23..]].concat();
    let sum = (crc32fast::hash(&data) ^ 0xe0b9_692d).to_be_bytes();
    for (place, byte) in [2, 7, 8, 22].into_iter().zip(sum) {
        bytes[place] = byte;
    }
    BASE32_NOPAD.encode(&bytes).to_lowercase()
}

fn bech32(prefix: &str, count: usize, dice: &mut Dice) -> String {
    let step = |sum: u32, digit: u32| {
        let terms = [0x3b6a_57b2_u32, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
        let next = (sum & 0x01ff_ffff) << 5 ^ digit;
        (0..5).filter(|bit| sum >> 25 >> bit & 1 == 1).fold(next, |sum, bit| sum ^ terms[bit])
    };
    let data: Vec<u32> = (0..count).map(|_| dice.next() as u32 & 31).collect();
    let high = prefix.bytes().map(|b| u32::from(b) >> 5);
    let low = prefix.bytes().map(|b| u32::from(b) & 31);
    let all = high.chain([0]).chain(low).chain(data.iter().copied()).chain([0; 6]);
    let sum = all.fold(1, step) ^ 1;
    let tail = (0..6).map(|i| sum >> (5 * (5 - i)) & 31);
    let text = data.iter().copied().chain(tail).map(|d| char::from(BECH32[d as usize]));
    format!("{prefix}1{}", text.collect::<String>())
}

fn nkey(dice: &mut Dice) -> String {
    // A seed's first two bytes say "seed" and "user": together they read SU.
    let mut bytes = vec![0x90 | 0xa0 >> 5, (0xa0_u8 & 31) << 3];
    bytes.extend(dice.bytes(32));
    let crc = bytes.iter().fold(0_u16, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte) << 8, |crc, _| {
            if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 }
        })
    });
    bytes.extend(crc.to_le_bytes());
    BASE32_NOPAD.encode(&bytes)
}

fn jwt(claims: &str, dice: &mut Dice) -> String {
    let header = BASE64URL_NOPAD.encode(br#"{"alg":"HS256","typ":"JWT"}"#);
    let signature = BASE64URL_NOPAD.encode(&dice.bytes(32));
    format!("{header}.{}.{signature}", BASE64URL_NOPAD.encode(claims.as_bytes()))
}

/// A block with the structure that its label promises; no real key.
pub(crate) fn pem(label: &str, end: &str, dice_or_none: impl Into<Seed>) -> String {
    let mut dice = dice_or_none.into().0;
    let body = BASE64.encode(&keys::der(label, |count| dice.bytes(count)));
    let label = match label {
        "OPENSSH ENCRYPTED" => "OPENSSH PRIVATE KEY",
        "PGP PROTECTED" => "PGP PRIVATE KEY BLOCK",
        label => label,
    };
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).expect("ASCII")).collect();
    format!("-----BEGIN {label}-----{end}{}{end}-----END {label}-----", lines.join(end))
}

/// Where the randomness of a block comes from.
pub(crate) struct Seed(Dice);

impl From<&mut Dice> for Seed {
    fn from(dice: &mut Dice) -> Self {
        Self(Dice(dice.next()))
    }
}

impl From<u64> for Seed {
    fn from(seed: u64) -> Self {
        Self(Dice(seed))
    }
}

fn card(dice: &mut Dice) -> String {
    let body = format!("4539{}", dice.draw("123456789", 11));
    let digit = (0..10).find(|last| luhn(&format!("{body}{last}"))).expect("one digit fits");
    format!("{body}{digit}")
}

fn luhn(number: &str) -> bool {
    let sum: u32 = number
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| (u32::from(b - b'0') << (i % 2), ()))
        .map(|(d, ())| if d > 9 { d - 9 } else { d })
        .sum();
    sum.is_multiple_of(10)
}

fn iban(dice: &mut Dice) -> String {
    let body = dice.draw("123456789", 18);
    // D is 13 and E is 14; the check digits make the remainder 1.
    let rest = format!("{body}131400").bytes().fold(0, |r, b| (r * 10 + u64::from(b - b'0')) % 97);
    format!("DE{:02}{body}", 98 - rest)
}

/// The second line of a passport of the country.
fn mrz(country: &str, dice: &mut Dice) -> String {
    let sum = |field: &str| {
        let of = |c: char| c.to_digit(36).unwrap_or(0);
        let weights = [7, 3, 1].into_iter().cycle();
        field.chars().zip(weights).map(|(c, weight)| of(c) * weight).sum::<u32>() % 10
    };
    let number = dice.draw("123456789BCDFGHJK", 9);
    let (born, ends) = ("830417", "310922");
    let (a, b, c) = (sum(&number), sum(born), sum(ends));
    let all = sum(&format!("{number}{a}{born}{b}{ends}{c}<<<<<<<<<<<<<<0"));
    format!("{number}{a}{country}{born}{b}F{ends}{c}<<<<<<<<<<<<<<0{all}")
}
