// SPDX-License-Identifier: MIT OR Apache-2.0
//! Numbers of people: exactly as many check digits pass as the algorithm promises, a lone number
//! is noise, and stand-ins are never found again.

use std::{
    collections::BTreeMap,
    sync::{Mutex, OnceLock},
};

use debut::{domain::Category, scan::Engine};

use super::{cases, engine, rules, scan, template};

fn shared() -> &'static Engine {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    ENGINE.get_or_init(engine)
}

/// Returns all numbers that the template `RULE:FIELD:NUMBER` may stand for and the rule finds.
fn all_that_fit(argument: &str) -> Vec<String> {
    let (rule, rest) = argument.split_once(':').expect("a rule");
    let (field, number) = rest.split_once(':').expect("a field and a number");
    let mut all = vec![number.to_owned()];
    for (sign, marks) in [('?', "0123456789"), ('*', "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")] {
        while all[0].contains(sign) {
            let more = |text: &String| -> Vec<String> {
                marks.chars().map(|mark| text.replacen(sign, &mark.to_string(), 1)).collect()
            };
            all = all.iter().flat_map(more).collect();
        }
    }
    let fits = |number: &String| {
        rules(shared(), "a.yml", &format!("{field}: {number}\n")).iter().any(|name| name == rule)
    };
    all.retain(fits);
    all
}

/// Returns the first of them.
pub(crate) fn fit(argument: &str) -> String {
    static KNOWN: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());
    let known = KNOWN.lock().expect("no panic").get(argument).cloned();
    known.unwrap_or_else(|| {
        let all = all_that_fit(argument);
        let first = all.into_iter().next().unwrap_or_else(|| panic!("none fits {argument}"));
        KNOWN.lock().expect("no panic").insert(argument.to_owned(), first.clone());
        first
    })
}

/// Templates with `?` for check digits and `*` for check characters, and how many completions are right.
const COMPLETED: &[(&str, usize)] = &[
    ("us-npi:npi:157693208?", 1),
    ("us-dea-number:dea:BK739216?", 1),
    ("us-bank-routing-number:aba:27308513?", 1),
    ("ca-sin:sin:529-834-17?", 1),
    ("br-cpf:cpf:384.917.205-??", 1),
    ("br-cnpj:cnpj:37.482.916/0001-??", 1),
    ("br-cnpj:cnpj:7K.4QX.91B/0001-??", 1),
    ("mx-curp:curp:PELM830417MDFRZN0?", 1),
    ("mx-rfc:rfc:PELM830417QX*", 1),
    ("ar-cuit:cuit:27-31846205-?", 1),
    ("cl-rut:rut:17.482.936-*", 1),
    ("uk-nhs-number:nhs no:481 306 279?", 1),
    ("ie-pps:ppsn:4918263*", 1),
    ("fr-nir:nir:2 83 04 75 118 042 ??", 1),
    ("be-national-number:niss:83.04.17-204.??", 2),
    ("nl-bsn:bsn:41839205?", 1),
    ("lu-matricule:matricule:19830417204??", 1),
    ("de-tax-id:steuer-id:4183920563?", 1),
    ("de-social-insurance:sv-nummer:15170483L04?", 1),
    ("at-social-insurance:svnr:491?170483", 1),
    ("ch-ahv:ahv:756.4183.9205.7?", 1),
    ("es-dni:dni:41839205*", 1),
    ("es-dni:nie:Y4183920*", 1),
    ("pt-nif:nif:24183920?", 1),
    ("it-codice-fiscale:codice fiscale:PLLMRC83D17F205*", 1),
    ("gr-amka:amka:1704830418?", 1),
    ("hr-oib:oib:4183920567?", 1),
    ("se-personnummer:personnummer:830417-204?", 1),
    ("fi-hetu:hetu:170483-204*", 1),
    ("no-fodselsnummer:fnr:170483204??", 1),
    ("ee-lt-personal-code:isikukood:4830417204?", 1),
    ("lv-personal-code:personas kods:170483-1204?", 1),
    ("is-kennitala:kennitala:170483-23?9", 1),
    ("pl-pesel:pesel:8304172046?", 1),
    ("pl-nip:nip:418-392-05-6?", 1),
    ("cz-sk-birth-number:rodne cislo:835417/204?", 1),
    ("ro-cnp:cnp:283041712204?", 1),
    ("bg-egn:egn:830417204?", 1),
    ("hu-taj:taj:418 392 05?", 1),
    ("ua-tax-number:rnokpp:304179204?", 1),
    ("ru-inn:inn:7741839205??", 1),
    ("ru-snils:snils:418-392-057 ??", 1),
    ("yu-jmbg:jmbg:170498371204?", 1),
    ("cn-resident-id:idcard:11010519830417204*", 1),
    ("in-aadhaar:aadhaar:4183 9205 617?", 1),
    ("jp-my-number:my_number:4183 9205 617?", 1),
    ("kr-resident-number:rrn:830417-220461?", 1),
    ("tw-national-id:national_id:F21839204?", 1),
    ("hk-id-card:hkid:K418392(*)", 1),
    ("sg-nric:nric:S8341720*", 1),
    ("th-citizen-id:citizen_id:3-4183-92056-17-?", 1),
    ("au-tfn:tfn:418 392 05?", 1),
    ("au-medicare:medicare:4183 9205? 1", 1),
    ("nz-ird:ird:49-183-92?", 1),
    ("tr-identity-number:tckn:418392056??", 1),
    ("il-identity-number:teudat zehut:31839205?", 1),
    ("za-identity-number:id_number:830417204608?", 1),
    ("ae-emirates-id:emirates_id:784-1983-4183920-?", 1),
    ("sa-national-id:iqama:241839205?", 1),
    ("vin:vin:WDB41839*5F204617", 1),
    ("imei:imei:35418392056170?", 1),
];

