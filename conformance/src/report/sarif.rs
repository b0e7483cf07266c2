//! SARIF 2.1.0 for code scanning: the clauses as rules, each breach as a result.

use std::path::{Component, Path};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Value, json};

use crate::report::clause_state::ClauseEntry;
use crate::report::document::{CheckEntry, Document, KnownEntry};
use atlas_engine::evidence::Shown;
use atlas_engine::run::verdict::Verdict;

/// Characters that must be encoded in the path of a URI.
const URI_UNSAFE: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b':');

/// The report.
///
/// # Errors
/// When it can't be written as JSON.
pub fn render(document: &Document) -> serde_json::Result<String> {
    let rules: Vec<_> = document.clauses.iter().map(rule).collect();
    let judged = document.ended(Verdict::Fail).chain(document.ended(Verdict::Warn));
    let mut results: Vec<_> = judged.flat_map(|check| results(check, document)).collect();
    results.extend(document.checks.iter().flat_map(|check| suppressed(check, document)));
    let notes: Vec<_> = document.ended(Verdict::Error).map(notification).collect();
    let log = json!({
        "version": "2.1.0",
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "runs": [{
            "tool": { "driver": {
                "name": document.tool.name,
                "semanticVersion": document.tool.version,
                "rules": rules,
            }},
            "automationDetails": { "id": "atlas-conformance/removeRole/" },
            "invocations": [{
                "executionSuccessful": document.verdict != Verdict::Error,
                "startTimeUtc": document.started,
                "toolExecutionNotifications": notes,
            }],
            "properties": {
                "target": document.target,
                "seed": document.seed,
                "headline": document.headline,
                "reason": document.reason,
            },
            "results": results,
        }],
    });
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

fn rule(clause: &ClauseEntry) -> Value {
    json!({
        "id": clause.slug,
        "shortDescription": { "text": clause.text },
        "help": {
            "text": format!("{} Level {}. Source: {}.", clause.text, clause.level, clause.source),
        },
        "defaultConfiguration": { "level": level(&clause.level) },
        "properties": { "tags": [clause.section, clause.level] },
    })
}

/// The level of a violation.
fn level(clause_level: &str) -> &'static str {
    match clause_level {
        "must" => "error",
        "should" => "warning",
        _ => "note",
    }
}

/// A result for each clause that a check found broken.
fn results(check: &CheckEntry, document: &Document) -> Vec<Value> {
    let first = (check.main_clause(), &check.expected, &check.received, &check.exchanges);
    let mut results = Vec::new();
    if let (clause, Some(expected), Some(received), exchanges) = first {
        results.push(result(check, document, clause, expected, received, exchanges));
    }
    for violation in &check.further {
        // Alike breaches of one clause are one result.
        if results.iter().all(|known: &Value| known["ruleId"] != violation.clause) {
            let (expected, received) = (&violation.expected, &violation.received);
            let exchanges = &violation.exchanges;
            results.push(result(check, document, violation.clause, expected, received, exchanges));
        }
    }
    results
}

/// Violations that an expectation accepts.
fn suppressed(check: &CheckEntry, document: &Document) -> Vec<Value> {
    let suppress = |known: &KnownEntry| {
        let (expected, received) = (&known.expected, &known.received);
        let mut result = result(check, document, known.clause, expected, received, &[]);
        result["suppressions"] = json!([{ "kind": "external", "justification": known.because }]);
        result
    };
    check.known.iter().map(suppress).collect()
}

fn result(
    check: &CheckEntry,
    document: &Document,
    clause: &str,
    expected: &str,
    received: &str,
    exchanges: &[Shown],
) -> Value {
    let place = document.clauses.iter().position(|known| known.slug == clause);
    let entry = document.clause(clause);
    let repeat = check.repeat.as_ref().map(|repeat| repeat.command.as_str()).unwrap_or_default();
    let mut result = json!({
        "ruleId": clause,
        "ruleIndex": place,
        "level": level(entry.map_or("must", |entry| entry.level.as_str())),
        "message": {
            "text": format!("{}: expected {expected}, received {received}. Repeat: {repeat}", check.id),
        },
        "locations": [location(check, document)],
        "partialFingerprints": { "checkAndClause/v1": format!("{}:{clause}", check.id) },
    });
    if let Some(shown) = exchanges.last() {
        result["webRequest"] = json!({
            "protocol": "HTTP",
            "version": "1.1",
            "target": shown.request.url,
            "method": shown.request.method,
            "headers": headers(&shown.request.headers),
            "body": { "text": shown.request.body },
        });
        if let Some(response) = &shown.response {
            result["webResponse"] = json!({
                "protocol": "HTTP",
                "version": "1.1",
                "statusCode": response.status,
                "headers": headers(&response.headers),
                "body": { "text": response.body },
            });
        }
    }
    result
}

/// The configuration file that names the target. Code scanning shows no alert without a file, and the
/// source of the server is not here.
fn location(check: &CheckEntry, document: &Document) -> Value {
    let mut location = json!({
        "logicalLocations": [{ "fullyQualifiedName": check.id, "kind": "function" }],
    });
    let path = document.configuration.as_deref().map(Path::new);
    let within = |path: &&Path| path.components().all(|part| matches!(part, Component::Normal(_)));
    if let Some(path) = path.filter(within) {
        let uri = path.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        let uri = utf8_percent_encode(&uri, URI_UNSAFE).to_string();
        location["physicalLocation"] = json!({
            "artifactLocation": { "uri": uri },
            "region": { "startLine": 1 },
        });
    }
    location
}

/// SARIF keeps header fields as an object, so that fields of one name are joined.
fn headers(headers: &[(String, String)]) -> Value {
    let mut joined = serde_json::Map::new();
    for (name, value) in headers {
        let text = match joined.get(name).and_then(Value::as_str) {
            Some(before) => format!("{before}, {value}"),
            None => value.clone(),
        };
        joined.insert(name.clone(), text.into());
    }
    Value::Object(joined)
}

fn notification(check: &CheckEntry) -> Value {
    let message = check.message.as_deref().unwrap_or_default();
    json!({
        "level": "error",
        "message": { "text": format!("{} had no verdict: {message}", check.id) },
    })
}
