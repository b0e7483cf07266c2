//! One operation, in both documents.

use super::change::{Breaks, Site, Subject};
use super::content;
use super::finding::{Finding, end};
use super::flatten::Direction;
use super::parameter::{self, Both, deprecation, normal, parameters};
use super::rule::Rule;
use super::security;
use super::summary::summary;
use crate::source_map::{At, Document};
use crate::spec_tools::slice::METHODS;

/// An operation and where it is called.
#[derive(Debug, Clone)]
pub(crate) struct Operation<'a> {
    pub(crate) method: &'a str,
    pub(crate) path: &'a str,
    pub(crate) path_item: At<'a>,
    pub(crate) at: At<'a>,
}

impl<'a> Operation<'a> {
    /// Every operation of a document, in its order.
    pub(crate) fn all(document: &'a Document) -> Vec<Self> {
        let paths = At::root(document).get("paths");
        let mut all = Vec::new();
        for (path, item) in paths.iter().flat_map(At::entries) {
            let path_item = item.follow();
            for (method, at) in path_item.entries().filter(|(key, _)| METHODS.contains(key)) {
                all.push(Self { method, path, path_item: path_item.clone(), at });
            }
        }
        all
    }

    pub(crate) fn id(&self) -> Option<&'a str> {
        self.at.node.get_text("operationId")
    }

    pub(crate) fn endpoint(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    pub(crate) fn name(&self) -> String {
        self.id().map_or_else(|| self.endpoint(), str::to_owned)
    }

    /// Method and path without the names of parameters.
    pub(crate) fn key(&self) -> (&'a str, String) {
        (self.method, normal(self.path))
    }

    pub(crate) fn parameters(&self) -> Vec<parameter::Parameter<'a>> {
        parameters(&self.path_item, &self.at)
    }

    pub(crate) fn body(&self) -> Option<At<'a>> {
        self.at.get("requestBody").map(At::follow)
    }

    /// The answers by status, references followed.
    pub(crate) fn responses(&self) -> Vec<(&'a str, At<'a>)> {
        let responses = self.at.get("responses");
        let listed =
            responses.iter().flat_map(At::entries).filter(|(key, _)| !key.starts_with("x-"));
        listed.map(|(status, at)| (status, at.follow())).collect()
    }

    fn servers(&self) -> (Vec<String>, At<'a>) {
        let root = At::root(self.at.document);
        let listed =
            [&self.at, &self.path_item, &root].into_iter().find_map(|at| at.get("servers"));
        match listed {
            Some(list) => {
                let url = |server: At<'a>| server.node.get_text("url").unwrap_or("/").to_owned();
                (list.items().map(url).collect(), list)
            }
            None => (vec!["/".to_owned()], root),
        }
    }
}

/// Whether an answer of this status has a body at all (RFC 9110, sections 15.3.5, 15.3.6 and 15.4.5).
pub(crate) fn has_body(status: &str) -> bool {
    !matches!(status, "204" | "205" | "304") && !status.starts_with('1')
}

/// Compares everything below two operations.
pub(crate) fn compare(old: &Operation<'_>, new: &Operation<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    identity(old, new, &mut findings);
    let (before, after) = (old.parameters(), new.parameters());
    let both =
        Both { old: &before, new: &after, paths: (old.path, new.path), places: (&old.at, &new.at) };
    parameter::compare(&both, &mut findings);
    bodies(old, new, &mut findings);
    responses(old, new, &mut findings);
    security::compare((&old.at, &new.at), &mut findings);
    findings
}