#[test]
fn as_many_check_digits_pass_as_promised() {
    let mut wrong = Vec::new();
    for (template, expected) in COMPLETED {
        let found = all_that_fit(template);
        if found.len() != *expected {
            wrong.push(format!("{template}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_lone_number_that_passes_is_noise() {
    for (template, _) in COMPLETED {
        let number = fit(template);
        for text in [number.clone(), format!("build {number} of 2024\n"), format!("x = '{number}'")]
        {
            let found: Vec<String> = scan(shared(), "a.yml", text.as_bytes())
                .iter()
                .map(|f| shared().rules().info(f.rule))
                .filter(|info| info.category == Category::Sensitive)
                .map(|info| info.id.clone())
                .collect();
            assert!(found.is_empty(), "{text}: {found:?}");
        }
    }
}

/// Every syntax in which a field has a value.
#[test]
fn fields_are_found_in_every_syntax() {
    let cpf = fit("br-cpf:cpf:384.917.205-??");
    let mut missed = Vec::new();
    for text in [
        "cpf: @",
        "cpf = '@'",
        "CPF=@",
        "\"cpf\": \"@\",",
        "'cpf' => '@',",
        ":cpf => '@'",
        "cpf := \"@\"",
        "<cpf>@</cpf>",
        "<field name=\"cpf\" value=\"@\"/>",
        "setCpf(\"@\");",
        "String userCpf = \"@\";",
        "?cpf=@&x=1",
        "--cpf @",
        "# CPF: @",
        "| CPF | @ |",
        "export CUSTOMER_CPF=@",
        "{\"name\": \"cpf\", \"value\": \"@\"}",
        "o CPF do cliente é @.",
        "cpf:\n  value: '@'",
        "cpfs:\n  - @\n  - @",
        "const cpf = `@`",
        "{\\\"cpf\\\":\\\"@\\\"}",
        "<td>CPF</td><td>@</td>",
        "<key>cpf</key>\n<string>@</string>",
    ] {
        let text = text.replace('@', &cpf);
        if !rules(shared(), "a.yml", &text).iter().any(|rule| rule == "br-cpf") {
            missed.push(text);
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn what_looks_like_a_field_is_none() {
    let cpf = fit("br-cpf:cpf:384.917.205-??");
    for text in [
        "cpf_regex = '@'",
        "cpf: null, fone: '@'",
        "ccpfx: @",
        "cpf: 1.@",
        "cpf: a@",
        "cpf: @-9",
        "<cpf></cpf><id>@</id>",
        "cpf_hash: @",
        "mask_cpf('@')",
        "fake_cpf: @",
    ] {
        let text = text.replace('@', &cpf);
        let found = rules(shared(), "a.yml", &text);
        assert!(found.iter().all(|rule| rule != "br-cpf"), "{text}: {found:?}");
    }
}

#[test]
fn a_stand_in_is_not_found_where_the_value_was() {
    let mut wrong = Vec::new();
    for case in cases::all() {
        let idx = shared().rules().find(&format!("sensitive/{}", case.rule)).expect(case.rule);
        let info = shared().rules().info(idx);
        if !info.class.starts_masked() || info.replacement.is_empty() {
            continue;
        }
        let text = template::expand(case.fires).into_bytes();
        let found = scan(shared(), case.path, &text);
        let Some(span) = found.iter().find(|f| f.rule == idx).and_then(|f| f.place.span()) else {
            continue;
        };
        let new = debut::domain::stand_in::Template::new(&info.replacement).example();
        let text = [&text[..span.start], new.as_bytes(), &text[span.end..]].concat();
        let again = scan(shared(), case.path, &text);
        let still = |f: &&debut::domain::Finding| {
            f.place.span().is_some_and(|s| s.start == span.start)
                && shared().rules().info(f.rule).class == info.class
        };
        if let Some(finding) = again.iter().find(still) {
            wrong.push(format!(
                "{}: {new} is {}",
                case.rule,
                shared().rules().info(finding.rule).id
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
