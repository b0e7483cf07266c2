//! The layout of a terminal report: widths, colours and wrapping.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use atlas_engine::run::verdict::Verdict;

pub(super) const BOLD: Style = Style::new().bold();
pub(super) const DIM: Style = Style::new().dimmed();

/// The minimum width for a layout, and the maximum width for reading.
const NARROWEST: usize = 60;
const WIDEST: usize = 140;

/// How a report is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    width: usize,
    /// Every check, every exchange and every body in full.
    pub verbose: bool,
}

impl Look {
    /// For a terminal of this many columns.
    pub fn new(columns: usize, verbose: bool) -> Self {
        Self { width: columns.clamp(NARROWEST, WIDEST), verbose }
    }

    /// The width of a line.
    pub const fn width(self) -> usize {
        self.width
    }
}

/// The colour of a verdict.
pub(crate) const fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Pass => AnsiColor::Green.on_default(),
        Verdict::Skip => DIM,
        Verdict::Known => AnsiColor::Cyan.on_default(),
        Verdict::Warn => AnsiColor::Yellow.on_default(),
        Verdict::Error => AnsiColor::Magenta.on_default(),
        Verdict::Fail => AnsiColor::Red.on_default().bold(),
    }
}

/// Writes a text after a name, both indented, the text wrapped and below itself.
pub(super) fn labelled(
    out: &mut dyn Write,
    look: Look,
    label: &str,
    text: &str,
    style: Style,
) -> io::Result<()> {
    for (at, line) in wrapped(text, look.width - INDENT).iter().enumerate() {
        let label = if at == 0 { label } else { "" };
        writeln!(out, "  {label:<10}{style}{line}{style:#}")?;
    }
    Ok(())
}

/// The column where the text after a label begins.
pub(super) const INDENT: usize = 12;

/// The text in lines of at most `width` characters, broken between words where that can be.
pub(crate) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        for piece in pieces(word, width) {
            let line = lines.last_mut().expect("never empty");
            let taken = line.chars().count();
            if taken > 0 && taken + 1 + piece.chars().count() > width {
                lines.push(piece);
            } else {
                if taken > 0 {
                    line.push(' ');
                }
                line.push_str(&piece);
            }
        }
    }
    lines
}

/// A text in pieces of `width` characters.
pub(super) fn pieces(text: &str, width: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(width.max(1)).map(|piece| piece.iter().collect()).collect()
}

/// A text on one line, cut where it is too long.
pub(super) fn cut(text: &str, width: usize) -> String {
    let text: String = text.chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
    match text.char_indices().nth(width) {
        None => text,
        Some(_) => text.chars().take(width.saturating_sub(1)).chain(['…']).collect(),
    }
}
