// SPDX-License-Identifier: MIT OR Apache-2.0
//! The `debut` program: parse, run, exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    debut::cli::run(std::env::args_os())
}
