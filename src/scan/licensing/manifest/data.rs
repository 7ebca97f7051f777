// SPDX-License-Identifier: MIT OR Apache-2.0
//! Manifests in TOML and JSON.

use super::{Found, Value, fields::Fields};

const CLASSIFIER: &str = "License :: ";

/// Reads `package.license`, or the one that a workspace hands down.
pub(super) fn cargo(text: &str) -> Option<Found> {
    let fields = Fields::toml(text);
    let shared = fields.values(&["workspace/package/license"]);
    let shared_file = fields.values(&["workspace/package/license-file"]);
    let hands_down = fields.has("workspace");
    if !fields.has("package") {
        let found = Found { values: shared, files: shared_file, hands_down, ..Found::default() };
        return hands_down.then_some(found);
    }
    let inherits = fields.is_true("package/license/workspace")
        || fields.is_true("package/license-file/workspace");
    let mut values = fields.values(&["package/license"]);
    let mut files = fields.values(&["package/license-file"]);
    // The root of a workspace is a member too.
    if inherits && hands_down {
        values.extend(shared);
        files.extend(shared_file);
    }
    // `publish = []` names no registry, and whoever inherits the field mostly inherits a "no".
    let nowhere = fields.has("package/publish") && fields.first("package/publish/#").is_none();
    let private = nowhere && fields.first("package/publish") != Some("true");
    let needed = !private && fields.has("package/name");
    Some(Found { values, files, inherits, hands_down, needed, ..Found::default() })
}

/// Reads `project.license`, Poetry's field, or the classifiers.
pub(super) fn pyproject(text: &str) -> Option<Found> {
    let fields = Fields::toml(text);
    let base = ["project", "tool/poetry"].into_iter().find(|base| fields.has(base))?;
    let at = |key: &str| format!("{base}/{key}");
    let texts = [at("license"), at("license/text")];
    let mut values = fields.values(&[&texts[0], &texts[1]]);
    // A whole licence text may stand here; that is no name.
    let whole = values.iter().any(|value| value.text.lines().count() > 1);
    values.retain(|value| value.text.lines().count() <= 1);
    let classified: Vec<Value> = fields.all(&at("classifiers/#")).filter_map(classifier).collect();
    let mut files = fields.values(&[&at("license/file")]);
    files.extend(fields.all(&at("license-files/#")).cloned());
    let dynamic = fields.all(&at("dynamic/#")).any(|one| one.text == "license");
    let private = fields.first("tool/poetry/package-mode") == Some("false");
    let package =
        fields.has(&at("name")) && (fields.has("build-system") || fields.has(&at("classifiers")));
    let needed = package && !dynamic && !private && !whole;
    Some(choose(values, classified, Found { files, needed, ..Found::default() }))
}

/// Classifiers are the claim where nothing else is, and a second one otherwise.
pub(super) fn choose(values: Vec<Value>, classified: Vec<Value>, found: Found) -> Found {
    if values.is_empty() {
        return Found { values: classified, ..found };
    }
    Found { values, also: classified, ..found }
}

/// Returns the licence that a trove classifier names, or the ban on uploading.
pub(super) fn classifier(value: &Value) -> Option<Value> {
    let text = value.text.trim();
    if text.starts_with("Private :: Do Not Upload") {
        return Some(value.clone());
    }
    let name = text.strip_prefix(CLASSIFIER)?.rsplit(" :: ").next()?;
    (name != "OSI Approved").then(|| Value { text: name.to_owned(), ..value.clone() })
}

/// Returns a licence as string, as object with a type, or as a list of either.
fn licences(fields: &Fields) -> Vec<Value> {
    fields.values(&[
        "license",
        "license/type",
        "license/name",
        "license/#",
        "license/#/type",
        "licenses/#/type",
        "licenses/#/name",
        "licenses/#",
        "licenses",
        "license/url",
        "licenses/#/url",
    ])
}

/// Reads npm's manifest. Without a version it is no package but a list of tools.
pub(super) fn npm(text: &str) -> Option<Found> {
    let fields = Fields::json(text);
    let package = fields.has("name") && fields.has("version") && !fields.is_true("private");
    let known = [
        "name",
        "version",
        "license",
        "licenses",
        "private",
        "scripts",
        "dependencies",
        "devDependencies",
    ];
    known
        .iter()
        .any(|key| fields.has(key))
        .then(|| Found::values(licences(&fields)).needed(package))
}

/// Reads Bower's manifest.
pub(super) fn bower(text: &str) -> Option<Found> {
    let fields = Fields::json(text);
    let package = fields.has("name") && !fields.is_true("private");
    fields.has("name").then(|| Found::values(licences(&fields)).needed(package))
}

/// Reads Composer's manifest. Without a name it is a project of its own, not a package.
pub(super) fn composer(text: &str) -> Option<Found> {
    let fields = Fields::json(text);
    let project = fields.first("type") == Some("project");
    let values = licences(&fields);
    let known = fields.has("name") || fields.has("require") || !values.is_empty();
    known.then(|| Found::values(values).needed(fields.has("name") && !project))
}

/// Reads the manifest of a Puppet module or Chef cookbook; other files have its name too.
pub(super) fn puppet_or_chef(text: &str) -> Option<Found> {
    let fields = Fields::json(text);
    let marks = ["dependencies", "requirements", "operatingsystem_support", "platforms", "recipes"];
    let version = fields.has("version") || fields.has("versions");
    let module = fields.has("name") && version && marks.iter().any(|key| fields.has(key));
    module.then(|| Found::values(licences(&fields)).needed(true))
}

/// Reads Elm's manifest; applications have no licence.
pub(super) fn elm(text: &str) -> Option<Found> {
    let fields = Fields::json(text);
    let package = fields.first("type") == Some("package");
    package.then(|| Found::values(licences(&fields)).needed(true))
}

/// Reads D's manifest.
pub(super) fn dub(text: &str) -> Option<Found> {
    let fields = Fields::json(text);
    fields.has("name").then(|| Found::values(licences(&fields)))
}

/// Reads a manifest whose licence is optional.
pub(super) fn optional(text: &str) -> Option<Found> {
    Some(Found::values(licences(&Fields::json(text))))
}

/// Reads the description of a CocoaPod.
pub(super) fn podspec(text: &str) -> Option<Found> {
    let fields = Fields::json(text);
    let files = fields.values(&["license/file"]);
    fields.has("name").then(|| Found { files, ..Found::values(licences(&fields)).needed(true) })
}

/// Reads CodeMeta, where the licence is an address or an object.
pub(super) fn codemeta(text: &str) -> Option<Found> {
    let fields = Fields::json(text);
    Some(Found::values(fields.values(&[
        "license",
        "license/#",
        "license/identifier",
        "license/@id",
        "license/name",
        "license/url",
        "license/#/@id",
        "license/#/name",
    ])))
}

/// Reads what Zenodo is to show.
pub(super) fn zenodo(text: &str) -> Option<Found> {
    Some(Found::values(Fields::json(text).values(&["license", "license/id"])))
}

/// Reads the metadata of a CPAN distribution.
pub(super) fn cpan(text: &str) -> Option<Found> {
    let fields = Fields::json(text);
    (fields.has("meta-spec") || fields.has("abstract") && fields.has("provides"))
        .then(|| Found::values(licences(&fields)).needed(true))
}

/// Reads `info.license` of an API description.
pub(super) fn openapi(text: &str) -> Option<Found> {
    Some(Found::values(super::documents::api(&Fields::json(text))))
}
