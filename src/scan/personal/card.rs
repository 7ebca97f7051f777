// SPDX-License-Identifier: MIT OR Apache-2.0
//! Numbers of payment cards (ISO/IEC 7812): length and first digits of a brand, and Luhn.

use std::ops::Range;

use memchr::memmem;

use super::check;

/// First digits, as many as both ends have, of the numbers of a brand, and their lengths.
struct Brand(u32, u32, &'static [usize]);

const BRANDS: &[Brand] = &[
    // Visa
    Brand(4, 4, &[13, 16, 19]),
    // Mastercard
    Brand(51, 55, &[16]),
    Brand(2221, 2720, &[16]),
    // American Express
    Brand(34, 34, &[15]),
    Brand(37, 37, &[15]),
    // Discover
    Brand(6011, 6011, &[16, 19]),
    Brand(644, 649, &[16, 19]),
    Brand(65, 65, &[16, 19]),
    // JCB
    Brand(3528, 3589, &[16, 19]),
    // Diners Club
    Brand(300, 305, &[14]),
    Brand(36, 36, &[14]),
    Brand(38, 39, &[14]),
    // UnionPay
    Brand(62, 62, &[16, 17, 18, 19]),
    Brand(81, 81, &[16, 17, 18, 19]),
    // Maestro
    Brand(5018, 5018, &[13, 14, 15, 16, 17, 18, 19]),
    Brand(5020, 5020, &[13, 14, 15, 16, 17, 18, 19]),
    Brand(5038, 5038, &[13, 14, 15, 16, 17, 18, 19]),
    Brand(5893, 5893, &[13, 14, 15, 16, 17, 18, 19]),
    Brand(6304, 6304, &[13, 14, 15, 16, 17, 18, 19]),
    Brand(6759, 6759, &[13, 14, 15, 16, 17, 18, 19]),
    Brand(6761, 6763, &[13, 14, 15, 16, 17, 18, 19]),
    // Mir
    Brand(2200, 2204, &[16, 17, 18, 19]),
    // Elo, Hipercard, RuPay, Troy
    Brand(6062, 6062, &[16]),
    Brand(6363, 6363, &[16]),
    Brand(60, 60, &[16]),
    Brand(9792, 9792, &[16]),
];

/// Card numbers that payment services publish for tests. What repeats a digit or two is not here.
const TEST_CARDS: &[&str] = &[
    "2222400070000005",
    "2222405343248877",
    "2222990905257051",
    "2223000010309703",
    "2223000010309711",
    "2223000048410010",
    "2223003122003222",
    "2223007648726984",
    "2223520443560010",
    "2223577120017656",
    "30569309025904",
    "3056930009020004",
    "3530111333300000",
    "3566002020360505",
    "3569990010095841",
    "3569990012290937",
    "36006666333344",
    "36227206271667",
    "36438936438936",
    "371144371144376",
    "371449635398431",
    "378282246310005",
    "378734493671000",
    "38520000023237",
    "38000000000006",
    "4000000000000077",
    "4000000000000127",
    "4000000000000259",
    "4000000000000341",
    "4000000000001091",
    "4000000000003063",
    "4000000000003220",
    "4000000000009235",
    "4000000000009979",
    "4000000000009987",
    "4000000000009995",
    "4000002500003155",
    "4000002760003184",
    "4000003560000008",
    "4000003720000278",
    "4000003800000446",
    "4000008260003178",
    "4000008400001629",
    "4000056655665556",
    "4000180000000002",
    "4005519200000004",
    "4007702835532454",
    "4009348888881881",
    "4012000033330026",
    "4012000077777777",
    "4012001037141112",
    "4012888888881881",
    "4024007134364842",
    "4035501000000008",
    "4111111145551142",
    "4149497013011222",
    "4166676667666746",
    "4212345678901237",
    "4217651111111119",
    "4263970000005262",
    "4263982640269299",
    "4360000001000005",
    "4462030000000000",
    "4500600000000061",
    "4508750015741019",
    "4539791001730106",
    "4556737586899855",
    "4571736000000075",
    "4646464646464644",
    "4761530001111118",
    "4871049999999910",
    "4907639999990022",
    "4917484589897107",
    "4917610000000000",
    "4929000005559",
    "4929000000006",
    "4988438843884305",
    "5019717010103742",
    "5100060000000002",
    "5100081112223332",
    "5104600000000001",
    "5105105105105100",
    "5136333333333335",
    "5200828282828210",
    "5204245250460049",
    "5204740009900014",
    "5305484748800098",
    "5404000000000001",
    "5413330300003002",
    "5424000000000015",
    "5425233430109903",
    "5431111111111111",
    "5454545454545454",
    "5500000000000004",
    "5500005555555559",
    "5506900140100305",
    "5555341244441115",
    "5555444433331111",
    "5555555555554444",
    "5577000055770004",
    "5585558555855583",
    "6011000990139424",
    "6011000991300009",
    "6011000000000004",
    "6011000400000000",
    "6011601160116611",
    "6011981111111113",
    "6035227716427021",
    "6062826786276634",
    "6062828888666688",
    "6200000000000005",
    "6200000000000047",
    "6205500000000000004",
    "6240008631401148",
    "6243030000000001",
    "6250941006528599",
    "6304000000000000",
    "6362970000457013",
    "6445644564456445",
    "6759649826438453",
    "6759411100000008",
    "6771798021000008",
    "6771830000000000006",
    "8171999927660000",
    "4484070000000000",
    "4032033010000000",
    "4532015112830366",
    "4539578763621486",
    "4716461583322103",
    "4485275742308327",
    "4916338506082832",
    "4539148803436467",
    "5425233430109903",
    "2720990000000007",
    "5610591081018250",
    "374245455400126",
];

/// Words beside a card number that make it usable.
const USABLE: &[&str] =
    &["cvv", "cvc", "cv2", "expir", "exp_", "exp\"", "exp:", "valid_thru", "valid thru"];

/// Numbers of so many digits that are called an id were counted or drawn by a program.
const LONG_ID: usize = 17;

/// `<unit id="`, `"id": `
fn is_called_id(head: &[u8]) -> bool {
    let signs = |b: &u8| b" \t\"'=:".contains(b);
    let name = head.len() - head.iter().rev().take_while(|b| signs(b)).count();
    let before = name.checked_sub(3).and_then(|at| head.get(at));
    name < head.len()
        && head[..name].ends_with(b"id")
        && !before.is_some_and(u8::is_ascii_alphanumeric)
}

/// Returns whether a card's expiry or code stands within a few lines, or nothing if the digits at
/// `span` are no card number, or one for tests.
pub(in crate::scan) fn card(text: &[u8], span: &Range<usize>) -> Option<bool> {
    let value = &text[span.clone()];
    let plain: Vec<u8> = value.iter().copied().filter(u8::is_ascii_digit).collect();
    let digits = check::digits(&plain)?;
    let number = std::str::from_utf8(&plain).ok()?;
    let neighbour = |byte: Option<&u8>| byte.is_some_and(|b| matches!(b, b'.' | b':' | b'/'));
    let before = neighbour(span.start.checked_sub(1).and_then(|i| text.get(i)));
    // A full stop may follow, a fraction may not.
    let fraction =
        text.get(span.end) == Some(&b'.') && text.get(span.end + 1).is_some_and(u8::is_ascii_digit);
    let kinds = (0..10).filter(|digit| digits.contains(digit)).count();
    let head = text[span.start.saturating_sub(80)..span.start].to_ascii_lowercase();
    let faker = memmem::find(&head, b"faker").is_some();
    let counted = value.len() >= LONG_ID && is_called_id(&head);
    let fits = !before
        && !faker
        && !counted
        && !fraction
        && is_grouped(value)
        && BRANDS.iter().any(|brand| brand.has(number))
        && check::luhn(&digits)
        && kinds >= 5
        && !is_made_up(number);
    fits.then(|| {
        let near = &text[span.start.saturating_sub(160)..text.len().min(span.end + 160)];
        let lower = near.to_ascii_lowercase();
        USABLE.iter().any(|word| memmem::find(&lower, word.as_bytes()).is_some())
    })
}

impl Brand {
    fn has(&self, number: &str) -> bool {
        let len = self.0.to_string().len();
        let head = number.get(..len).and_then(|head| head.parse().ok()).unwrap_or(0);
        (self.0..=self.1).contains(&head) && self.2.contains(&number.len())
    }
}

/// Whether digits are written in one piece or in groups as on a card: not like a phone number.
fn is_grouped(value: &[u8]) -> bool {
    let groups: Vec<usize> = value.split(|b| !b.is_ascii_digit()).map(<[u8]>::len).collect();
    match groups.as_slice() {
        [_] | [4, 6, 4 | 5] => true,
        [rest @ .., last] => rest.iter().all(|len| *len == 4) && (1..=4).contains(last),
        [] => false,
    }
}

/// Whether the number is one for tests, or was typed along the keyboard.
fn is_made_up(number: &str) -> bool {
    let has = |part: &str| memmem::find(number.as_bytes(), part.as_bytes()).is_some();
    TEST_CARDS.contains(&number)
        || [
            "00000", "11111", "22222", "33333", "44444", "55555", "66666", "77777", "88888",
            "99999",
        ]
        .into_iter()
        .any(has)
        || has("1234567")
        || has("9876543")
}

#[cfg(test)]
mod tests {
    use super::card;

    fn is(text: &str) -> Option<bool> {
        let start = text.find(|c: char| c.is_ascii_digit()).expect("digits");
        let end = text[start..].find(|c: char| !c.is_ascii_digit() && !" -".contains(c));
        card(text.as_bytes(), &(start..end.map_or(text.len(), |end| start + end)))
    }

    #[test]
    fn cards_of_tests_are_none() {
        for number in
            ["4242424242424242", "5555 5555 5555 4444", "378282246310005", "0.4539718204629175"]
        {
            assert_eq!(is(number), None, "{number}");
        }
    }

    #[test]
    fn groups_are_those_on_cards() {
        let body = "453971820462917";
        let last = (0..10).find(|last| is(&format!("{body}{last}")).is_some()).expect("one fits");
        let number = format!("{body}{last}");
        let grouped = |sep: &str| {
            let parts: Vec<&str> = (0..4).map(|i| &number[4 * i..4 * i + 4]).collect();
            parts.join(sep)
        };
        assert_eq!(is(&grouped(" ")), Some(false));
        assert_eq!(is(&format!("{},\"cvv\":\"x\"", grouped("-"))), Some(true));
        assert_eq!(is(&format!("{} {}", &number[..7], &number[7..])), None);
    }
}
