// SPDX-License-Identifier: MIT OR Apache-2.0
//! Ctrl-C while a scan runs: it stops at once, and what it has found out is remembered.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use signal_hook::{
    consts::{SIGINT, SIGTERM},
    flag::{register, register_conditional_default, register_usize},
    low_level::emulate_default_handler,
};

/// Listens for signals that end the program.
pub(super) struct Interrupt {
    stop: Arc<AtomicBool>,
    signal: Arc<AtomicUsize>,
}

impl Interrupt {
    /// Starts to listen. Where that does not work, a signal ends the program as ever.
    pub(super) fn listen() -> Self {
        let (stop, signal) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        for number in [SIGINT, SIGTERM] {
            // The second one does not wait any more, so it is the first to be asked.
            let _ = register_conditional_default(number, stop.clone())
                .and_then(|_| register_usize(number, signal.clone(), number as usize))
                .and_then(|_| register(number, stop.clone()));
        }
        Self { stop, signal }
    }

    /// Returns what a signal sets.
    pub(super) fn flag(&self) -> &AtomicBool {
        &self.stop
    }

    /// Ends the program the way of the signal, if there was one.
    pub(super) fn pass_on(&self) {
        if let Ok(number @ 1..) = i32::try_from(self.signal.load(Ordering::Relaxed)) {
            // If this fails, what comes next ends the program with an error.
            let _ = emulate_default_handler(number);
        }
    }
}

impl Drop for Interrupt {
    fn drop(&mut self) {
        // From now on a signal ends the program at once again.
        self.stop.store(true, Ordering::Relaxed);
    }
}
