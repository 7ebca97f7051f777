// SPDX-License-Identifier: MIT OR Apache-2.0
//! Terms and packages that are known not to be open, from what their makers publish.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

/// What stands in files under such terms, and whose terms they are.
const MARKS: &[(&str, &str)] = &[
    ("highcharts.com/license", "Highcharts licence (commercial; free of charge for some uses)"),
    (
        "license: www.highcharts.com",
        "Highcharts licence (commercial; free of charge for some uses)",
    ),
    ("highsoft as", "Highcharts licence (commercial; free of charge for some uses)"),
    ("greensock.com/standard-license", "GreenSock standard licence"),
    ("gsap.com/standard-license", "GreenSock standard licence"),
    ("greensock.com/terms_of_use", "GreenSock terms of use"),
    ("font awesome pro", "Font Awesome Pro licence (commercial)"),
    ("fontawesome.com/license (commercial", "Font Awesome Pro licence (commercial)"),
    ("sencha.com/legal", "Ext JS commercial licence"),
    ("sencha.com/license", "Ext JS licence (commercial or GPL)"),
    ("ext js commercial", "Ext JS commercial licence"),
    ("amcharts.com/free-licen", "amCharts linkware licence"),
    ("telerik.com/purchase/license-agreement", "Kendo UI commercial licence"),
    ("telerik.com/license", "Kendo UI commercial licence"),
    ("syncfusion.com/license", "Syncfusion commercial licence"),
    ("syncfusion inc. all rights reserved", "Syncfusion commercial licence"),
    ("fusioncharts.com/legal", "FusionCharts commercial licence"),
    ("infusionsoft global", "FusionCharts commercial licence"),
    ("js.devexpress.com/licensing", "DevExtreme commercial licence"),
    ("froala.com/wysiwyg-editor/terms", "Froala commercial licence"),
    ("froala.com/wysiwyg-editor/pricing", "Froala commercial licence"),
    ("editor.datatables.net/license", "DataTables Editor commercial licence"),
    ("canvasjs.com/license", "CanvasJS commercial licence"),
    ("anychart.com/buy", "AnyChart commercial licence"),
    ("zingchart.com/buy", "ZingChart commercial licence"),
    ("ag-grid-enterprise", "AG Grid commercial licence"),
    ("imperavi.com/redactor/license", "Redactor commercial licence"),
    ("imperavi.com/license", "Redactor commercial licence"),
    ("handsontable.com/non-commercial", "Handsontable non-commercial licence"),
    ("handsontable-non-commercial-license", "Handsontable non-commercial licence"),
    ("themeforest.net/licenses", "Envato market licence"),
    ("codecanyon.net/licenses", "Envato market licence"),
    ("shall be used for good, not evil", "JSON licence"),
    ("commons clause", "Commons Clause"),
    ("oracle technology network", "Oracle Technology Network licence"),
    ("oracle binary code license", "Oracle binary code licence"),
    ("end user license agreement", "an end user licence agreement"),
    ("end-user license agreement", "an end user licence agreement"),
    ("see license in ", ""),
    ("creativecommons.org/licenses/by-nc", "CC BY-NC"),
    ("business source license", "Business Source License"),
    ("microsoft software license terms", "Microsoft software licence terms"),
];

