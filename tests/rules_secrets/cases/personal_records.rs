// SPDX-License-Identifier: MIT OR Apache-2.0
//! What records say of people, and whole files about them.

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "birth-date",
        path: "data/a.yml",
        fires: "date_of_birth: \"1983-04-17\"",
        near_miss: ("data/a.yml", "date_of_birth: \"1970-01-01\"\ncreated: 1983-04-17"),
    },
    Case {
        rule: "postal-address",
        path: "data/a.yml",
        fires: "street: \"48 Larkspur Avenue, Dayton OH 45402\"",
        near_miss: ("data/a.yml", "street: \"51 Franklin Street, Fifth Floor, Boston MA 02110\""),
    },
    Case {
        rule: "geo-position",
        path: "data/a.yml",
        fires: "home_address: x\nlatitude: 52.370216\nlongitude: 4.895168",
        near_miss: ("data/a.yml", "capital: x\nlatitude: 52.370216\nlongitude: 4.895168"),
    },
    Case {
        rule: "patient-segment",
        path: "data/a.txt",
        fires: "PID|1||48392^^^HOSP^MR||QUILL^MARTA^J||19830417|F|||48 LARKSPUR AVE^^DAYTON^OH",
        near_miss: ("data/a.txt", "PID|1||48392^^^HOSP^MR||TEST^PATIENT||19830417|F"),
    },
    Case {
        rule: "patient-record",
        path: "data/a.json",
        fires: "{{\"resourceType\": \"Patient\", \"name\": [{{\"family\": \"Quill\"}}]}}",
        near_miss: ("data/a.json", "{{\"resourceType\": \"Patient\", \"id\": \"4\"}}"),
    },
    Case {
        rule: "diagnosis",
        path: "data/a.yml",
        fires: "patient: M. Quill\ndiagnosis_code: F32.1",
        near_miss: ("data/a.yml", "catalogue: all\ndiagnosis_code: F32.1"),
    },
    Case {
        rule: "special-category",
        path: "data/a.yml",
        fires: "email: m.quill@quillnet.org\nreligion: catholic",
        near_miss: ("data/a.yml", "page: wide\norientation: straight"),
    },
    Case {
        rule: "passport-lines",
        path: "data/a.txt",
        fires: "P<NLDQUILL<<MARTA<JO<<<<<<<<<<<<<<<<<<<<<<<<\n{mrz:NLD}",
        near_miss: ("data/a.txt", "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n{mrz:UTO}"),
    },
    Case {
        rule: "visitor-address",
        path: "data/access.txt",
        fires: "84.17.48.3 - - [10/Oct/2023:13:55:36 +0000] \"GET /a HTTP/1.1\" 200 2326",
        near_miss: (
            "data/access.txt",
            "192.0.2.3 - - [10/Oct/2023:13:55:36 +0000] \"GET /a HTTP/1.1\" 200 2326",
        ),
    },
    Case {
        rule: "contact-card",
        path: "data/contacts",
        fires: "BEGIN:VCARD\nVERSION:3.0\nFN:Marta Quill\nTEL;TYPE=cell:x\nEND:VCARD",
        near_miss: ("data/contacts", "BEGIN:VCARD\nVERSION:3.0\nEND:VCARD"),
    },
    Case {
        rule: "calendar",
        path: "data/a.ics",
        fires: "ATTENDEE;CN=Marta Quill:mailto:m.quill@quillnet.org",
        near_miss: ("data/a.ics", "SUMMARY:attendee limit"),
    },
    Case {
        rule: "mail-message",
        path: "data/letter.txt",
        fires: "Return-Path: <m@quillnet.org>\nReceived: from a by b\nFrom: M <m@quillnet.org>\nTo: x\n",
        near_miss: ("data/letter.txt", "Received: 3 parcels\nFrom: Delft\n"),
    },
    Case {
        rule: "location-track",
        path: "data/run.gpx",
        fires: "<trkpt lat=\"52.3\" lon=\"4.8\"><ele>1</ele><time>2023-01-02T03:04:05Z</time></trkpt>",
        near_miss: ("data/run.gpx", "<wpt lat=\"52.3\" lon=\"4.8\"><name>bench</name></wpt>"),
    },
    Case {
        rule: "medical-image",
        path: "data/scan.dcm",
        fires: "x",
        near_miss: ("data/scan.dc", "x"),
    },
    Case {
        rule: "personal-records",
        path: "data/people.csv",
        fires: "id,first_name,last_name,email\n1,Marta,Quill,m.quill@quillnet.org\n\
                2,Jo,Brandt,j.brandt@brandtnet.org\n3,Ida,Holm,ida@holmnet.dk\n\
                4,Nils,Voss,nils@vossnet.de\n5,Rosa,Pina,rosa@pinanet.es\n",
        near_miss: (
            "data/people.csv",
            "id,first_name,last_name,email\n1,Marta,Quill,m.quill@example.com\n\
             2,Jo,Brandt,j.brandt@example.com\n3,Ida,Holm,ida@example.com\n\
             4,Nils,Voss,nils@example.com\n5,Rosa,Pina,rosa@example.com\n",
        ),
    },
    Case {
        rule: "personal-column",
        path: "data/rows.csv",
        fires: "1;{card};x\n2;{card};x\n3;{card};x\n4;{card};x\n5;{card};x\n6;{card};x\n",
        near_miss: (
            "data/rows.csv",
            "1;{card};x\n2;{card};x\n3;4539718204629171;x\n4;{card};x\n5;{card};x\n6;{card};x\n",
        ),
    },
];
