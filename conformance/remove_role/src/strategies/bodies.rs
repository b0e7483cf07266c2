//! Bodies for a request that requires an object with one string property: wrong ones, odd ones, and
//! other encodings of the right one. The generated contract names the property.

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

/// JSON that does not have the documented shape.
pub fn misshapen(property: &str, role: &str) -> Vec<Vec<u8>> {
    let wrong = [
        Value::Null,
        json!(true),
        json!(false),
        json!(0),
        json!(1),
        json!(-1.5),
        json!([]),
        json!([role]),
        json!([[role]]),
        json!({}),
        json!({ "name": role }),
        json!({ property: role }),
    ];
    let mut values: Vec<Value> = wrong.iter().map(|value| json!({ property: value })).collect();
    values.extend(wrong[..9].iter().cloned());
    values.extend([
        json!(role),
        json!({}),
        json!([{ property: role }]),
        json!({ "role": role }),
        json!({ "roles": [role] }),
        json!({ "groupRoles": [role] }),
        json!({ "roleName": role }),
        json!({ "": role }),
        json!({ "body": { property: role } }),
    ]);
    values.iter().map(|value| value.to_string().into_bytes()).collect()
}

/// Bytes in which no parser reads the documented object with the right role; most contain it.
pub fn malformed(right: &str, property: &str, role: &str) -> Vec<Vec<u8>> {
    let cut = right.len() - 1;
    let texts = [
        String::new(),
        " ".to_owned(),
        "\n".to_owned(),
        right[..cut].to_owned(),
        right[..cut / 2].to_owned(),
        right[1..].to_owned(),
        format!("x{right}"),
        format!("({right})"),
        format!("\u{0}{right}"),
        format!("{{,{}", &right[1..]),
        format!("{{\"{property}\" \"{role}\"}}"),
        format!("{{\"{property}\":\"{role}}}"),
        format!("{{\"{property}\":\"{role}\n\"}}"),
        format!("{{\"{property}\":\"{role}\\x\"}}"),
        format!("{{\"{property}\":\"{role}\\u12\"}}"),
        role.to_owned(),
        format!("{property}={role}"),
        format!("<{property}>{role}</{property}>"),
        "null null".to_owned(),
        "[".repeat(500),
    ];
    let mut bodies: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
    let bytes = right.as_bytes();
    let at = bytes.len() - 2;
    bodies.push([&bytes[..at], b"\xff", &bytes[at..]].concat());
    bodies.push([&bytes[..at], b"\xed\xa0\x80", &bytes[at..]].concat());
    bodies.push([b"\xff\xfe", bytes].concat());
    bodies.push(vec![0; 64]);
    bodies.push((0..=255).collect());
    bodies
}

/// Bytes that are not JSON, in which some widespread parser reads the documented object: it skips
/// comments, ignores what stands behind, or allows what JavaScript or YAML do (RFC 8259, 9). Without
/// NaN and infinities, which several standard libraries read unless they are told not to.
pub fn lenient(right: &str, property: &str, role: &str) -> Vec<Vec<u8>> {
    let open = right.trim_end_matches('}');
    let mut texts = vec![
        format!("{right}}}"),
        format!("{right}]"),
        format!("{right} x"),
        format!("{right},"),
        format!("{right}{right}"),
        format!("{right}\n{right}"),
        format!("{right}\u{0}"),
        format!("{open},}}"),
        format!("{{'{property}':'{role}'}}"),
        format!("{{{property}:\"{role}\"}}"),
        format!("{{\"{property}\":{role}}}"),
        format!("{{\"{property}\"=\"{role}\"}}"),
        format!("// c\n{right}"),
        format!("/* c */{right}"),
        format!("{right}// c"),
        format!("{property}: {role}"),
        format!("\u{a0}{right}"),
        format!("\u{2028}{right}"),
        format!("\u{c}{right}"),
        format!("{right}\u{b}"),
        format!("{open} \"n\":1}}"),
    ];
    let values = [
        "01",
        "+1",
        ".5",
        "1.",
        "0x1",
        "True",
        "undefined",
        "[1,]",
        "\"\u{1}\"",
        "\"\n\"",
        "\"\\q\"",
    ];
    texts.extend(values.map(|value| format!("{open},\"n\":{value}}}")));
    let mut bodies: Vec<Vec<u8>> = texts.into_iter().map(String::into_bytes).collect();
    for value in [&b"\xff"[..], b"\xc0\xaf", b"\xed\xa0\x80"] {
        bodies.push([open.as_bytes(), b",\"n\":\"", value, b"\"}"].concat());
    }
    bodies
}

/// Other encodings of the same JSON value.
pub fn equivalent(property: &str, role: &str) -> Vec<String> {
    let escaped =
        |text: &str| text.chars().map(|c| format!("\\u{:04x}", u32::from(c))).collect::<String>();
    vec![
        format!(" {{ \"{property}\" : \"{role}\" }} "),
        format!("\n{{\r\n\t\"{property}\":\n\"{role}\"\n}}\n"),
        format!("{{\"{}\":\"{role}\"}}", escaped(property)),
        format!("{{\"{property}\":\"{}\"}}", escaped(role)),
        format!("{}{{\"{property}\":\"{role}\"}}", " ".repeat(300)),
    ]
}

/// Any JSON value of small to medium size.
pub fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..5).prop_map(Value::from),
            btree_map(any::<String>(), inner, 0..5)
                .prop_map(|object| Value::Object(object.into_iter().collect())),
        ]
    })
}

pub fn any_bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..200)
}
