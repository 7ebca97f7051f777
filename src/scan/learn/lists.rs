// SPDX-License-Identifier: MIT OR Apache-2.0
//! What everybody's repository holds, so that nothing is learned from it: the lists in
//! `assets/learn`.

use std::{collections::HashSet, sync::LazyLock};

/// A list of words. Lines that begin with `#` are remarks.
pub(super) type List = LazyLock<HashSet<&'static str>>;

macro_rules! list {
    ($name:ident, $file:literal) => {
        pub(super) static $name: List =
            LazyLock::new(|| words(include_str!(concat!("../../../assets/learn/", $file))));
    };
}

list!(FREE_MAIL, "free-mail.txt");
list!(PROJECTS, "projects.txt");
list!(WELL_KNOWN, "well-known.txt");
list!(EXTENSIONS, "extensions.txt");
list!(MANIFESTS, "manifests.txt");
list!(MEDIA, "media.txt");
list!(TENANTS, "tenants.txt");
list!(NO_TENANTS, "no-tenants.txt");
list!(GENERIC, "generic.txt");
list!(NO_TICKETS, "no-tickets.txt");
list!(BOTS, "bots.txt");

fn words(text: &'static str) -> HashSet<&'static str> {
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
}
