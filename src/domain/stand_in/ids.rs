// SPDX-License-Identifier: MIT OR Apache-2.0
//! Ids that look made up, so that no rule takes them for real ones.

/// Accounts that documentation uses.
const ACCOUNTS: [&str; 5] =
    ["123456789012", "210987654321", "111122223333", "444455556666", "777788889999"];

/// Returns the `n`th account of twelve digits, counted from 1. Those after the known ones have
/// few digits and a run of zeros, as no real one has.
#[must_use]
pub fn account(n: usize) -> String {
    let Some(more) = n.checked_sub(ACCOUNTS.len() + 1) else {
        return ACCOUNTS[n.saturating_sub(1)].to_owned();
    };
    let digit = |place: u32| char::from(b'0' + (more >> (2 * place) & 3) as u8);
    format!("1000{}", (0..8).rev().map(digit).collect::<String>())
}

/// Returns the `n`th hardware address, counted from 1: those for documentation (RFC 7042), then
/// those that no machine has, because containers make them up.
#[must_use]
pub fn mac_digits(n: usize) -> String {
    match n {
        ..=256 => format!("00005E0053{:02X}", n - 1),
        _ => format!("0242AC11{:04X}", (n - 257) & 0xffff),
    }
}

/// Returns twelve hexadecimal `digits` with the separators of `like`.
#[must_use]
pub fn mac_like(digits: &str, like: &str) -> String {
    let mut digits = digits.chars();
    like.chars()
        .map(|c| if c.is_ascii_hexdigit() { digits.next().unwrap_or('0') } else { c })
        .collect()
}

/// Returns the `n`th id, counted from 1, with the prefix of `value` and as many hexadecimal digits.
#[must_use]
pub fn resource_like(value: &str, n: usize) -> Option<String> {
    let (kind, id) = value.rsplit_once('-')?;
    let digits = match (id.len(), n) {
        (8, 1) => "12345678".to_owned(),
        (17, 1) => "0123456789abcdef0".to_owned(),
        (len @ 5.., n) => format!("1234{:0width$x}", n - 1, width = len - 4),
        _ => return None,
    };
    (digits.len() == id.len()).then(|| format!("{kind}-{digits}"))
}

/// Returns the `n`th UUID, counted from 1: the first is all zeros.
#[must_use]
pub fn uuid(n: usize) -> String {
    format!("00000000-0000-0000-0000-{:012x}", n - 1)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::{account, mac_digits, mac_like, resource_like, uuid};

    #[test]
    fn ids_are_distinct_and_of_one_length() {
        let all = |make: &dyn Fn(usize) -> String| {
            let made: HashSet<String> = (1..=5000).map(make).collect();
            assert_eq!(made.len(), 5000);
            let lengths: HashSet<usize> = made.iter().map(String::len).collect();
            assert_eq!(lengths.len(), 1);
        };
        all(&account);
        all(&mac_digits);
        all(&uuid);
        all(&|n| resource_like("vpc-8f21c09b", n).expect("an id"));
        all(&|n| resource_like("i-08f21c09b1f21c09b", n).expect("an id"));
        assert_eq!(account(1), "123456789012");
        assert_eq!(mac_like(&mac_digits(2), "52-54-a0-1f-99-0c"), "00-00-5E-00-53-01");
    }
}
