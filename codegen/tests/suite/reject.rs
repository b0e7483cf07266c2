//! What the generator refuses: each message is a snapshot.

use std::fmt::Write as _;

use atlas_codegen::{Package, client, generate};

use crate::fixtures::{all, own, package, sources};

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

#[test]
fn a_client_is_refused_less() {
    let mut messages = String::new();
    for fixture in all("reject") {
        match client(&fixture, &package("things")) {
            Ok(_) => {
                let _ = writeln!(messages, "{}: a client", fixture.name);
            }
            Err(errors) => {
                let _ = writeln!(messages, "{errors}");
            }
        }
    }
    insta::assert_snapshot!("client_messages", messages);
}

#[test]
fn what_is_allowed_unsupported_is_a_warning_each_time() {
    let fixtures = all("unsupported");
    let mut messages = String::new();
    for fixture in fixtures {
        let name = fixture.name.clone();
        let errors = client(&fixture, &package("things")).expect_err(&name);
        let allowed = Package { allow_unsupported: true, ..package("things") };
        let written = client(&fixture, &allowed).unwrap_or_else(|errors| panic!("{errors}"));
        assert_eq!(written.warnings, errors.0, "{name}");
        let _ = writeln!(messages, "{errors}");
    }
    insta::assert_snapshot!("unsupported", messages);
}

#[test]
fn what_a_client_does_without_is_a_warning() {
    let mut messages = String::new();
    for fixture in all("warned") {
        let refused = generate(&sources(fixture.clone())).expect_err(&fixture.name);
        let written = client(&fixture, &package("things")).unwrap_or_else(|e| panic!("{e}"));
        assert!(!written.warnings.is_empty(), "{}", fixture.name);
        let _ = writeln!(messages, "{refused}\n{}", atlas_codegen::Errors(written.warnings));
        let types = written.files.iter().filter(|file| file.path == "src/types/untagged.rs");
        messages.extend(types.map(|file| file.text.as_str()));
    }
    insta::assert_snapshot!("warned", messages);
}
