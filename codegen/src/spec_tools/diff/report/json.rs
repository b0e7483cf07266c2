//! Changes for programs.

use serde_json::{Value, json as object};

use super::data::Report;
use crate::spec_tools::diff::{Change, End, Touched};

/// The report as one JSON object, over several lines.
pub fn json(report: &Report) -> String {
    let [both, client, server, nobody] = report.counts();
    let value = object!({
        "schema_version": 1,
        "old": report.old,
        "new": report.new,
        "summary": {
            "changes": report.changes.len(),
            "breaking": report.breaking(),
            "both": both, "client": client, "server": server, "nobody": nobody,
        },
        "changes": report.changes.iter().map(|(change, touched)| entry(change, touched)).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}

fn entry(change: &Change, touched: &Touched) -> Value {
    object!({
        "operation": change.operation,
        "endpoint": change.endpoint,
        "place": change.site.to_string(),
        "rule": change.rule.slug(),
        "breaks": change.breaks.word(),
        "breaks_client": change.breaks.client,
        "breaks_server": change.breaks.server,
        "old": end(&change.old),
        "new": end(&change.new),
        "clauses": touched.clauses,
        "notes": touched.notes,
        "checks": touched.checks,
    })
}

fn end(end: &End) -> Value {
    object!({
        "value": end.value,
        "file": end.place.file,
        "line": end.place.position.line,
        "column": end.place.position.column,
        "pointer": end.place.pointer,
    })
}
