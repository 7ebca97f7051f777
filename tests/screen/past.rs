// SPDX-License-Identifier: MIT OR Apache-2.0
//! The little repository with a history: earlier versions, messages, people, names.

use std::sync::Arc;

use debut::{
    domain::{CommitRef, HistorySummary, Layer, Metadata, Severity, Sighting, Target, TextOf},
    ops::{Event, SourceInfo},
    review::Identified,
    tui::Theme,
};

use crate::{
    fixture::{find, path},
    harness::World,
};

pub(crate) const OLD: &str = "aaaa1111aaaa1111aaaa1111aaaa1111aaaa1111";
const OLDER: &str = "bbbb2222bbbb2222bbbb2222bbbb2222bbbb2222";
pub(crate) const FIRST: &str = "1f00c0ffee1f00c0ffee1f00c0ffee1f00c0ffee";
pub(crate) const LAST: &str = "2e11decade2e11decade2e11decade2e11decade";
const TAG: &str = "7a60000000000000000000000000000000000007";

/// More values that must not be seen while they are masked. The first and the last are plain
/// words, which are not looked for everywhere.
pub(crate) const PAST_SECRETS: [&str; 4] =
    ["Winterfell", "user3@example.net", "Copper-Kettle-7", "sesame"];

const VARS: &str = "roles/db/vars/main.yml";
const PASSWORD: (&str, Severity) = ("sensitive/password-assignment", Severity::High);
const MAIL: (&str, Severity) = ("sensitive/email-address", Severity::Medium);
const HOST: (&str, Severity) = ("internal/host-name", Severity::Medium);
const TICKET: (&str, Severity) = ("internal/ticket", Severity::Low);

const NEWER_TEXT: &str = "# by user1@example.net\n\
db_host: old1.corp.example.net\n\
old_password: Winterfell\n\
db_password: \"hunter2-Ceramic\"\n\
kettle_password: Copper-Kettle-7\n";
const OLDER_TEXT: &str = "old_password: Winterfell\n\
kettle_password: Copper-Kettle-7\n\
db_host: old2.corp.example.net\n\
db_password: \"hunter2-Ceramic\"\n\
# Winterfell\n";

/// Text, where it stands, and what is told of it. As in a real scan a value is told once a path,
/// so some texts hold values of which no span in them is known.
struct Said {
    path: String,
    layer: Layer,
    text: &'static str,
    told: &'static [((&'static str, Severity), &'static str)],
}

fn texts() -> Vec<Said> {
    let object = |id: &str| Layer::Object(id.into());
    let metadata = |kind: Metadata| kind.path().to_string();
    let said = |path: &str, layer, text, told| Said { path: path.to_owned(), layer, text, told };
    vec![
        said(
            VARS,
            Layer::Past(OLD.into()),
            NEWER_TEXT,
            &[(HOST, "old1.corp.example.net"), (PASSWORD, "Winterfell")],
        ),
        said(
            VARS,
            Layer::Past(OLDER.into()),
            OLDER_TEXT,
            &[(HOST, "old2.corp.example.net"), (PASSWORD, "Copper-Kettle-7")],
        ),
        said(
            "gone/hosts.ini",
            Layer::Past(OLD.replace('a', "c").into()),
            "[db]\ndb1.corp.example.net\n",
            &[(HOST, "db1.corp.example.net")],
        ),
        said(
            &metadata(Metadata::Messages),
            object(FIRST),
            "Move to db9.corp.example.net\n\nThe password was sesame until now.\nSee OPS-1234.\n",
            &[(HOST, "db9.corp.example.net"), (PASSWORD, "sesame")],
        ),
        said(
            &metadata(Metadata::Messages),
            object(TAG),
            "Release, see OPS-1234; the password is not sesame any more\n",
            &[(TICKET, "OPS-1234")],
        ),
        said(
            &metadata(Metadata::Identities),
            object(FIRST),
            "ana <user3@example.net>\nbo <user1@example.net>\n",
            &[(MAIL, "user3@example.net"), (MAIL, "user1@example.net")],
        ),
        said(
            &metadata(Metadata::Refs),
            Layer::Name("refs/heads/try-sesame".into()),
            "try-sesame",
            &[(PASSWORD, "sesame")],
        ),
        said(
            &metadata(Metadata::Refs),
            Layer::Name("refs/heads/OPS-4711".into()),
            "OPS-4711",
            &[(TICKET, "OPS-4711")],
        ),
        said(
            &metadata(Metadata::Config),
            Layer::Name("remote.origin.url".into()),
            "https://app:Copper-Kettle-7@git.corp.example.net/core.git",
            &[(PASSWORD, "Copper-Kettle-7"), (HOST, "git.corp.example.net")],
        ),
    ]
}

