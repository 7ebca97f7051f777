// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files in which single values are encrypted, each by itself: Ansible, eyaml, Pulumi, sealed
//! secrets, data bags, pillars, state.

use std::{collections::HashMap, ops::Range};

use memchr::memmem;

use super::{
    bytes::{AGE as AGE_HEAD, OFFLINE, age, of_message},
    leaves::{Form, Leaf, each},
    pgp::{self, armor},
    summary::{Share, Summary},
};
use crate::scan::secrets::may_be_secret;

/// So many maps are compared value by value.
const MOST_MAPS: usize = 10_000;
/// So many values in clear are pointed at.
const MOST_PLAIN: usize = 100;

const VAULT: &[u8] = b"$ANSIBLE_VAULT;";
const PGP: &[u8] = b"-----BEGIN PGP MESSAGE-----";
const AGE: &[u8] = b"-----BEGIN AGE ENCRYPTED FILE-----";
/// What OpenSSL writes first, `Salted__`, in Base64.
const SALTED: &[u8] = b"U2FsdGVkX1";

/// What stands beside encrypted values in the same map.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Siblings {
    /// Secrets too, where most are encrypted.
    Secret,
    /// Anything.
    Any,
}

/// Returns what there is to say of a text, each method once.
pub(super) fn summaries(text: &[u8]) -> Vec<Summary> {
    let has = |needle: &[u8]| memmem::find(text, needle).is_some();
    let mut all = Vec::new();
    if has(VAULT) {
        all.extend(vault(text));
    }
    if has(b"ENC[PKCS7,") || has(b"ENC[GPG,") {
        let sealed = |_: &Leaf<'_>, value: &[u8]| memmem::find_iter(value, b"ENC[").count();
        all.extend(survey(text, "eyaml", Siblings::Secret, sealed, eyaml(text)));
    }
    if has(b"SealedSecret") {
        all.extend(sealed_secret(text));
    }
    if has(b"\"encrypted_data\"") {
        all.extend(data_bag(text));
        all.extend(state(text));
    }
    if has(b"secure: ") || has(b"\"secure\"") {
        all.extend(pulumi(text));
    }
    if has(SALTED) {
        all.extend(salted(text));
    }
    if has(PGP) {
        all.extend(armored(text, PGP, "PGP"));
    }
    if has(AGE) {
        all.extend(armored(text, AGE, "age"));
    }
    all
}

/// Whether at least `least` bytes of Base64 begin at `text`, behind blanks.
fn is_base64(text: &[u8], least: usize) -> bool {
    let text = &text[..text.len().min(least + 200)];
    let text = text.trim_ascii_start();
    let plain = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=');
    text.iter().take_while(plain).count() >= least
}

fn eyaml(text: &[u8]) -> usize {
    let count = |head: &[u8]| {
        let at = memmem::find_iter(text, head);
        at.filter(|at| is_base64(&text[at + head.len()..], 20)).count()
    };
    count(b"ENC[PKCS7,") + count(b"ENC[GPG,")
}

