//! Inputs that are nearly honest.

pub mod json;
pub mod text;

/// Where a mutation takes what it puts in.
#[derive(Debug, Clone, Copy)]
pub struct Donors<'a> {
    /// Other inputs.
    pub texts: &'a [Vec<u8>],
    /// Words that mean something.
    pub words: &'a [&'a str],
}

/// Texts that have hurt somebody: ends of quotations, numbers at limits, what is invisible, drives a
/// terminal or reorders, and what takes more bytes than it seems.
pub(crate) const ODD: [&str; 44] = [
    "",
    " ",
    "\0",
    "\n",
    "\r\n",
    "\t",
    "\u{1b}[31m",
    "\u{7}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{1f600}",
    "İ",
    "ß",
    "ſ",
    "K",
    "\"",
    "'",
    "`",
    "\\",
    "</script>",
    "<img src=x onerror=x>",
    "]]>",
    "-->",
    "```",
    "::error::x",
    "%",
    "%00",
    "{n}",
    "$ref",
    "~1",
    "-0",
    "0",
    "1e308",
    "9223372036854775808",
    "18446744073709551616",
    "null",
    "true",
];
