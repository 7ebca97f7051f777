// SPDX-License-Identifier: MIT OR Apache-2.0
//! Personal data: numbers, tables, records and addresses.

#![no_main]

use debut_fuzz::{choose, scan};
use libfuzzer_sys::fuzz_target;

/// What stands before a value, and the file.
const BEFORE: &[(&str, &str)] = &[
    ("a.csv", "id,first_name,last_name,email,phone,ssn,iban,card_number,birth_date\n"),
    ("a.sql", "INSERT INTO users (email, last_name, ssn, iban) VALUES\n("),
    ("a.json", "[{\"first_name\": \"Ida\", \"last_name\": \"Holm\", \"ssn\": \""),
    ("a.yml", "iban: "),
    ("a.yml", "card_number: "),
    ("a.yml", "phone: +"),
    ("a.yml", "ssn:\n- "),
    ("a.yml", "passport_number: "),
    ("a.yml", "steuer_id: "),
    ("a.yml", "cpf: "),
    ("a.yml", "aadhaar: "),
    ("a.ldif", "dn: uid=x\nmail: "),
];

fuzz_target!(|data: &[u8]| {
    if let Some(((path, before), rest)) = choose(data, BEFORE) {
        scan(path, &[before.as_bytes(), rest, b"\n"].concat());
    }
});
