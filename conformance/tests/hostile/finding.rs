//! What became of one run, as the snapshot tells it and as it was measured.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use regex::Regex;
use serde_json::Value;

/// The bound of memory, in KiB.
const MEMORY: u64 = 64 * 1024;

/// The clauses that answers by themselves break, the most telling first.
const TELLING: [&str; 10] = [
    "http.answers",
    "status.no-server-error",
    "status.documented",
    "status.success-is-200",
    "media.json",
    "media.success",
    "media.unique-keys",
    "success.required",
    "success.id",
    "auth.valid-credentials",
];

/// What is broken where every removal is refused in a documented way.
const REFUSED: &str = "roles.removes-exactly-one";

/// How errors begin that are about the target as a whole.
const WHOLE: [&str; 6] = [
    "the run was",
    "the target has",
    "the target was",
    "the target went",
    "the target answered",
    "the token ",
];

const LATE_OR_LONG: &str = "an answer began and was not complete within 2 s (or 2048 KiB)";

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
    pub(crate) folder: String,
}

impl Finding {
    /// What can be said again after every run: how it ended, within which bounds, and what it said.
    pub(crate) fn repeatable(&self, name: &str) -> String {
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
        if self.others.iter().any(|text| text.contains("<script>alert(1)")) {
            found.push("RUNS IN A PAGE");
        }
        let began = !self.out.is_empty();
        if began && (self.report.is_none() || self.others.iter().any(String::is_empty)) {
            found.push("LOST A REPORT");
        }
        found
    }

    /// What the run said: of breaches the first of `TELLING`, and errors that are about the target
    /// as a whole, or else the first error. Which others there are depends on what ran beside what.
    fn said(&self) -> Vec<String> {
        // Where no check ran, nothing is printed but the error.
        let Some(report) = self.report.as_ref().filter(|_| !self.out.is_empty()) else {
            return self.err.lines().map(|line| self.without_what_changes(line)).collect();
        };
        let checks = || report["checks"].as_array().into_iter().flatten();
        let broken = |clause: &str| {
            let breach = checks().find(|check| check["broken"][0] == clause)?;
            let received = self.without_what_changes(breach["received"].as_str()?);
            Some(format!("{clause}: {received}"))
        };
        // Without an answer every clause is broken, and for the same reason.
        let silent = broken(TELLING[0]).is_some_and(|breach| !breach.contains("bytes behind"));
        let most = if silent { 1 } else { 2 };
        let mut telling: Vec<_> =
            TELLING.iter().filter_map(|clause| broken(clause)).take(most).collect();
        if telling.is_empty() {
            telling.extend(broken(REFUSED));
        }
        let errors = || {
            let errors = checks().filter(|check| check["verdict"] == "error");
            errors.filter_map(|check| check["message"].as_str())
        };
        let is_whole =
            |message: &&str| WHOLE.iter().any(|beginning| message.starts_with(beginning));
        let whole: BTreeSet<&str> = errors().filter(is_whole).collect();
        let whole = whole.into_iter().map(|error| self.without_what_changes(error));
        let whole = whole.map(|error| format!("error: {error}"));
        let mut said: Vec<_> = telling.into_iter().chain(whole).collect();
        if said.is_empty() {
            // Nothing but users who can't be had: so says each check, and the first for them all.
            said.extend(errors().next().map(|error| self.without_what_changes(error)));
        }
        said
    }

    /// Which of its two limits an answer without end meets first depends on the machine.
    fn without_what_changes(&self, text: &str) -> String {
        let elsewhere = Regex::new(r"127\.0\.0\.2:\d+").expect("a pattern");
        elsewhere
            .replace_all(text, "ELSEWHERE")
            .replace(&self.folder, "FOLDER")
            .replace(&self.url, "URL")
            .replace("an answer began and was not complete within 2 s", LATE_OR_LONG)
            .replace("the answer is longer than 2048 KiB", LATE_OR_LONG)
    }
}

/// Whether a character does something to a terminal or to a reader's eye.
fn drives(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
