//! JUnit XML as CI servers read it: a suite for each section, a case for each check. It keeps to
//! the schema `junit-10.xsd` of Jenkins' xUnit plugin.

use crate::report::document::{CheckEntry, Document};
use crate::report::markup::Markup;
use crate::report::terminal::failure::plain;
use atlas_engine::run::verdict::Verdict;

pub fn render(document: &Document) -> String {
    let mut xml = Markup::starting_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let all: Vec<_> = document.checks.iter().collect();
    let count = Count::of(&all);
    let attributes = [
        ("name", "atlas-conformance"),
        ("tests", &count.tests),
        ("failures", &count.failures),
        ("errors", &count.errors),
        ("time", &seconds(document.duration_ms)),
    ];
    xml.element("testsuites", &attributes, |xml| {
        xml.line();
        for checks in all.chunk_by(|one, next| one.section() == next.section()) {
            suite(xml, document, checks);
        }
    });
    xml.line();
    xml.finish()
}

/// The numbers that a suite begins with.
struct Count {
    tests: String,
    failures: String,
    errors: String,
    skipped: String,
}

impl Count {
    fn of(checks: &[&CheckEntry]) -> Self {
        let count = |verdict| checks.iter().filter(|c| c.verdict == verdict).count().to_string();
        Self {
            tests: checks.len().to_string(),
            failures: count(Verdict::Fail),
            errors: count(Verdict::Error),
            skipped: count(Verdict::Skip),
        }
    }
}

fn suite(xml: &mut Markup, document: &Document, checks: &[&CheckEntry]) {
    let count = Count::of(checks);
    let time = seconds(checks.iter().map(|check| check.duration_ms).sum());
    let attributes = [
        ("name", checks[0].section()),
        ("tests", &count.tests),
        ("failures", &count.failures),
        ("errors", &count.errors),
        ("skipped", &count.skipped),
        ("time", &time),
        // The schema's readers take a time of day without fraction and zone.
        ("timestamp", document.started.get(..19).unwrap_or_default()),
    ];
    xml.element("testsuite", &attributes, |xml| {
        xml.line();
        xml.element("properties", &[], |xml| {
            let seed = document.seed.to_string();
            for (name, value) in [("target", document.target.as_str()), ("seed", &seed)] {
                xml.element("property", &[("name", name), ("value", value)], |_| {});
            }
        });
        xml.line();
        for check in checks {
            case(xml, document, check);
        }
    });
    xml.line();
}

fn case(xml: &mut Markup, document: &Document, check: &CheckEntry) {
    let class = check.id.rsplit_once('/').map_or(check.id, |(topic, _)| topic).replace('/', ".");
    let time = seconds(check.duration_ms);
    let attributes = [("classname", class.as_str()), ("name", check.id), ("time", &time)];
    let message = check.message.as_deref().unwrap_or_default();
    xml.element("testcase", &attributes, |xml| match check.verdict {
        Verdict::Pass => {}
        Verdict::Skip => {
            xml.leaf("skipped", &[], message);
        }
        Verdict::Error => {
            xml.leaf("error", &[("type", "no-verdict"), ("message", message)], check.title);
        }
        Verdict::Fail => {
            let attributes = [("type", check.main_clause()), ("message", message)];
            xml.leaf("failure", &attributes, &plain(document, check));
        }
        Verdict::Known => {
            xml.leaf("system-out", &[], message);
        }
        Verdict::Warn => {
            xml.leaf("system-out", &[], &plain(document, check));
        }
    });
    xml.line();
}

fn seconds(millis: u64) -> String {
    format!("{}.{:03}", millis / 1000, millis % 1000)
}
