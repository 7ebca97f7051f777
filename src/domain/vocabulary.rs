// SPDX-License-Identifier: MIT OR Apache-2.0
//! The organisation's own words: learned from the repository, answered for by a reviewer.

use std::fmt;

use super::Tracker;

/// What kind of word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum WordKind {
    /// A name that must never be published, such as that of an unreleased product or a customer.
    /// Never guessed. `*` stands for further letters, digits, dashes and underscores, `#` for a
    /// digit.
    CodeName,
    /// A domain of the organisation, for example `corp.example`.
    Domain,
    /// The last label of names that only work inside, without the dot, for example `acmenet`.
    Suffix,
    /// The account of the organisation with a supplier, as a host: `acme.slack.com`.
    Tenant,
    /// A key of tickets without the dash, for example `OPS`.
    TicketKey,
    /// A tracker whose tickets are numbers, as [`Tracker::name`].
    Tracker,
    /// The owner of the repository on its hosting site.
    Owner,
    /// A name of the organisation or of a product, as it stands in identifiers.
    Name,
    /// A data centre, a cluster or a team, as it stands between a host and its domain.
    Site,
    /// The first label of numbered hosts, each digit written `#`, for example `db##`.
    Fleet,
}

impl WordKind {
    /// All kinds, in the order in which people are asked about them.
    pub const ALL: [Self; 10] = [
        Self::Domain,
        Self::Suffix,
        Self::TicketKey,
        Self::Tracker,
        Self::Tenant,
        Self::Owner,
        Self::Name,
        Self::Site,
        Self::Fleet,
        Self::CodeName,
    ];

    /// Returns the name that files and commands use.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CodeName => "code-name",
            Self::Domain => "domain",
            Self::Suffix => "suffix",
            Self::Tenant => "tenant",
            Self::TicketKey => "ticket-key",
            Self::Tracker => "tracker",
            Self::Owner => "owner",
            Self::Name => "name",
            Self::Site => "site",
            Self::Fleet => "fleet",
        }
    }

    /// Returns the kind that is called `name`.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Returns what the words of this kind are, for headings.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::CodeName => "Names that must not be published",
            Self::Domain => "Domains",
            Self::Suffix => "Private top-level domains",
            Self::Tenant => "Accounts with suppliers",
            Self::TicketKey => "Ticket keys",
            Self::Tracker => "Trackers of numbered tickets",
            Self::Owner => "Owners on hosting sites",
            Self::Name => "Names of organisation and products",
            Self::Site => "Data centres, clusters, teams",
            Self::Fleet => "Numbered hosts",
        }
    }

    /// Brings `word` into the form in which words of this kind are kept, or says in what form
    /// they are wanted.
    ///
    /// # Errors
    /// When it can't be a word of this kind.
    pub fn normal(self, word: &str) -> Result<String, &'static str> {
        let word = word.trim();
        let lower = word.to_ascii_lowercase();
        let label = |text: &str, more: &[char]| {
            !text.is_empty()
                && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || more.contains(&c))
        };
        let wanted = |fits: bool, word: String, form| if fits { Ok(word) } else { Err(form) };
        match self {
            Self::Domain | Self::Tenant => {
                let host = lower.trim_start_matches(['.', '*']).trim_end_matches('.').to_owned();
                let fits = (4..=253).contains(&host.len())
                    && host.contains('.')
                    && host.split('.').all(|part| label(part, &['_']));
                wanted(fits, host, "a domain such as corp.example.com")
            }
            Self::Suffix => {
                let suffix = lower.trim_matches('.').to_owned();
                let fits = suffix.len() >= 2 && label(&suffix, &[]);
                wanted(fits, suffix, "the last part of a name, such as corp")
            }
            Self::TicketKey => {
                let key = word.trim_end_matches('-').to_owned();
                let fits = (2..=12).contains(&key.len())
                    && key.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
                    && key.starts_with(|c: char| c.is_ascii_uppercase());
                wanted(fits, key, "capitals and digits, such as OPS")
            }
            Self::Tracker => {
                let fits = Tracker::of_name(&lower).is_some();
                wanted(fits, lower, "task, bug, rt, rhbz, ticket or story")
            }
            Self::Owner => {
                let fits = lower.len() >= 2 && label(&lower, &['_', '.']);
                wanted(fits, lower, "the name on the hosting site, such as acme-works")
            }
            Self::Name | Self::Site => {
                let fits = lower.len() >= 3 && label(&lower, &['_']);
                wanted(fits, lower, "at least three letters, digits and dashes")
            }
            Self::Fleet => {
                let digits = |c: char| if c.is_ascii_digit() { '#' } else { c };
                let fleet: String = lower.chars().map(digits).collect();
                let fits = label(&fleet, &['#']) && fleet.contains('#') && fleet.len() >= 3;
                wanted(fits, fleet, "a host with # for each digit, such as db##")
            }
            Self::CodeName => {
                let name = lower.split_whitespace().collect::<Vec<_>>().join(" ");
                let solid = name.split(['*', '#', ' ']).map(str::len).max().unwrap_or_default();
                let fits = solid >= 3 && name.len() <= 100 && !name.chars().any(char::is_control);
                wanted(fits, name, "at least three letters beside * and #, at most 100")
            }
        }
    }
}

