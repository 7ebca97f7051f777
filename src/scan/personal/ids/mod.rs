// SPDX-License-Identifier: MIT OR Apache-2.0
//! Numbers that states and industries give to people, country by country.
//!
//! One row a kind: the rule that reports it, how it is written, and its check. The rules'
//! keywords are the names of fields, in the language of the country and in English.

mod america;
mod asia;
mod central;
mod east;
mod islands;
mod north;
mod south;
mod things;
mod usa;
mod west;

use super::{dummy, shape};

/// A kind of number.
pub(super) struct Id {
    /// The rule, without its category.
    pub(super) rule: &'static str,
    /// How it is written, the longest first.
    pub(super) shapes: &'static [&'static str],
    /// Whether letters and digits, without separators and in upper case, make such a number.
    pub(super) check: fn(&[u8]) -> bool,
    /// How much a value that passes says by itself.
    pub(super) weight: Weight,
}

/// What a passed check is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// The shape is all there is to check.
    Shape,
    /// Check digits.
    Digits,
    /// Check digits, and a date or letters that few numbers have by chance.
    Strong,
}

/// All kinds.
pub(super) fn all() -> impl Iterator<Item = &'static Id> {
    [
        usa::IDS,
        america::IDS,
        islands::IDS,
        west::IDS,
        central::IDS,
        south::IDS,
        north::IDS,
        east::IDS,
        asia::IDS,
        things::IDS,
    ]
    .into_iter()
    .flatten()
}

impl Id {
    /// Returns the length of the number that begins at `at`, if there is one.
    pub(super) fn at(&self, text: &[u8], at: usize) -> Option<usize> {
        let len = shape::at(self.shapes, text, at)?;
        self.holds(&text[at..at + len]).then_some(len)
    }

    /// Returns whether `value` as it is written is such a number, and nobody's sample.
    pub(super) fn holds(&self, value: &[u8]) -> bool {
        let plain = shape::plain(value);
        (self.check)(&plain) && !dummy::is_dummy(&plain)
    }

    /// Returns whether only people have such a number, no things, banks or practices.
    pub(super) fn is_of_person(&self) -> bool {
        let others = ["us-bank-routing-number", "us-npi", "us-dea-number", "vin", "imei"];
        !others.contains(&self.rule)
    }

    /// Returns whether all of `value` is such a number.
    pub(super) fn is_all(&self, value: &[u8]) -> bool {
        !value.is_empty() && self.at(value, 0) == Some(value.len())
    }
}

#[cfg(test)]
mod tests {
    use super::{all, shape};

    /// Numbers that authorities or encyclopedias print as samples. They are never reported, but
    /// the checks must say that they are right.
    const RIGHT: &[(&str, &str)] = &[
        ("us-npi", "1234567893"),
        ("us-dea-number", "AP5836727"),
        ("us-medicare-id", "1EG4-TE5-MK73"),
        ("us-bank-routing-number", "021000021"),
        ("ca-sin", "130 692 544"),
        ("br-cpf", "111.444.777-35"),
        ("br-cpf", "529.982.247-25"),
        ("br-cnpj", "11.222.333/0001-81"),
        ("br-cnpj", "12.ABC.345/01DE-35"),
        ("mx-curp", "HEGG560427MVZRRL04"),
        ("mx-curp", "BOXW310820HNERXN09"),
        ("mx-rfc", "GODE561231GR8"),
        ("ar-cuit", "20-26756539-3"),
        ("cl-rut", "76.086.428-5"),
        ("uk-nino", "JM123456C"),
        ("uk-nhs-number", "943 476 5919"),
        ("ie-pps", "1234567T"),
        ("ie-pps", "6433435F"),
        ("fr-nir", "255081416802538"),
        ("fr-nir", "2 69 05 49 588 157 80"),
        ("be-national-number", "85.07.30-033 28"),
        ("be-national-number", "93.05.18-223.61"),
        ("nl-bsn", "111222333"),
        ("lu-matricule", "1893120105732"),
        ("de-tax-id", "36 574 261 809"),
        ("de-tax-id", "86095742719"),
        ("de-social-insurance", "15070649C103"),
        ("at-social-insurance", "1237 010180"),
        ("ch-ahv", "756.9217.0769.85"),
        ("es-dni", "12345678Z"),
        ("es-dni", "X1234567L"),
        ("pt-nif", "123456789"),
        ("it-codice-fiscale", "RSSMRA85T10A562S"),
        ("it-codice-fiscale", "MRTMTT91D08F205J"),
        ("gr-amka", "01013099997"),
        ("hr-oib", "69435151530"),
        ("se-personnummer", "811228-9874"),
        ("se-personnummer", "19670919-9530"),
        ("fi-hetu", "131052-308T"),
        ("no-fodselsnummer", "15021951940"),
        ("dk-cpr", "070761-4285"),
        ("ee-lt-personal-code", "37605030299"),
        ("ee-lt-personal-code", "33309240064"),
        ("lv-personal-code", "161175-19997"),
        ("is-kennitala", "120174-3399"),
        ("pl-pesel", "44051401359"),
        ("pl-nip", "123-456-32-18"),
        ("cz-sk-birth-number", "710319/2745"),
        ("ro-cnp", "1630615123457"),
        ("bg-egn", "7523169263"),
        ("hu-taj", "111111110"),
        ("ua-tax-number", "1759013776"),
        ("ru-inn", "500100732259"),
        ("ru-snils", "112-233-445 95"),
        ("yu-jmbg", "0101006500006"),
        ("cn-resident-id", "11010519491231002X"),
        ("in-aadhaar", "2341 2341 2346"),
        ("in-pan", "AAAPL1234C"),
        ("jp-my-number", "123456789018"),
        ("kr-resident-number", "971013-9019902"),
        ("tw-national-id", "A123456789"),
        ("hk-id-card", "G123456(A)"),
        ("sg-nric", "S1234567D"),
        ("sg-nric", "F1234567N"),
        ("th-citizen-id", "1-2345-45678-78-1"),
        ("au-tfn", "123 456 782"),
        ("au-medicare", "2123 45670 1"),
        ("nz-ird", "49-091-850"),
        ("tr-identity-number", "10000000146"),
        ("il-identity-number", "123456782"),
        ("za-identity-number", "8001015009087"),
        ("sa-national-id", "1101798278"),
        ("vin", "1M8GDM9AXKP042788"),
        ("imei", "490154203237518"),
    ];

    #[test]
    fn samples_of_authorities_pass() {
        let mut wrong = Vec::new();
        for (rule, number) in RIGHT {
            let id = all().find(|id| id.rule == *rule).expect(rule);
            let fits = shape::at(id.shapes, number.as_bytes(), 0) == Some(number.len());
            let reported = id.is_all(number.as_bytes());
            if !fits || reported || !(id.check)(&shape::plain(number.as_bytes())) {
                wrong.push((rule, number, fits));
            }
        }
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn nothing_of_another_shape_makes_a_check_panic() {
        for id in all() {
            for text in ["", "0", "A", "\u{7f}", "12345678901234567890123", "ZZZZZZZZZZZZZZZZZZZZ"]
            {
                for len in 0..=text.len() {
                    let _ = (id.check)(&text.as_bytes()[..len]);
                }
            }
        }
    }
}