/// Returns whose closed terms `text` names.
pub(super) fn mark(text: &[u8]) -> Option<&'static str> {
    static WORDS: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    let words = WORDS.get_or_init(|| {
        let words = MARKS.iter().map(|(mark, _)| mark);
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

/// Beginnings of names of packages that may not be passed on freely, and why.
const PACKAGES: &[(&str, &str)] = &[
    ("ojdbc", "Oracle's JDBC driver"),
    ("orai18n", "Oracle's JDBC driver"),
    ("classes12", "Oracle's JDBC driver"),
    ("oraclepki", "Oracle's security libraries"),
    ("osdt_c", "Oracle's security libraries"),
    ("xdb6", "Oracle's XML DB"),
    ("xmlparserv2", "Oracle's XML parser"),
    ("instantclient", "Oracle's Instant Client"),
    ("oracle-instantclient", "Oracle's Instant Client"),
    ("ucp.jar", "Oracle's connection pool"),
    ("ons.jar", "Oracle's notification service"),
    ("aqapi", "Oracle's queueing"),
    ("wlfullclient", "Oracle WebLogic"),
    ("weblogic", "Oracle WebLogic"),
    ("wlthint3client", "Oracle WebLogic"),
    ("jce_policy", "Oracle's cryptography policy"),
    ("unlimitedjcepolicy", "Oracle's cryptography policy"),
    ("us_export_policy", "Oracle's cryptography policy"),
    ("local_policy", "Oracle's cryptography policy"),
    ("jdk-6u", "Oracle's JDK"),
    ("jdk-7u", "Oracle's JDK"),
    ("jdk-8u", "Oracle's JDK"),
    ("jre-7u", "Oracle's JRE"),
    ("jre-8u", "Oracle's JRE"),
    ("server-jre-", "Oracle's JRE"),
    ("db2jcc", "IBM's DB2 driver"),
    ("db2java", "IBM's DB2 driver"),
    ("ifxjdbc", "IBM's Informix driver"),
    ("nzjdbc", "IBM's Netezza driver"),
    ("jt400full", "IBM's toolbox"),
    ("com.ibm.mq", "IBM MQ"),
    ("com.ibm.ws", "IBM WebSphere"),
    ("ibmmq", "IBM MQ"),
    ("mqseries", "IBM MQ"),
    ("sqljdbc", "Microsoft's JDBC driver of before 2016"),
    ("msodbcsql", "Microsoft's ODBC driver"),
    ("sqlncli", "Microsoft's native client"),
    ("sapjco", "SAP's Java connector"),
    ("sapidoc", "SAP's IDoc library"),
    ("sapjra", "SAP's resource adapter"),
    ("nwrfc", "SAP's RFC library"),
    ("ngdbc", "SAP's HANA driver"),
    ("jconn", "Sybase's driver"),
    ("terajdbc", "Teradata's driver"),
    ("tdgssconfig", "Teradata's driver"),
    ("verticajdbc", "Vertica's driver"),
    ("vertica-jdbc", "Vertica's driver"),
    ("redshiftjdbc", "Simba's driver"),
    ("athenajdbc", "Simba's driver"),
    ("impalajdbc", "Simba's driver"),
    ("hivejdbc4", "Simba's driver"),
    ("sparkjdbc", "Simba's driver"),
    ("aspose", "Aspose"),
    ("spire.", "Spire"),
    ("jrebel", "JRebel"),
    ("yjpagent", "YourKit"),
    ("yjp-", "YourKit"),
    ("appserveragent", "AppDynamics"),
    ("appdynamics", "AppDynamics"),
    ("dynatrace-", "Dynatrace"),
    ("splunk-", "Splunk"),
    ("splunkforwarder", "Splunk"),
    ("vmware-ovftool", "VMware's OVF Tool"),
    ("vmware-vsphere-cli", "VMware's vSphere CLI"),
    ("highcharts", "Highcharts"),
    ("highstock", "Highcharts"),
    ("fontawesome-pro", "Font Awesome Pro"),
    ("font-awesome-pro", "Font Awesome Pro"),
    ("telerik", "Telerik"),
    ("devexpress", "DevExpress"),
    ("infragistics", "Infragistics"),
    ("nessus-", "Nessus"),
    ("crowdstrike", "CrowdStrike"),
    ("falcon-sensor", "CrowdStrike"),
    ("citrix", "Citrix"),
];

/// Returns whose package `name` is, if it is known not to be open.
pub(in crate::scan::licensing) fn package(name: &[u8]) -> Option<&'static str> {
    let lower = name.to_ascii_lowercase();
    let hit = PACKAGES.iter().find(|(start, _)| lower.starts_with(start.as_bytes()));
    hit.map(|(_, whose)| *whose)
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
    }
}
