//! Values at the bounds of a schema, and just beyond.

use atlas_api::contract::{Kind, Property, RequiredWhen, Schema};
use atlas_engine::exchange::envelope::integer;
use atlas_engine::judge::leak;
use atlas_engine::judge::schema::{Breach, BreachKind, excerpt, validate};
use atlas_engine::secret::encodings;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE};
use serde_json::{Value, json};

const fn of(kind: Kind) -> Schema {
    Schema { name: "", nullable: false, kind }
}

static TEXT: Schema = of(Kind::String {
    format: None,
    pattern: None,
    min_length: Some(2),
    max_length: Some(4),
    values: &[],
});

static OBJECT: Schema = of(Kind::Object {
    properties: &[
        Property { name: "must", required: true, schema: &TEXT },
        Property { name: "may", required: false, schema: &TEXT },
    ],
    required_when: &[RequiredWhen { property: "must", equals: "two", required: &["other"] }],
});

/// What is expected of a value, where it is broken.
fn breach(kind: Kind, value: &Value) -> Option<String> {
    let mut found = validate(&of(kind), value);
    assert!(found.len() <= 1, "{found:?}");
    found.pop().map(|breach| breach.expected)
}

#[test]
fn bounds_belong_to_what_they_bound() {
    let integer = Kind::Integer { minimum: Some(2), maximum: Some(4) };
    let number = Kind::Number { minimum: Some(2.0), maximum: Some(4.0) };
    for (value, holds) in [(1, false), (2, true), (3, true), (4, true), (5, false)] {
        let within = "an integer from 2 to 4";
        assert_eq!(breach(integer, &json!(value)).is_none(), holds, "{value}");
        assert!(holds || breach(integer, &json!(value)).as_deref() == Some(within));
        assert_eq!(breach(number, &json!(value)).is_none(), holds, "{value}");
        let text = "ä".repeat(value);
        assert_eq!(validate(&TEXT, &json!(text)).is_empty(), holds, "{text}");
        let array = Kind::Array {
            items: &TEXT,
            min_items: Some(2),
            max_items: Some(4),
            unique_items: false,
        };
        assert_eq!(breach(array, &json!(vec!["xx"; value])).is_none(), holds, "{value}");
    }
    assert_eq!(breach(number, &json!(4.1)).as_deref(), Some("a number within its bounds"));
    let unbound = Kind::Integer { minimum: None, maximum: None };
    for value in [json!(i64::MIN), json!(u64::MAX), json!(1.0)] {
        assert_eq!(breach(unbound, &value), None, "{value}");
    }
    assert_eq!(breach(unbound, &json!(1.5)).as_deref(), Some("an integer"));
}

#[test]
fn elements_are_distinct_where_they_have_to_be() {
    let array =
        |unique_items| Kind::Array { items: &TEXT, min_items: None, max_items: None, unique_items };
    let twice = json!(["xx", "yy", "xx"]);
    assert_eq!(breach(array(true), &twice).as_deref(), Some("distinct elements"));
    assert_eq!(breach(array(true), &json!(["xx", "yy"])), None);
    assert_eq!(breach(array(true), &json!([])), None);
    assert_eq!(breach(array(false), &twice), None);
    let wrong = validate(&of(array(false)), &json!(["xx", "x"]));
    assert_eq!(wrong.iter().map(|breach| breach.pointer.as_str()).collect::<Vec<_>>(), ["/1"]);
}

#[test]
fn null_is_a_value_only_where_it_may_be() {
    let nullable = |nullable| Schema { nullable, ..TEXT };
    assert_eq!(validate(&nullable(true), &Value::Null), []);
    assert_eq!(validate(&nullable(true), &json!("x")).len(), 1);
    assert_eq!(validate(&nullable(false), &Value::Null).len(), 1);
    assert_eq!(breach(Kind::Any, &Value::Null), None);
    assert_eq!(breach(Kind::Any, &json!({})), None);
}

#[test]
fn a_wrong_kind_is_named() {
    let array = Kind::Array { items: &TEXT, min_items: None, max_items: None, unique_items: false };
    for (kind, name) in [
        (Kind::Boolean, "a boolean"),
        (Kind::Integer { minimum: None, maximum: None }, "an integer"),
        (Kind::Number { minimum: None, maximum: None }, "a number"),
        (TEXT.kind, "a string"),
        (array, "an array"),
    ] {
        assert_eq!(breach(kind, &json!({})).as_deref(), Some(name));
    }
    let object = Kind::Object { properties: &[], required_when: &[] };
    assert_eq!(breach(object, &json!([])).as_deref(), Some("an object"));
    assert_eq!(breach(Kind::Boolean, &json!(true)), None);
}

