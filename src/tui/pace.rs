// SPDX-License-Identifier: MIT OR Apache-2.0
//! How fast the reviewer decides, for the meter.

use std::collections::VecDeque;

/// How fast the reviewer is.
#[derive(Default)]
pub(crate) struct Pace {
    last: Option<i64>,
    gaps: VecDeque<i64>,
}

impl Pace {
    /// A pause longer than this was no part of the work.
    const PAUSE: i64 = 120_000;

    pub(crate) fn decided(&mut self, now: i64) {
        if let Some(gap) = self.last.map(|last| now - last)
            && (0..Self::PAUSE).contains(&gap)
        {
            self.gaps.push_back(gap);
            if self.gaps.len() > 20 {
                self.gaps.pop_front();
            }
        }
        self.last = Some(now);
    }

    /// Returns milliseconds for each decision, once there are enough to tell.
    pub(crate) fn each(&self) -> Option<i64> {
        let n = i64::try_from(self.gaps.len()).ok().filter(|n| *n >= 3)?;
        Some(self.gaps.iter().sum::<i64>() / n)
    }
}
