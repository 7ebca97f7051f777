// SPDX-License-Identifier: MIT OR Apache-2.0
//! Parts of the repository that could be released alone, found by the names of its files.

use std::collections::{BTreeMap, HashMap};

use crate::domain::{Module, ModuleKind, RepoPath};

/// Returns the modules among `paths`, by path. Vendored copies are no modules of ours.
pub fn find<'a>(paths: impl Iterator<Item = &'a RepoPath>) -> Vec<Module> {
    let mut files: HashMap<RepoPath, usize> = HashMap::new();
    let mut names: BTreeMap<RepoPath, Vec<String>> = BTreeMap::new();
    for path in paths {
        let name = String::from_utf8_lossy(path.file_name()).into_owned();
        names.entry(path.parent()).or_default().push(name);
        let mut dir = path.parent();
        loop {
            *files.entry(dir.clone()).or_default() += 1;
            if dir.is_root() {
                break;
            }
            dir = dir.parent();
        }
    }
    let mut kinds: BTreeMap<RepoPath, ModuleKind> = BTreeMap::new();
    for (dir, names) in &names {
        if crate::domain::PathClass::of(dir) == crate::domain::PathClass::Vendored {
            continue;
        }
        if let Some((path, kind)) = kind_of(dir, names) {
            // A role's `tasks` and `meta` both say "role"; the first word counts.
            kinds.entry(path).or_insert(kind);
        }
    }
    let count = |path: &RepoPath| files.get(path).copied().unwrap_or(0);
    kinds.into_iter().map(|(path, kind)| Module { files: count(&path), path, kind }).collect()
}

/// Returns the module that a directory with files called `names` is or belongs to.
fn kind_of(dir: &RepoPath, names: &[String]) -> Option<(RepoPath, ModuleKind)> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let ends = |suffix: &str| names.iter().any(|name| name.ends_with(suffix));
    let parent = dir.parent();
    let last = dir.file_name();
    let grand = parent.parent();
    let within = |name: &[u8], of: &RepoPath| of.file_name() == name;
    if ends(".tf") {
        let stack =
            ends(".tfvars") || ends(".backend") || has("backend.tf") || has("terragrunt.hcl");
        let kind = if stack { ModuleKind::TerraformStack } else { ModuleKind::TerraformModule };
        return Some((dir.clone(), kind));
    }
    if within(b"roles", &grand) && matches!(last, b"tasks" | b"meta" | b"handlers" | b"defaults") {
        return Some((parent, ModuleKind::AnsibleRole));
    }
    if last == b"manifests" && ends(".pp") && !parent.is_root() {
        return Some((parent, ModuleKind::PuppetModule));
    }
    if ends(".sls") && within(b"salt", &parent) {
        return Some((dir.clone(), ModuleKind::SaltStates));
    }
    let here = |kind| Some((dir.clone(), kind));
    if has("galaxy.yml") {
        here(ModuleKind::AnsibleCollection)
    } else if has("Chart.yaml") {
        here(ModuleKind::HelmChart)
    } else if has("kustomization.yaml") || has("kustomization.yml") {
        here(ModuleKind::Kustomization)
    } else if has("Pulumi.yaml") {
        here(ModuleKind::PulumiProject)
    } else if has("metadata.rb") {
        here(ModuleKind::ChefCookbook)
    } else if has("action.yml") || has("action.yaml") {
        here(ModuleKind::GithubAction)
    } else if is_package(names) {
        here(ModuleKind::Package)
    } else if names.iter().any(|name| name == "Dockerfile" || name.starts_with("Dockerfile.")) {
        here(ModuleKind::DockerImage)
    } else {
        None
    }
}

fn is_package(names: &[String]) -> bool {
    const MANIFESTS: [&str; 7] = [
        "Cargo.toml",
        "go.mod",
        "package.json",
        "pyproject.toml",
        "setup.py",
        "pom.xml",
        "build.gradle",
    ];
    names.iter().any(|name| MANIFESTS.contains(&name.as_str()) || name.ends_with(".gemspec"))
}

#[cfg(test)]
mod tests {
    use super::{ModuleKind, RepoPath, find};

    #[test]
    fn modules_are_known_by_their_files() {
        let paths: Vec<RepoPath> = [
            "README.md",
            "tf/vpc/main.tf",
            "tf/prod/main.tf",
            "tf/prod/prod.tfvars",
            "playbooks/roles/nginx/tasks/main.yml",
            "playbooks/roles/nginx/meta/main.yml",
            "salt/redis/init.sls",
            "modules/ntp/manifests/init.pp",
            "modules/ntp/templates/ntp.conf.erb",
            "vendor/x/Cargo.toml",
            "docker/web/Dockerfile",
        ]
        .iter()
        .map(|p| RepoPath::new(p.as_bytes()))
        .collect();
        let found: Vec<(String, ModuleKind, usize)> = find(paths.iter())
            .into_iter()
            .map(|module| (module.path.to_string(), module.kind, module.files))
            .collect();
        let expected = [
            ("docker/web", ModuleKind::DockerImage, 1),
            ("modules/ntp", ModuleKind::PuppetModule, 2),
            ("playbooks/roles/nginx", ModuleKind::AnsibleRole, 2),
            ("salt/redis", ModuleKind::SaltStates, 1),
            ("tf/prod", ModuleKind::TerraformStack, 2),
            ("tf/vpc", ModuleKind::TerraformModule, 1),
        ]
        .map(|(path, kind, files)| (path.to_owned(), kind, files));
        assert_eq!(found, expected);
    }
}