impl fmt::Display for WordKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A word, and what was answered about it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Word {
    /// Its kind.
    pub kind: WordKind,
    /// The word, in the form of [`WordKind::normal`].
    pub text: String,
    /// Whether it counts as the organisation's.
    pub keep: bool,
    /// What speaks for it, for example `10 authors, 169 hosts in 53 files`; empty if somebody
    /// added it.
    pub seen: String,
    /// Who answered; nothing for what was only learned.
    pub by: Option<String>,
    /// When, in milliseconds since 1970-01-01 UTC.
    pub at: Option<i64>,
}

impl Word {
    /// Returns whether `value`, found by the rule `rule` (without its category), was found for
    /// this word. `lower` is the value in lower case.
    fn explains(&self, rule: &str, value: &str, lower: &str) -> bool {
        let word = self.text.as_str();
        let holds = || {
            lower.match_indices(word).any(|(at, _)| {
                let outside = |c: Option<char>| !c.is_some_and(|c| c.is_alphanumeric() || c == '-');
                outside(lower[..at].chars().next_back())
                    && outside(lower[at + word.len()..].chars().next())
            })
        };
        match (self.kind, rule) {
            (
                WordKind::Domain,
                "org-host" | "org-email" | "principal" | "runbook-url" | "git-source"
                | "package-index" | "private-registry" | "saas-url" | "ticket-url",
            )
            | (WordKind::Owner, "git-source" | "handle")
            | (WordKind::Tenant, "saas-url" | "ticket-url" | "org-email" | "runbook-url") => {
                holds()
            }
            (WordKind::Suffix, "internal-host") => {
                lower.strip_suffix(word).is_some_and(|host| host.ends_with('.'))
            }
            (WordKind::TicketKey, "ticket") => {
                value.strip_prefix(word).is_some_and(|rest| rest.starts_with('-'))
            }
            (WordKind::Tracker, "ticket") => {
                Tracker::of_name(word).is_some_and(|tracker| tracker.writes(lower))
            }
            (WordKind::Fleet, "bare-host") => {
                let digits = |c: char| if c.is_ascii_digit() { '#' } else { c };
                lower.chars().map(digits).eq(word.chars())
            }
            (WordKind::Site, "site-name") | (WordKind::Name, "org-name") => lower == word,
            (WordKind::CodeName, "code-name") => true,
            _ => false,
        }
    }

    /// Says why a value counts as internal, in the organisation's own terms.
    fn because(&self) -> String {
        let Self { text, seen, by, .. } = self;
        let basis = match by {
            _ if !seen.is_empty() => seen.clone(),
            Some(by) => format!("added by {by}"),
            None => "added by hand".into(),
        };
        match self.kind {
            WordKind::Domain => format!("{text} is internal: {basis}"),
            WordKind::Suffix => format!(".{text} is no public domain: {basis}"),
            WordKind::Tenant => format!("{text} is the organisation's account: {basis}"),
            WordKind::TicketKey => format!("{text} is a ticket key: {basis}"),
            WordKind::Tracker => format!("{text} numbers are tickets: {basis}"),
            WordKind::Owner => format!("{text} owns the repository: {basis}"),
            WordKind::Name => format!("{text} is a name of the organisation: {basis}"),
            WordKind::Site => format!("{text} stands in names of hosts: {basis}"),
            WordKind::Fleet => format!("{text} are hosts of the organisation: {basis}"),
            WordKind::CodeName => format!("on the list of names not to publish: {basis}"),
        }
    }
}

/// Says why `value` was found by `rule` (without its category), in the organisation's own terms:
/// `corp.example is internal: 10 authors, 169 hosts in 53 files`. Nothing for a rule that needs no
/// learned word.
#[must_use]
pub fn because(words: &[Word], rule: &str, value: &[u8]) -> Option<String> {
    let value = String::from_utf8_lossy(value);
    let lower = value.to_ascii_lowercase();
    let kept = words.iter().filter(|word| word.keep);
    let found = kept.filter(|word| word.explains(rule, &value, &lower));
    // The longest says most: a domain below another one.
    found.max_by_key(|word| word.text.len()).map(Word::because)
}

