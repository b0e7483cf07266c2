//! Tokens → source that a person enjoys: prettyplease, blank lines between items, the preamble.

use proc_macro2::TokenStream;

use crate::error::{Error, Place};

/// The first lines of each file.
pub(crate) fn preamble(source: &str) -> String {
    format!(
        "// Written by `cargo xtask codegen`; edits are lost.\n// From {source}.\n#![cfg_attr(rustfmt, rustfmt_skip)]\n\n"
    )
}

/// The formatted source of a file.
pub(crate) fn source(path: &str, from: &str, tokens: TokenStream) -> Result<String, Error> {
    let file = syn::parse2::<syn::File>(tokens).map_err(|error| Error::Source {
        place: Place { file: path.to_owned(), ..Place::default() },
        reason: error.to_string(),
    })?;
    Ok(format!("{}{}", preamble(from), spaced(&prettyplease::unparse(&file))))
}

/// A blank line before each item that begins with docs or an attribute, and between methods.
fn spaced(text: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        let start = line.trim_start();
        let opens = start.starts_with("///") || start.starts_with("#[") || starts_item(start);
        if opens
            && lines.last().is_some_and(|last| {
                last.trim_start() == "}"
                    || last.trim_end().ends_with("};")
                    || (last.ends_with(';')
                        && !start.starts_with("use ")
                        && !start.starts_with("pub use ")
                        && !start.starts_with("pub mod "))
            })
        {
            lines.push("");
        }
        lines.push(line);
    }
    lines.join("\n") + "\n"
}

fn starts_item(line: &str) -> bool {
    [
        "pub fn ",
        "pub const fn ",
        "pub async fn ",
        "fn ",
        "impl ",
        "impl<",
        "pub static ",
        "static ",
        "pub struct ",
        "pub enum ",
    ]
    .iter()
    .any(|start| line.starts_with(start))
}
