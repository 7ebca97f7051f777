// SPDX-License-Identifier: MIT OR Apache-2.0
//! Copyright holders: one key for all the ways in which one is written, and whose own they are.

/// More of a holder than this is prose.
const LONGEST: usize = 120;

/// Legal forms, which a name may bear or lack.
const FORMS: [&str; 45] = [
    "inc",
    "incorporated",
    "llc",
    "llp",
    "ltd",
    "limited",
    "gmbh",
    "mbh",
    "ag",
    "kg",
    "kgaa",
    "ug",
    "ohg",
    "gbr",
    "se",
    "co",
    "corp",
    "corporation",
    "company",
    "sa",
    "sas",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "ab",
    "as",
    "asa",
    "aps",
    "oy",
    "oyj",
    "plc",
    "pty",
    "pte",
    "pvt",
    "kft",
    "sro",
    "doo",
    "kk",
    "ev",
    "eg",
    "gk",
    "lda",
    "sl",
];
/// Words for everybody else who took part, and for what the holder is.
const COMPANY: [&str; 24] = [
    "and",
    "or",
    "original",
    "et",
    "und",
    "its",
    "the",
    "other",
    "others",
    "al",
    "individual",
    "contributors",
    "contributor",
    "authors",
    "author",
    "developers",
    "members",
    "maintainers",
    "team",
    "project",
    "community",
    "affiliates",
    "subsidiaries",
    "respective",
];
/// Those who only wrote the text of a licence.
const TEXT_AUTHORS: [&str; 6] = [
    "free software foundation",
    "mozilla foundation",
    "creative commons",
    "open source initiative",
    "the linux foundation and its",
    "mariadb",
];

/// Returns what is the same for all ways to write one holder: small letters, without years,
/// addresses, legal forms, "and contributors". Empty for one who is nobody in particular.
#[must_use]
pub fn holder_key(text: &str) -> String {
    let text: String = text.chars().take(2 * LONGEST).collect();
    // What stands behind a name in brackets is an address or a nickname.
    let end = text.find(' ').map_or(text.len(), |first| {
        let behind = text[first..].find(|c| "<([@".contains(c) && !text.starts_with("(c)"));
        let at = behind.map_or(text.len(), |at| first + at);
        // Of a bare address, all of it: "Jo Doe - jo@home.example".
        let bare = text[at..].starts_with('@').then(|| text[..at].rfind(' ')).flatten();
        bare.unwrap_or(at)
    });
    let named = without_addresses(&text[..end]);
    let named = if named.trim().is_empty() { without_addresses(&text) } else { named };
    let lower = named.to_lowercase().replace("(c)", " ").replace("e.v.", " ev ");
    // "S.A." and "U.K." are one word, "Inc." is without its dot.
    let lower: String = lower.chars().filter(|c| !matches!(c, '.' | '\'' | '’')).collect();
    let words: Vec<&str> = lower
        .split(|c: char| !(c.is_alphanumeric() || c == '&' || c == '+'))
        .filter(|word| !word.is_empty() && *word != "&")
        .collect();
    if words.iter().all(|word| COMPANY.contains(word)) {
        return String::new();
    }
    let noise = |word: &&str| {
        matches!(
            *word,
            "copyright"
                | "copyrights"
                | "c"
                | "by"
                | "the"
                | "present"
                | "current"
                | "today"
                | "now"
                | "all"
        ) || is_years(word)
    };
    let mut words: &[&str] = &words;
    while let Some((first, rest)) = words.split_first()
        && (noise(first) || matches!(*first, "contributors" | "to" | "of") && words.len() > 1)
    {
        words = rest;
    }
    let links = ["and", "et", "und", "its", "other", "others", "al", "individual", "respective"];
    while let Some((last, rest)) = words.split_last()
        && (FORMS.contains(last) || COMPANY.contains(last) || noise(last))
        // A name may be nothing but such a word: "Other Corp."
        && (!rest.is_empty() || !links.contains(last) && !FORMS.contains(last))
    {
        words = rest;
    }
    words.join(" ")
}

