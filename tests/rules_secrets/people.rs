// SPDX-License-Identifier: MIT OR Apache-2.0
//! What belongs to people and what only looks so: addresses, phones, cards, accounts, tables.

use std::fmt::Write;

use debut::domain::{Place, Severity};

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
