// SPDX-License-Identifier: MIT OR Apache-2.0
//! Terms and packages that are known not to be open, from what their makers publish.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

/// What stands in files under such terms, whose terms they are, and where that was read: the page
/// that the mark names, as makers write it into their files, or another one.
const MARKS: &[(&str, &str, &str)] = &[
    ("highcharts.com/license", HIGHCHARTS, "https://www.highcharts.com/license"),
    ("license: www.highcharts.com", HIGHCHARTS, "https://www.highcharts.com/license"),
    ("highsoft as", HIGHCHARTS, "the heads of highcharts/highcharts on GitHub"),
    ("greensock.com/standard-license", GREENSOCK, "https://greensock.com/standard-license"),
    ("gsap.com/standard-license", GREENSOCK, "https://gsap.com/standard-license"),
    ("greensock.com/terms_of_use", GREENSOCK, "http://www.greensock.com/terms_of_use.html"),
    // The blank: others write that Font Awesome provides icons.
    (
        "font awesome pro ",
        "Font Awesome Pro licence (commercial)",
        "https://fontawesome.com/license",
    ),
    (
        "fontawesome.com/license (commercial",
        "Font Awesome Pro licence (commercial)",
        "https://fontawesome.com/license",
    ),
    (
        "sencha.com/legal/sencha-commercial",
        "Ext JS commercial licence",
        "http://www.sencha.com/legal/sencha-commercial-software-license-agreement/",
    ),
    (
        "sencha.com/legal/sencha-software-license",
        "Ext JS commercial licence",
        "https://www.sencha.com/legal/sencha-software-license-agreement/",
    ),
    ("sencha.com/license", "Ext JS licence (commercial or GPL)", "http://www.sencha.com/license"),
    (
        "telerik.com/purchase/license-agreement",
        "Kendo UI commercial licence",
        "http://www.telerik.com/purchase/license-agreement/kendo-ui-complete",
    ),
    (
        "syncfusion.com/license",
        "Syncfusion commercial licence",
        "https://www.syncfusion.com/license/studio/22.2.5/syncfusion_essential_studio_eula.pdf",
    ),
    (
        "licensing@syncfusion.com",
        "Syncfusion commercial licence",
        "the heads of its own files: 'a copy can be obtained by e-mailing'",
    ),
    ("infosoft global", "FusionCharts commercial licence", "the heads of FusionCharts' own files"),
    (
        "js.devexpress.com/licensing",
        "DevExtreme commercial licence",
        "https://js.devexpress.com/Licensing/",
    ),
    (
        "froala.com/wysiwyg-editor/terms",
        "Froala commercial licence",
        "https://froala.com/wysiwyg-editor/terms/",
    ),
    (
        "editor.datatables.net/license",
        "DataTables Editor commercial licence",
        "http://editor.datatables.net/license",
    ),
    ("canvasjs.com/license", "CanvasJS commercial licence", "https://canvasjs.com/license/"),
    ("anychart.com/buy", "AnyChart commercial licence", "https://www.anychart.com/buy/"),
    (
        "zingchart.com/buy",
        "ZingChart commercial licence",
        "https://www.zingchart.com/buy/details/branded-license/",
    ),
    (
        "ag-grid-enterprise",
        "AG Grid commercial licence",
        "the heads of its own files: '@license Commercial'",
    ),
    (
        "imperavi.com/redactor/license",
        "Redactor commercial licence",
        "http://imperavi.com/redactor/license/",
    ),
    (
        "handsontable-non-commercial-license",
        "Handsontable non-commercial licence",
        "handsontable/handsontable: handsontable-non-commercial-license.pdf",
    ),
    ("themeforest.net/licenses", "Envato market licence", "https://themeforest.net/licenses"),
    (
        "codecanyon.net/licenses",
        "Envato market licence",
        "https://codecanyon.net/licenses/standard",
    ),
    ("shall be used for good, not evil", "JSON licence", "https://spdx.org/licenses/JSON.html"),
    ("commons clause", "Commons Clause", "https://commonsclause.com/"),
    (
        "oracle technology network",
        "Oracle Technology Network licence",
        "https://www.oracle.com/database/technologies/faq-instant-client.html",
    ),
    ("end user license agreement", "an end user licence agreement", "the words themselves"),
    ("end-user license agreement", "an end user licence agreement", "the words themselves"),
    ("see license in ", "", "the npm documentation of the field `license`"),
    (
        "creativecommons.org/licenses/by-nc",
        "CC BY-NC",
        "https://creativecommons.org/licenses/by-nc/4.0/",
    ),
    (
        "business source license",
        "Business Source License",
        "https://spdx.org/licenses/BUSL-1.1.html",
    ),
    (
        "microsoft software license terms",
        "Microsoft software licence terms",
        "microsoft/mssql-jdbc: mssql-jdbc_auth_LICENSE",
    ),
];