/// Returns a holder without whoever else took part: "and/or its affiliates", "and the contributors
/// of Acme". A name that is joined to another one stays whole.
#[must_use]
pub(super) fn without_company(holder: &str) -> &str {
    let lower = holder.to_ascii_lowercase();
    let links = [" and/or ", " and ", " or ", " & ", " et ", " und ", ", its ", " et. "];
    let mut starts: Vec<usize> =
        links.iter().flat_map(|link| lower.match_indices(link).map(|(at, _)| at)).collect();
    starts.sort_unstable();
    let cut = starts.into_iter().find(|at| {
        let mut rest = lower[*at..].split(|c: char| !c.is_ascii_alphanumeric());
        let last = rest.rfind(|word| !word.is_empty()).unwrap_or_default();
        // "Acme and the Team" may be a band; nobody is called "and the contributors".
        COMPANY.contains(&last) && !matches!(last, "team" | "project" | "community" | "original")
    });
    holder[..cut.unwrap_or(holder.len())].trim_end_matches([',', ' '])
}

/// Returns whether two keys may mean the same holder: one is often a part of the other's name.
pub(super) fn may_be_same(one: &str, other: &str) -> bool {
    !one.is_empty() && !other.is_empty() && (one.contains(other) || other.contains(one))
}

fn is_years(word: &str) -> bool {
    word.len() >= 4 && word.bytes().filter(u8::is_ascii_digit).count() >= word.len() - 1
}

/// Takes out `<a@b.example>`, bare addresses and URLs.
fn without_addresses(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        let address = word.contains('@') && word.contains('.') || word.contains("://");
        let plain = word.trim_matches(|c: char| "<>()[],;".contains(c));
        let domain = plain.starts_with("www.");
        if !address && !domain {
            out.push_str(word);
        }
        out.push(' ');
    }
    out
}

/// Returns the domains that a statement names: of e-mail addresses and URLs, in small letters.
fn domains(text: &str) -> Vec<String> {
    let lower = text.to_lowercase();
    let host = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    let mut out = Vec::new();
    for mark in ["@", "://", "www."] {
        for (at, _) in lower.match_indices(mark).take(8) {
            let rest = &lower[at + mark.len()..];
            let end = rest.find(|c: char| !host(c)).unwrap_or(rest.len());
            let domain = rest[..end].trim_matches('.');
            if domain.contains('.') {
                out.push(domain.to_owned());
            }
        }
    }
    out
}

/// Returns whether an e-mail address or a URL stands with the name.
#[must_use]
pub(super) fn has_address(holder: &str) -> bool {
    !domains(holder).is_empty()
}

