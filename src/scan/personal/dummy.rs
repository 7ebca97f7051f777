// SPDX-License-Identifier: MIT OR Apache-2.0
//! Values that stand for a value: runs, repeats, and the samples that authorities print.

/// Samples that authorities, encyclopedias and manuals print, without separators, sorted.
#[rustfmt::skip]
const SAMPLES: &[&str] = &[
    "00000000000", "01010012345", "0101006500006", "010101123N", "01013099997", "010190123A",
    "0101904242", "010190900R", "021000021", "046454286", "0707614285", "078051120",
    "10000000146", "1000000146", "10010100101", "101012345", "11010119900307803X",
    "110105194912310029", "11010519491231002X", "1101798278", "111111110", "11111111111111111",
    "111111118", "111222333", "1112223334", "111443335", "11144477735", "11222333000181",
    "11223344595", "12012012345", "1201743399", "123010119", "1234545678781", "1234563218",
    "123456709", "1234567122", "1234567802", "123456782", "123456789", "123456789018",
    "12345678903", "12345678909", "12345678911", "1234567893", "12345678950", "1234567897",
    "12345678Z", "1234567FA", "1234567T", "1234567TW", "1237010180", "12ABC34501DE35",
    "130692544", "131052308T", "15021951940", "15070649C103", "16117519997", "1630615123457",
    "1759013776", "184127645108946", "1893120105732", "1912121212", "191212121212", "1930610009",
    "196709199530", "199003078017", "1EG4TE5MK72", "1EG4TE5MK73", "1HGCM82633A004352",
    "1M8GDM9AXKP042758", "1M8GDM9AXKP042788", "1S00A00AA00", "20123456786", "20267565393",
    "207999999", "2123456701", "2131967234", "219099999", "234123412346", "234567890124",
    "2428778132", "2495350105", "255081416802538", "269054958815780", "2950000000",
    "300111222333", "306869574", "33309240064", "356938035643809", "36574261809", "36711111111",
    "37605030299", "44051401358", "44051401359", "44051401458", "457555462", "4701020030",
    "47036892816", "490154203237518", "49091850", "500100732259", "52998224725", "5300101001",
    "53513610", "600000003", "6433435F", "6502020000", "65929970489", "6709199530", "69435151530",
    "7103192745", "7501010010", "7501020018", "7523169263", "7524169268", "7561234567897",
    "7569217076985", "760864285", "7608642875", "784198012345678", "784198412345678",
    "8001010005080", "8001015009087", "8101018080", "8112189876", "8112289874", "824502112",
    "85073003328", "86095742719", "865414088", "876543210", "8801235111088", "9000000009",
    "9001010001081", "93051822361", "9434765870", "9434765919", "9710139019902", "987654321",
    "9876543210", "999941057058", "999999990019", "999999999", "A123456789", "AA000000A",
    "AA123456A", "AAAAA1234A", "AAAPA1234A", "AAAPL1234C", "AB1234563", "AB123456C", "AB9876543",
    "ABCDE1234F", "ABCPE1234F", "AP5836727", "BADD110313HCMLNS09", "BB1388568",
    "BNDRCR70A01H501Z", "BOXW310820HNERXN09", "F1234567N", "G1234567X", "G123456A",
    "GODE561231GR8", "GODE561231MVZRRL04", "HEGG560427MVZRRL04", "JM123456C", "M1234567K",
    "MRTMTT91D08F205J", "RSSMRA70A01H501S", "RSSMRA80A01F205X", "RSSMRA80A01H501U",
    "RSSMRA85T10A562S", "S0000001I", "S1234567D", "S9876543C", "T1234567J", "WBAAA1305H2345678",
    "X1234567L", "XAXX010101000", "XEXX010101000", "Y1234567X", "Z1234567R",
];

/// Returns whether `value`, letters and digits alone, is no number that anybody has.
pub(super) fn is_dummy(value: &[u8]) -> bool {
    let text = std::str::from_utf8(value).unwrap_or_default();
    SAMPLES.binary_search(&text).is_ok() || is_pattern(value)
}

/// Whether the digits are typed along the keyboard or over and over.
pub(super) fn is_pattern(value: &[u8]) -> bool {
    let digits: Vec<u8> = value.iter().copied().filter(u8::is_ascii_digit).collect();
    if digits.len() < 5 {
        return false;
    }
    let mut kinds = digits.clone();
    kinds.sort_unstable();
    kinds.dedup();
    let repeats = |period: usize| {
        digits.len() >= 2 * period && digits.iter().zip(&digits[period..]).all(|(a, b)| a == b)
    };
    kinds.len() <= 2 || (1..=4).any(repeats) || steps(&digits) * 4 >= digits.len() * 3
}

/// Returns the number of digits in the longest run that goes up or down by one.
fn steps(digits: &[u8]) -> usize {
    let mut longest = 1;
    for step in [1_u8, 9] {
        let mut run = 1;
        for pair in digits.windows(2) {
            let follows = (pair[0] - b'0' + step) % 10 == pair[1] - b'0';
            run = if follows { run + 1 } else { 1 };
            longest = longest.max(run);
        }
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::{SAMPLES, is_dummy};

    #[test]
    fn samples_are_sorted() {
        assert!(SAMPLES.is_sorted());
    }

    #[test]
    fn what_nobody_has() {
        for dummy in [
            "078051120",
            "111111111",
            "123123123",
            "12345678X",
            "987654321",
            "1234567890",
            "000110000",
        ] {
            assert!(is_dummy(dummy.as_bytes()), "{dummy}");
        }
        for number in ["529983341", "12A4", "123984561", "RSSMRA81T10A562S"] {
            assert!(!is_dummy(number.as_bytes()), "{number}");
        }
    }
}