const HIGHCHARTS: &str = "Highcharts licence (commercial; free of charge for some uses)";
const GREENSOCK: &str = "GreenSock standard licence";
/// Java of before 17 stands under the licence of the Oracle Technology Network, or an older one
/// like it.
const ORACLE_JAVA: &str =
    "https://docs.oracle.com/en-us/iaas/jms/doc/key-concepts-and-terminology-java-download.html";

/// Returns whose closed terms `text` names.
pub(super) fn mark(text: &[u8]) -> Option<&'static str> {
    static WORDS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let words = MARKS.iter().map(|(mark, ..)| mark);
        AhoCorasick::builder().ascii_case_insensitive(true).build(words).ok()
    });
    let found = words.as_ref()?.find_iter(text).find(|found| {
        // "SEE LICENSE IN" points to a file that is looked at for itself.
        !MARKS[found.pattern().as_usize()].1.is_empty()
    })?;
    Some(MARKS[found.pattern().as_usize()].1)
}

/// What a text without the name of an open licence forbids, as words.
const FORBIDS: [&str; 12] = [
    "not redistribute",
    "not be redistributed",
    "not distribute",
    "not be distributed",
    "not copy",
    "not be copied",
    "non transferable",
    "nontransferable",
    "not sublicense",
    "internal use only",
    "proprietary",
    "all rights reserved",
];

/// Returns what the normalised `words` of an unknown licence amount to, if they forbid copying.
pub(super) fn restriction(words: &str) -> Option<&'static str> {
    let forbids = FORBIDS.iter().any(|phrase| super::super::words::has(words, phrase));
    let grants = ["redistribution and use", "permission is", "free software", "open source"];
    let grants = grants.iter().any(|phrase| words.contains(phrase));
    (forbids && !grants).then_some("terms that forbid copying")
}

