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
    domain::{LineIndex, Place, RepoPath},
    ops::{Effect, Event, FileText, SourceInfo},
    review::{Keyring, Paths, TreeFile},
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

fn empty() -> Model {
    let options = Options {
        theme: Theme::new(true, false),
        keys: Keys::default(),
        read_only: None,
        mouse: false,
        filter: String::new(),
        size: (160, 50),
    };
    let mut model = Model::new(common::session(Vec::new()), options);
    let source =
        SourceInfo { name: "bench".into(), commit: "0".repeat(40), ..SourceInfo::default() };
    update(&mut model, Msg::Event(Event::Started { source, resume: None }), 0);
    model
}

/// A model with `n` findings in groups of five, on the walk.
fn model(n: u32) -> Model {
    let mut model = empty();
    let rules = ["sensitive/secret", "internal/host", "licensing/note"];
    let found = (0..n)
        .map(|i| {
            let rule = rules[(i / 5 % 3) as usize];
            let value =
                format!("{}{}", ["secret-", "host-", "licence-"][(i / 5 % 3) as usize], i / 5);
            let path = format!("d{}/f{}.yml", i % 97, i % 1009);
            common::finding(model.session(), rule, &path, i, &value, &format!("line {i}: "))
        })
        .collect();
    for event in [Event::Found(found), Event::Scanned(Arc::default())] {
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

/// A model with so many files, on the screen where they are read, and the text of the first, in
/// which so much is found.
fn reading(files: u32, found: u32, line_end: &str) -> (Model, String) {
    let mut model = empty();
    let keyring = Keyring::new([3; 32]);
    let path = |i: u32| format!("d{:03}/e{}/f{i}.yml", i % 997, i % 7);
    let file = |i: u32| TreeFile {
        path: RepoPath::new(path(i).as_bytes()),
        content: keyring.content(&i.to_be_bytes()),
    };
    let line = |i: u32| format!("key: secret-{i} and the rest of it{line_end}");
    let text: String = (0..found).map(line).collect();
    let index = LineIndex::new(text.as_bytes());
    let mut start = 0;
    let new = |i: u32| {
        let value = format!("secret-{i}");
        let session = model.session();
        let mut new = common::finding(session, "sensitive/secret", &path(0), i, &value, &line(i));
        let range = start + 5..start + 5 + value.len();
        new.finding.place = Place::Span(index.span(text.as_bytes(), range));
        start += line(i).len();
        new
    };
    let found = (0..found).map(new).collect();
    let paths = Paths { files: (0..files).map(file).collect(), ..Paths::default() };
    update(&mut model, Msg::Event(Event::Found(found)), 0);
    update(&mut model, Msg::Event(Event::Scanned(Arc::new(paths))), 0);
    press(&mut model, KeyCode::Char('7'), &text);
    (model, text)
}

/// Presses a key, hands over the text it asks for, and lets a frame be drawn.
fn press(model: &mut Model, code: KeyCode, text: &str) {
    for effect in update(model, key(code), 0) {
        if let Effect::Load { generation, of } = effect {
            let text = text.as_bytes().to_vec();
            let text = FileText { lines: LineIndex::new(&text), text, tokens: Vec::new() };
            let event = Event::File { generation, of, text: Ok(Arc::new(text)) };
            update(model, Msg::Event(event), 0);
        }
    }
    let mut terminal = Terminal::new(TestBackend::new(160, 50)).expect("a terminal");
    terminal.draw(|frame| view(model, frame)).map(|_| ()).expect("a frame");
    model.drawn();
}

/// Reading by file. Each key is pressed with its frame; two that undo each other count as one.
fn files(c: &mut Criterion) {
    let mut group = c.benchmark_group("files");
    group.measurement_time(Duration::from_secs(2)).sample_size(10);
    let c = KeyCode::Char;
    for (files, found) in [(1_000, 100), (100_000, 10_000)] {
        let (mut model, text) = reading(files, found, "\n");
        let name = format!("{files} files, {found} findings in one");
        let mut bench = |what: &str, keys: &[KeyCode]| {
            group.bench_function(format!("{what}, {name}"), |b| {
                b.iter(|| keys.iter().for_each(|key| press(&mut model, *key, &text)));
            });
        };
        bench("open and leave", &[c('1'), c('7')]);
        bench("place and frame", &[c('}'), c('{')]);
        bench("redact, undo and frames", &[c('r'), c('u')]);
        bench("read on and back, wrapped", &[c('w'), c(' '), c('w')]);
        bench("mark as read and undo", &[c('v'), c('u')]);
        bench("cursor move and frame", &[KeyCode::Down, KeyCode::Up]);
        bench("next open, from the last place", &[c('{'), c('n')]);
        bench("filter, unread and back", &[c('f'), c('u'), c('f'), c('a')]);
        bench("name key and frame", &[c('/'), c('e'), KeyCode::Backspace, KeyCode::Esc]);
    }
    let (mut model, text) = reading(1_000, 10_000, " ");
    group.bench_function("place and frame, 10,000 findings on one line", |b| {
        b.iter(|| [c('}'), c('{')].iter().for_each(|key| press(&mut model, *key, &text)));
    });
    group.finish();
}

criterion_group!(benches, screen, files);
criterion_main!(benches);