fn identity(old: &Operation<'_>, new: &Operation<'_>, findings: &mut Vec<Finding>) {
    let site = Site::of(Subject::Operation);
    let mut push = |rule, breaks, old, new| {
        findings.push(Finding { rule, site: site.clone(), old, new, breaks });
    };
    if old.key() != new.key() {
        let ends = (end(old.endpoint(), &old.at), end(new.endpoint(), &new.at));
        push(Rule::OperationMoved, Breaks::BOTH, ends.0, ends.1);
    }
    if let (Some(before), Some(after)) = (old.id(), new.id())
        && before != after
    {
        push(Rule::OperationRenamed, Breaks::NOBODY, end(before, &old.at), end(after, &new.at));
    }
    let (before, after) = (old.servers(), new.servers());
    if before.0 != after.0 {
        let ends = (end(before.0.join(", "), &before.1), end(after.0.join(", "), &after.1));
        push(Rule::ServersChanged, Breaks::BOTH, ends.0, ends.1);
    }
    let (before, after) = (old.at.get("callbacks"), new.at.get("callbacks"));
    let same = match (&before, &after) {
        (Some(before), Some(after)) => before.node.same(after.node),
        (before, after) => before.is_none() && after.is_none(),
    };
    if !same {
        let names = |at: &Option<At<'_>>| {
            let list: Vec<_> = at.iter().flat_map(At::entries).map(|(name, _)| name).collect();
            if list.is_empty() { "none".to_owned() } else { list.join(", ") }
        };
        let old_end = end(names(&before), before.as_ref().unwrap_or(&old.at));
        let new_end = end(names(&after), after.as_ref().unwrap_or(&new.at));
        push(Rule::CallbacksChanged, Breaks::BOTH, old_end, new_end);
    }
    deprecation((&old.at, &new.at), &site, findings);
}

fn bodies(old: &Operation<'_>, new: &Operation<'_>, findings: &mut Vec<Finding>) {
    let site = Site::of(Subject::RequestBody);
    let required = |at: &At<'_>| at.get("required").is_some_and(|flag| flag.node.is_true());
    let word = |at: &At<'_>| if required(at) { "required" } else { "optional" };
    let value = |at: &At<'_>| format!("{} {}", word(at), media_types(at));
    match (old.body(), new.body()) {
        (None, None) => {}
        (None, Some(body)) => findings.push(Finding {
            rule: Rule::BodyAdded,
            site,
            old: end("none", &old.at),
            new: end(value(&body), &body),
            breaks: Breaks { client: required(&body), server: true },
        }),
        (Some(body), None) => findings.push(Finding {
            rule: Rule::BodyRemoved,
            site,
            old: end(value(&body), &body),
            new: end("none", &new.at),
            breaks: Breaks { client: true, server: required(&body) },
        }),
        (Some(before), Some(after)) => {
            if required(&before) != required(&after) {
                let (rule, breaks) = match required(&after) {
                    true => (Rule::RequiredAdded, Breaks::CLIENT),
                    false => (Rule::RequiredRemoved, Breaks::SERVER),
                };
                let ends = (end(word(&before), &before), end(word(&after), &after));
                let (old, new) = ends;
                findings.push(Finding { rule, site: site.clone(), old, new, breaks });
            }
            content::compare((&before, &after), Direction::Request, &site, findings);
        }
    }
}

/// A status of success that comes or goes changes what both sides have to do; another one is only an
/// answer that clients don't know yet, or that servers may no longer give.
fn responses(old: &Operation<'_>, new: &Operation<'_>, findings: &mut Vec<Finding>) {
    let (before, after) = (old.responses(), new.responses());
    let is_success = |status: &str| status.starts_with('2');
    let site = |status: &str| Site::of(Subject::Response(vec![status.to_owned()]));
    for (status, answer) in &after {
        let Some((_, former)) = before.iter().find(|(other, _)| other == status) else {
            findings.push(Finding {
                rule: Rule::StatusAdded,
                site: site(status),
                old: end("none", &old.at),
                new: end(answered(status, answer), answer),
                breaks: Breaks { client: true, server: is_success(status) },
            });
            continue;
        };
        parameter::headers((former, answer), status, findings);
        if has_body(status) {
            let site = Site::of(Subject::ResponseBody(vec![(*status).to_owned()]));
            content::compare((former, answer), Direction::Response, &site, findings);
        }
    }
    for (status, answer) in &before {
        if after.iter().all(|(other, _)| other != status) {
            findings.push(Finding {
                rule: Rule::StatusRemoved,
                site: site(status),
                old: end(answered(status, answer), answer),
                new: end("none", &new.at),
                breaks: Breaks { client: is_success(status), server: true },
            });
        }
    }
}

fn media_types(at: &At<'_>) -> String {
    let types: Vec<_> = at
        .get("content")
        .iter()
        .flat_map(At::entries)
        .map(|(name, at)| match at.get("schema") {
            Some(schema) => format!("{name} {}", summary(&vec![schema])),
            None => name.to_owned(),
        })
        .collect();
    if types.is_empty() { "without a body".to_owned() } else { types.join(", ") }
}

fn answered(status: &str, answer: &At<'_>) -> String {
    if has_body(status) { media_types(answer) } else { "without a body".to_owned() }
}
