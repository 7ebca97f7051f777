// SPDX-License-Identifier: MIT OR Apache-2.0
//! Licences that the one of the release can't take in.

use super::{LicensingScan, Report};

pub(super) fn judge(_scan: &LicensingScan, _report: &mut Report<'_>) {}
