// SPDX-License-Identifier: MIT OR Apache-2.0

use super::Case;

pub(super) const CASES: &[Case] = &[
    Case {
        rule: "image-location",
        path: "img/photo.xmp",
        fires: "<rdf:Description exif:GPSLatitude=\"48,51.498N\" exif:GPSLongitude=\"2,17.6E\"/>",
        near_miss: ("src/exif.py", "GPSLatitude = tags.get('GPS GPSLatitude')"),
    },
    Case {
        rule: "image-device",
        path: "img/photo.xmp",
        fires: "<rdf:Description aux:SerialNumber=\"3072014{d6}\"/>",
        near_miss: ("src/device.py", "aux:SerialNumber is a field; SerialNumber=x"),
    },
    Case {
        rule: "document-author",
        path: "doc/props.xml",
        fires: "<cp:lastModifiedBy>Jo Jones</cp:lastModifiedBy>",
        near_miss: ("doc/props.xml", "<dc:creator>openpyxl</dc:creator>"),
    },
];