/// Beginnings of names of packages that may not be passed on freely, whose they are, and where
/// their terms were read.
const PACKAGES: &[(&str, &str, &str)] = &[
    (
        "ojdbc",
        "Oracle's JDBC driver",
        "https://central.sonatype.com/artifact/com.oracle.database.jdbc/ojdbc6",
    ),
    (
        "orai18n",
        "Oracle's JDBC driver",
        "https://mvnrepository.com/artifact/com.oracle.database.nls/orai18n",
    ),
    (
        "ucp.jar",
        "Oracle's connection pool",
        "https://central.sonatype.com/artifact/com.oracle.database.jdbc/ucp",
    ),
    (
        "xmlparserv2",
        "Oracle's XML parser",
        "https://mvnrepository.com/artifact/com.oracle.database.xml/xmlparserv2",
    ),
    (
        "instantclient",
        "Oracle's Instant Client",
        "https://www.oracle.com/database/technologies/faq-instant-client.html",
    ),
    (
        "oracle-instantclient",
        "Oracle's Instant Client",
        "https://www.oracle.com/database/technologies/faq-instant-client.html",
    ),
    ("jdk-6u", "Oracle's JDK", ORACLE_JAVA),
    ("jdk-7u", "Oracle's JDK", ORACLE_JAVA),
    ("jdk-8u", "Oracle's JDK", ORACLE_JAVA),
    ("jre-7u", "Oracle's JRE", ORACLE_JAVA),
    ("jre-8u", "Oracle's JRE", ORACLE_JAVA),
    ("server-jre-", "Oracle's JRE", ORACLE_JAVA),
    ("db2jcc", "IBM's DB2 driver", "https://central.sonatype.com/artifact/com.ibm.db2/jcc"),
    (
        "ifxjdbc",
        "IBM's Informix driver",
        "https://central.sonatype.com/artifact/com.ibm.informix/jdbc",
    ),
    (
        "com.ibm.mq",
        "IBM MQ",
        "https://central.sonatype.com/artifact/com.ibm.mq/com.ibm.mq.allclient",
    ),
    (
        "sqljdbc",
        "Microsoft's JDBC driver of before 2016",
        "https://learn.microsoft.com/previous-versions/sql/sql-server-2008-r2/aa342329(v=sql.105)",
    ),
    (
        "msodbcsql",
        "Microsoft's ODBC driver",
        "microsoft/mssql-python, pull request 701: 'proprietary ODBC Driver 18'",
    ),
    (
        "splunkforwarder",
        "Splunk's forwarder",
        "https://www.splunk.com/en_us/legal/splunk-software-license-agreement-old.html",
    ),
    (
        "sapjco",
        "SAP's Java connector",
        "https://central.sonatype.com/artifact/org.hibersap/sapjco3",
    ),
    (
        "ngdbc",
        "SAP's HANA driver",
        "https://central.sonatype.com/artifact/com.sap.cloud.db.jdbc/ngdbc",
    ),
    (
        "terajdbc",
        "Teradata's driver",
        "https://central.sonatype.com/artifact/com.teradata.jdbc/terajdbc",
    ),
    (
        "tdgssconfig",
        "Teradata's driver",
        "https://central.sonatype.com/artifact/com.teradata.jdbc/terajdbc",
    ),
    (
        "verticajdbc",
        "Vertica's driver",
        "https://central.sonatype.com/artifact/com.vertica.jdbc/vertica-jdbc",
    ),
    (
        "vertica-jdbc",
        "Vertica's driver",
        "https://central.sonatype.com/artifact/com.vertica.jdbc/vertica-jdbc",
    ),
    ("aspose", "Aspose", "https://www.nuget.org/packages/Aspose.Words/24.5.0/license"),
    ("highcharts", "Highcharts", "cdnjs highcharts"),
    ("highstock", "Highcharts", "cdnjs highstock"),
    ("fontawesome-pro", "Font Awesome Pro", "https://fontawesome.com/license"),
    ("font-awesome-pro", "Font Awesome Pro", "https://fontawesome.com/license"),
    ("telerik", "Telerik", "https://www.telerik.com/purchase/license-agreement/wpf-dlw-s"),
    ("devexpress", "DevExpress", "https://js.devexpress.com/Licensing/"),
];

/// Returns whose package `name` is, if it is known not to be open.
pub(in crate::scan::licensing) fn package(name: &[u8]) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let hit = PACKAGES.iter().find(|(start, ..)| lower.starts_with(start.as_bytes()));
    hit.map(|(_, whose, _)| *whose)
}

#[cfg(test)]
mod tests {
    use super::{mark, package};

    #[test]
    fn closed_terms_and_packages_are_known() {
        assert!(mark(b" License: www.highcharts.com/license").is_some());
        assert!(mark(b"MIT").is_none());
        assert!(package(b"ojdbc8-19.3.jar").is_some() && package(b"mssql-jdbc-9.jar").is_none());
        assert!(package(b"gradle-wrapper.jar").is_none());
        assert!(mark(b"Font Awesome Pro 6.2.1 by @fontawesome").is_some());
        assert!(mark(b"Font Awesome provides icons").is_none());
        // The terms of the GPL stand on the same site.
        assert!(mark(b"http://www.sencha.com/legal/GPL/").is_none());
    }

    #[test]
    fn every_row_has_a_source() {
        let rows = super::MARKS.iter().chain(super::PACKAGES);
        assert!(rows.map(|(_, _, source)| source).all(|source| source.len() > 5));
    }
}
