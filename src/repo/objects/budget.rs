// SPDX-License-Identifier: MIT OR Apache-2.0
//! How many bytes of large contents the workers of one walk hold together.
//!
//! Without a limit that would be the number of workers times the largest family. Whoever would go
//! beyond the budget waits until others have given back, but for one worker, who may go as far as
//! its family needs and so never waits. In the end it gives back all it has, and so everyone
//! comes to the end, in the budget and one family.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// So many bytes at most, and what one worker needs beyond them.
pub(super) const BUDGET: u64 = 256 << 20;

/// The budget of one walk.
pub(super) struct Budget {
    most: u64,
    inner: Mutex<Inner>,
    given_back: Condvar,
}

struct Inner {
    /// What each worker holds.
    held: Vec<u64>,
    sum: u64,
    /// The worker that may go beyond the budget.
    beyond: Option<usize>,
}

/// What one worker draws on.
#[derive(Clone)]
pub(super) struct Purse {
    budget: Arc<Budget>,
    worker: usize,
}

/// Bytes that count until this is dropped.
pub(super) struct Share {
    purse: Purse,
    bytes: u64,
}

impl Budget {
    pub(super) fn new(most: u64, workers: usize) -> Arc<Self> {
        let inner = Inner { held: vec![0; workers], sum: 0, beyond: None };
        Arc::new(Self { most, inner: inner.into(), given_back: Condvar::new() })
    }

    pub(super) fn purse(self: &Arc<Self>, worker: usize) -> Purse {
        Purse { budget: self.clone(), worker }
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Purse {
    /// Takes `bytes`, waiting if need be.
    pub(super) fn take(&self, bytes: u64) -> Share {
        let mut inner = self.budget.lock();
        while inner.sum.saturating_add(bytes) > self.budget.most {
            if inner.beyond.is_none_or(|worker| worker == self.worker) {
                inner.beyond = Some(self.worker);
                break;
            }
            let waited = self.budget.given_back.wait(inner);
            inner = waited.unwrap_or_else(PoisonError::into_inner);
        }
        inner.sum = inner.sum.saturating_add(bytes);
        if let Some(held) = inner.held.get_mut(self.worker) {
            *held = held.saturating_add(bytes);
        }
        Share { purse: self.clone(), bytes }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let Purse { budget, worker } = &self.purse;
        let mut inner = budget.lock();
        inner.sum = inner.sum.saturating_sub(self.bytes);
        let left = inner.held.get_mut(*worker).map_or(0, |held| {
            *held = held.saturating_sub(self.bytes);
            *held
        });
        if left == 0 && inner.beyond == Some(*worker) {
            inner.beyond = None;
        }
        drop(inner);
        budget.given_back.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::channel,
    };

    use super::Budget;

    #[test]
    fn one_worker_goes_beyond_and_the_next_follows_when_it_holds_nothing() {
        let budget = Budget::new(100, 3);
        let first = budget.purse(0).take(90);
        let second = budget.purse(1).take(50);
        assert_eq!(budget.lock().beyond, Some(1));
        let more = budget.purse(1).take(1000);
        let (sender, receiver) = channel();
        std::thread::scope(|scope| {
            let budget = &budget;
            scope.spawn(move || {
                let third = budget.purse(2).take(20);
                sender.send(third).expect("somebody listens");
            });
            drop(second);
            assert!(receiver.try_recv().is_err(), "worker 1 still holds a thousand");
            drop(more);
            assert_eq!(budget.lock().beyond.filter(|worker| *worker != 2), None);
            drop(first);
            drop(receiver.recv().expect("its turn"));
        });
        let inner = budget.lock();
        assert_eq!((inner.sum, inner.beyond, inner.held.clone()), (0, None, vec![0; 3]));
    }

    #[test]
    fn many_workers_stay_in_the_budget_and_one_family() {
        // Each family holds at most 10 x 30.
        let budget = Budget::new(1000, 8);
        let (sum, peak) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for worker in 0..8 {
                let (purse, sum, peak) = (budget.purse(worker), &sum, &peak);
                scope.spawn(move || {
                    for _ in 0..50 {
                        let mut family = Vec::new();
                        for _ in 0..10 {
                            family.push(purse.take(30));
                            let now = sum.fetch_add(30, Ordering::SeqCst) + 30;
                            peak.fetch_max(now, Ordering::SeqCst);
                        }
                        sum.fetch_sub(300, Ordering::SeqCst);
                    }
                });
            }
        });
        assert!(peak.load(Ordering::SeqCst) <= 1300);
        assert_eq!(budget.lock().sum, 0);
        assert_eq!(Arc::strong_count(&budget), 1);
    }
}
