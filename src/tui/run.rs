// SPDX-License-Identifier: MIT OR Apache-2.0
//! The terminal: set up, fed, drawn to, and given back as it was, whatever happens.

use std::{
    io::{self, Stdout, Write as _},
    panic::{self, PanicHookInfo},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, ThreadId},
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use ratatui::{
    Terminal,
    backend::CrosstermBackend,
    crossterm::{
        cursor::Show,
        event::{
            self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste,
            EnableMouseCapture, Event as Input,
        },
        execute,
        style::force_color_output,
        terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode},
    },
};
use signal_hook::consts::{SIGHUP, SIGTERM, SIGTSTP};

use super::{
    model::{Model, Msg},
    update, view,
};
use crate::{
    ops::{Effect, Event},
    review::Session,
};

/// How long a key is waited for before the host is asked for news.
const WAIT: Duration = Duration::from_millis(30);

/// How long the loop may take to end after a signal.
const GRACE: Duration = Duration::from_secs(1);

/// How often the model hears that nothing happened.
const TICK: Duration = Duration::from_secs(2);

/// So many events of the host are taken in between two frames: keys must not wait for a scan.
const EVENTS: usize = 16;

/// What carries effects out and knows what happened outside the screen.
pub trait Host {
    /// Carries an effect out, or hands it to a worker. [`Effect::Record`] must be done when this
    /// returns, and its outcome be returned. `session` is what is on the screen, to report on. While [`Effect::Edit`] is carried out, the terminal
    /// is the host's. [`Effect::Suspend`] never comes here.
    fn perform(&mut self, effect: Effect, session: &Session) -> Option<Event>;

    /// Returns what happened since it was last asked, at most `most` events. It never waits.
    fn poll(&mut self, most: usize) -> Vec<Event>;
}

/// How the reviewer left. No `Debug`: what was typed into a filter may be a value.
#[derive(Clone, PartialEq, Eq)]
pub enum Leave {
    /// For good.
    Quit,
    /// To come back at once, at the commit that is there now.
    Rescan {
        /// Whether the history is to be scanned as well.
        history: bool,
        /// The text of the filter.
        filter: String,
    },
}

/// Returns columns and rows of the terminal, if it says so.
#[must_use]
pub fn terminal_size() -> Option<(u16, u16)> {
    ratatui::crossterm::terminal::size().ok()
}

/// Runs the screen until the reviewer leaves, and says how.
///
/// # Errors
/// When the terminal can't be read or written.
pub fn run(mut model: Model, host: &mut dyn Host) -> io::Result<Leave> {
    if !model.theme().has_colour() {
        // With NO_COLOR crossterm drops whole style sequences, reverse video included. The mono
        // theme has no colour to send, so what is forced out is only bold, reverse, underline.
        force_color_output(true);
    }
    let ended = Arc::new(AtomicBool::new(false));
    for signal in [SIGTERM, SIGHUP] {
        signal_hook::flag::register(signal, ended.clone())?;
    }
    let watch = Watch::start(ended.clone());
    let _hook = HookGuard::new();
    let mut screen = TerminalGuard::new(model.wants_mouse())?;
    let mut terminal = Terminal::new(CrosstermBackend::new(io::stdout()))?;
    let size = terminal.size()?;
    let mut leave = step(&mut model, Msg::Resize(size.width, size.height), host, &mut terminal)?;
    let mut ticked = Instant::now();
    let mut changed = true;
    while leave.is_none() && !ended.load(Ordering::Relaxed) {
        let now = terminal.size()?;
        if (now.width, now.height) != model.size() {
            changed = true;
            leave = step(&mut model, Msg::Resize(now.width, now.height), host, &mut terminal)?;
        }
        if changed {
            screen.set_mouse(model.wants_mouse())?;
            terminal.draw(|frame| view(&model, frame))?;
            if model.drawn() {
                terminal.draw(|frame| view(&model, frame))?;
            }
        }
        changed = false;
        let mut messages = host.poll(EVENTS).into_iter().map(Msg::Event).collect::<Vec<_>>();
        // While news keeps coming in, keys are looked for but not waited for.
        let wait = if messages.is_empty() { WAIT } else { Duration::ZERO };
        // All keys that are there are taken in before the next frame: pasted or held keys must
        // not lag.
        let mut patience = wait;
        while event::poll(patience)? {
            messages.extend(message(event::read()?));
            patience = Duration::ZERO;
        }
        if ticked.elapsed() >= TICK {
            ticked = Instant::now();
            messages.push(Msg::Tick);
        }
        for msg in messages {
            changed |= !matches!(msg, Msg::Tick);
            leave = step(&mut model, msg, host, &mut terminal)?;
            if leave.is_some() {
                break;
            }
        }
    }
    if ended.load(Ordering::Relaxed) {
        host.perform(Effect::Quit, model.session());
    }
    drop(screen);
    drop(watch);
    let leave = leave.unwrap_or(Leave::Quit);
    if leave == Leave::Quit {
        // The process ends. To free a hundred thousand findings one by one would keep the
        // reviewer waiting for the prompt.
        std::mem::forget(model);
    }
    Ok(leave)
}

/// Ends the program when the terminal went away under it.
///
/// Reading a terminal that was closed gives nothing for ever, and crossterm 0.29 then asks again
/// and again without coming back. Every decision is in the journal by then, so nothing is lost
/// by going the way of the signal.
struct Watch {
    done: Arc<AtomicBool>,
}

