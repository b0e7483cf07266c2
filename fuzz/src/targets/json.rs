//! Strict JSON, held against serde_json and against a count of colons.

use atlas_engine::exchange::json::read;
use serde_json::Value;

use super::Target;

/// The reader of bodies.
pub static TARGET: Target = Target {
    name: "json",
    run,
    seeds,
    words: &["null", "true", "1e400", "-0", "0x1", "NaN", "\\ud800", "\\u0000", "\"a\"", "1E+2"],
    is_json: true,
};

fn seeds() -> Vec<String> {
    [
        r#"{"a": {"b": [1, 2.5, -0, 1e3, "\u00e4\ud83d\ude00", null, true]}, "a": {"b": 1, "b": 2}}"#,
        r#"[{"roles": [], "roles": ["A"]}, {"a/b": 1, "a~b": {"": 0, "": 1}}]"#,
        "[[[[[[[[1]]]]]]]]",
        "18446744073709551616",
        "\"text: with, {signs}\"",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn run(input: &[u8]) {
    let oracle = serde_json::from_slice::<Value>(input);
    let document = match (read(input), oracle) {
        (Ok(document), Ok(value)) => {
            assert_eq!(document.value, value);
            document
        }
        (Err(reason), Err(_)) => {
            assert!(!reason.to_string().is_empty());
            return;
        }
        (Err(reason), Ok(value)) => panic!("{value} is JSON, refused: {reason}"),
        (Ok(document), Err(error)) => panic!("{:?} is no JSON: {error}", document.value),
    };
    let (written, kept) = (colons(input), entries(&document.value));
    // With a key twice, what stood below the first is lost too.
    assert_eq!(document.repeated.is_empty(), written == kept, "{written} entries, {kept} kept");
}

/// The entries of all objects: colons outside of strings.
fn colons(json: &[u8]) -> usize {
    let (mut quoted, mut escaped, mut count) = (false, false, 0);
    for byte in json {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if quoted => escaped = true,
            b'"' => quoted = !quoted,
            b':' if !quoted => count += 1,
            _ => {}
        }
    }
    count
}

fn entries(value: &Value) -> usize {
    match value {
        Value::Array(items) => items.iter().map(entries).sum(),
        Value::Object(object) => object.len() + object.values().map(entries).sum::<usize>(),
        _ => 0,
    }
}
