// SPDX-License-Identifier: MIT OR Apache-2.0
//! What belongs to people and what only looks so: addresses, phones, cards, accounts, tables.

use std::fmt::Write;

use debut::domain::{Confidence, Finding, Place, Severity};

use super::{engine, personal::fit, rules, scan, template};

fn found(path: &str, text: &str, rule: &str) -> bool {
    rules(&engine(), path, text).iter().any(|name| name == rule)
}

#[test]
fn lines_that_credit_people_stay_untouched() {
    for line in [
        "Author: Marta Quill <marta.quill@gmail.com>",
        " * @author Marta Quill <marta.quill@gmail.com>",
        "Copyright (c) 2020 Marta Quill <marta.quill@gmail.com>",
        "Signed-off-by: Marta Quill <marta.quill@gmail.com>",
        "Co-authored-by: Marta Quill <marta.quill@gmail.com>",
        "Maintainer: Marta Quill <marta.quill@gmail.com>",
        " -- Marta Quill <marta.quill@gmail.com>  Thu, 01 Feb 2024 10:00:00 +0000",
        "* Thu Feb 01 2024 Marta Quill <marta.quill@gmail.com> - 1.2-3",
        "# Contributors:\n# - Jo Brandt <jo.brandt@gmx.de>\n# - A B <a.b@web.de>\n\
         # - C D <c.d@web.de>\n# - E F <e.f@web.de>\n# - Marta Quill <marta.quill@gmail.com>",
        "/* Traducido por Marta Quill (marta.quill@gmail.com). */",
    ] {
        for path in ["src/a.c", "a.conf"] {
            let names = rules(&engine(), path, line);
            assert!(names.iter().all(|name| !name.ends_with("email")), "{line}: {names:?}");
        }
    }
    for path in ["AUTHORS", "package.json", "debian/changelog", "CONTRIBUTORS.md", ".mailmap"] {
        assert!(!found(path, "Marta Quill <marta.quill@gmail.com>", "personal-email"), "{path}");
    }
    assert!(found("a.conf", "notify Marta Quill <marta.quill@gmail.com>", "personal-email"));
}

#[test]
fn addresses_of_nobody_are_none() {
    for mail in [
        "john.doe@gmail.com",
        "info@gmx.de",
        "john_22@gmail.com",
        "marta.quill@example.com",
        "git@github.com",
        "security@quillnet.org",
        "noreply@gmail.com",
        "web.js@2.1.0",
        "first.last@gmail.com",
        "max.mustermann@quillnet.de",
        "a...@gmail.com",
    ] {
        let names = rules(&engine(), "a.conf", &format!("notify: {mail}"));
        assert!(names.iter().all(|name| !name.ends_with("email")), "{mail}: {names:?}");
    }
}

#[test]
fn phones_in_every_syntax() {
    for text in [
        "phone: \"+49 30 2345 6781\"",
        "\"mobile\": \"(617) 253-4761\",",
        "tel:+496172534781",
        "<phone>+49 30 2345 6781</phone>",
        "PHONE_NUMBER=+496172534781",
        "Tel.: 030 2345 6781",
        "phone_number = '617-253-4761'",
        "téléphone : 01 42 68 53 17",
        "handy: 0151 2745 6781",
        "whatsapp: +55 11 97418-4372",
        "'mobile' => '+447911 847263'",
        "Call me at 617-253-4761",
    ] {
        assert!(found("a.conf", text, "phone"), "{text}");
    }
    for text in [
        "phone: 555-0142",
        "phone: +1 202 555 0142",
        "phone_id: 6172534761",
        "tel: 1-800-273-8255",
        "mobile: 1.2.3.4",
        "phone: 2024-01-31 12:00",
        "headphone: 6172534761a",
        "phone: 0000000000",
    ] {
        assert!(!found("a.conf", text, "phone"), "{text}");
    }
}

