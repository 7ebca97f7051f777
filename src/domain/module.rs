// SPDX-License-Identifier: MIT OR Apache-2.0
//! Parts of the repository that could be released alone.

use super::RepoPath;

/// What kind of thing a module is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ModuleKind {
    /// A Terraform module: called by others, holds no state.
    TerraformModule,
    /// A Terraform stack: has a backend, a configured provider or variable files.
    TerraformStack,
    /// An Ansible role.
    AnsibleRole,
    /// An Ansible collection.
    AnsibleCollection,
    /// A directory of Salt states.
    SaltStates,
    /// A Puppet module.
    PuppetModule,
    /// A Chef cookbook.
    ChefCookbook,
    /// A Helm chart.
    HelmChart,
    /// A Kustomize base or overlay.
    Kustomization,
    /// A Pulumi project.
    PulumiProject,
    /// A directory with a Dockerfile.
    DockerImage,
    /// A GitHub action.
    GithubAction,
    /// A package of a programming language.
    Package,
}

impl ModuleKind {
    /// Returns the words shown.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::TerraformModule => "Terraform module",
            Self::TerraformStack => "Terraform stack",
            Self::AnsibleRole => "Ansible role",
            Self::AnsibleCollection => "Ansible collection",
            Self::SaltStates => "Salt states",
            Self::PuppetModule => "Puppet module",
            Self::ChefCookbook => "Chef cookbook",
            Self::HelmChart => "Helm chart",
            Self::Kustomization => "Kustomization",
            Self::PulumiProject => "Pulumi project",
            Self::DockerImage => "Docker image",
            Self::GithubAction => "GitHub action",
            Self::Package => "package",
        }
    }
}

/// A part of the repository that could be released alone.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Module {
    /// Its directory.
    pub path: RepoPath,
    /// What it is.
    pub kind: ModuleKind,
    /// How many files it has.
    pub files: usize,
}
