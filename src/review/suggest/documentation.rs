// SPDX-License-Identifier: MIT OR Apache-2.0
//! Values that standards set aside for examples, so that nobody owns them; and what names of hosts
//! have in common.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::domain::Class;

/// A longer name is no name of a host.
const LONGEST_NAME: usize = 253;

/// Which kind of value for examples something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Example {
    /// A name below `example.com` and the like, or in a domain that never exists (RFC 2606).
    Name,
    /// An address of a network for documentation (RFC 5737, 3849 and 9637).
    Address,
    /// A telephone number for films and books.
    Number,
    /// A key that its vendor prints in its manual.
    Vendor,
}

/// Returns whether `value`, found by a rule of `class`, is one that is set aside for examples.
pub(super) fn example(class: Class, value: &[u8]) -> Option<Example> {
    match class {
        Class::InternalHost | Class::InternalUrl | Class::InternalName => {
            let host = host_of(value)?;
            address(&host).or_else(|| is_example_name(&host).then_some(Example::Name))
        }
        Class::InternalAddress => address(std::str::from_utf8(value).ok()?.trim()),
        Class::PersonalData if value.contains(&b'@') => {
            is_example_name(&host_of(value)?).then_some(Example::Name)
        }
        Class::PersonalData => is_fiction_number(value).then_some(Example::Number),
        _ => None,
    }
}

/// Returns the domain that the host, URL or mailbox `value` has in common with its neighbours.
pub(super) fn domain_of(class: Class, value: &[u8]) -> Option<String> {
    let named = matches!(class, Class::InternalHost | Class::InternalUrl | Class::PersonalData);
    let mailbox = value.contains(&b'@') && !value.contains(&b'/');
    if !named || (class == Class::PersonalData && !mailbox) {
        return None;
    }
    let host = host_of(value)?;
    if address(&host).is_some() || host.parse::<Ipv4Addr>().is_ok() {
        return None;
    }
    let labels = host.split('.').count();
    match host.split_once('.') {
        Some((_, parent)) if labels > 2 && !mailbox => Some(parent.to_owned()),
        Some(_) => Some(host),
        None => None,
    }
}

/// Returns the name of the host in a name, URL or mailbox, in small letters.
fn host_of(value: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(value.get(..value.len().min(4096))?).ok()?.trim();
    let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
    let rest = rest.split(['/', '?', '#']).next()?;
    let rest = rest.rsplit_once('@').map_or(rest, |(_, host)| host);
    let host = rest.split(':').next()?.trim_matches('.');
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let is_name = !host.is_empty() && host.len() <= LONGEST_NAME && host.chars().all(plain);
    is_name.then(|| host.to_ascii_lowercase())
}

/// RFC 2606 and 6761.
fn is_example_name(host: &str) -> bool {
    let mut labels = host.rsplit('.');
    matches!(
        (labels.next(), labels.next()),
        (Some("example" | "test" | "invalid"), Some(_))
            | (Some("com" | "org" | "net" | "edu"), Some("example"))
    )
}

fn address(text: &str) -> Option<Example> {
    let bare = text.split('/').next()?.trim_matches(['[', ']']);
    let reserved = if let Ok(v4) = bare.parse::<Ipv4Addr>() {
        matches!(v4.octets(), [192, 0, 2, _] | [198, 51, 100, _] | [203, 0, 113, _])
    } else {
        let v6 = bare.parse::<Ipv6Addr>().ok()?.segments();
        (v6[0] == 0x2001 && v6[1] == 0x0db8) || (v6[0] == 0x3fff && v6[1] & 0xf000 == 0)
    };
    reserved.then_some(Example::Address)
}

/// 555-0100 to 555-0199 in any area of North America.
fn is_fiction_number(value: &[u8]) -> bool {
    let separator = |b: &u8| matches!(b, b' ' | b'-' | b'.' | b'(' | b')' | b'+');
    if value.len() > 32 || !value.iter().all(|b| b.is_ascii_digit() || separator(b)) {
        return false;
    }
    let digits: Vec<u8> = value.iter().copied().filter(u8::is_ascii_digit).collect();
    let national = match digits.as_slice() {
        [b'1', rest @ ..] if rest.len() == 10 => rest,
        all => all,
    };
    matches!(national.len(), 7 | 10) && national[national.len() - 7..].starts_with(b"55501")
}

#[cfg(test)]
mod tests {
    use super::{Example, domain_of, example};
    use crate::domain::Class;

    #[test]
    fn what_standards_set_aside_is_known() {
        for (class, value, wanted) in [
            (Class::InternalHost, "db1.corp.example.com", Some(Example::Name)),
            (Class::InternalHost, "EXAMPLE.ORG.", Some(Example::Name)),
            (Class::InternalHost, "db.invalid", Some(Example::Name)),
            (Class::InternalHost, "example.company.io", None),
            (Class::InternalHost, "test", None),
            (Class::InternalHost, "notexample.com", None),
            (
                Class::InternalUrl,
                "https://user@git.example.net:8443/x?y=a@b.io",
                Some(Example::Name),
            ),
            (Class::InternalUrl, "https://real.io/?u=example.com", None),
            (Class::InternalUrl, "http://192.0.2.7/x", Some(Example::Address)),
            (Class::PersonalData, "jane@example.org", Some(Example::Name)),
            (Class::PersonalData, "jane@example.org.evil.io", None),
            (Class::PersonalData, "+1 (212) 555-0123", Some(Example::Number)),
            (Class::PersonalData, "555-0199", Some(Example::Number)),
            (Class::PersonalData, "212-555-0200", None),
            (Class::PersonalData, "49 30 5550123", None),
            (Class::InternalAddress, "198.51.100.0/24", Some(Example::Address)),
            (Class::InternalAddress, "10.0.0.1", None),
            (Class::InternalAddress, "2001:db8:1::1", Some(Example::Address)),
            (Class::InternalAddress, "3fff:0abc::", Some(Example::Address)),
            (Class::InternalAddress, "2001:db9::1", None),
            (Class::Credential, "db1.example.com", None),
        ] {
            assert_eq!(example(class, value.as_bytes()), wanted, "{value}");
        }
        assert_eq!(example(Class::InternalHost, b"\xff\xfe"), None);
        assert_eq!(example(Class::PersonalData, &[b'5'; 100_000]), None);
    }

    #[test]
    fn neighbours_share_a_domain() {
        let domain = |class, value: &str| domain_of(class, value.as_bytes());
        let host = |value| domain(Class::InternalHost, value);
        assert_eq!(host("db1.corp.acme.io").as_deref(), Some("corp.acme.io"));
        assert_eq!(host("acme.io").as_deref(), Some("acme.io"));
        assert_eq!(host("db1"), None);
        assert_eq!(host("10.1.2.3"), None);
        let person = |value| domain(Class::PersonalData, value);
        assert_eq!(person("jane@mail.acme.io").as_deref(), Some("mail.acme.io"));
        assert_eq!(person("+49 30 123"), None);
        assert_eq!(domain(Class::Credential, "a.b.c"), None);
    }
}
