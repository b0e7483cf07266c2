//! Tokens to source, laid out by prettyplease.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::emit::docs::lines;
use crate::error::Error;
use crate::error::place::Place;

/// rustfmt would lay it out otherwise, and may not.
const SKIP: &str = "#![cfg_attr(rustfmt, rustfmt_skip)]\n\n";

/// The source of a file.
///
/// # Errors
/// When the tokens are no Rust.
pub(super) fn source(path: &str, tokens: TokenStream) -> Result<String, Error> {
    let file = syn::parse2::<syn::File>(tokens).map_err(|error| Error::Source {
        place: Place { file: path.to_owned(), ..Place::default() },
        reason: error.to_string(),
    })?;
    Ok(format!("{SKIP}{}", spaced(&prettyplease::unparse(&file))))
}

/// An identifier from one of the names that `names.rs` gives.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Docs of an item.
pub(super) fn docs(text: &str) -> TokenStream {
    let mut tokens = TokenStream::new();
    lines(text, |line| {
        let line = indented(line);
        tokens.extend(quote! { #[doc = #line] });
    });
    tokens
}

/// Docs of a module.
pub(super) fn module_docs(text: &str) -> TokenStream {
    let mut tokens = TokenStream::new();
    lines(text, |line| {
        let line = indented(line);
        tokens.extend(quote! { #![doc = #line] });
    });
    tokens
}

/// A line as it stands behind `///`.
fn indented(line: &str) -> String {
    if line.is_empty() { String::new() } else { format!(" {line}") }
}

/// A blank line between docs of the module and what follows, between items, and between methods.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + text.len() / 20);
    let mut last = "";
    for line in text.lines() {
        let start = line.trim_start();
        let ended = !last.starts_with("//") && (last == "}" || last.ends_with(';'));
        let is_item = ["///", "#[", "pub ", "fn ", "impl ", "impl<"]
            .iter()
            .any(|word| start.starts_with(word));
        let in_list = is_listed(last) && (is_listed(start) || start.starts_with("#[cfg"));
        if (ended && is_item && !in_list) || (last.starts_with("//!") && !start.starts_with("//!"))
        {
            spaced.push('\n');
        }
        spaced.push_str(line);
        spaced.push('\n');
        last = start;
    }
    spaced
}

/// Whether a line is one of several that stand together.
fn is_listed(line: &str) -> bool {
    let starts = ["mod ", "pub mod ", "use ", "pub use "];
    line.ends_with(';') && starts.iter().any(|word| line.starts_with(word))
}

#[cfg(test)]
mod tests {
    use super::spaced;

    #[test]
    fn docs_stay_in_one_piece() {
        let text = "//! The module;\n//! more.\nuse a;\n/// One;\n/// two.\npub static A: u8 = 1;\n/// Three.\npub static B: u8 = 2;\n";
        let laid_out = "//! The module;\n//! more.\n\nuse a;\n\n/// One;\n/// two.\npub static A: u8 = 1;\n\n/// Three.\npub static B: u8 = 2;\n";
        assert_eq!(spaced(text), laid_out);
    }
}
