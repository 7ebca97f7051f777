// SPDX-License-Identifier: MIT OR Apache-2.0
//! Numbers that states and industries give to people.

use super::Case;

/// A rule, a line it finds and one it must not.
const fn case(rule: &'static str, fires: &'static str, miss: &'static str) -> Case {
    Case { rule, path: "infra/settings.conf", fires, near_miss: ("infra/settings.conf", miss) }
}

pub(super) const CASES: &[Case] = &[
    case("us-ssn", r#"ssn: "529-83-4171""#, r#"order: "529-83-4171""#),
    case("us-itin", "itin: 941-83-4271", "itin: 941-49-4271"),
    case("us-npi", "npi: {fit:us-npi:npi:157693208?}", "build: {fit:us-npi:npi:157693208?}"),
    case(
        "us-dea-number",
        r#""dea": "{fit:us-dea-number:dea:BK739216?}""#,
        r#""idea": "{fit:us-dea-number:dea:BK739216?}""#,
    ),
    case(
        "us-bank-routing-number",
        "routing_number = {fit:us-bank-routing-number:aba:27308513?}",
        "routing_number = 273085130",
    ),
    case("us-medicare-id", "medicare_number: 4QK7-RT2-HM53", "medicare_number: 4QO7-RT2-HM53"),
    case("ca-sin", "SIN: {fit:ca-sin:sin:529-834-17?}", "using: {fit:ca-sin:sin:529-834-17?}"),
    case("br-cpf", "'cpf' => '{fit:br-cpf:cpf:384.917.205-??}'", "'cpf' => '384.917.205-00'"),
    case("br-cnpj", "CNPJ={fit:br-cnpj:cnpj:7K.4QX.91B/0001-??}", "CNPJ=7K.4QX.91B/0001-99"),
    case("mx-curp", "curp: {fit:mx-curp:curp:PELM830417MDFRZN0?}", "curp: PELM833317MDFRZN05"),
    case("mx-rfc", r#"rfc: "{fit:mx-rfc:rfc:PELM830417QX*}""#, r#"rfc: "XAXX010101000""#),
    case(
        "ar-cuit",
        "cuit={fit:ar-cuit:cuit:27-31846205-?}",
        "circuit={fit:ar-cuit:cuit:27-31846205-?}",
    ),
    case(
        "cl-rut",
        r#""rut": "{fit:cl-rut:rut:17.482.936-*}""#,
        r#""truth": "{fit:cl-rut:rut:17.482.936-*}""#,
    ),
    case(
        "uk-nino",
        "national insurance number: JK 48 39 20 B",
        "national insurance number: QQ 12 34 56 C",
    ),
    case(
        "uk-nhs-number",
        "nhs_number: {fit:uk-nhs-number:nhs no:481 306 279?}",
        "nhs_number: 943 476 5919",
    ),
    case("ie-pps", "ppsn: {fit:ie-pps:ppsn:4918263*}", "ppsn: 1234567T"),
    case(
        "fr-nir",
        r#"numero_secu: "{fit:fr-nir:nir:2 83 04 75 118 042 ??}""#,
        r#"numero_secu: "2 83 04 75 118 042 00""#,
    ),
    case(
        "be-national-number",
        "rijksregisternummer: {fit:be-national-number:niss:83.04.17-204.??}",
        "version: {fit:be-national-number:niss:83.04.17-204.??}",
    ),
    case("nl-bsn", "bsn={fit:nl-bsn:bsn:41839205?}", "bsn=123456782"),
    case(
        "lu-matricule",
        "matricule: {fit:lu-matricule:matricule:19830417204??}",
        "matricule: 1983041720400",
    ),
    case(
        "de-tax-id",
        "steuer_id: {fit:de-tax-id:steuer-id:4183920563?}",
        "ticket_id: {fit:de-tax-id:steuer-id:4183920563?}",
    ),
    case(
        "de-social-insurance",
        "Sozialversicherungsnummer: {fit:de-social-insurance:sv-nummer:15170483L04?}",
        "Sozialversicherungsnummer: 15170483L04X",
    ),
    case(
        "at-social-insurance",
        "svnr: {fit:at-social-insurance:svnr:491?170483}",
        "svnr: 1237010180",
    ),
    case("ch-ahv", "ahv_nr: {fit:ch-ahv:ahv:756.4183.9205.7?}", "ahv_nr: 756.1234.5678.97"),
    case("es-dni", "dni: {fit:es-dni:dni:41839205*}", "dni: 12345678Z"),
    case("pt-nif", "nif: {fit:pt-nif:nif:24183920?}", "nif: 123456789"),
    case(
        "it-codice-fiscale",
        "codice_fiscale: {fit:it-codice-fiscale:codice fiscale:PLLMRC83D17F205*}",
        "codice_fiscale: RSSMRA85T10A562S",
    ),
    case("gr-amka", "amka: {fit:gr-amka:amka:1704830418?}", "amka: 17048304190"),
    case("hr-oib", "oib: {fit:hr-oib:oib:4183920567?}", "foible: {fit:hr-oib:oib:4183920567?}"),
    case(
        "se-personnummer",
        "personnummer: {fit:se-personnummer:personnummer:830417-204?}",
        "personnummer: 811228-9874",
    ),
    case("fi-hetu", "hetu: {fit:fi-hetu:hetu:170483-204*}", "hetu: 131052-308T"),
    case(
        "no-fodselsnummer",
        "fnr: {fit:no-fodselsnummer:fnr:170483204??}",
        "count: {fit:no-fodselsnummer:fnr:170483204??}",
    ),
    case("dk-cpr", "cpr_nummer: 170483-2046", "cpr_nummer: 470483-2046"),
    case(
        "ee-lt-personal-code",
        "isikukood: {fit:ee-lt-personal-code:isikukood:4830417204?}",
        "isikukood: 37605030299",
    ),
    case(
        "lv-personal-code",
        "personas kods: {fit:lv-personal-code:personas kods:170483-1204?}",
        "personas kods: 993483-12040",
    ),
    case(
        "is-kennitala",
        "kennitala: {fit:is-kennitala:kennitala:170483-23?9}",
        "kennitala: 170483-3035",
    ),
    case("pl-pesel", "pesel: {fit:pl-pesel:pesel:8304172046?}", "pesel: 44051401359"),
    case(
        "pl-nip",
        "nip: {fit:pl-nip:nip:418-392-05-6?}",
        "snippet: {fit:pl-nip:nip:418-392-05-6?}",
    ),
    case(
        "cz-sk-birth-number",
        "rodne_cislo: {fit:cz-sk-birth-number:rodne cislo:835417/204?}",
        "path: {fit:cz-sk-birth-number:rodne cislo:835417/204?}",
    ),
    case("ro-cnp", "cnp: {fit:ro-cnp:cnp:283041712204?}", "cnp: 1630615123457"),
    case("bg-egn", "ЕГН: {fit:bg-egn:egn:830417204?}", "egn: 7523169263"),
    case("hu-taj", "TAJ-szám: {fit:hu-taj:taj:418 392 05?}", "TAJ-szám: 111111110"),
    case(
        "ua-tax-number",
        "РНОКПП: {fit:ua-tax-number:rnokpp:304179204?}",
        "sum: {fit:ua-tax-number:rnokpp:304179204?}",
    ),
    case("ru-inn", "ИНН {fit:ru-inn:inn:7741839205??}", "begin {fit:ru-inn:inn:7741839205??}"),
    case("ru-snils", "snils: {fit:ru-snils:snils:418-392-057 ??}", "snils: 112-233-445 95"),
    case(
        "yu-jmbg",
        "jmbg: {fit:yu-jmbg:jmbg:170498371204?}",
        "stamp: {fit:yu-jmbg:jmbg:170498371204?}",
    ),
    case(
        "tr-identity-number",
        "tc_kimlik_no: {fit:tr-identity-number:tckn:418392056??}",
        "tc_kimlik_no: 10000000146",
    ),
    case(
        "il-identity-number",
        "teudat_zehut: {fit:il-identity-number:teudat zehut:31839205?}",
        "teudat_zehut: 123456782",
    ),
    case(
        "za-identity-number",
        "id_number: {fit:za-identity-number:id_number:830417204608?}",
        "id_number: 8001015009087",
    ),
    case(
        "ae-emirates-id",
        "emirates_id: {fit:ae-emirates-id:emirates_id:784-1983-4183920-?}",
        "order: {fit:ae-emirates-id:emirates_id:784-1983-4183920-?}",
    ),
    case("sa-national-id", "iqama: {fit:sa-national-id:iqama:241839205?}", "iqama: 2418392050000"),
    case(
        "cn-resident-id",
        "身份证号: {fit:cn-resident-id:idcard:11010519830417204*}",
        "身份证号: 11010519491231002X",
    ),
    case(
        "in-aadhaar",
        r#"aadhaar_number: "{fit:in-aadhaar:aadhaar:4183 9205 617?}""#,
        r#"aadhaar_number: "2341 2341 2346""#,
    ),
    case("in-pan", "pan_number: BKQPR4821M", "pan_number: ABCDE1234F"),
    case(
        "jp-my-number",
        "マイナンバー: {fit:jp-my-number:my_number:4183 9205 617?}",
        "my_number: 123456789018",
    ),
    case(
        "kr-resident-number",
        "주민등록번호: {fit:kr-resident-number:rrn:830417-220461?}",
        "주민등록번호: 839917-2204615",
    ),
    case(
        "tw-national-id",
        "national_id: {fit:tw-national-id:national_id:F21839204?}",
        "national_id: A123456789",
    ),
    case("hk-id-card", "hkid: {fit:hk-id-card:hkid:K418392(*)}", "hkid: K418392(Z)"),
    case("sg-nric", "nric: {fit:sg-nric:nric:S8341720*}", "nric: S1234567D"),
    case(
        "th-citizen-id",
        "citizen_id: {fit:th-citizen-id:citizen_id:3-4183-92056-17-?}",
        "citizen_id: 1-2345-67890-12-1",
    ),
    case("au-tfn", "tfn: {fit:au-tfn:tfn:418 392 05?}", "tfn: 123 456 782"),
    case(
        "au-medicare",
        "medicare_no: {fit:au-medicare:medicare:4183 9205? 1}",
        "medicare_no: 2123 45670 1",
    ),
    case("nz-ird", "ird_number: {fit:nz-ird:ird:49-183-92?}", "bird: {fit:nz-ird:ird:49-183-92?}"),
    case("national-id", "nationalId: {fit:br-cpf:cpf:384.917.205-??}", "nationalId: 4711-00815"),
    case("identity-document", "passport_number: K48392056", "passport_module: K48392056"),
    case("vin", "vin: {fit:vin:vin:WDB41839*5F204617}", "vin: WDB41839Z5F204617"),
    case("medical-record-number", "mrn: 48392056", "mrn: 000000"),
    case("imei", "imei: {fit:imei:imei:35418392056170?}", "imei: 490154203237518"),
];
