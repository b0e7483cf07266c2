//! What is too large is refused before it is read.

use atlas_codegen::source_map::read;
use atlas_codegen::{Document, Source, client, generate};

use crate::fixtures::{own, package, sources};

#[test]
fn a_text_beyond_the_limit_is_refused_by_its_size() {
    let short = own().documents.remove(0).text;
    let text = format!("{short}# {}\n", "x".repeat(32 << 20));
    let expected =
        format!("large.yaml:1:1: expected at most 32 MiB of text, got {} bytes", text.len());
    let source = Source { name: "large.yaml".to_owned(), text };
    let refused = client(&source, &package("large")).expect_err("too large");
    assert_eq!(refused.to_string(), expected);
    let refused = generate(&sources(source.clone())).expect_err("too large");
    assert_eq!(refused.to_string(), expected);
    let refused = read(&source.name, &source.text).expect_err("too large");
    assert_eq!(refused.to_string(), expected);
    // Without its longest comment it is read.
    Document::read(&Source { text: short, ..source }).expect("a document");
}
