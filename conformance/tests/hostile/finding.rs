//! What became of one run, as the snapshot tells it and as it was measured.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::time::Duration;

use serde_json::Value;

/// The bound of memory, in KiB.
const MEMORY: u64 = 64 * 1024;

/// How one run ended, and all that it wrote.
pub(crate) struct Finding {
    pub(crate) ended: bool,
    pub(crate) code: Option<i32>,
    pub(crate) took: Duration,
    pub(crate) peak: Option<u64>,
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) report: Option<Value>,
    pub(crate) others: Vec<String>,
    pub(crate) url: String,
}

impl Finding {
    /// What can be said again after every run: how it ended, within which bounds, and what it said.
    pub(crate) fn told(&self, name: &str) -> String {
        let mut text = format!("{name}\n");
        let _ = writeln!(text, "  {}", self.bounds());
        for line in self.said() {
            let _ = writeln!(text, "  {line}");
        }
        text
    }

    /// What this run took.
    pub(crate) fn measured(&self, name: &str) -> String {
        let memory =
            self.peak.map_or("?".to_owned(), |peak| format!("{:.1}", peak as f64 / 1024.0));
        let requests =
            self.report.as_ref().map_or(0, |report| report["requests"].as_u64().unwrap_or(0));
        let seconds = self.took.as_secs_f64();
        format!("{seconds:6.1} s {memory:>6} MB {requests:>6} requests  {name}")
    }

    fn bounds(&self) -> String {
        let code = match self.code {
            Some(code) => format!("exit {code}"),
            None => "KILLED".to_owned(),
        };
        let time = if self.ended { "< 60 s" } else { "60 s AND MORE" };
        let memory = match self.peak {
            Some(peak) if peak >= MEMORY => "64 MB AND MORE",
            _ => "< 64 MB",
        };
        let mut bounds = vec![code, time.to_owned(), memory.to_owned()];
        bounds.extend(self.blemishes().into_iter().map(str::to_owned));
        bounds.join(", ")
    }

    /// What must not be, whatever the server does.
    fn blemishes(&self) -> Vec<&'static str> {
        let texts = || [&self.out, &self.err].into_iter().chain(&self.others);
        let mut found = Vec::new();
        if texts().any(|text| text.chars().any(drives)) {
            found.push("DRIVES A TERMINAL");
        }
        if self.err.contains("panicked")
            || texts().any(|text| text.contains("a defect of this suite"))
        {
            found.push("PANICKED");
        }
        let began = !self.out.is_empty();
        if began && (self.report.is_none() || self.others.iter().any(String::is_empty)) {
            found.push("LOST A REPORT");
        }
        let left = self.report.as_ref().and_then(|report| report["left_behind"].as_array());
        if left.is_some_and(|left| !left.is_empty()) {
            found.push("leaves users behind");
        }
        found
    }

    /// The clauses that are broken, with the sentence of each; else the sentences of errors.
    fn said(&self) -> BTreeSet<String> {
        let Some(report) = &self.report else {
            return self.err.lines().map(|line| self.without_what_changes(line)).collect();
        };
        let checks = report["checks"].as_array().into_iter().flatten();
        let mut sentences: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for check in checks {
            let word = check["verdict"].as_str().unwrap_or_default();
            let (of, said) = match word {
                "fail" | "warn" => (check["broken"][0].as_str(), check["received"].as_str()),
                "error" => (Some("error"), check["message"].as_str()),
                _ => continue,
            };
            let said = self.without_what_changes(said.unwrap_or_default());
            sentences.entry(of.unwrap_or_default().to_owned()).or_default().insert(said);
        }
        let line = |(of, said): (&String, &BTreeSet<String>)| {
            said.iter().map(|said| format!("{of}: {said}")).collect::<Vec<_>>()
        };
        sentences.iter().flat_map(line).collect()
    }

    fn without_what_changes(&self, text: &str) -> String {
        text.replace(&self.url, "URL").replace(self.url.rsplit(':').next().unwrap_or(" "), "PORT")
    }
}

/// Whether a character does something to a terminal or to a reader's eye.
fn drives(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
