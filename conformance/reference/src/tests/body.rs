//! Bodies that must be one object without a key twice.

use crate::http::{Flaw, Twice, read_object, string_of};

fn read(body: &[u8]) -> Result<String, Flaw> {
    read_object(body, Twice::Refused).and_then(|object| string_of(&object, "groupRole"))
}

#[test]
fn one_object_is_read() {
    assert_eq!(read(br#" {"x":[{"x":null}],"group\u0052ole":"A"} "#), Ok("A".to_owned()));
}

#[test]
fn anything_else_is_refused() {
    let cases: [(&[u8], Flaw); 10] = [
        (b"", Flaw::Missing),
        (b" \r\n", Flaw::Missing),
        (b"{\"groupRole\":\"A\"", Flaw::Syntax),
        (b"{\"groupRole\":\"A\"}{}", Flaw::Syntax),
        (b"{\"groupRole\":\"\xE9\"}", Flaw::Encoding),
        (b"{\"groupRole\":\"A\",\"groupRole\":\"A\"}", Flaw::DuplicateKey),
        (b"[\"groupRole\"]", Flaw::NotAnObject),
        (b"{}", Flaw::Absent("groupRole")),
        (b"{\"groupRole\":null}", Flaw::Null("groupRole")),
        (b"{\"groupRole\":[\"A\"]}", Flaw::Type("groupRole")),
    ];
    for (body, flaw) in cases {
        assert_eq!(read(body), Err(flaw), "{}", String::from_utf8_lossy(body));
    }
}

#[test]
fn one_of_two_values_counts_where_it_may() {
    let body = br#"{"groupRole":"A","groupRole":"B"}"#;
    for (twice, role) in [(Twice::First, "A"), (Twice::Last, "B")] {
        let object = read_object(body, twice).expect("two keys are let through");
        assert_eq!(string_of(&object, "groupRole"), Ok(role.to_owned()));
    }
}
