// SPDX-License-Identifier: MIT OR Apache-2.0
//! Manifests in YAML and XML.

use super::{Found, Value, fields::Fields};

/// Reads an Ansible collection.
pub(super) fn galaxy(text: &str) -> Option<Found> {
    let fields = Fields::yaml(text);
    if !fields.has("namespace") {
        return None;
    }
    let files = fields.values(&["license_file"]);
    let values = fields.values(&["license/#", "license"]);
    Some(Found { values, files, needed: true, ..Found::default() })
}

/// Reads an Ansible role.
pub(super) fn ansible_role(text: &str) -> Option<Found> {
    let fields = Fields::yaml(text);
    let values = fields.values(&["galaxy_info/license", "galaxy_info/license/#"]);
    // Without an author it is not meant for others.
    let needed = fields.has("galaxy_info/author") || fields.has("galaxy_info/description");
    fields.has("galaxy_info").then(|| Found::values(values).needed(needed))
}

/// Reads a Helm chart, which need not declare anything.
pub(super) fn chart(text: &str) -> Option<Found> {
    let fields = Fields::yaml(text);
    let keys =
        ["annotations/artifacthub.io/license", "annotations/licenses", "annotations/license"];
    Some(Found::values(fields.values(&keys)))
}

/// Reads a manifest whose licence is optional.
pub(super) fn optional(text: &str) -> Option<Found> {
    Some(Found::values(Fields::yaml(text).values(&["license", "license/#"])))
}

/// Reads the metadata of a CPAN distribution; other things are called `meta.yml` too.
pub(super) fn cpan(text: &str) -> Option<Found> {
    let fields = Fields::yaml(text);
    fields
        .has("meta-spec")
        .then(|| Found::values(fields.values(&["license", "license/#"])).needed(true))
}

/// Reads `info.license` of an API description.
pub(super) fn openapi(text: &str) -> Option<Found> {
    Some(Found::values(api(&Fields::yaml(text))))
}

pub(super) fn api(fields: &Fields) -> Vec<Value> {
    fields.values(&["info/license/identifier", "info/license/name", "info/license/url"])
}

/// Reads Maven's `<licenses>`, which children inherit.
pub(super) fn pom(text: &str) -> Option<Found> {
    let fields = Fields::xml(text);
    if !fields.has("project") {
        return None;
    }
    let values = fields.values(&["project/licenses/license/name", "project/licenses/license/url"]);
    let inherits = values.is_empty() && fields.has("project/parent");
    Some(Found { values, inherits, needed: true, hands_down: true, ..Found::default() })
}

/// Reads the manifest of a ROS package.
pub(super) fn ros(text: &str) -> Option<Found> {
    let fields = Fields::xml(text);
    let ros = fields.has("package/maintainer") || fields.has("package/buildtool_depend");
    ros.then(|| Found::values(fields.values(&["package/license"])).needed(true))
}

/// Reads the description of a NuGet package.
pub(super) fn nuspec(text: &str) -> Option<Found> {
    let fields = Fields::xml(text);
    let base = "package/metadata";
    if !fields.has(base) {
        return None;
    }
    let licence = fields.values(&["package/metadata/license"]);
    let file = fields.first("package/metadata/license/@type") == Some("file");
    let (files, mut values) = if file { (licence, Vec::new()) } else { (Vec::new(), licence) };
    if values.is_empty() && files.is_empty() {
        values = urls(fields.values(&["package/metadata/licenseUrl"]));
    }
    Some(Found {
        values,
        files,
        needed: !fields.has("package/metadata/licenseUrl"),
        ..Found::default()
    })
}

/// Reads what a project file says about the package made of it.
pub(super) fn msbuild(text: &str) -> Option<Found> {
    let fields = Fields::xml(text);
    let mut values = fields.values(&["Project/PropertyGroup/PackageLicenseExpression"]);
    let files = fields.values(&["Project/PropertyGroup/PackageLicenseFile"]);
    if values.is_empty() && files.is_empty() {
        values = urls(fields.values(&["Project/PropertyGroup/PackageLicenseUrl"]));
    }
    values.retain(|value| !value.text.contains("$("));
    Some(Found { values, files, ..Found::default() })
}

/// Keeps addresses of known licences; the others are pages of the project.
fn urls(values: Vec<Value>) -> Vec<Value> {
    let known = |value: &Value| crate::scan::licensing::names::lookup(&value.text).is_some();
    values.into_iter().filter(known).collect()
}

/// Reads what software centres show of a desktop program.
pub(super) fn appstream(text: &str) -> Option<Found> {
    let fields = Fields::xml(text);
    let values = fields.named("project_license").cloned().collect();
    Some(Found::values(values))
}
