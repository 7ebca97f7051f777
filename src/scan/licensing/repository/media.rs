// SPDX-License-Identifier: MIT OR Apache-2.0
//! Fonts, images, sound and documents without a licence.

use super::{LicensingScan, Report};

pub(super) fn judge(_scan: &LicensingScan, _report: &mut Report<'_>) {}
