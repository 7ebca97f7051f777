// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licences that the SPDX list does not have, told by phrases that all must be there.

use crate::scan::licensing::words;

/// The licence of an enterprise edition, most of whose words are those of an open one.
pub(super) const ENTERPRISE: &str = "Enterprise-Edition";

/// What tells one licence's text, as [`words::normalise`] leaves it.
const MARKS: &[(&str, &[&str])] = &[
    (
        "Commons-Clause",
        &[
            "the grant of rights under the license will not include and the license does not grant to you the right to sell the software",
        ],
    ),
    // GitLab's, and after it that of many others.
    (
        ENTERPRISE,
        &[
            "this software and associated documentation files the software may only be used in production if you and any entity that you represent",
        ],
    ),
    ("Confluent-Community-1.0", &["confluent community license", "excluded purpose"]),
    ("Prosperity-3.0.0", &["the prosperity public license", "noncommercial"]),
    ("RSALv2", &["redis source available license", "licensor"]),
    ("PolyForm-Shield-1.0.0", &["polyform shield license 1.0.0", "noncompete"]),
    ("PolyForm-Perimeter-1.0.0", &["polyform perimeter license 1.0.0", "noncompete"]),
    ("PolyForm-Strict-1.0.0", &["polyform strict license 1.0.0", "noncommercial purposes"]),
    ("PolyForm-Internal-Use-1.0.0", &["polyform internal use license 1.0.0", "internal business"]),
    ("PolyForm-Free-Trial-1.0.0", &["polyform free trial license 1.0.0", "days"]),
    (
        "Elastic-1.0",
        &["elastic license agreement", "elasticsearch", "basic features and functions"],
    ),
    ("Timescale-License", &["timescale license agreement", "value added products or services"]),
    ("CockroachDB-Community-License", &["cockroachdb community license", "licensed work"]),
    ("FSL-1.0", &["functional source license version 1.0", "competing use"]),
    ("Llama-Community", &["llama", "community license agreement", "meta", "monthly active users"]),
    ("RAIL", &["responsible ai license", "use based restrictions"]),
    ("Fair-Source", &["fair source license", "use limitation"]),
];

/// Returns the licences whose marks are all in the words, with where the first mark stands.
pub(super) fn find(text: &str) -> Vec<(usize, &'static str)> {
    let mut out: Vec<(usize, &'static str)> = MARKS
        .iter()
        .filter_map(|(id, marks)| {
            let places: Option<Vec<usize>> =
                marks.iter().map(|mark| words::find(text, mark)).collect();
            Some((places?.into_iter().min()?, *id))
        })
        .collect();
    out.sort_unstable();
    out
}
