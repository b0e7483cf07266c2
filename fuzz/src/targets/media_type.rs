//! Media types, held against RFC 6838's grammar of names.

use std::sync::LazyLock;

use atlas_engine::judge::media_type::{charset, essence, is};
use regex::Regex;

use super::Target;

/// A Content-Type.
pub static TARGET: Target = Target {
    name: "media_type",
    run,
    seeds,
    words: &[
        "application",
        "json",
        "vnd.atlas.2025-02-19+json",
        "charset",
        "utf-8",
        "text",
        "q=0.5",
        "*",
        "boundary",
        "\"a;b\"",
    ],
    is_json: false,
};

/// RFC 6838, 4.2; a few optional parameters with token values, whose names are as short (4.3).
static PLAIN: LazyLock<Regex> = LazyLock::new(|| {
    // After a `+` comes the name of a suffix, which begins as names do.
    let name = "[A-Za-z0-9](?:[A-Za-z0-9!#$&^_.-]|[+][A-Za-z0-9]){0,60}";
    let parameter = r"[ \t]*;[ \t]*[A-Za-z][A-Za-z0-9-]{0,126}=[A-Za-z0-9._-]+";
    Regex::new(&format!(r"\A(?<essence>{name}/{name})(?:{parameter})*\z")).expect("a pattern")
});

fn seeds() -> Vec<String> {
    [
        "application/vnd.atlas.2025-02-19+json",
        "application/json;charset=utf-8",
        "Application/JSON ; charset=\"UTF-8\"; q=0.5",
        "text/html;",
        "multipart/form-data; boundary=\"a;b\"",
    ]
    .map(str::to_owned)
    .to_vec()
}

fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let read = essence(text);
    if let Some(plain) = PLAIN.captures(text) {
        assert_eq!(read, Some(plain["essence"].to_ascii_lowercase()), "an honest media type");
    }
    assert_eq!(read, essence(&text.to_ascii_uppercase()), "letter case is judged");
    let Some(read) = read else { return };
    assert!(is(text, &read) && is(&read, text));
    assert_eq!(essence(&read).as_ref(), Some(&read));
    let _ = charset(text);
    if PLAIN.is_match(text) && !text.contains(';') {
        assert_eq!(charset(&format!("{text}; CHARSET=\"X\"")).as_deref(), Some("x"));
    }
}
