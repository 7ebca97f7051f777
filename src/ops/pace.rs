// SPDX-License-Identifier: MIT OR Apache-2.0
//! How fast a scan goes, and how long it will take, from counts and the times they came at.

use std::{collections::VecDeque, time::Duration};

use super::Stage;

/// The pace is that of so much time.
const WINDOW: Duration = Duration::from_secs(8);
/// Counts that come closer together than this are one.
const STEP: Duration = Duration::from_millis(250);
/// Nothing is said before so much time has passed.
const FIRST: Duration = Duration::from_secs(2);
/// What is said changes no more often than this.
const HOLD: Duration = Duration::from_secs(1);

/// The pace of one scan.
#[derive(Clone, Debug, Default)]
pub struct ScanPace {
    stage: Stage,
    samples: VecDeque<(Duration, usize)>,
    said: Option<(Duration, Speed)>,
}

/// How fast it goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed {
    /// How many are done in a second, with two digits that count.
    pub per_second: u64,
    /// How long the rest takes in seconds, rounded; nothing where the pace is not steady.
    pub seconds_left: Option<u64>,
}

impl ScanPace {
    /// Takes in that `done` of `total` were done at `now`, counted from any fixed point; a total of
    /// 0 is not known yet.
    pub fn count(&mut self, stage: Stage, done: usize, total: usize, now: Duration) {
        let back = self.samples.back().is_some_and(|(_, before)| *before > done);
        if stage != self.stage || back && done == 0 {
            *self = Self { stage, ..Self::default() };
        }
        let done = self.samples.back().map_or(done, |(_, before)| done.max(*before));
        let recent = |(at, _): &(Duration, usize)| now.saturating_sub(*at) < STEP;
        // The first count of a stage stays: the pace is measured from it.
        if self.samples.len() > 1 && self.samples.get(self.samples.len() - 2).is_some_and(recent) {
            self.samples.pop_back();
        }
        self.samples.push_back((now, done));
        while self.samples.get(1).is_some_and(|(at, _)| now.saturating_sub(*at) > WINDOW) {
            self.samples.pop_front();
        }
        let held = |(at, _): &(Duration, Speed)| now.saturating_sub(*at) < HOLD;
        if !self.said.as_ref().is_some_and(held) {
            self.said = self.measure(done, total, now).map(|speed| (now, speed));
        }
    }

    /// Returns how fast it goes, once that can be told.
    #[must_use]
    pub fn speed(&self) -> Option<Speed> {
        self.said.map(|(_, speed)| speed)
    }

    fn measure(&self, done: usize, total: usize, now: Duration) -> Option<Speed> {
        let (start, first) = *self.samples.front()?;
        let time = now.saturating_sub(start);
        if time < FIRST || done <= first {
            return None;
        }
        let pace = rate(done - first, time);
        let left = total.checked_sub(done).filter(|left| *left > 0);
        let seconds_left = left.filter(|_| self.is_steady(start, now)).map(|left| {
            let seconds = (left as f64 / pace).ceil() as u64;
            // What is far away is not known to the second.
            let unit = if seconds < 20 {
                1
            } else if seconds < 120 {
                5
            } else {
                60
            };
            seconds.div_ceil(unit) * unit
        });
        Some(Speed { per_second: two_digits(pace), seconds_left })
    }

    /// Returns whether both halves of the time went about equally fast.
    fn is_steady(&self, start: Duration, now: Duration) -> bool {
        let half = now.saturating_sub(start) / 2;
        let middle = self.samples.iter().find(|(at, _)| *at >= start + half);
        let ends = (self.samples.front(), middle, self.samples.back());
        let (Some((a, first)), Some((b, second)), Some((c, last))) = ends else { return false };
        let before = rate(second - first, b.saturating_sub(*a));
        let after = rate(last - second, c.saturating_sub(*b));
        after > 0.0 && (0.5..=2.0).contains(&(before / after))
    }
}

fn rate(count: usize, time: Duration) -> f64 {
    count as f64 / time.as_secs_f64().max(1e-3)
}

