// SPDX-License-Identifier: MIT OR Apache-2.0
//! What is known of licences as an SPDX 2.3 document.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::domain::{How, LicenceFact};

/// What an SPDX document says.
pub struct SpdxInput<'a> {
    /// The name of what is described.
    pub name: &'a str,
    /// The commit, if it is one.
    pub revision: Option<&'a str>,
    /// When it was written, in UTC: `2026-01-31T12:00:00Z`.
    pub created: &'a str,
    /// The version of this program.
    pub program: &'a str,
    /// Each file, with its SHA-1.
    pub files: Vec<(&'a LicenceFact, &'a str)>,
    /// The SHA-1 of all of these in ascending order, written one behind the other.
    pub code: &'a str,
}

impl SpdxInput<'_> {
    /// Returns the document.
    #[must_use]
    pub fn document(&self) -> Value {
        let mut named = BTreeMap::new();
        let mut package = BTreeSet::new();
        let files: Vec<Value> = self
            .files
            .iter()
            .enumerate()
            .map(|(no, (fact, sum))| {
                let ids = ids(&fact.licence);
                package.extend(ids.iter().cloned());
                for id in ids.iter().filter(|id| id.starts_with("LicenseRef-")) {
                    named.entry(id.clone()).or_insert_with(|| place(fact));
                }
                file(no, fact, sum, &ids)
            })
            .collect();
        let contains = (0..files.len()).map(|no| {
            json!({ "spdxElementId": PACKAGE, "relationshipType": "CONTAINS", "relatedSpdxElement": file_id(no) })
        });
        let describes = json!({
            "spdxElementId": DOCUMENT, "relationshipType": "DESCRIBES", "relatedSpdxElement": PACKAGE,
        });
        let extracted: Vec<Value> =
            named.into_iter().map(|(id, place)| reference(&id, &place)).collect();
        let mut document = json!({
            "spdxVersion": "SPDX-2.3",
            "dataLicense": "CC0-1.0",
            "SPDXID": DOCUMENT,
            "name": self.name,
            "documentNamespace": self.namespace(),
            "creationInfo": {
                "created": self.created,
                "creators": [format!("Tool: debut-{}", self.program)],
            },
            "packages": [self.package(&package)],
            "files": files,
            "relationships": std::iter::once(describes).chain(contains).collect::<Vec<_>>(),
        });
        if !extracted.is_empty() {
            document["hasExtractedLicensingInfos"] = extracted.into();
        }
        document
    }

    fn package(&self, ids: &BTreeSet<String>) -> Value {
        let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        if ids.is_empty() {
            ids.push("NONE");
        }
        let mut package = json!({
            "SPDXID": PACKAGE,
            "name": self.name,
            "downloadLocation": "NOASSERTION",
            "filesAnalyzed": true,
            "packageVerificationCode": {
                "packageVerificationCodeValue": self.code,
            },
            "licenseConcluded": "NOASSERTION",
            "licenseDeclared": "NOASSERTION",
            "licenseInfoFromFiles": ids,
            "copyrightText": "NOASSERTION",
        });
        if let Some(revision) = self.revision {
            package["versionInfo"] = revision.into();
        }
        package
    }

    /// No two documents may share it, also of the same files.
    fn namespace(&self) -> String {
        let mut sum = Sha256::new();
        for part in [self.name, self.created, self.program, self.revision.unwrap_or_default()] {
            sum.update(part);
            sum.update([0]);
        }
        for (fact, content) in &self.files {
            sum.update(fact.path.as_bytes());
            sum.update([0]);
            sum.update(content);
        }
        let hex = data_encoding::HEXLOWER.encode(&sum.finalize()[..16]);
        format!("https://spdx.org/spdxdocs/debut-{hex}")
    }
}

const DOCUMENT: &str = "SPDXRef-DOCUMENT";
const PACKAGE: &str = "SPDXRef-Package";

fn file_id(no: usize) -> String {
    format!("SPDXRef-File-{}", no + 1)
}

fn file(no: usize, fact: &LicenceFact, sum: &str, ids: &[String]) -> Value {
    let holders: Vec<String> =
        fact.holders.iter().map(|holder| format!("Copyright {holder}")).collect();
    let mut file = json!({
        "SPDXID": file_id(no),
        "fileName": format!("./{}", fact.path),
        "checksums": [{ "algorithm": "SHA1", "checksumValue": sum }],
        "licenseConcluded": "NOASSERTION",
        "licenseInfoInFiles": ids,
        "copyrightText": if holders.is_empty() { "NONE".to_owned() } else { holders.join("\n") },
    });
    if fact.how != How::Nothing {
        let line = fact.line.map_or_else(String::new, |line| format!(", line {line}"));
        file["licenseComments"] = format!("{} ({}{line})", fact.licence, fact.how.word()).into();
    }
    file
}

/// Returns each licence of an expression by itself, as SPDX 2.3 wants it for files.
fn ids(expression: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut exception = false;
    for word in expression.split(|c: char| c.is_whitespace() || c == '(' || c == ')') {
        match word {
            "" | "AND" | "OR" => {}
            "WITH" => exception = true,
            // What an exception adds stands in the comment.
            _ if exception => exception = false,
            _ if !out.iter().any(|known| known == word) => out.push(word.to_owned()),
            _ => {}
        }
    }
    out
}

fn place(fact: &LicenceFact) -> String {
    let line = fact.line.map_or_else(String::new, |line| format!(", line {line}"));
    format!("{}{line}", fact.path)
}

fn reference(id: &str, place: &str) -> Value {
    let name = id.strip_prefix("LicenseRef-").unwrap_or(id);
    json!({
        "licenseId": id,
        "name": name,
        "extractedText": format!("No text of the SPDX licence list. Named {name}; first seen in {place}."),
    })
}