#[test]
fn texts_have_their_values_patterns_and_formats() {
    let text = |format, pattern, values| Kind::String {
        format,
        pattern,
        min_length: None,
        max_length: None,
        values,
    };
    let one = text(None, None, &["A", "B"]);
    assert_eq!(breach(one, &json!("B")), None);
    assert_eq!(breach(one, &json!("b")).as_deref(), Some("one of A, B"));
    let digits = text(None, Some("^[0-9]+$"), &[]);
    assert_eq!(breach(digits, &json!("12")), None);
    assert!(breach(digits, &json!("1x")).is_some_and(|expected| expected.contains("[0-9]+")));
    let day = text(Some("date-time"), None, &[]);
    assert_eq!(breach(day, &json!("2026-01-01T00:00:00Z")), None);
    assert_eq!(breach(day, &json!("x")).as_deref(), Some("an ISO 8601 date-time in UTC"));
    let email = text(Some("email"), None, &[]);
    assert_eq!(breach(email, &json!("a@b")), None);
    assert_eq!(breach(email, &json!("a")).as_deref(), Some("an email address"));
    assert_eq!(breach(text(Some("unheard of"), None, &[]), &json!("x")), None);
}

#[test]
fn properties_are_there_where_they_have_to_be() {
    let found = |value: Value| validate(&OBJECT, &value);
    assert_eq!(found(json!({"must": "xx"})), []);
    let missing = |name: &str, expected: &str, kind| Breach {
        pointer: format!("/{name}"),
        expected: expected.to_owned(),
        received: "nothing".to_owned(),
        kind,
    };
    assert_eq!(found(json!({})), [missing("must", "present", BreachKind::Missing)]);
    let when = "present where must is two";
    let conditional = missing("other", when, BreachKind::MissingByCondition);
    assert_eq!(found(json!({"must": "two"})), [conditional]);
    assert_eq!(found(json!({"must": "two", "other": 1})), []);
    assert_eq!(found(json!({"must": "xx", "may": "x"}))[0].pointer, "/may");
}

#[test]
fn whole_numbers_are_whole_however_they_are_written() {
    let read = |text: &str| integer(&serde_json::from_str(text).expect("a number"));
    for (text, expected) in [
        ("7", Some(7)),
        ("-7", Some(-7)),
        ("7.0", Some(7)),
        ("7e2", Some(700)),
        ("18446744073709551615", Some(i128::from(u64::MAX))),
        ("999999999999999.0", Some(999_999_999_999_999)),
        ("7.5", None),
        ("1e15", None),
        ("1e300", None),
        ("-1e300", None),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
}

#[test]
fn what_is_shown_of_a_value_is_short() {
    assert_eq!(excerpt(&json!({"a": 1})), "{\"a\":1}");
    let long = excerpt(&json!("ä".repeat(200)));
    assert_eq!(long.chars().count(), 121);
    assert!(long.ends_with("ä…"), "{long}");
    let full = "x".repeat(118);
    assert_eq!(excerpt(&json!(full)), format!("\"{full}\""));
}

#[test]
fn a_secret_is_found_however_it_is_spelt_and_one_that_is_too_short_is_not() {
    let repeats = |text: &str, secret: &str| {
        encodings::recognizable(secret).iter().any(|form| text.contains(form.as_str()))
    };
    assert!(!repeats("error", "error"));
    assert!(repeats("a secret", "secret"));
    assert!(repeats("a%20s%2Fcret", "s/cret"));
    assert!(!repeats("another", "secret"));
    for before in ["", "x", "xy", "Bearer "] {
        let whole = format!("{before}token-of-somebody;rest");
        for text in [BASE64_STANDARD.encode(&whole), BASE64_URL_SAFE.encode(&whole)] {
            assert!(repeats(&text, "token-of-somebody"), "{before}");
            assert!(!repeats(&text, "token-of-nobody-at-all"), "{before}");
            // Not even where all but the end is the same.
            assert!(!repeats(&text, "token-of-somebxxx"), "{before}");
        }
    }
    assert_eq!(leak::find("see: /home/app/x").as_deref(), Some("/home/app"));
}
