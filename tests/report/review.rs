// SPDX-License-Identifier: MIT OR Apache-2.0
//! Reviews made by hand.

use std::sync::Arc;

use debut::{
    domain::{
        Finding, HistorySummary, Inventory, Layer, Module, Place, RepoPath, Secret, Span, Vote,
        Word,
    },
    report::{Policy, Report, ReportInput, Source},
    review::{FindingIdx, Identified, Keyring, Session},
    rules::RuleSet,
};

pub(crate) const REVIEWER: &str = "reviewer1@example.com";
pub(crate) const TOKEN: &str = "sensitive/test-token";
pub(crate) const HOST: &str = "internal/test-host";
pub(crate) const PERSON: &str = "sensitive/test-person";
pub(crate) const LICENCE: &str = "licensing/test-file";

const RULES: &str = r#"
[[rule]]
id = "sensitive/test-token"
class = "credential"
severity = "critical"
title = "Test token"
why = "It opens a door."
remedy = "Revoke it."
keywords = ["tok_"]
pattern = 'tok_[a-z]+'

[[rule]]
id = "sensitive/test-person"
class = "personal-data"
severity = "medium"
title = "Test address"
why = "It is somebody's."
remedy = "Replace it."
keywords = ["@example"]
pattern = '[a-z0-9]+@[a-z.]+'

[[rule]]
id = "internal/test-host"
class = "internal-host"
severity = "medium"
title = "Host | of the `test` <script>alert(1)</script>"
why = "It names a machine."
remedy = "Replace it."
keywords = [".corp"]
pattern = '[a-z]+\.corp'

[[rule]]
id = "licensing/test-file"
class = "licence"
severity = "high"
title = "File without a licence"
why = "Nobody may use it."
remedy = "Say which."
keywords = ["licence"]
pattern = 'licence'

[[rule]]
id = "licensing/license-unknown"
class = "licence"
severity = "high"
title = "Licence text not recognised"
why = "Nobody can tell what it allows."
remedy = "Say which it is."
keywords = ["licence"]
pattern = 'licence'
"#;

/// A review under construction.
pub(crate) struct Review {
    pub(crate) session: Session,
    pub(crate) complete: bool,
    pub(crate) modules: Vec<Module>,
    pub(crate) banners: Vec<String>,
    pub(crate) history: Option<HistorySummary>,
    pub(crate) words: Vec<Word>,
    pub(crate) licences: Option<Inventory>,
    keys: Keyring,
}

impl Review {
    pub(crate) fn new() -> Self {
        Self::with_votes(Vec::new())
    }

    pub(crate) fn with_votes(votes: Vec<Vote>) -> Self {
        let rules = RuleSet::read(&[("test", RULES)]).expect("rules");
        Self {
            session: Session::new(Arc::new(rules), REVIEWER, votes),
            complete: true,
            modules: Vec::new(),
            banners: Vec::new(),
            history: None,
            words: Vec::new(),
            licences: None,
            keys: Keyring::new([7; 32]),
        }
    }

    pub(crate) fn add(&mut self, rule: &str, path: &[u8], line: u32, value: &[u8]) -> FindingIdx {
        let end = line as usize * 100 + value.len();
        let span =
            Span { start: end - value.len(), end, line, column: 1, end_line: line, end_column: 9 };
        self.add_at(rule, path, Place::Span(span), value)
    }

    pub(crate) fn add_at(
        &mut self,
        rule: &str,
        path: &[u8],
        place: Place,
        value: &[u8],
    ) -> FindingIdx {
        let rule = self.session.rules().find(rule).expect("rule");
        let info = self.session.rules().info(rule);
        let (severity, class) = (info.severity, info.class);
        let context = Secret::new(format!("line {}", place.line()).as_bytes());
        let (path, value) = (RepoPath::new(path), Secret::new(value));
        let finding = Finding {
            rule,
            severity,
            confidence: self.session.rules().info(rule).confidence,
            path,
            layer: Layer::Tree,
            place,
            value,
            context,
            notes: Vec::new(),
        };
        let id = self.keys.identify(&finding, class);
        let idx = self.session.add(Identified { finding, id });
        self.session.mark_seen(idx);
        idx
    }

    pub(crate) fn report(&self) -> Report {
        let refs = vec!["refs/heads/main".to_owned()];
        Report::build(&ReportInput {
            session: &self.session,
            source: Source {
                name: "netops",
                commit: "8cb55794c9e9f35729b82204f33223c001718565",
                tree: "8c14283a9b4ad7f2ca14ec59be0bc10fd9089234",
                revision: "HEAD",
                banners: &self.banners,
            },
            policy: Policy::builtin(),
            checklist_digest: Some(
                "sha256:e2ca7519d5d0d28f6cb4ed5c0f4eec6f74a301be739cc6e3914d3ad560d78fb5",
            ),
            mode: if self.history.is_some() { "history" } else { "snapshot" },
            refs: self.history.as_ref().map_or(&refs, |history| &history.refs),
            history: self.history.as_ref(),
            created: "2026-11-22T10:00:00Z",
            version: "0.1.0",
            files: 12,
            bytes: 2303,
            complete: self.complete,
            modules: &self.modules,
            words: &self.words,
            words_seal: "mfrggzdf",
            licences: self.licences.as_ref(),
            nonce: [9; 32],
        })
    }

    /// The three documents: JSON, Markdown, HTML.
    pub(crate) fn documents(&self) -> [String; 3] {
        let report = self.report();
        [report.to_json().expect("json"), report.to_markdown(), report.to_html()]
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.documents()[0]).expect("json")
    }
}
