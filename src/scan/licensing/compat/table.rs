// SPDX-License-Identifier: MIT OR Apache-2.0
//! The tables that say which licence can take in which: OSADL's matrix, and our own rows.

use std::{collections::HashMap, sync::OnceLock};

use serde::Deserialize;

use super::{Apart, Basis, LicenceKind, Outcome};

const MATRIX: &str = include_str!("../../../../assets/licences/compatibility.txt");
const OWN: &str = include_str!("../../../../assets/licences/compatibility-own.toml");

/// Judges two single licences by their ids, in the case of the SPDX list.
pub(super) fn judge(outbound: &str, inbound: &str) -> (Outcome, Basis) {
    if outbound.eq_ignore_ascii_case(inbound) {
        return (Outcome::Compatible, Basis::Same);
    }
    let font = LicenceKind::of(inbound) == Some(LicenceKind::Font);
    let cell = if font { None } else { cell(outbound, inbound) };
    match cell {
        Some(b'y' | b'=') => (Outcome::Compatible, Basis::Osadl),
        Some(b'n') => (Outcome::Incompatible, Basis::Osadl),
        Some(b'c') => (Outcome::Check, Basis::Osadl),
        _ => own(outbound, inbound).unwrap_or((Outcome::Unknown, Basis::Nothing)),
    }
}

struct Matrix {
    places: HashMap<String, usize>,
    rows: Vec<&'static [u8]>,
}

fn cell(outbound: &str, inbound: &str) -> Option<u8> {
    static PARSED: OnceLock<Matrix> = OnceLock::new();
    let matrix = PARSED.get_or_init(|| {
        let mut out = Matrix { places: HashMap::new(), rows: Vec::new() };
        for (id, cells) in MATRIX.lines().filter_map(|line| line.split_once('\t')) {
            out.places.insert(id.to_ascii_lowercase(), out.rows.len());
            out.rows.push(cells.as_bytes());
        }
        out
    });
    let place = |id: &str| matrix.places.get(&id.to_ascii_lowercase()).copied();
    matrix.rows.get(place(outbound)?)?.get(place(inbound)?).copied()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    outbound: Vec<String>,
    inbound: Vec<String>,
    outcome: Word,
    why: String,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Yes,
    No,
    Check,
    Font,
    Documentation,
    Data,
}

#[derive(Default, Deserialize)]
struct Own {
    row: Vec<Row>,
}

fn rows() -> &'static [Row] {
    static PARSED: OnceLock<Own> = OnceLock::new();
    &PARSED.get_or_init(|| toml::from_str(OWN).unwrap_or_default()).row
}

fn own(outbound: &str, inbound: &str) -> Option<(Outcome, Basis)> {
    let named = |ids: &[String], id: &str| {
        let kind = LicenceKind::of(id);
        ids.iter().any(|one| match one.strip_prefix('@') {
            Some("open") => kind.is_some_and(LicenceKind::is_open),
            Some(word) => kind.is_some_and(|kind| kind.word() == word),
            None => one == "*" || one.eq_ignore_ascii_case(id),
        })
    };
    let row =
        rows().iter().find(|row| named(&row.inbound, inbound) && named(&row.outbound, outbound))?;
    let outcome = match row.outcome {
        Word::Yes => Outcome::Compatible,
        Word::No => Outcome::Incompatible,
        Word::Check => Outcome::Check,
        Word::Font => Outcome::Separate(Apart::Font),
        Word::Documentation => Outcome::Separate(Apart::Documentation),
        Word::Data => Outcome::Separate(Apart::Data),
    };
    Some((outcome, Basis::Own(&row.why)))
}

#[cfg(test)]
mod tests {
    use super::{LicenceKind, MATRIX, OWN, Own, cell};

    #[test]
    fn the_matrix_is_whole_and_says_whose_it_is() {
        let rows: Vec<(&str, &str)> = MATRIX.lines().filter_map(|l| l.split_once('\t')).collect();
        assert_eq!(rows.len(), 110);
        assert!(rows.iter().all(|(_, cells)| cells.len() == 110));
        let count = |c: char| rows.iter().map(|(_, r)| r.matches(c).count()).sum::<usize>();
        assert_eq!(['y', 'n', 'u', '=', 'c'].map(count), [7729, 3228, 983, 110, 50]);
        for word in ["OSADL", "CC-BY-4.0", "2024-05-21", "https://www.osadl.org/", "Changed:"] {
            assert!(MATRIX.contains(word), "{word}");
        }
        assert_eq!(cell("mit", "gpl-2.0-only"), Some(b'n'));
    }

    #[test]
    fn own_rows_name_what_there_is_and_give_a_reason() {
        let own: Own = toml::from_str(OWN).expect("the rows");
        for row in &own.row {
            assert!(row.why.len() > 10);
            for name in row.inbound.iter().chain(&row.outbound).filter(|name| *name != "*") {
                let kind = name.strip_prefix('@').map(|word| {
                    word == "open" || LicenceKind::ALL.iter().any(|(known, _)| *known == word)
                });
                assert!(kind.unwrap_or_else(|| LicenceKind::of(name).is_some()), "{name}");
            }
        }
    }
}