/// Rounds to two digits that count: more would jump.
fn two_digits(pace: f64) -> u64 {
    let pace = pace.round() as u64;
    let unit = 10_u64.pow(pace.checked_ilog10().unwrap_or(0).saturating_sub(1));
    (pace + unit / 2) / unit * unit
}

impl Speed {
    /// `120/s, 40 s left`, with `number` to write the pace.
    #[must_use]
    pub fn words(&self, number: impl Fn(usize) -> String) -> String {
        let pace = format!("{}/s", number(usize::try_from(self.per_second).unwrap_or(usize::MAX)));
        match self.seconds_left {
            None => pace,
            Some(seconds) if seconds < 120 => format!("{pace}, {seconds} s left"),
            Some(seconds) => format!("{pace}, {} min left", seconds / 60),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{ScanPace, Speed, two_digits};
    use crate::ops::Stage;

    /// Counts at the given milliseconds, and what is said after each.
    fn paced(counts: &[(u64, usize)], total: usize) -> Vec<Option<Speed>> {
        let start = Duration::from_secs(1_700_000_000);
        let mut pace = ScanPace::default();
        let step = |(at, done): &(u64, usize)| {
            pace.count(Stage::Versions, *done, total, start + Duration::from_millis(*at));
            pace.speed()
        };
        counts.iter().map(step).collect()
    }

    #[test]
    fn a_steady_scan_says_pace_and_time_left() {
        let counts: Vec<(u64, usize)> = (0..=100).map(|i| (i * 100, i as usize * 100)).collect();
        let said = paced(&counts, 20_000);
        assert!(said[..20].iter().all(Option::is_none), "too early");
        let at = |i: usize| said[i].map(|s| (s.per_second, s.seconds_left));
        assert_eq!(at(20), Some((1000, Some(18))));
        assert_eq!(at(100), Some((1000, Some(10))));
        let changes = said.windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(changes <= 9, "{changes} changes in ten seconds");
    }

    #[test]
    fn an_uneven_scan_does_not_promise() {
        let uneven = [(0, 0), (1000, 10), (2000, 20), (3000, 4000), (4000, 9000)];
        let last = paced(&uneven, 100_000)[4].expect("a pace");
        assert_eq!(last, Speed { per_second: 2300, seconds_left: None });
        let stuck = [(0, 0), (1000, 50), (3000, 50), (9000, 50), (13_000, 50)];
        let said = paced(&stuck, 100);
        assert_eq!(said[2].map(|speed| speed.seconds_left), Some(None));
        assert_eq!(said[4], None, "nothing was done for so long that there is no pace");
    }

    #[test]
    fn without_a_total_there_is_a_pace_only() {
        let said = paced(&[(0, 0), (1000, 4096), (2000, 8192), (3000, 12_288)], 0);
        assert_eq!(said[3], Some(Speed { per_second: 4100, seconds_left: None }));
    }

    #[test]
    fn a_new_stage_begins_anew_and_late_counts_do_not_go_back() {
        let start = Duration::from_secs(1_700_000_000);
        let mut pace = ScanPace::default();
        let mut count = |stage, done, at| {
            pace.count(stage, done, 1000, start + Duration::from_secs(at));
            pace.speed()
        };
        assert_eq!(count(Stage::Files, 0, 0), None);
        assert!(count(Stage::Files, 300, 3).is_some());
        assert_eq!(count(Stage::Versions, 0, 4), None);
        assert_eq!(count(Stage::Versions, 100, 5), None);
        assert_eq!(count(Stage::Versions, 90, 6).map(|s| s.per_second), Some(50));
        // A clock that stands still, or goes back, is no reason to fail.
        assert_eq!(count(Stage::Versions, 100, 1).map(|s| s.per_second), Some(50));
    }

    #[test]
    fn words_and_digits() {
        let digits = [0.0, 7.4, 99.6, 1234.0, 98_765.0].map(two_digits);
        assert_eq!(digits, [0, 7, 100, 1200, 99_000]);
        let words =
            |seconds_left| Speed { per_second: 1200, seconds_left }.words(|n| n.to_string());
        assert_eq!(words(None), "1200/s");
        assert_eq!(words(Some(15)), "1200/s, 15 s left");
        assert_eq!(words(Some(180)), "1200/s, 3 min left");
    }
}