#[test]
fn a_card_with_its_code_weighs_most() {
    let card = template::expand("{card}");
    let severity = |text: &str| {
        let engine = engine();
        let all = scan(&engine, "a.yml", text.as_bytes());
        let card = all.iter().find(|f| engine.rules().info(f.rule).name() == "payment-card");
        card.map(|f| f.severity)
    };
    assert_eq!(severity(&format!("card: {card}")), Some(Severity::High));
    assert_eq!(severity(&format!("card: {card}\ncvv: 123")), Some(Severity::Critical));
    assert_eq!(severity("card: 4242424242424242"), None);
    assert_eq!(severity(&format!("card: 0.{card}")), None);
}

/// Makes a table of so many people.
fn table(count: usize) -> String {
    let first = ["Marta", "Jo", "Ida", "Nils", "Rosa", "Piet", "Lena"];
    let mut text = String::from("id,first_name,last_name,email,cpf\n");
    for (no, first) in first.iter().take(count).enumerate() {
        let cpf = fit(&format!("br-cpf:cpf:384.91{no}.205-??"));
        writeln!(text, "{no},{first},Quill,{first}@quill{no}net.org,{cpf}").expect("a line");
    }
    text
}

#[test]
fn a_table_is_judged_as_a_whole_and_number_by_number() {
    let engine = engine();
    let all = scan(&engine, "data/customers.csv", table(7).as_bytes());
    let of = |rule: &str| all.iter().filter(|f| engine.rules().info(f.rule).name() == rule).count();
    assert_eq!((of("br-cpf"), of("personal-records")), (7, 1));
    let whole = all.iter().find(|f| f.place == Place::File).expect("the file");
    assert_eq!(whole.severity, Severity::Critical);
    assert!(whole.notes[0].starts_with("7 people: "), "{:?}", whole.notes);
    // Few people make no table, but their numbers stay numbers.
    let few = rules(&engine, "data/customers.csv", &table(2));
    assert_eq!(few, ["br-cpf", "br-cpf"]);
    // The same rows without a header are numbers like any other.
    let (_, rows) =
        table(7).split_once('\n').map(|(a, b)| (a.to_owned(), b.to_owned())).expect("rows");
    assert!(!found("data/customers.csv", &rows, "br-cpf"));
}

#[test]
fn what_people_pay_with_is_found_in_each_row() {
    let mut text = String::from("first_name,last_name,card_number,iban\n");
    for no in 0..12 {
        text += &template::expand(&format!("Marta,Quill{no},{{card}},{{iban}}\n"));
    }
    text += "Jo,Brandt,4242424242424242,DE00123456781234567890\n";
    let engine = engine();
    let all = scan(&engine, "data/orders.csv", text.as_bytes());
    for rule in ["payment-card", "iban"] {
        let of = all.iter().filter(|one| engine.rules().info(one.rule).name() == rule);
        let severities: Vec<Severity> = of.map(|one| one.severity).collect();
        assert_eq!(severities.len(), 12, "{rule}");
        assert!(severities.iter().all(|one| *one == severities[0]), "{rule}: {severities:?}");
    }
}

#[test]
fn rows_of_dumps_and_lists_of_objects_are_tables() {
    let mut sql = String::from("INSERT INTO `users` (`id`, `email`, `last_name`) VALUES\n");
    let mut lines = String::new();
    for no in 1..7 {
        writeln!(sql, "({no}, 'mq{no}@quillnet.org', 'Quill'),").expect("a line");
        writeln!(
            lines,
            "{{\"first_name\": \"Marta\", \"last_name\": \"Quill{}\"}}",
            "x".repeat(no)
        )
        .expect("a line");
    }
    assert!(found("dump.sql", &sql, "personal-records"));
    assert!(found("data/a.jsonl", &lines, "personal-records"));
    assert!(!found("src/a.py", &sql, "personal-records"));
}

