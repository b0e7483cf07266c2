//! Any bytes at all: an error or a client, never a panic, a hang, or more memory than is good.

use std::fmt::Write as _;

use atlas_codegen::{Source, client};

use crate::fixtures::{all, package, with_schemas};

fn outcome(text: String) -> String {
    let source = Source { name: "hostile.yaml".to_owned(), text };
    match client(&source, &package("things")) {
        Ok(client) => format!("{} files", client.files.len()),
        Err(errors) => errors.to_string(),
    }
}

#[test]
fn aliases_that_explode_are_refused() {
    let mut text = "a0: &a0 [x, x]\n".to_owned();
    for level in 1..40 {
        let before = level - 1;
        let _ = writeln!(text, "a{level}: &a{level} [*a{before}, *a{before}]");
    }
    assert!(outcome(text).contains("expected aliases for at most 100000 values, got more"));
    // One long text, and a few aliases or anchors around one another.
    let long = "x".repeat(1 << 20);
    let text = format!("a: &a {long}\nb: [{}]\n", "*a, ".repeat(100));
    assert!(outcome(text).contains("expected aliases for at most 100000 values, got more"));
    let open: String = (0..90).map(|level| format!("&a{level} [")).collect();
    let text = format!("a: {open}{long}{}\n", "]".repeat(90));
    assert!(outcome(text).contains("expected aliases for at most 100000 values, got more"));
    assert!(outcome("a: &a [*a]".to_owned()).contains("an alias within what it stands for"));
}

#[test]
fn deep_nesting_is_refused() {
    for (open, close) in [("[", "]"), ("{a: ", "}"), ("- ", "")] {
        let text = open.repeat(20_000) + &close.repeat(20_000);
        assert!(outcome(text).contains("no valid YAML"), "{open}");
    }
}

#[test]
fn schemas_as_deep_as_a_document_may_be_are_read() {
    let deep = |open: &str, close: &str, levels: usize| {
        let (open, close) = (open.repeat(levels), close.repeat(levels));
        outcome(with_schemas(&format!("    Thing: {open}{{type: string}}{close}\n")))
    };
    for (open, close, levels) in [
        ("{items: ", "}", 90),
        ("{allOf: [", "]}", 45),
        ("{oneOf: [{type: integer}, ", "]}", 45),
        ("{properties: {a: ", "}}", 45),
        ("{additionalProperties: ", "}", 90),
    ] {
        assert!(!deep(open, close, levels).contains("levels"), "{open}");
        assert!(deep(open, close, 100).contains("expected at most 100 levels"), "{open}");
    }
}

#[test]
fn a_bomb_of_references_costs_what_its_text_does() {
    let mut schemas = "    T0: {type: object, properties: {a: {type: string}}}\n".to_owned();
    for level in 1..60 {
        let part = format!("{{$ref: \"#/components/schemas/T{}\"}}", level - 1);
        let _ = writeln!(schemas, "    T{level}: {{allOf: [{part}, {part}]}}");
    }
    schemas += "    Thing: {allOf: [{$ref: \"#/components/schemas/T59\"}]}\n";
    assert!(outcome(with_schemas(&schemas)).ends_with(" files"));
}

#[test]
fn references_that_explode_are_refused() {
    let name = "Abcdefghij";
    let properties: String = (0..2000).map(|at| format!("p{at}: {{type: string}}, ")).collect();
    // The same name, written in many ways.
    let written = |ways: usize| -> String {
        let one = |(at, c): (usize, char)| match ways >> at & 1 {
            0 => c.to_string(),
            _ => format!("%{:02X}", u32::from(c)),
        };
        name.chars().enumerate().map(one).collect()
    };
    let references = |count: usize| -> String {
        let one = |ways| format!("r{ways}: {{$ref: '#/components/schemas/{}'}}, ", written(ways));
        (1..count).map(one).collect()
    };
    let with = |count| {
        let schemas = format!(
            "    {name}: {{type: object, properties: {{{properties}}}}}\n    \
             Thing: {{type: object, properties: {{{}}}}}\n",
            references(count)
        );
        outcome(with_schemas(&schemas))
    };
    assert!(with(8).ends_with(" files"));
    assert!(with(200).contains("to at most 200000 values together, got more"));
}

#[test]
fn circles_end() {
    let circles = [
        "    Thing: {$ref: \"#/components/schemas/Thing\"}\n",
        "    Thing: {allOf: [{$ref: \"#/components/schemas/Thing\"}, {$ref: \"#/components/schemas/B\"}]}\n    B: {allOf: [{$ref: \"#/components/schemas/Thing\"}]}\n",
        "    Thing: {oneOf: [{$ref: \"#/components/schemas/Thing\"}, {type: string}]}\n",
        "    Thing: {oneOf: [{$ref: \"#/components/schemas/Thing\"}]}\n",
        "    Thing: {type: array, items: {$ref: \"#/components/schemas/Thing\"}}\n",
        "    Thing: {type: object, properties: {a: {$ref: \"#/components/schemas/Thing\"}}}\n",
    ];
    let shown: String =
        circles.iter().map(|text| format!("{text}    {}\n", outcome(with_schemas(text)))).collect();
    insta::assert_snapshot!("circles", shown);
}

#[test]
fn mutated_documents_are_no_panic() {
    // A generator of our own: the same bytes each time.
    let mut state: u64 = 0x5eed;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % below.max(1)
    };
    let alphabet: Vec<char> = "{}[]:,-#&*!|>'\"%@` \n\tx0~\u{0}\u{202e}\u{1f600}".chars().collect();
    for fixture in all("accept").into_iter().chain(all("reject")) {
        for _ in 0..60 {
            let mut chars: Vec<char> = fixture.text.chars().collect();
            for _ in 0..=next(4) {
                let at = next(chars.len());
                match next(3) {
                    0 => drop(chars.drain(at..(at + next(20)).min(chars.len()))),
                    1 => chars.insert(at, alphabet[next(alphabet.len())]),
                    _ if at < chars.len() => chars[at] = alphabet[next(alphabet.len())],
                    _ => {}
                }
            }
            let _ = outcome(chars.into_iter().collect());
        }
    }
}