fn commit(id: &str, time: i64, author: &str) -> Option<Arc<CommitRef>> {
    Some(Arc::new(CommitRef { id: id.into(), time, author: author.into() }))
}

fn sighting(new: &Identified) -> Option<Sighting> {
    // An author's name may be an address.
    let first = commit(FIRST, 1_500_000_000, "ana\u{202e} user3@example.net");
    let last = commit(LAST, 1_600_000_000, "bo");
    match &new.finding.layer {
        Layer::Past(id) if &**id == OLD => Some(Sighting { first, last, versions: 7 }),
        Layer::Tree | Layer::Past(_) => Some(Sighting { last: first.clone(), first, versions: 1 }),
        Layer::Object(id) if &**id == TAG => {
            Some(Sighting { first: None, last: None, versions: 1 })
        }
        Layer::Object(_) => Some(Sighting { first, last, versions: 3 }),
        Layer::Name(_) => None,
    }
}

impl World {
    /// The little repository and its history, scanned.
    pub(crate) fn with_past(theme: Theme, size: (u16, u16)) -> Self {
        let mut world = Self::empty(theme, size, Vec::new());
        let source = SourceInfo {
            name: "acme-core".into(),
            commit: "3f2a91c07d5e4b1a9c8d7e6f5a4b3c2d1e0f9a8b".into(),
            revision: "HEAD".into(),
            history: true,
            ..SourceInfo::default()
        };
        world.event(Event::Started { source, resume: None });
        world.scan();
        world
    }

    /// What the scan of the history says after that of the commit.
    pub(crate) fn scan_history(&mut self) {
        let rules = crate::fixture::rules();
        let mut found: Vec<Identified> = Vec::new();
        for said in texts() {
            let of = TextOf { path: path(&said.path), layer: said.layer.clone() };
            self.past.insert(of, said.text.into());
            for ((rule, severity), value) in said.told {
                let mut new = find(&rules, (rule, *severity, value), &said.path, said.text);
                new.truncate(1);
                new.iter_mut().for_each(|new| new.finding.layer = said.layer.clone());
                found.extend(new);
            }
        }
        let tree = crate::fixture::findings(&rules);
        let seen = |new: &Identified| {
            let target = Target::Place { path: new.finding.path.clone(), id: new.id.clone() };
            Some((target, Arc::new(sighting(new)?)))
        };
        let attributed = tree.iter().chain(&found).filter_map(seen).collect();
        self.event(Event::Found(found));
        self.event(Event::Attributed(attributed));
        self.event(Event::History(Arc::new(HistorySummary {
            commits: 66_724,
            blobs: 154_857,
            left_out: vec![("refs/pull/".into(), 60_000)],
            unreachable: 12,
            ..HistorySummary::default()
        })));
    }

    /// Opens the list with the cursor on the first row that the filter lets through.
    pub(crate) fn filtered(&mut self, text: &str) -> &mut Self {
        self.press("2 Esc Esc 2").press(&format!("/{}", text.replace(' ', " Space ")));
        self.press("Enter Home")
    }
}