/// Returns what is said of the columns of a file, and how sure that is.
fn columns(path: &str, text: &str) -> Option<(Vec<String>, Confidence)> {
    let engine = engine();
    let all = scan(&engine, path, text.as_bytes());
    let column = |f: &&Finding| engine.rules().info(f.rule).name() == "personal-column";
    all.iter().find(column).map(|f| {
        assert_eq!((&f.place, f.value.expose()), (&Place::File, path.as_bytes()));
        (f.notes.clone(), f.confidence)
    })
}

#[test]
fn columns_without_names_are_told_by_check_digits() {
    let rows = |row: &str| template::expand(&row.repeat(8));
    let said = |path: &str, text: &str, what: &str| {
        let (notes, sure) = columns(path, text).unwrap_or_else(|| panic!("{path}: {text}"));
        assert!(notes.iter().any(|note| note.contains(what)), "{notes:?}");
        assert!(notes.iter().all(|note| !note.contains("4539")), "{notes:?}");
        sure
    };
    let cards = rows("7,{card},x\n");
    assert_eq!(said("a.csv", &cards, "column 2: payment cards"), Confidence::Medium);
    said("a.tsv", &cards.replace(',', "\t"), "column 2: payment cards");
    said("a.txt", &cards.replace(',', "|"), "payment cards");
    said("a.csv", &format!("c1,c2,c3\n{cards}"), "payment cards");
    said("a.csv", &rows("{iban}\n"), "column 1: IBANs");
    let sql = format!("INSERT INTO t VALUES {};\n", rows("(1,'{card}',NULL),\n"));
    said("a.sql", &sql, "column 2: payment cards");
    let each = rows("INSERT INTO t VALUES (1,'{card}');\n");
    said("a.sql", &format!("-- x\nINSERT INTO s VALUES (1);\n{each}"), "payment cards");
    said("a.sql", &format!("COPY t FROM stdin;\n{}\\.\n", cards.replace(',', "\t")), "payment");
    said("a.jsonl", &rows("{{\"a\": 1, \"b\": \"{card}\"}}\n"), "payment cards");
    said("a.ndjson", &rows("[\"{card}\", 2]\n"), "column 1: payment cards");
    let security: String = (0..8).map(|no| format!("{no};529-8{no}-417{no}\n")).collect();
    said("a.csv", &security, "us-ssn");
    let people = |no: usize| format!("mq{no}@quillnet.org,+49 30 23{no}5 67{no}9\n");
    let people: String = (0..8).map(people).collect();
    assert_eq!(said("a.csv", &people, "mail addresses and phone"), Confidence::Low);
}

#[test]
fn other_columns_are_no_numbers_of_people() {
    let nothing = |path: &str, text: &str| {
        assert_eq!(columns(path, text), None, "{path}: {text}");
    };
    let rows = |row: &str, count: usize| template::expand(&row.repeat(count));
    // Few, one among many, the same one, named ones, another kind of file.
    nothing("a.csv", &rows("7,{card}\n", 4));
    nothing("a.csv", &format!("{}8,4539718204629171\n", rows("7,{card}\n", 8)));
    nothing("a.csv", &template::expand("7,{card}\n").repeat(20));
    nothing("a.csv", &format!("id,iban\n{}", rows("7,{iban}\n", 8)));
    nothing("a.py", &rows("7,{card}\n", 8));
    nothing("a.txt", &rows("{card}\n", 8));
    // One in ten of these passes.
    let series = |from: u64, step: u64| -> String {
        (0..60).map(|no| format!("{no},{}\n", from + no * step)).collect()
    };
    nothing("a.csv", &series(4_539_718_204_629_171, 37));
    nothing("a.csv", &series(1_612_345_678, 86_400));
    nothing("a.csv", &series(529_834_171, 101));
    nothing("a.csv", &series(9_780_306_406_157, 13));
    let mails: String = (0..8).map(|no| format!("mq{no}@quillnet.org,{no}\n")).collect();
    nothing("a.csv", &mails);
}
