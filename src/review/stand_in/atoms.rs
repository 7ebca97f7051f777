// SPDX-License-Identifier: MIT OR Apache-2.0
//! The parts of values that stay the same wherever they stand: hosts, networks, accounts, ids.

use std::{
    collections::{HashMap, HashSet},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use crate::domain::stand_in::{
    Hole, HostForm, account, mac_digits, mac_like, network4, resource_like, site6, uuid,
};

/// A host number of an IPv6 address that is kept: a larger one may be made from hardware.
const V6_HOST: u64 = 0xffff;

/// The third network for documentation: where public addresses go first.
const PUBLIC: usize = 2;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Kind {
    Host,
    Address,
    Mac,
    Account,
    Resource,
    Uuid,
    Share,
    /// A part of a distinguished name, and whatever has not the form that its template asks for.
    Name,
}

impl Kind {
    pub(super) fn of(hole: Hole) -> Self {
        match hole {
            Hole::Host => Self::Host,
            Hole::Address => Self::Address,
            Hole::Mac => Self::Mac,
            Hole::Account => Self::Account,
            Hole::Resource => Self::Resource,
            Hole::Uuid => Self::Uuid,
            Hole::Share => Self::Share,
            Hole::Dn | Hole::Number | Hole::DashNumber | Hole::PlusNumber => Self::Name,
        }
    }
}

/// What was given to whom.
pub(super) struct Atoms {
    /// All values: none may be the stand-in of another.
    real: HashSet<String>,
    taken: HashSet<String>,
    given: HashMap<(Kind, String), String>,
    next: HashMap<(Kind, String), usize>,
    networks: HashMap<[u8; 3], [u8; 3]>,
    /// Networks that have been given, and those in which there are real addresses.
    used: HashSet<[u8; 3]>,
    next_network: usize,
    sites: HashMap<[u16; 3], u16>,
    used_sites: HashSet<u16>,
}

impl Atoms {
    pub(super) fn new(real: HashSet<String>) -> Self {
        let v4 = real.iter().filter_map(|text| text.parse::<Ipv4Addr>().ok());
        let used = v4.map(|ip| split4(ip).0).collect();
        let v6 = real.iter().filter_map(|text| text.parse::<Ipv6Addr>().ok());
        let v6 = v6.map(|ip| ip.segments()).filter(|ip| ip[..2] == [0x2001, 0xdb8]);
        let used_sites = v6.map(|ip| ip[2]).collect();
        Self {
            real,
            taken: HashSet::new(),
            given: HashMap::new(),
            next: HashMap::new(),
            networks: HashMap::new(),
            used,
            next_network: 0,
            sites: HashMap::new(),
            used_sites,
        }
    }

    /// Returns whether no value has it, and it is no value itself.
    pub(super) fn is_free(&self, to: &str) -> bool {
        let to = to.to_lowercase();
        !self.taken.contains(&to) && !self.real.contains(&to)
    }

    /// Gives `to` to nobody else.
    pub(super) fn take(&mut self, to: &str) {
        match to.parse() {
            Ok(IpAddr::V4(ip)) => _ = self.used.insert(split4(ip).0),
            Ok(IpAddr::V6(ip)) => _ = self.used_sites.insert(ip.segments()[2]),
            Err(_) if hex(to).len() == 12 => _ = self.taken.insert(hex(to).to_lowercase()),
            Err(_) => {}
        }
        self.taken.insert(to.to_lowercase());
    }

    /// Gives `text` what a reviewer chose.
    pub(super) fn set(&mut self, kind: Kind, text: &str, to: &str) {
        self.given.insert((kind, atom(kind, text)), to.to_owned());
    }

    /// Takes what `text` would be given, had nobody chosen.
    pub(super) fn spare(&mut self, kind: Kind, text: &str) -> String {
        let key = (kind, atom(kind, text));
        let chosen = self.given.remove(&key);
        let to = self.get(kind, text);
        match chosen {
            Some(chosen) => self.given.insert(key, chosen),
            None => self.given.remove(&key),
        };
        to
    }

    /// Reads off what `text` was given earlier how it was made, if nothing speaks against it.
    pub(super) fn learn(&mut self, kind: Kind, text: &str, to: &str) {
        let key = (kind, atom(kind, text));
        if self.given.contains_key(&key) {
            return;
        }
        match (kind, text.parse(), to.parse()) {
            (Kind::Address, Ok(IpAddr::V4(old)), Ok(IpAddr::V4(new))) => {
                let ((from, host), (to, same)) = (split4(old), split4(new));
                let known = self.networks.contains_key(&from) || self.used.contains(&to);
                if !known && host == same {
                    self.networks.insert(from, to);
                    self.used.insert(to);
                }
            }
            (Kind::Address, Ok(IpAddr::V6(old)), Ok(IpAddr::V6(new))) => {
                let ((from, _, host), (to, _, number)) = (split6(old), split6(new));
                if to[..2] != [0x2001, 0xdb8] {
                    return;
                }
                if !self.sites.contains_key(&from) && self.used_sites.insert(to[2]) {
                    self.sites.insert(from, to[2]);
                }
                if host > V6_HOST
                    && self.sites.get(&from) == Some(&to[2])
                    && self.is_free(&new.to_string())
                {
                    self.given.insert(key, number.to_string());
                    self.take(&new.to_string());
                }
            }
            (Kind::Address, ..) => {}
            (Kind::Mac, ..) => {
                let digits = hex(to);
                if self.is_free(&digits) {
                    self.take(&digits);
                    self.given.insert(key, digits);
                }
            }
            _ if self.is_free(to) => {
                self.take(to);
                self.given.insert(key, to.to_owned());
            }
            _ => {}
        }
    }

    /// Returns the stand-in of `text`, which is the same every time.
    pub(super) fn get(&mut self, kind: Kind, text: &str) -> String {
        match (kind, text.parse()) {
            (Kind::Address, Ok(IpAddr::V4(ip))) => self.address4(ip, text),
            (Kind::Address, Ok(IpAddr::V6(ip))) => self.address6(ip, text),
            (Kind::Address, _) => self.counted(Kind::Name, text, "", name),
            (Kind::Mac, _) if hex(text).len() == 12 => {
                let digits = self.counted(kind, text, "", mac_digits);
                // A reviewer's own choice is written as it was typed.
                if hex(&digits) == digits { mac_like(&digits, text) } else { digits }
            }
            (Kind::Account, _) => self.counted(kind, text, "", account),
            (Kind::Uuid, _) if hex(text).len() == 32 => self.counted(kind, text, "", uuid),
            (Kind::Resource, _) if resource_like(text, 2).is_some() => {
                let prefix = text.rsplit_once('-').map_or("", |(kind, _)| kind);
                self.counted(kind, text, prefix, |n| resource_like(text, n).unwrap_or_default())
            }
            (Kind::Host, _) => {
                let form = HostForm::of(text);
                self.counted(kind, text, &format!("{form:?}"), |n| form.name(n))
            }
            (Kind::Share, _) => self.counted(kind, text, "", |n| share(text, n)),
            _ => self.counted(Kind::Name, text, "", name),
        }
    }

    /// Returns what was given to `text`, or the first that `make` makes from a number and that is
    /// free. Each `series` counts for itself.
    fn counted(
        &mut self,
        kind: Kind,
        text: &str,
        series: &str,
        make: impl Fn(usize) -> String,
    ) -> String {
        let key = (kind, atom(kind, text));
        if let Some(to) = self.given.get(&key) {
            return to.clone();
        }
        let series = (kind, series.to_owned());
        let mut n = self.next.get(&series).copied().unwrap_or(0);
        let mut last = String::new();
        let to = loop {
            n += 1;
            let to = make(n);
            // Where there are no more, the last is shared.
            if self.is_free(&to) || to == last {
                break to;
            }
            last = to;
        };
        self.next.insert(series, n);
        self.take(&to);
        self.given.insert(key, to.clone());
        to
    }

    fn address4(&mut self, ip: Ipv4Addr, text: &str) -> String {
        if let Some(to) = self.given.get(&(Kind::Address, text.to_owned())) {
            return to.clone();
        }
        let (from, host) = split4(ip);
        let to = match self.networks.get(&from) {
            Some(to) => *to,
            None => self.network(from, ip.is_private()),
        };
        Ipv4Addr::new(to[0], to[1], to[2], host).to_string()
    }

    /// Gives a network the next that is free; public ones begin with the last for documentation.
    fn network(&mut self, from: [u8; 3], private: bool) -> [u8; 3] {
        let public = network4(PUBLIC).filter(|net| !private && !self.used.contains(net));
        let to = public.or_else(|| {
            loop {
                let net = network4(self.next_network)?;
                self.next_network += 1;
                if !self.used.contains(&net) {
                    return Some(net);
                }
            }
        });
        let to = to.unwrap_or([192, 0, 2]);
        self.used.insert(to);
        self.networks.insert(from, to);
        to
    }

    fn address6(&mut self, ip: Ipv6Addr, text: &str) -> String {
        let key = (Kind::Address, atom(Kind::Address, text));
        let (from, subnet, host) = split6(ip);
        let known = self.given.get(&key).cloned();
        let number = known.as_ref().and_then(|to| to.parse::<u64>().ok());
        if let (Some(to), None) = (known, number) {
            return to;
        }
        let site = self.site(from);
        if host <= V6_HOST {
            return site6(site, subnet, host).to_string();
        }
        let series = (Kind::Address, format!("{site}:{subnet}"));
        let mut n = number.unwrap_or(0);
        while number.is_none() {
            let next = self.next.entry(series.clone()).or_default();
            *next += 1;
            n = V6_HOST + *next as u64;
            if self.is_free(&site6(site, subnet, n).to_string()) {
                break;
            }
        }
        let to = site6(site, subnet, n).to_string();
        self.take(&to);
        self.given.insert(key, n.to_string());
        to
    }

    /// Returns what the first 48 bits of an address become.
    fn site(&mut self, from: [u16; 3]) -> u16 {
        if let Some(site) = self.sites.get(&from) {
            return *site;
        }
        let site = (0..=u16::MAX).find(|site| !self.used_sites.contains(site)).unwrap_or(0);
        self.used_sites.insert(site);
        self.sites.insert(from, site);
        site
    }
}

/// Returns what `text` is known by, however it is written.
fn atom(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Mac => hex(text),
        Kind::Address => match text.parse::<Ipv6Addr>() {
            Ok(ip) => ip.to_string(),
            Err(_) => text.to_owned(),
        },
        _ => text.to_lowercase(),
    }
}

fn hex(text: &str) -> String {
    text.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_uppercase()
}

fn name(n: usize) -> String {
    format!("example-{n}")
}

/// `files1/finance` becomes `server/share`, with the separators that it has.
fn share(text: &str, n: usize) -> String {
    let separator = |c: char| matches!(c, '/' | '\\');
    let rest = text.trim_start_matches(separator);
    let head = &text[..text.len() - rest.len()];
    let middle = if text.contains('\\') { '\\' } else { '/' };
    format!("{head}server{middle}share{}", Hole::DashNumber.number(n))
}

fn split4(ip: Ipv4Addr) -> ([u8; 3], u8) {
    let [a, b, c, d] = ip.octets();
    ([a, b, c], d)
}

fn split6(ip: Ipv6Addr) -> ([u16; 3], u16, u64) {
    let [a, b, c, subnet, ..] = ip.segments();
    ([a, b, c], subnet, Ipv6Addr::to_bits(ip) as u64)
}