/// Returns what a name of the kind [`WordKind::CodeName`] means as a regular expression: `*` stands
/// for further letters, digits, dashes and underscores, `#` for a digit, and `blue finch` for
/// `blue-finch` and `BlueFinch` too.
#[must_use]
pub fn code_name_pattern(name: &str) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '*' => out.push_str(r"[\w-]*"),
            '#' => out.push_str(r"\d"),
            ' ' => out.push_str(r"(?:[ _.-]|%20)?"),
            c if c.is_ascii_punctuation() => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// Words that turn a name into an internal reference. All lower case but the ticket keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    /// As [`WordKind::Domain`].
    pub domains: Vec<String>,
    /// As [`WordKind::Suffix`].
    pub suffixes: Vec<String>,
    /// As [`WordKind::Tenant`].
    pub tenants: Vec<String>,
    /// As [`WordKind::TicketKey`].
    pub ticket_keys: Vec<String>,
    /// As [`WordKind::Tracker`].
    pub trackers: Vec<String>,
    /// As [`WordKind::Owner`].
    pub owners: Vec<String>,
    /// As [`WordKind::Name`].
    pub names: Vec<String>,
    /// As [`WordKind::Site`].
    pub sites: Vec<String>,
    /// As [`WordKind::Fleet`].
    pub fleets: Vec<String>,
    /// As [`WordKind::CodeName`].
    pub code_names: Vec<String>,
    /// Authors' names and mail local parts, as they may stand in home paths.
    pub people: Vec<String>,
}

impl Vocabulary {
    /// Returns the words of one kind.
    #[must_use]
    pub fn of(&self, kind: WordKind) -> &[String] {
        match kind {
            WordKind::CodeName => &self.code_names,
            WordKind::Domain => &self.domains,
            WordKind::Suffix => &self.suffixes,
            WordKind::Tenant => &self.tenants,
            WordKind::TicketKey => &self.ticket_keys,
            WordKind::Tracker => &self.trackers,
            WordKind::Owner => &self.owners,
            WordKind::Name => &self.names,
            WordKind::Site => &self.sites,
            WordKind::Fleet => &self.fleets,
        }
    }

    /// Returns the vocabulary of the words that are kept, and of `people`.
    #[must_use]
    pub fn new(words: &[Word], people: Vec<String>) -> Self {
        let of = |kind: WordKind| {
            let kept = words.iter().filter(|word| word.kind == kind && word.keep);
            kept.map(|word| word.text.clone()).collect()
        };
        Self {
            domains: of(WordKind::Domain),
            suffixes: of(WordKind::Suffix),
            tenants: of(WordKind::Tenant),
            ticket_keys: of(WordKind::TicketKey),
            trackers: of(WordKind::Tracker),
            owners: of(WordKind::Owner),
            names: of(WordKind::Name),
            sites: of(WordKind::Site),
            fleets: of(WordKind::Fleet),
            code_names: of(WordKind::CodeName),
            people,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Word, WordKind, because};

    #[test]
    fn a_finding_is_explained_in_the_organisation_s_terms() {
        let word = |kind, text: &str, keep, seen: &str| {
            let by = seen.is_empty().then(|| "reviewer1@example.com".to_owned());
            Word { kind, text: text.into(), keep, seen: seen.into(), by, at: None }
        };
        let words = [
            word(WordKind::Domain, "corp.example", true, "10 authors, 169 hosts in 53 files"),
            word(WordKind::Domain, "dropped.example", false, "3 authors"),
            word(WordKind::Suffix, "wan", true, "9 hosts in 4 files"),
            word(WordKind::TicketKey, "OPS", true, ""),
            word(WordKind::Fleet, "db##", true, "4 hosts"),
        ];
        let tell = |rule, value: &str| because(&words, rule, value.as_bytes());
        let wanted = "corp.example is internal: 10 authors, 169 hosts in 53 files";
        assert_eq!(tell("org-host", "db1.Corp.Example").as_deref(), Some(wanted));
        assert_eq!(tell("org-email", "alpha@corp.example").as_deref(), Some(wanted));
        assert_eq!(tell("org-host", "db1.mycorp.example"), None);
        assert_eq!(tell("org-host", "db1.dropped.example"), None);
        assert_eq!(tell("bucket", "corp.example"), None);
        let told = tell("internal-host", "db1.lon.wan");
        assert_eq!(told.as_deref(), Some(".wan is no public domain: 9 hosts in 4 files"));
        let told = tell("ticket", "OPS-12");
        assert_eq!(told.as_deref(), Some("OPS is a ticket key: added by reviewer1@example.com"));
        assert_eq!(tell("ticket", "DEVOPS-12"), None);
        let told = tell("bare-host", "db17");
        assert_eq!(told.as_deref(), Some("db## are hosts of the organisation: 4 hosts"));
    }

    #[test]
    fn words_are_brought_into_one_form() {
        use WordKind::{CodeName, Domain, Fleet, Owner, Site, Suffix, Tenant, TicketKey};
        let all = [
            (Domain, " *.Corp.Example. ", Some("corp.example")),
            (Domain, "corp", None),
            (Suffix, ".WAN", Some("wan")),
            (Suffix, "a.b", None),
            (Tenant, "acme.slack.com", Some("acme.slack.com")),
            (TicketKey, "OPS-", Some("OPS")),
            (TicketKey, "ops", None),
            (Owner, "Acme-Works", Some("acme-works")),
            (Site, "LON1", Some("lon1")),
            (Fleet, "db01", Some("db##")),
            (Fleet, "db", None),
            (CodeName, "Blue  Finch", Some("blue finch")),
            (CodeName, "a*", None),
        ];
        for (kind, word, normal) in all {
            assert_eq!(kind.normal(word).ok().as_deref(), normal, "{kind} {word:?}");
        }
    }
}
