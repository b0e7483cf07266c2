//! Doc comments: text of the documents, wrapped, and unable to be anything but a comment.

use proc_macro2::TokenStream;
use quote::quote;

const WIDTH: usize = 80;

/// Docs of an item.
pub(crate) fn outer(text: &str) -> TokenStream {
    let lines = lines(text);
    quote! { #(#[doc = #lines])* }
}

/// Docs of a module.
pub(crate) fn inner(text: &str) -> TokenStream {
    let lines = lines(text);
    quote! { #(#![doc = #lines])* }
}

/// Lines with the leading space that prettyplease wants.
fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n") {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push(std::mem::take(&mut line));
            }
            line.push(' ');
            line.push_str(&escaped(word));
        }
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines
}

/// Brackets would be links and angles HTML to rustdoc.
fn escaped(word: &str) -> String {
    word.replace('[', "\\[").replace(']', "\\]").replace('<', "\\<")
}
