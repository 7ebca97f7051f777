// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the name of a column promises, and whether a cell keeps it.

use memchr::memmem;

use super::super::{card, iban, ids, mail, phone, record};

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Mail,
    Phone,
    Birth,
    Address,
    Account,
    Password,
    Health,
    /// The rule about the number.
    Number(&'static str),
    Other,
}

/// Names of columns, letters and digits alone, and what they hold.
const NAMES: &[(&str, Column)] = &[
    ("firstname", Column::Name),
    ("lastname", Column::Name),
    ("fname", Column::Name),
    ("lname", Column::Name),
    ("surname", Column::Name),
    ("givenname", Column::Name),
    ("familyname", Column::Name),
    ("fullname", Column::Name),
    ("middlename", Column::Name),
    ("vorname", Column::Name),
    ("nachname", Column::Name),
    ("familienname", Column::Name),
    ("prenom", Column::Name),
    ("nomdefamille", Column::Name),
    ("apellido", Column::Name),
    ("apellidos", Column::Name),
    ("nombrecompleto", Column::Name),
    ("cognome", Column::Name),
    ("sobrenome", Column::Name),
    ("nomecompleto", Column::Name),
    ("voornaam", Column::Name),
    ("achternaam", Column::Name),
    ("imie", Column::Name),
    ("nazwisko", Column::Name),
    ("fornavn", Column::Name),
    ("etternavn", Column::Name),
    ("efternamn", Column::Name),
    ("customername", Column::Name),
    ("patientname", Column::Name),
    ("employeename", Column::Name),
    ("cardholder", Column::Name),
    ("accountholder", Column::Name),
    ("email", Column::Mail),
    ("emailaddress", Column::Mail),
    ("mail", Column::Mail),
    ("useremail", Column::Mail),
    ("correo", Column::Mail),
    ("courriel", Column::Mail),
    ("phone", Column::Phone),
    ("phonenumber", Column::Phone),
    ("mobile", Column::Phone),
    ("mobilephone", Column::Phone),
    ("cellphone", Column::Phone),
    ("telephone", Column::Phone),
    ("telefon", Column::Phone),
    ("telefono", Column::Phone),
    ("handy", Column::Phone),
    ("mobil", Column::Phone),
    ("tel", Column::Phone),
    ("celular", Column::Phone),
    ("dob", Column::Birth),
    ("dateofbirth", Column::Birth),
    ("birthdate", Column::Birth),
    ("birthday", Column::Birth),
    ("geburtsdatum", Column::Birth),
    ("geburtstag", Column::Birth),
    ("datedenaissance", Column::Birth),
    ("fechanacimiento", Column::Birth),
    ("datadinascita", Column::Birth),
    ("geboortedatum", Column::Birth),
    ("address", Column::Address),
    ("street", Column::Address),
    ("address1", Column::Address),
    ("streetaddress", Column::Address),
    ("homeaddress", Column::Address),
    ("strasse", Column::Address),
    ("anschrift", Column::Address),
    ("adresse", Column::Address),
    ("iban", Column::Number("iban")),
    ("cardnumber", Column::Number("payment-card")),
    ("cardno", Column::Number("payment-card")),
    ("creditcard", Column::Number("payment-card")),
    ("creditcardnumber", Column::Number("payment-card")),
    ("ccnumber", Column::Number("payment-card")),
    ("ccnum", Column::Number("payment-card")),
    ("kartennummer", Column::Number("payment-card")),
    ("salary", Column::Account),
    ("gehalt", Column::Account),
    ("password", Column::Password),
    ("passwordhash", Column::Password),
    ("passwd", Column::Password),
    ("encryptedpassword", Column::Password),
    ("passworddigest", Column::Password),
    ("pwd", Column::Password),
    ("diagnosis", Column::Health),
    ("icd10", Column::Health),
    ("religion", Column::Health),
    ("ethnicity", Column::Health),
    ("bloodtype", Column::Health),
    ("ssn", Column::Number("us-ssn")),
    ("socialsecuritynumber", Column::Number("us-ssn")),
    ("socialsecurity", Column::Number("us-ssn")),
    ("sin", Column::Number("ca-sin")),
    ("cpf", Column::Number("br-cpf")),
    ("cnpj", Column::Number("br-cnpj")),
    ("curp", Column::Number("mx-curp")),
    ("rfc", Column::Number("mx-rfc")),
    ("cuit", Column::Number("ar-cuit")),
    ("cuil", Column::Number("ar-cuit")),
    ("rut", Column::Number("cl-rut")),
    ("nino", Column::Number("uk-nino")),
    ("nationalinsurancenumber", Column::Number("uk-nino")),
    ("nhsnumber", Column::Number("uk-nhs-number")),
    ("ppsn", Column::Number("ie-pps")),
    ("nir", Column::Number("fr-nir")),
    ("niss", Column::Number("be-national-number")),
    ("rijksregisternummer", Column::Number("be-national-number")),
    ("bsn", Column::Number("nl-bsn")),
    ("steuerid", Column::Number("de-tax-id")),
    ("svnr", Column::Number("at-social-insurance")),
    ("ahv", Column::Number("ch-ahv")),
    ("ahvnummer", Column::Number("ch-ahv")),
    ("dni", Column::Number("es-dni")),
    ("nie", Column::Number("es-dni")),
    ("nif", Column::Number("es-dni")),
    ("codicefiscale", Column::Number("it-codice-fiscale")),
    ("oib", Column::Number("hr-oib")),
    ("personnummer", Column::Number("se-personnummer")),
    ("hetu", Column::Number("fi-hetu")),
    ("fodselsnummer", Column::Number("no-fodselsnummer")),
    ("cpr", Column::Number("dk-cpr")),
    ("isikukood", Column::Number("ee-lt-personal-code")),
    ("kennitala", Column::Number("is-kennitala")),
    ("pesel", Column::Number("pl-pesel")),
    ("nip", Column::Number("pl-nip")),
    ("rodnecislo", Column::Number("cz-sk-birth-number")),
    ("cnp", Column::Number("ro-cnp")),
    ("egn", Column::Number("bg-egn")),
    ("taj", Column::Number("hu-taj")),
    ("inn", Column::Number("ru-inn")),
    ("snils", Column::Number("ru-snils")),
    ("jmbg", Column::Number("yu-jmbg")),
    ("aadhaar", Column::Number("in-aadhaar")),
    ("aadhaarnumber", Column::Number("in-aadhaar")),
    ("pan", Column::Number("in-pan")),
    ("nric", Column::Number("sg-nric")),
    ("tfn", Column::Number("au-tfn")),
    ("tckn", Column::Number("tr-identity-number")),
    ("tckimlikno", Column::Number("tr-identity-number")),
    ("passport", Column::Number("identity-document")),
    ("passportnumber", Column::Number("identity-document")),
    ("driverslicense", Column::Number("identity-document")),
    ("mrn", Column::Number("medical-record-number")),
    ("vin", Column::Number("vin")),
    ("imei", Column::Number("imei")),
    ("npi", Column::Number("us-npi")),
];