/// Goes over the values of a text. `sealed` says how many encrypted ones stand in one; `values`
/// is how many there are, as far as that is known from their form alone.
fn survey(
    text: &[u8],
    how: &'static str,
    siblings: Siblings,
    sealed: impl Fn(&Leaf<'_>, &[u8]) -> usize,
    values: usize,
) -> Option<Summary> {
    if values == 0 {
        return None;
    }
    let mut one = Summary::new(how, Share::Values(values));
    // For each map how many of its values are encrypted, and which are not.
    let mut maps: HashMap<u32, (usize, Vec<Range<usize>>)> = HashMap::new();
    let mut others = 0_usize;
    each(text, Form::of(text), |leaf| {
        let value = &text[leaf.value.clone()];
        let count = sealed(leaf, value);
        let known = maps.len() < MOST_MAPS || maps.contains_key(&leaf.map);
        if count > 0 {
            if let Some(name) = leaf.names().last() {
                one.names.add(&text[name]);
            }
            if known {
                maps.entry(leaf.map).or_default().0 += 1;
            }
            return;
        }
        others += usize::from(!value.is_empty());
        let name = &text[leaf.name.clone()];
        // On the outermost level settings of all kinds stand side by side.
        let beside = siblings == Siblings::Secret && !leaf.above.is_empty();
        let template = memmem::find(value, b"%{").is_some();
        if known && beside && !template && may_be_secret(name, value) {
            let plain = &mut maps.entry(leaf.map).or_default().1;
            if plain.len() < MOST_PLAIN {
                plain.push(leaf.value.clone());
            }
        }
    });
    for (sealed, plain) in maps.into_values() {
        if sealed > 1 && sealed > plain.len() {
            one.odd += plain.len();
            one.plain.extend(plain);
        }
    }
    one.plain.sort_by_key(|value| value.start);
    one.plain.truncate(MOST_PLAIN);
    if others > 0 {
        one.share = Share::Part(values);
    }
    Some(one)
}

/// Whether a header of Ansible Vault begins at `text`, with digits below it.
fn is_vault(text: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', text) else { return false };
    let fields = text[..end].trim_ascii_end().split(|b| *b == b';').collect::<Vec<_>>();
    let head = matches!(fields[..], [_, [_, b'.', _], b"AES256" | b"AES", ..]);
    let below = text[end + 1..].trim_ascii_start();
    head && below.iter().take_while(|b| b.is_ascii_hexdigit()).count() >= 16
}

fn vault(text: &[u8]) -> Option<Summary> {
    let start = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start();
    if start.starts_with(VAULT) && is_vault(start) {
        let mut one = Summary::new("Ansible Vault", Share::Whole);
        one.remarks.push(OFFLINE);
        let head = start.split(|b| *b == b'\n').next().unwrap_or_default();
        if head.trim_ascii_end().split(|b| *b == b';').count() > 3 {
            one.remarks.push("its vault id is readable");
        }
        return Some(one);
    }
    let values = memmem::find_iter(text, VAULT).filter(|at| is_vault(&text[*at..])).count();
    let sealed = |_: &Leaf<'_>, value: &[u8]| usize::from(value.starts_with(VAULT));
    let mut one = survey(text, "Ansible Vault", Siblings::Secret, sealed, values)?;
    one.remarks.push(OFFLINE);
    Some(one)
}

/// Whether the innermost name above a value is `name`.
fn is_in(text: &[u8], leaf: &Leaf<'_>, name: &[u8]) -> bool {
    leaf.above.last().is_some_and(|frame| text[frame.name.clone()] == *name)
}

fn sealed_secret(text: &[u8]) -> Option<Summary> {
    // The controller writes the length of a key of 4,096 bits first.
    let is = |leaf: &Leaf<'_>, value: &[u8]| {
        is_in(text, leaf, b"encryptedData") && value.starts_with(b"Ag") && is_base64(value, 40)
    };
    let form = Form::of(text);
    let (mut kind, mut values, mut plain) = (false, 0, Vec::new());
    each(text, form, |leaf| {
        let value = &text[leaf.value.clone()];
        kind |= text[leaf.name.clone()] == *b"kind" && value == b"SealedSecret";
        if is(leaf, value) {
            values += 1;
        } else if is_in(text, leaf, b"encryptedData")
            && may_be_secret(b"", value)
            && plain.len() < MOST_MAPS
        {
            plain.push((leaf.name.clone(), leaf.value.clone()));
        }
    });
    let sealed = |leaf: &Leaf<'_>, value: &[u8]| usize::from(is(leaf, value));
    let values = if kind { values } else { 0 };
    let mut one = survey(text, "SealedSecret", Siblings::Any, sealed, values)?;
    one.share = if plain.is_empty() { Share::Values(values) } else { Share::Part(values) };
    plain.into_iter().for_each(|(name, value)| one.add_plain(text, &text[name], value));
    Some(one)
}

/// Items of Chef: each value is a map of what was encrypted, and how.
fn data_bag(text: &[u8]) -> Option<Summary> {
    let mut one = Summary::new("Chef data bag", Share::Values(0));
    let (mut values, mut how, mut plain) = (0, false, Vec::new());
    each(text, Form::Json, |leaf| {
        let name = &text[leaf.name.clone()];
        how |= matches!(name, b"cipher" | b"iv");
        let value = &text[leaf.value.clone()];
        if let ([above], b"encrypted_data") = (leaf.above, name) {
            values += 1;
            one.names.add(&text[above.name.clone()]);
        } else if leaf.above.is_empty() && !name.is_empty() {
            let own: [&[u8]; 5] = [b"id", b"chef_type", b"json_class", b"data_bag", b"name"];
            let fits = plain.len() < MOST_MAPS;
            if fits && !own.contains(&name) && !matches!(value, b"" | b"null" | b"true" | b"false")
            {
                plain.push((leaf.name.clone(), leaf.value.clone()));
            }
        }
    });
    one.share = if plain.is_empty() { Share::Values(values) } else { Share::Part(values) };
    plain.into_iter().for_each(|(name, value)| one.add_plain(text, &text[name], value));
    (values > 0 && how).then_some(one)
}

