// SPDX-License-Identifier: MIT OR Apache-2.0
//! The screen: the only room that knows ratatui and crossterm.
//!
//! A key becomes a [`Command`] from one table; [`update()`] changes the [`Model`] and says what
//! has to be done outside as [`Effect`](crate::ops::Effect)s; [`view()`] draws the model and
//! changes nothing. [`run()`] ties the three to a terminal and a [`Host`].
//!
//! Four laws hold, and tests hold them: redacting is safe and approving is not; a key that moves
//! or closes never decides; a decision is on disk before the next frame; every decision says how
//! it came about.

mod attest;
mod command;
mod docs;
mod field;
mod files;
mod filter;
mod index;
mod keymap;
mod layout;
mod licences;
mod loose;
mod model;
mod names;
mod overlay;
mod own_words;
mod pace;
mod panes;
mod place;
mod roles;
mod rows;
mod run;
mod seen;
mod settings;
mod standpoint;
mod table;
mod text;
mod theme;
mod update;
mod veil;
mod view;

pub use command::Command;
pub use docs::{commands as command_table, roles as role_table};
pub use keymap::Keys;
pub use layout::LEAST;
pub use model::{Model, Msg, Options, Screen};
pub use run::{Host, Leave, run, terminal_size};
pub use settings::{Problem, Settings};
pub use text::Shown;
pub use theme::Theme;
pub use update::update;
pub use view::view;
