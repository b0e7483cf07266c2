//! Doc comments: text of the documents, wrapped, and unable to be anything but a comment.

use proc_macro2::TokenStream;
use quote::quote;

/// What fits into 80 columns beside `///` and the indentation of a field or method.
const WIDTH: usize = 73;

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
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.trim().is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let mut line = String::new();
        for word in paragraph.split_whitespace().map(escaped) {
            if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push(std::mem::take(&mut line));
            }
            line.push(' ');
            line.push_str(&word);
        }
        lines.push(line);
    }
    lines
}

/// Brackets would be links and angles HTML to rustdoc, and a fence would be code that it runs.
fn escaped(word: &str) -> String {
    let word = word.replace('[', "\\[").replace(']', "\\]").replace('<', "\\<");
    if word.starts_with("```") || word.starts_with("~~~") { format!("\\{word}") } else { word }
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn a_fence_is_no_code_that_rustdoc_runs() {
        assert_eq!(
            lines("```\n\npanic!()\n\n~~~rust"),
            [" \\```", "", " panic!()", "", " \\~~~rust"]
        );
    }

    #[test]
    fn lines_end_before_the_column() {
        let long = lines(&"word ".repeat(100));
        assert!(long.len() > 1 && long.iter().all(|line| line.len() <= super::WIDTH));
    }
}