impl Watch {
    fn start(ended: Arc<AtomicBool>) -> Self {
        let done = Arc::new(AtomicBool::new(false));
        let finished = done.clone();
        thread::spawn(move || {
            while !finished.load(Ordering::Relaxed) {
                thread::sleep(GRACE);
                if ended.load(Ordering::Relaxed) {
                    thread::sleep(GRACE);
                    if !finished.load(Ordering::Relaxed) {
                        // If even this fails there is nothing left to try.
                        let _ = signal_hook::low_level::emulate_default_handler(SIGHUP);
                    }
                    return;
                }
            }
        });
        Self { done }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.done.store(true, Ordering::Relaxed);
    }
}

fn message(input: Input) -> Option<Msg> {
    match input {
        Input::Key(key) => Some(Msg::Key(key)),
        Input::Mouse(mouse) => Some(Msg::Mouse(mouse)),
        Input::Paste(text) => Some(Msg::Paste(text)),
        Input::Resize(width, height) => Some(Msg::Resize(width, height)),
        Input::FocusGained | Input::FocusLost => None,
    }
}

/// Takes a message in and has its effects carried out. Returns how the reviewer leaves, if so.
fn step(
    model: &mut Model,
    msg: Msg,
    host: &mut dyn Host,
    terminal: &mut Terminal<CrosstermBackend<Stdout>>,
) -> io::Result<Option<Leave>> {
    let mut messages = vec![msg];
    let mut leave = None;
    while let Some(msg) = messages.pop() {
        for effect in update(model, msg, now()) {
            leave = match effect {
                Effect::Quit => Some(Leave::Quit),
                Effect::Rescan { history } => {
                    let filter = model.filter_text().to_owned();
                    Some(Leave::Rescan { history, filter })
                }
                _ => leave,
            };
            let answer = match effect {
                Effect::Suspend => {
                    away(terminal, model.wants_mouse(), || {
                        signal_hook::low_level::raise(SIGTSTP)
                    })??;
                    None
                }
                effect @ Effect::Edit { .. } => {
                    away(terminal, model.wants_mouse(), || host.perform(effect, model.session()))?
                }
                effect => host.perform(effect, model.session()),
            };
            messages.extend(answer.map(Msg::Event));
        }
    }
    Ok(leave)
}

/// Gives the terminal away for the time `work` takes.
fn away<T>(
    terminal: &mut Terminal<CrosstermBackend<Stdout>>,
    mouse: bool,
    work: impl FnOnce() -> T,
) -> io::Result<T> {
    give_back();
    let out = work();
    enter(mouse)?;
    terminal.clear()?;
    Ok(out)
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

/// Whether the terminal is ours now. Giving it back twice would put the cursor back to where it
/// stood before the screen, on top of what was printed since.
static HELD: AtomicBool = AtomicBool::new(false);

fn enter(mouse: bool) -> io::Result<()> {
    HELD.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    if mouse {
        execute!(io::stdout(), EnableMouseCapture)?;
    }
    Ok(())
}

/// Leaves the terminal as it was found. Errors are of no use here: it is the last thing done.
fn give_back() {
    if !HELD.swap(false, Ordering::SeqCst) {
        return;
    }
    let _ = execute!(
        io::stdout(),
        DisableMouseCapture,
        DisableBracketedPaste,
        LeaveAlternateScreen,
        Show
    );
    let _ = disable_raw_mode();
    let _ = io::stdout().flush();
}

/// Holds the terminal; gives it back when dropped, also while unwinding.
struct TerminalGuard {
    mouse: bool,
}

impl TerminalGuard {
    fn new(mouse: bool) -> io::Result<Self> {
        let guard = Self { mouse };
        enter(mouse)?;
        Ok(guard)
    }

    fn set_mouse(&mut self, on: bool) -> io::Result<()> {
        if self.mouse != on {
            self.mouse = on;
            if on {
                execute!(io::stdout(), EnableMouseCapture)?;
            } else {
                execute!(io::stdout(), DisableMouseCapture)?;
            }
        }
        Ok(())
    }
}

impl Drop for TerminalGuard {
    fn drop(&mut self) {
        give_back();
    }
}

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Sync + Send + 'static>;

/// Puts our panic hook in place and the old one back when dropped.
///
/// The hook gives the terminal back only when the thread of the screen panics, because a
/// panicking worker costs one file and not the screen. It prints where, and never the payload,
/// which may hold a value.
struct HookGuard {
    old: Arc<std::sync::Mutex<Option<Hook>>>,
}

impl HookGuard {
    fn new() -> Self {
        let old = Arc::new(std::sync::Mutex::new(Some(panic::take_hook())));
        let screen = thread::current().id();
        panic::set_hook(Box::new(move |info| on_panic(info, screen)));
        Self { old }
    }
}

fn on_panic(info: &PanicHookInfo<'_>, screen: ThreadId) {
    if thread::current().id() != screen {
        return;
    }
    give_back();
    let place =
        info.location().map_or_else(String::new, |l| format!(" at {}:{}", l.file(), l.line()));
    let _ = writeln!(
        io::stderr(),
        "debut stopped because of a mistake of its own{place}. Every decision is on disk."
    );
}

impl Drop for HookGuard {
    fn drop(&mut self) {
        // While a panic is under way the hook can't be changed.
        if !thread::panicking()
            && let Ok(mut old) = self.old.lock()
            && let Some(hook) = old.take()
        {
            panic::set_hook(hook);
        }
    }
}