/// Domains that are set aside, and words that fillers of test data use.
const EXAMPLES: &[&str] =
    &["@example.", ".example", ".test", ".invalid", "localhost", "@test", "@mail.", "noreply"];

impl Column {
    /// Reads the name of a column.
    pub(super) fn of(name: &[u8]) -> Self {
        let plain: Vec<u8> =
            name.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_lowercase).collect();
        let known = |(name, _): &&(&str, Self)| name.as_bytes() == plain;
        NAMES.iter().find(known).map_or(Self::Other, |(_, column)| *column)
    }

    /// Whether it names a person.
    pub(super) fn is_name(self) -> bool {
        matches!(self, Self::Name | Self::Mail)
    }

    /// Whether it weighs most.
    pub(super) fn is_grave(self) -> bool {
        matches!(self, Self::Number(_) | Self::Health | Self::Password | Self::Account)
    }

    /// Says what it holds.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Name => "names",
            Self::Mail => "mail",
            Self::Phone => "phone",
            Self::Birth => "birth",
            Self::Address => "address",
            Self::Account => "pay",
            Self::Password => "password",
            Self::Health => "special categories",
            Self::Number("iban" | "payment-card") => "pay",
            Self::Number(rule) => rule,
            Self::Other => "other",
        }
    }

    /// Returns whether `value` is what the column promises, and not made up.
    pub(super) fn holds(self, value: &[u8]) -> bool {
        let all = 0..value.len();
        match self {
            Self::Name => is_name(value),
            Self::Mail => {
                value.contains(&b'@') && !is_example(value) && mail::is_personal(value, &all)
            }
            Self::Phone => phone::is_phone(value, &all),
            Self::Birth => record::is_birth_date(value),
            Self::Address => value.len() > 6 && value.iter().any(u8::is_ascii_digit),
            Self::Account => value.len() > 3 && value[0].is_ascii_digit(),
            Self::Password => value.len() >= 6 && value != b"password",
            Self::Health => value.len() > 2,
            Self::Number("iban") => iban::is_iban(value),
            Self::Number("payment-card") => card(value, &all).is_some(),
            Self::Number(rule) => ids::all().any(|id| id.rule == rule && id.is_all(value)),
            Self::Other => false,
        }
    }
}

/// Whether a mail address is one of those set aside for examples.
pub(super) fn is_example(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    EXAMPLES.iter().any(|word| memmem::find(&lower, word.as_bytes()).is_some())
}

/// Letters, and what else stands in names.
fn is_name(value: &[u8]) -> bool {
    let part = |b: &u8| b.is_ascii_alphabetic() || *b >= 0x80 || b" .'-".contains(b);
    (2..=60).contains(&value.len())
        && value.iter().all(part)
        && value.first().is_some_and(|b| b.is_ascii_uppercase() || *b >= 0x80)
        && !matches!(value.to_ascii_lowercase().as_slice(), b"null" | b"none" | b"true" | b"false")
}

/// What a cell of a table without names of columns looks like.
pub(super) fn guess(value: &[u8]) -> Column {
    let hash = value.starts_with(b"$2")
        || value.starts_with(b"$argon2")
        || value.starts_with(b"pbkdf2")
        || value.starts_with(b"$P$")
        || value.starts_with(b"{SSHA}")
        || matches!(value.len(), 32 | 40 | 64 | 128) && value.iter().all(u8::is_ascii_hexdigit);
    if hash {
        Column::Password
    } else if value.contains(&b'@') && value.contains(&b'.') && !value.contains(&b' ') {
        Column::Mail
    } else if value.contains(&b' ') && is_name(value) && value.len() < 30 {
        Column::Name
    } else {
        Column::Other
    }
}
