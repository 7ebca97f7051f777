// SPDX-License-Identifier: MIT OR Apache-2.0
//! The Americas but for the United States.

use super::{
    super::check::{digits, is_date, luhn, two, weighted},
    Id, Weight,
};

pub(super) const IDS: &[Id] = &[
    Id { rule: "ca-sin", shapes: &["999-999-999"], check: sin, weight: Weight::Digits },
    Id { rule: "br-cpf", shapes: &["999-999-999-99"], check: cpf, weight: Weight::Digits },
    Id { rule: "br-cnpj", shapes: &["XX-XXX-XXX-XXXX-99"], check: cnpj, weight: Weight::Digits },
    Id { rule: "mx-curp", shapes: &["AAAA999999AAAAAAX9"], check: curp, weight: Weight::Strong },
    Id {
        rule: "mx-rfc",
        shapes: &["AAAA-999999-XXX", "AAA-999999-XXX"],
        check: rfc,
        weight: Weight::Strong,
    },
    Id { rule: "ar-cuit", shapes: &["99-99999999-9"], check: cuit, weight: Weight::Digits },
    Id {
        rule: "cl-rut",
        shapes: &["99-999-999-9", "9-999-999-9", "99-999-999-K", "9-999-999-K"],
        check: rut,
        weight: Weight::Digits,
    },
];

/// Canadian social insurance number: Luhn; none begins with 0 or 8.
fn sin(value: &[u8]) -> bool {
    digits(value).is_some_and(|all| all.len() == 9 && !matches!(all[0], 0 | 8) && luhn(&all))
}

/// Two check digits to the modulus 11, of which a remainder below 2 gives 0.
fn twice_mod_11(values: &[u32], first: &[u32], second: &[u32]) -> bool {
    let fits = |weights: &[u32]| {
        let rest = weighted(values, weights) % 11;
        values.get(weights.len()) == Some(&if rest < 2 { 0 } else { 11 - rest })
    };
    fits(first) && fits(second)
}

/// Receita Federal, Cadastro de Pessoas Físicas.
fn cpf(value: &[u8]) -> bool {
    digits(value).is_some_and(|all| {
        all.len() == 11
            && twice_mod_11(&all, &[10, 9, 8, 7, 6, 5, 4, 3, 2], &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
    })
}

/// Receita Federal, CNPJ; from July 2026 also with letters, each worth its code less 48
/// (Instrução Normativa RFB 2.229/2024).
fn cnpj(value: &[u8]) -> bool {
    let values: Vec<u32> = value.iter().map(|b| u32::from(b.wrapping_sub(b'0'))).collect();
    values.len() == 14
        && twice_mod_11(
            &values,
            &[5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2],
            &[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2],
        )
}

/// Where a byte stands among the digits, the letters of Spanish up to N, `extra`, and the rest.
fn rank(byte: u8) -> u32 {
    match byte {
        b'0'..=b'9' => u32::from(byte - b'0'),
        b'A'..=b'N' => u32::from(byte - b'A') + 10,
        // One more stands between N and O: Ñ in a CURP, & in an RFC.
        _ => u32::from(byte.wrapping_sub(b'A')) + 11,
    }
}

/// RENAPO, Clave Única de Registro de Población.
fn curp(value: &[u8]) -> bool {
    if value.len() != 18 {
        return false;
    }
    let (Some(date), Some(last)) = (digits(&value[4..10]), digits(&value[17..])) else {
        return false;
    };
    let sum: u32 = value[..17].iter().zip((2..=18).rev()).map(|(b, w)| rank(*b) * w).sum();
    matches!(value[10], b'H' | b'M' | b'X')
        && is_date(two(&date, 0), two(&date, 2), two(&date, 4))
        && (10 - sum % 10) % 10 == last[0]
}

/// SAT, Registro Federal de Contribuyentes: 13 places for people, 12 for companies, which are
/// filled with a blank worth 37.
fn rfc(value: &[u8]) -> bool {
    let Some(first) = value.len().checked_sub(9).filter(|first| matches!(first, 3 | 4)) else {
        return false;
    };
    let Some(date) = digits(&value[first..first + 6]) else { return false };
    let blank = if first == 3 { 37 * 13 } else { 0 };
    let (last, head) = (value[value.len() - 1], &value[..value.len() - 1]);
    let weights = (2..=head.len() as u32 + 1).rev();
    let sum: u32 = blank + head.iter().zip(weights).map(|(b, w)| rank(*b) * w).sum::<u32>();
    let expected = match 11 - sum % 11 {
        11 => b'0',
        10 => b'A',
        digit => b'0' + digit as u8,
    };
    is_date(two(&date, 0), two(&date, 2), two(&date, 4)) && last == expected
}

/// ANSES and AFIP: kind of taxpayer, document, check digit.
fn cuit(value: &[u8]) -> bool {
    let Some(all) = digits(value).filter(|all| all.len() == 11) else { return false };
    let sum = weighted(&all, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
    matches!(two(&all, 0), 20 | 23..=27 | 30 | 33 | 34)
        && match 11 - sum % 11 {
            11 => all[10] == 0,
            10 => all[10] == 9,
            digit => all[10] == digit,
        }
}

/// Registro Civil, Rol Único Tributario: weights 2 to 7 from the right, over and over.
fn rut(value: &[u8]) -> bool {
    let Some((last, rest)) = value.split_last() else { return false };
    let Some(all) = digits(rest).filter(|all| matches!(all.len(), 7 | 8) && all[0] != 0) else {
        return false;
    };
    let sum: u32 = all.iter().rev().zip((2..=7).cycle()).map(|(d, w)| d * w).sum();
    *last
        == match 11 - sum % 11 {
            11 => b'0',
            10 => b'K',
            digit => b'0' + digit as u8,
        }
}
