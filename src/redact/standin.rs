// SPDX-License-Identifier: MIT OR Apache-2.0
//! One value, one stand-in, everywhere.

use std::{collections::HashMap, sync::Arc};

/// Gives each value its stand-in, numbered by first appearance.
///
/// A stand-in carries no length, prefix or digest of the value. Values must be asked for in a
/// stable order (path, then offset), or the numbers change from run to run.
#[derive(Default)]
pub struct StandIns {
    given: HashMap<(Arc<str>, String), String>,
    next: HashMap<String, usize>,
}

impl StandIns {
    /// Returns the stand-in for the value with the keyed id `value`, made from a [`template`].
    pub fn get(&mut self, value: &Arc<str>, template: &str) -> String {
        let key = (value.clone(), template.to_owned());
        let next = &mut self.next;
        self.given
            .entry(key)
            .or_insert_with(|| {
                if !template.contains("{n}") {
                    return template.to_owned();
                }
                let n = next.entry(template.to_owned()).or_default();
                *n += 1;
                numbered(template, *n)
            })
            .clone()
    }
}

/// Returns the template that takes the place of `wanted`, in which `{n}` stands for a number that
/// is stable per value. `bare_number` says that the value is a number outside quotes, where only
/// digits parse.
#[must_use]
pub fn template(wanted: &str, bare_number: bool) -> &str {
    match wanted {
        "" => "REDACTED",
        word if bare_number && !word.contains(|c: char| c.is_ascii_digit()) => "0",
        word => word,
    }
}

/// Returns the stand-in of the `n`th value of `template`, counted from 1.
#[must_use]
pub fn numbered(template: &str, n: usize) -> String {
    template.replace("{n}", &n.to_string())
}

#[cfg(test)]
mod tests {
    use super::StandIns;

    #[test]
    fn numbers_follow_first_appearance() {
        let mut standins = StandIns::default();
        let mut get =
            |value: &str, template| standins.get(&value.into(), super::template(template, false));
        assert_eq!(get("a", "host-{n}.example.com"), "host-1.example.com");
        assert_eq!(get("b", "host-{n}.example.com"), "host-2.example.com");
        assert_eq!(get("a", "host-{n}.example.com"), "host-1.example.com");
        assert_eq!(get("c", "192.0.2.{n}"), "192.0.2.1");
        assert_eq!(get("d", ""), "REDACTED");
    }
}
