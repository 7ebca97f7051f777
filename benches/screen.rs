// SPDX-License-Identifier: MIT OR Apache-2.0
//! Frames and key strokes with many findings: `cargo bench --bench screen`.
//!
//! A frame is drawn at 160x50 after a cursor move, as when somebody holds `j`.

#![allow(clippy::expect_used, missing_docs, reason = "a benchmark may panic")]

#[path = "../tests/common/mod.rs"]
mod common;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use criterion::{Criterion, criterion_group, criterion_main};
use debut::{
    ops::{Event, SourceInfo},
    tui::{Keys, Model, Msg, Options, Theme, update, view},
};
use ratatui::{
    Terminal,
    backend::TestBackend,
    crossterm::event::{KeyCode, KeyEvent, KeyModifiers},
};

fn key(code: KeyCode) -> Msg {
    Msg::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

/// A model with `n` findings in groups of five, on the walk.
fn model(n: u32) -> Model {
    let options = Options {
        theme: Theme::new(true, false),
        keys: Keys::default(),
        read_only: None,
        mouse: false,
        filter: String::new(),
        size: (160, 50),
    };
    let session = common::session(Vec::new());
    let rules = ["sensitive/secret", "internal/host", "licensing/note"];
    let found = (0..n)
        .map(|i| {
            let rule = rules[(i / 5 % 3) as usize];
            let value =
                format!("{}{}", ["secret-", "host-", "licence-"][(i / 5 % 3) as usize], i / 5);
            let path = format!("d{}/f{}.yml", i % 97, i % 1009);
            common::finding(&session, rule, &path, i, &value, &format!("line {i}: "))
        })
        .collect();
    let mut model = Model::new(session, options);
    let source =
        SourceInfo { name: "bench".into(), commit: "0".repeat(40), ..SourceInfo::default() };
    for event in [
        Event::Started { source, resume: None },
        Event::Found(found),
        Event::Scanned(Arc::default()),
    ] {
        update(&mut model, Msg::Event(event), 0);
    }
    update(&mut model, key(KeyCode::Char('2')), 0);
    model
}

/// Redacts everything in view by the scope menu; returns what the last key cost, with its frame.
fn redact_all(n: u32, terminal: &mut Terminal<TestBackend>) -> Duration {
    let mut model = model(n);
    update(&mut model, key(KeyCode::Char('R')), 0);
    let start = Instant::now();
    let effects = update(&mut model, key(KeyCode::Char('l')), 0);
    terminal.draw(|frame| view(&model, frame)).map(|_| ()).expect("a frame");
    let taken = start.elapsed();
    assert!(!effects.is_empty() && model.counts().total.open == 0, "everything is decided");
    taken
}

fn screen(c: &mut Criterion) {
    let mut group = c.benchmark_group("screen");
    group.measurement_time(Duration::from_secs(4)).sample_size(20);
    for n in [1_000, 10_000, 100_000] {
        let mut model = model(n);
        let mut terminal = Terminal::new(TestBackend::new(160, 50)).expect("a terminal");
        group.bench_function(format!("frame, {n} findings"), |b| {
            b.iter(|| terminal.draw(|frame| view(&model, frame)).map(|_| ()).expect("a frame"));
        });
        let mut down = true;
        group.bench_function(format!("cursor move and frame, {n} findings"), |b| {
            b.iter(|| {
                down = !down;
                update(&mut model, key(if down { KeyCode::Down } else { KeyCode::Up }), 0);
                terminal.draw(|frame| view(&model, frame)).map(|_| ()).expect("a frame");
            });
        });
        group.bench_function(format!("redact, undo and frames, {n} findings"), |b| {
            b.iter(|| {
                for code in ['r', 'u'] {
                    update(&mut model, key(KeyCode::Char(code)), 0);
                    terminal.draw(|frame| view(&model, frame)).map(|_| ()).expect("a frame");
                }
            });
        });
        update(&mut model, key(KeyCode::Char('/')), 0);
        let mut typed = false;
        group.bench_function(format!("filter key and frame, {n} findings"), |b| {
            b.iter(|| {
                typed = !typed;
                let code = if typed { KeyCode::Char('7') } else { KeyCode::Backspace };
                update(&mut model, key(code), 0);
                terminal.draw(|frame| view(&model, frame)).map(|_| ()).expect("a frame");
            });
        });
        update(&mut model, key(KeyCode::Esc), 0);
        // Five groups decided alike speak for all others of their rule.
        for _ in 0..5 {
            update(&mut model, key(KeyCode::Char('r')), 0);
        }
        group.bench_function(format!("table of suggestions and frame, {n} findings"), |b| {
            b.iter(|| {
                update(&mut model, key(KeyCode::Char('S')), 0);
                assert!(model.has_overlay(), "something is suggested");
                terminal.draw(|frame| view(&model, frame)).map(|_| ()).expect("a frame");
                update(&mut model, key(KeyCode::Esc), 0);
            });
        });
        group.bench_function(format!("frame with suggestions, {n} findings"), |b| {
            b.iter(|| terminal.draw(|frame| view(&model, frame)).map(|_| ()).expect("a frame"));
        });
        group.sample_size(10);
        // Half of the largest: the size of batch that must not be felt.
        let batch = n.min(50_000);
        group.bench_function(format!("redact all of {batch} and frame"), |b| {
            b.iter_custom(|rounds| (0..rounds).map(|_| redact_all(batch, &mut terminal)).sum());
        });
        group.sample_size(20);
    }
    group.finish();
}

criterion_group!(benches, screen);
criterion_main!(benches);