/// What OpenTofu writes instead of its state or plan.
fn state(text: &[u8]) -> Option<Summary> {
    let (mut data, mut version) = (false, false);
    each(text, Form::Json, |leaf| {
        let name = &text[leaf.name.clone()];
        data |= leaf.above.is_empty() && name == b"encrypted_data";
        version |= leaf.above.is_empty() && name == b"encryption_version";
    });
    (data && version).then(|| Summary::new("OpenTofu state", Share::Whole))
}

fn pulumi(text: &[u8]) -> Option<Summary> {
    let is = |leaf: &Leaf<'_>, value: &[u8]| {
        let sealed = value.strip_prefix(b"v1:").unwrap_or(value);
        let known = sealed.len() < value.len() || value.starts_with(b"AAA");
        text[leaf.name.clone()] == *b"secure" && known && is_base64(sealed, 12)
    };
    let (mut values, mut salt) = (0, false);
    let mut names = Vec::new();
    let mut account = None;
    each(text, Form::of(text), |leaf| {
        let value = &text[leaf.value.clone()];
        if is(leaf, value) {
            values += 1;
            names.extend(leaf.above.iter().rev().find(|f| !f.name.is_empty()).cloned());
        }
        match &text[leaf.name.clone()] {
            b"encryptionsalt" => salt = true,
            b"secretsprovider" => account = value.split(|b| *b == b':').nth(5),
            _ => {}
        }
    });
    let mut one = Summary::new("Pulumi", Share::Part(values));
    names.iter().for_each(|frame| one.names.add(&text[frame.name.clone()]));
    if let Some(id) = account.filter(|id| id.len() == 12) {
        one.accounts.add(id);
    }
    if salt {
        one.faults.push("encryptionsalt: passphrases can be tried offline");
    }
    (values > 0).then_some(one)
}

fn salted(text: &[u8]) -> Option<Summary> {
    let start = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii();
    let plain = |b: &u8| b.is_ascii_alphanumeric() || b"+/=\r\n".contains(b);
    let whole = start.starts_with(SALTED) && start.len() >= 24 && start.iter().all(plain);
    let mut one = if whole {
        Summary::new("OpenSSL or transcrypt", Share::Whole)
    } else {
        let own = |at: &usize| {
            let before = at.checked_sub(1).map(|i| text[i]);
            !before.is_some_and(|b| b.is_ascii_alphanumeric() || b"+/".contains(&b))
                && is_base64(&text[*at..], 32)
        };
        let values = memmem::find_iter(text, SALTED).filter(own).count();
        let sealed = |_: &Leaf<'_>, value: &[u8]| usize::from(value.starts_with(SALTED));
        survey(text, "OpenSSL", Siblings::Any, sealed, values)?
    };
    one.remarks.push(OFFLINE);
    Some(one)
}

/// Messages and files in armour, alone or as values.
fn armored(text: &[u8], mark: &'static [u8], how: &'static str) -> Option<Summary> {
    let body = |at: usize| &text[at + mark.len()..];
    let head = |at: usize| -> Option<Summary> {
        if how == "PGP" {
            return pgp::read_armored(body(at)).map(|head| of_message(&head));
        }
        armor(body(at)).filter(|raw| raw.starts_with(AGE_HEAD)).map(|raw| age(&raw))
    };
    let all: Vec<Summary> =
        memmem::find_iter(text, mark).take(MOST_MAPS).filter_map(head).collect();
    let start = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start();
    if start.starts_with(mark) {
        return all.into_iter().next();
    }
    let sealed = |_: &Leaf<'_>, value: &[u8]| usize::from(memmem::find(value, mark).is_some());
    let gpg = text.starts_with(b"#!") && memmem::find(line(text), b"gpg").is_some();
    let siblings = if gpg { Siblings::Secret } else { Siblings::Any };
    let how = if gpg { "PGP, for Salt" } else { how };
    let mut one = survey(text, how, siblings, sealed, all.len())?;
    for other in all {
        one.recipients.join(&other.recipients);
        one.remarks.extend(other.remarks);
    }
    one.remarks.sort_unstable();
    one.remarks.dedup();
    Some(one)
}

fn line(text: &[u8]) -> &[u8] {
    text.split(|b| *b == b'\n').next().unwrap_or_default()
}
