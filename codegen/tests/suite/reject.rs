//! What the generator refuses: each message is a snapshot.

use std::fmt::Write as _;

use atlas_codegen::generate;

use crate::fixtures::{all, own, sources};

#[test]
fn each_refusal_says_what_where_and_what_to_do() {
    let mut messages = String::new();
    for fixture in all("reject") {
        let name = fixture.name.clone();
        let error = generate(&sources(fixture)).expect_err(&name);
        let _ = writeln!(messages, "{error}");
    }
    for clauses in all("clauses") {
        let name = clauses.name.clone();
        let error = generate(&atlas_codegen::Sources { clauses, ..own() }).expect_err(&name);
        let _ = writeln!(messages, "{error}");
    }
    insta::assert_snapshot!("messages", messages);
}
