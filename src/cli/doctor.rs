// SPDX-License-Identifier: MIT OR Apache-2.0
//! `debut doctor`: what is wrong and what to do.

use std::io::{IsTerminal, Write};

use super::{
    Exit,
    args::{PlainFormat, StatusArgs},
    context::{Context, variable},
    output::{one_line, print_json},
};
use crate::{
    ops::{Check, Health, examine},
    tui,
};

pub(super) fn run(context: &Context, args: &StatusArgs) -> anyhow::Result<Exit> {
    let mut checks = examine(&context.options(&args.path));
    checks.push(terminal());
    let worst = checks.iter().map(|check| check.health).max().unwrap_or(Health::Ok);
    let mut out = std::io::stdout().lock();
    match args.format {
        PlainFormat::Text => text(&mut out, &checks)?,
        PlainFormat::Json => {
            let checks: Vec<serde_json::Value> = checks.iter().map(document).collect();
            let document = serde_json::json!({ "health": worst.word(), "checks": checks });
            print_json(&mut out, &document)?;
        }
    }
    Ok(match worst {
        Health::Ok => Exit::Clean,
        Health::Mend => Exit::Remaining,
        Health::Broken => Exit::CannotJudge,
    })
}

fn text(out: &mut impl Write, checks: &[Check]) -> std::io::Result<()> {
    for check in checks {
        writeln!(out, "{:<6} {:<10} {}", check.health.word(), check.name, one_line(&check.says))?;
        if let Some(to_do) = &check.to_do {
            writeln!(out, "{:>17} {}", "->", one_line(to_do))?;
        }
    }
    let wrong = checks.iter().filter(|check| check.health != Health::Ok).count();
    match wrong {
        0 => writeln!(out, "everything is as it should be"),
        n => writeln!(out, "{n} of {} to mend", checks.len()),
    }
}

fn document(check: &Check) -> serde_json::Value {
    serde_json::json!({
        "name": check.name,
        "health": check.health.word(),
        "says": check.says,
        "to_do": check.to_do,
    })
}

fn terminal() -> Check {
    let name = "terminal";
    if !std::io::stdout().is_terminal() || !std::io::stdin().is_terminal() {
        return Check::ok(name, "none here: the plain commands work, the screen does not");
    }
    let term = variable("TERM").unwrap_or_default();
    if term.is_empty() || term == "dumb" {
        let says = format!("TERM is {term:?}: there is no screen");
        return Check::mend(
            name,
            says,
            "set TERM to the terminal's name, or use the plain commands",
        );
    }
    let colour = if variable("NO_COLOR").is_some() { "no colour (NO_COLOR)" } else { "colour" };
    let (columns, rows) = tui::terminal_size().unwrap_or((0, 0));
    let says = format!("{term}, {columns}x{rows}, {colour}");
    let (least_columns, least_rows) = tui::LEAST;
    if columns < least_columns || rows < least_rows {
        let to_do = format!("make it {least_columns}x{least_rows} or larger");
        return Check::mend(name, says, to_do);
    }
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].into_iter().find_map(variable).unwrap_or_default();
    let locale = locale.to_ascii_lowercase();
    if !locale.contains("utf-8") && !locale.contains("utf8") {
        let says = format!("{says}, locale not UTF-8");
        return Check::mend(name, says, "set LANG to a UTF-8 locale, or pass --ascii");
    }
    Check::ok(name, says)
}
