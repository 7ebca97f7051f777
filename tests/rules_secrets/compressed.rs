// SPDX-License-Identifier: MIT OR Apache-2.0
//! Files packed by programs that the tests have no writer for: `.env` and `readme.txt` in a folder,
//! as tar, bzip2, xz, zstd and 7z made them.

use data_encoding::BASE64;
use debut::domain::NotScanned;

use super::packed::look;

const BZIP2: &str = "QlpoOTFBWSZTWVvU1mcAAMD/hMuQAEBAA/+iNEDcxPZP39AAAIDIMAC5sI1FGhpiYgaaMgGIPKaPRPR6hGpT\
     epqPSYBMhk0GBDRkMEBtSkwmCDRoBoANAGgB2S7ySzM6flGyAaAAFPcmuqGRERZfnrKBoUTDCEnBLrHS6PFQ\
     4S2+NQ+ogHhkkbtdMKRYtM+xIKAGDMilUtoSkLAy1IG+AjDKVBQfjZGCMu1PVBO5zqV6S17sr2hYxkskDmZ6\
     HQz6xvi1mZj7c6U5SHwgoPEFxiwSDIDQIzEV94M5O8AIEWAu5IpwoSC3qazO";
const XZ: &str = "/Td6WFoAAATm1rRGAgAhARYAAAB0L+Wj4Cf/ALxdADCcLF4A3TRhoicOEFoJCCoCPPGrM5B4+WqJkeWxCyAe\
     Tv95rlPrcxyYI55VlwfKaQHjQ77bVdw84rEPYoDGBUjwtSDDlqa6aXbMcPm0cC6BUmlIVqpZekIweJEx4aIy\
     sDqyTD2S9aUsrqD8DylNfawSxvOEPfcrKNNSG2ddGWgA3yVSkfcLZAIIz4E998SXKx3maT1BwdvGR+dKVlcI\
     4X5XneVRw14MenfKB2cXYWEokZMRVIxhjQOJn/bgAIXLnoavRj19AAHYAYBQAACk+72BscRn+wIAAAAABFla";
const ZSTD: &str = "KLUv/WQAJ60FAIJHGx1Qix7YZqbJzbBaaR0OZJmvKpavbUkteZM3ZpAPSes1Ag9nQgD+uQt8mkKMAgdi4DJE\
     CyE2A4iBr7v9GYqJLCpJ88BMefOm/CuOi8xEJKdNapWXUqsYs/IuJsdUu3P/u7vWrhUzO/eYmVVSqwwaAP0N\
     ejBtoL4xoBLQIYwhQdfQANkCylwFYG2lBQyoBro7QGLI1wqHEyBY99MAFQBD7gWAJmBgNWb4UIbAAgDHymV4\
     AlrpY/C1";
const SEVEN_ZIP: &str = "N3q8ryccAAQQAcgqngAAAAAAAAAhAAAAAAAAAFs8IA8BAChEQl9IT1NUPWRiCkRCX1BBU1NXT1JEPXRSNC1r\
     dVB6OXc3CmhlbGxvCgAAAIEzB64P0NNtfJ8/R0EED3EM/WvNAiIVGLvT/DgA4upkqUizEyPbhoD1/YWXnSnx\
     mb3PK/oQuM3SFYUJHCdlg64S3NrEXIqBBkAWbERgF+7PdETjvV+pqxIUyzfCkUqj/BIV45AqeGM0g8wx1gAA\
     ABcGLQEJcQAHCwEAASMDAQEFXQAQAAAMgJoKAcYnDMYAAA==";
/// 30 MB of zeros.
const BOMB: &str = "QlpoOTFBWSZTWWVGOZ8A8PDAAsAAAAIACCAAMMwFKaaCqCrYQqgq8XckU4UJBlRjmfA=";

fn bytes(text: &str) -> Vec<u8> {
    BASE64.decode(text.as_bytes()).expect("Base64")
}

/// Asserts that the password in the archive is found.
fn opens(path: &str, raw: &[u8], kind: &str) {
    let (found, why) = look(path, raw);
    let all: Vec<_> = found.iter().map(|(name, f)| (name, &f.notes)).collect();
    let here = |note: &String| note == "in entry app/.env line 2";
    assert!(found.iter().any(|(_, f)| f.notes.iter().any(here)), "{path} {all:?} {why:?}");
    assert!(found.iter().any(|(name, _)| name == "env-file"), "{path} {all:?}");
    assert_eq!(why, Some(NotScanned::Kind(format!("{kind} with 2 files, 2 scanned"))));
}

#[test]
fn every_kind_of_archive_is_looked_into() {
    opens("a.tar.bz2", &bytes(BZIP2), "bzip2 file");
    opens("a.tbz2", &bytes(BZIP2), "bzip2 file");
    opens("a.tar.xz", &bytes(XZ), "xz file");
    opens("a.tar.zst", &bytes(ZSTD), "Zstandard file");
    opens("a.7z", &bytes(SEVEN_ZIP), "7z archive");
    // Two frames are one file, and what stands between them is none.
    let frame = bytes(ZSTD);
    let twice = [&frame, b"\x50\x2a\x4d\x18\x03\0\0\0abc".as_slice(), &frame].concat();
    let (found, why) = look("a.tar.zst", &twice);
    assert!(!found.is_empty() && matches!(why, Some(NotScanned::Kind(_))), "{why:?}");
}

fn is_cut(raw: &[u8], word: &str) {
    let (_, why) = look("a.bin", raw);
    let Some(NotScanned::CutOff(why)) = why else { panic!("{why:?} is not {word}") };
    assert!(why.contains(word), "{why}");
}

#[test]
fn what_unpacks_to_too_much_or_is_damaged_is_told() {
    is_cut(&bytes(BOMB), "100 times");
    for archive in [BZIP2, XZ, ZSTD, SEVEN_ZIP] {
        let raw = bytes(archive);
        is_cut(&raw[..raw.len() * 2 / 3], "damaged");
    }
    let mut broken = bytes(SEVEN_ZIP);
    broken[40] ^= 0xff;
    is_cut(&broken, "damaged");
}

#[test]
fn what_needs_gigabytes_to_unpack_is_refused() {
    // The head of a frame whose window is as large as the format allows.
    is_cut(b"\x28\xb5\x2f\xfd\0\xff\x29\0\0hello", "80 MB");
    // A block that wants a dictionary of 4 GiB.
    let sum = |bytes: &[u8]| crc32fast::hash(bytes).to_le_bytes();
    let mut raw = b"\xfd7zXZ\0".to_vec();
    raw.extend([0, 1]);
    raw.extend(sum(&[0, 1]));
    let head = [2, 0, 0x21, 1, 40, 0, 0, 0];
    raw.extend(head);
    raw.extend(sum(&head));
    raw.extend(b"\x01\0\x04hello\0");
    is_cut(&raw, "80 MB");
}
