//! The published JSON Schema of the JSON report, `docs/report.schema.json`.

use std::path::Path;

use serde_json::Value;

use crate::sample_run;
use crate::spawn::run;

fn schema() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/report.schema.json");
    serde_json::from_str(&std::fs::read_to_string(path).expect("the schema")).expect("JSON")
}

/// Every place at which a value does not fit, as far as this schema's keywords go. A property that the
/// schema lacks is one, too: a schema allows it, but the published one is to be complete.
fn misfits(root: &Value, schema: &Value, value: &Value, place: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).expect("a definition");
        return misfits(root, target, value, place);
    }
    if let Some(any) = schema["anyOf"].as_array() {
        let each: Vec<_> = any.iter().map(|one| misfits(root, one, value, place)).collect();
        let fits = each.iter().any(Vec::is_empty);
        return if fits { Vec::new() } else { each.into_iter().next().unwrap_or_default() };
    }
    let mut found = Vec::new();
    let is = |name: &Value| match name.as_str().unwrap_or_default() {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_u64(),
        "null" => value.is_null(),
        other => panic!("the type {other} is not known here"),
    };
    let typed = match &schema["type"] {
        Value::Null => true,
        Value::Array(names) => names.iter().any(is),
        name => is(name),
    };
    let listed = schema["enum"].as_array().is_none_or(|values| values.contains(value));
    let constant = schema["const"].is_null() || schema["const"] == *value;
    if !(typed && listed && constant) {
        found.push(format!("{place}: {value}"));
    }
    let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
    found.extend(
        required
            .filter(|name| value.is_object() && value.get(name).is_none())
            .map(|name| format!("{place}/{name}: missing")),
    );
    for (name, inner) in value.as_object().into_iter().flatten() {
        match schema["properties"].get(name) {
            Some(schema) => found.extend(misfits(root, schema, inner, &format!("{place}/{name}"))),
            None if schema["properties"].is_object() => {
                found.push(format!("{place}/{name}: add it to docs/report.schema.json"));
            }
            None => {}
        }
    }
    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(misfits(root, &schema["items"], item, &format!("{place}/{at}")));
    }
    found
}

#[test]
fn reports_keep_the_published_schema() {
    let schema = schema();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("report.json");
    let option = format!("json={}", path.display());
    run(&["run", "--only", "roles/last/*", "--only", "request/**", "--report", &option]);
    let real = std::fs::read_to_string(&path).expect("a report");
    let made_up = serde_json::to_string(&sample_run::document()).expect("JSON");
    for text in [real, made_up] {
        let report: Value = serde_json::from_str(&text).expect("JSON");
        let misfits = misfits(&schema, &schema, &report, "");
        assert!(misfits.is_empty(), "{}", misfits.join("\n"));
    }
}

#[test]
fn a_report_that_differs_does_not_fit() {
    let schema = schema();
    let text = serde_json::to_string(&sample_run::document()).expect("JSON");
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let changes: [(&str, Value); 4] = [
        ("seed", "1".into()),
        ("verdict", "good".into()),
        ("schema_version", 2.into()),
        ("more", 1.into()),
    ];
    for (name, value) in changes {
        let mut report = report.clone();
        report[name] = value;
        assert_eq!(misfits(&schema, &schema, &report, "").len(), 1, "{name}");
    }
}
