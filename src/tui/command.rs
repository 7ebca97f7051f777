// SPDX-License-Identifier: MIT OR Apache-2.0
//! What the reviewer can ask for.

/// Something the reviewer can ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Command {
    /// Moves down.
    Down,
    /// Moves up.
    Up,
    /// Moves half a page down.
    PageDown,
    /// Moves half a page up.
    PageUp,
    /// Goes to the first row.
    Top,
    /// Goes to the last row.
    Bottom,
    /// Opens what is under the cursor.
    In,
    /// Folds, or goes to the row above in the tree.
    Out,
    /// Steps back: pane, marks, filter, screen.
    Escape,
    /// Goes to the next open item.
    NextOpen,
    /// Goes to the open item before.
    PrevOpen,
    /// Goes to the next file.
    NextFile,
    /// Goes to the file before.
    PrevFile,
    /// Shows the next place of the group.
    NextPlace,
    /// Shows the place before.
    PrevPlace,
    /// Changes between list and detail.
    Pane,
    /// Opens the dashboard.
    Dashboard,
    /// Opens the list.
    Walk,
    /// Opens the detail pane.
    Detail,
    /// Opens the redaction preview.
    Preview,
    /// Opens the readiness screen.
    Readiness,
    /// Opens the release checklist.
    Attestations,
    /// Opens the list of files.
    Files,
    /// Opens the list of the organisation's own words.
    Words,
    /// Opens the answers about licences.
    Licences,
    /// Says that a file was read, or takes that back.
    MarkRead,
    /// Shows the next page of a file.
    ReadOn,
    /// Draws from the files in which nothing was found.
    DrawFiles,
    /// Answers yes.
    AnswerYes,
    /// Answers no.
    AnswerNo,
    /// Says that the item does not concern this repository.
    NotApplicable,
    /// Writes down what an answer rests on.
    Link,
    /// Writes down who answers.
    Name,
    /// Approves.
    Approve,
    /// Redacts.
    Redact,
    /// Excludes the file.
    Exclude,
    /// Puts off.
    Defer,
    /// Says which licence holds.
    Correct,
    /// Says how a licensing gap is mended.
    Fix,
    /// Approves with a choice of scope.
    ApproveScope,
    /// Redacts with a choice of scope.
    RedactScope,
    /// Excludes with a choice of scope.
    ExcludeScope,
    /// Takes the suggestion.
    Suggested,
    /// Opens the table of suggestions.
    AcceptSuggestions,
    /// Opens the list of stand-ins.
    StandIns,
    /// Gives the last verdict here too.
    Repeat,
    /// Takes one's own verdict back.
    Withdraw,
    /// Says whether the credential shown was rotated.
    Rotated,
    /// Says whether those of everything shown were.
    RotatedAll,
    /// Ends a dispute between reviewers.
    Settle,
    /// Undoes the last step.
    Undo,
    /// Redoes it.
    Redo,
    /// Marks a row.
    Mark,
    /// Starts or ends a range of marks.
    Range,
    /// Writes a note.
    Note,
    /// Chooses a reason.
    Reason,
    /// Filters by text.
    Filter,
    /// Filters by facet.
    Facets,
    /// Chooses the grouping.
    Grouping,
    /// Hides or shows what is decided.
    HideDecided,
    /// Folds all head rows of the list, or unfolds them.
    FoldAll,
    /// Shows or masks values.
    Unmask,
    /// Shows the rule's text.
    RuleText,
    /// Shows since when a line has stood there.
    LineHistory,
    /// Opens the file in an editor.
    Edit,
    /// Copies path and line.
    Copy,
    /// Wraps long lines.
    Wrap,
    /// Turns the mouse on or off.
    Mouse,
    /// Changes the widths of the panes.
    Split,
    /// Exports the report.
    Export,
    /// Tries a failed write again.
    Retry,
    /// Scans again.
    Rescan,
    /// Scans the history too, or no longer.
    History,
    /// Lists the keys.
    Help,
    /// Opens the palette.
    Palette,
    /// Goes back, or leaves from the dashboard.
    Back,
    /// Suspends the program.
    Suspend,
    /// Leaves at once.
    Leave,
}