/// Returns whether a holder, as it is written, is one of `owners`: names, e-mail addresses and
/// domains. Who writes from an own domain is own.
#[must_use]
pub(super) fn is_own_holder(holder: &str, owners: &[std::sync::Arc<str>]) -> bool {
    let key = holder_key(holder);
    if key.is_empty() && domains(holder).is_empty() || is_text_author(&key) {
        return true;
    }
    let lower = holder.to_lowercase();
    let domains = domains(holder);
    let places = holder.split(", ").skip(1).chain(holder.split(" for ").skip(1));
    let places: Vec<String> = places.map(holder_key).collect();
    owners.iter().any(|owner| {
        let owner = owner.trim().to_lowercase();
        if owner.contains('@') {
            let exact = owner.trim_start_matches('@');
            return lower.contains(&owner) || domains.iter().any(|domain| domain == exact);
        }
        if !owner.contains(' ') && owner.contains('.') {
            let within = |domain: &String| {
                domain
                    .strip_suffix(&owner)
                    .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
            };
            // A domain may be the name: "Example.com Inc.".
            return domains.iter().any(within) || key == holder_key(&owner);
        }
        let own = holder_key(&owner);
        let starts = |long: &str, short: &str| {
            long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        // "Redhat" is Red Hat.
        let joined = key.replace(' ', "") == own.replace(' ', "");
        let starts = joined || starts(&key, &own) || places.iter().any(|place| starts(place, &own));
        // Of owners who are named together each is one, by the whole name.
        let joint =
            || joint_holders(&owner).iter().any(|one| !key.is_empty() && holder_key(one) == key);
        !own.is_empty() && (starts || joint())
    })
}

fn is_text_author(key: &str) -> bool {
    TEXT_AUTHORS.contains(&key)
}

/// Returns the holders of a joint statement. "Jo Doe, Acme" and "Jo Doe for Acme" are one, who
/// works there.
#[must_use]
pub(super) fn joint_holders(holder: &str) -> Vec<&str> {
    let parts: Vec<&str> = holder.split(" and ").flat_map(|part| part.split(" & ")).collect();
    // "and others", "and other contributors"
    let nobody = |part: &str| {
        part.split_whitespace().all(|word| COMPANY.contains(&word.to_lowercase().as_str()))
    };
    let whole = parts.iter().any(|part| nobody(part) || holder_key(part).is_empty());
    if whole { vec![holder] } else { parts }
}

#[cfg(test)]
mod tests {
    use super::{holder_key, is_own_holder, joint_holders, may_be_same, without_company};

    #[test]
    fn one_key_for_all_spellings() {
        for text in [
            "Acme, Inc.",
            "2012-2020, 2022 Acme Inc. and contributors",
            "(c) 2019 The Acme Authors",
            "ACME Incorporated",
            "Acme Corporation and its affiliates",
            "Acme <legal@acme.example>",
            "by Acme, https://acme.example/",
            "Contributors to the Acme project",
            "Acme or its original authors",
            "Acme S.A.",
        ] {
            assert_eq!(holder_key(text), "acme", "{text}");
        }
        assert_eq!(holder_key("Red Hat, Inc"), "red hat");
        assert_eq!(holder_key("Ansible Project"), "ansible");
        assert_eq!(holder_key("Żółw Sp. z o.o."), "żółw sp z oo");
        assert_eq!(holder_key("The Authors"), "");
        assert_eq!(holder_key("the original author or authors"), "");
        assert_eq!(holder_key("individual contributors."), "");
        assert_eq!(holder_key("Other Corp."), "other");
        assert_eq!(holder_key("A. N. Other Person"), "a n other person");
        assert_eq!(holder_key("Jo Doe (jodoe) <jo at home dot example>"), "jo doe");
        assert_eq!(holder_key("Jo Doe - jodoe@home.example"), "jo doe");
        assert_eq!(joint_holders("Acme Inc and Jo Doe"), ["Acme Inc", "Jo Doe"]);
        for one in [
            "Acme Inc and contributors",
            "Acme Inc and individual contributors.",
            "Jo <jo@x.example>, 2014, and others",
        ] {
            assert_eq!(joint_holders(one), [one]);
        }
    }

    #[test]
    fn whoever_else_took_part_is_no_part_of_the_name() {
        for text in [
            "Acme, Inc. and/or its affiliates",
            "Acme, Inc. and affiliates",
            "Acme, Inc. and Contributors",
            "Acme, Inc., and the Acme project contributors",
            "Acme, Inc. or its original authors",
            "Acme, Inc. et al",
            "Acme, Inc.",
        ] {
            assert_eq!(without_company(text), "Acme, Inc.", "{text}");
        }
        assert_eq!(without_company("Smith and Jones"), "Smith and Jones");
        assert_eq!(without_company("Żółw and the İ Team"), "Żółw and the İ Team");
    }

    #[test]
    fn one_name_may_be_a_part_of_the_other() {
        let same = |one: &str, other: &str| may_be_same(&holder_key(one), &holder_key(other));
        assert!(same("Acme, Inc.", "ACME and contributors") && same("Acme", "Acme Foundation"));
        assert!(!same("Acme", "Other") && !same("The Authors", "Acme"));
    }

    #[test]
    fn whose_own_they_are() {
        let owners = ["Example GmbH".into(), "example.com".into(), "jo@home.example".into()];
        let own = |holder: &str| is_own_holder(holder, &owners);
        for holder in [
            "Example",
            "EXAMPLE GmbH & Co. KG",
            "Example Labs",
            "Ann Smith <ann@example.com>",
            "Ann Smith <ann@mail.example.com>",
            "Jo (jo@home.example)",
            "Ann Smith, Example GmbH",
            "Ann Smith for the Example GmbH",
            "The Authors",
            "Free Software Foundation, Inc.",
        ] {
            assert!(own(holder), "{holder}");
        }
        for holder in [
            "Examples Ltd",
            "Ann Smith <ann@notexample.com>",
            "Ann Smith",
            "Other Corp",
            "Jo Home",
            "Not Example GmbH",
        ] {
            assert!(!own(holder), "{holder}");
        }
        assert!(!is_own_holder("Anybody", &["Inc.".into()]), "an owner without a name");
    }
}
