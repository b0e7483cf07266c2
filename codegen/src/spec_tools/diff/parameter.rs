//! Parameters of an operation, and headers of an answer.

use super::change::{Breaks, Site, Subject};
use super::content;
use super::effect::Effect;
use super::finding::{Finding, end};
use super::flatten::Direction;
use super::rule::Rule;
use super::summary::summary;
use crate::source_map::At;

/// A parameter with the key that it goes by.
#[derive(Debug, Clone)]
pub(crate) struct Parameter<'a> {
    pub(crate) location: &'a str,
    pub(crate) name: &'a str,
    pub(crate) at: At<'a>,
}

impl Parameter<'_> {
    fn required(&self) -> bool {
        self.location == "path" || self.at.get("required").is_some_and(|flag| flag.node.is_true())
    }

    fn subject(&self) -> Subject {
        Subject::Parameter { location: self.location.to_owned(), name: self.name.to_owned() }
    }

    fn value(&self) -> String {
        let word = if self.required() { "required" } else { "optional" };
        match self.at.get("schema") {
            Some(schema) => format!("{word} {}", summary(&vec![schema])),
            None => word.to_owned(),
        }
    }

    /// How it is written, with the defaults of OpenAPI.
    fn style(&self) -> String {
        let by_location =
            if matches!(self.location, "query" | "cookie") { "form" } else { "simple" };
        let style = self.at.node.get_text("style").unwrap_or(by_location);
        let explode = self.at.get("explode").map_or(style == "form", |flag| flag.node.is_true());
        let is_true = |key| self.at.get(key).is_some_and(|flag| flag.node.is_true());
        let mut words = vec![style];
        words.extend(explode.then_some("exploded"));
        words.extend(is_true("allowReserved").then_some("reserved characters allowed"));
        words.extend(is_true("allowEmptyValue").then_some("empty value allowed"));
        words.join(", ")
    }
}

/// The parameters of an operation: its own, and those of its path that it doesn't override.
pub(crate) fn parameters<'a>(path_item: &At<'a>, operation: &At<'a>) -> Vec<Parameter<'a>> {
    let mut all: Vec<Parameter<'a>> = Vec::new();
    for at in
        [operation, path_item].iter().filter_map(|at| at.get("parameters")).flat_map(|l| l.items())
    {
        let at = at.follow();
        let (Some(name), Some(location)) = (at.node.get_text("name"), at.node.get_text("in"))
        else {
            continue;
        };
        // OpenAPI has these three ignored; they are said elsewhere.
        let reserved = ["accept", "content-type", "authorization"];
        if location == "header" && reserved.iter().any(|other| name.eq_ignore_ascii_case(other)) {
            continue;
        }
        if all.iter().all(|other| (other.location, other.name) != (location, name)) {
            all.push(Parameter { location, name, at });
        }
    }
    all
}

/// An operation's parameters, its path, and itself, on both sides.
pub(crate) struct Both<'a, 'p> {
    pub(crate) old: &'p [Parameter<'a>],
    pub(crate) new: &'p [Parameter<'a>],
    pub(crate) paths: (&'a str, &'a str),
    pub(crate) places: (&'p At<'a>, &'p At<'a>),
}

/// Compares the parameters of an operation.
pub(crate) fn compare(both: &Both<'_, '_>, findings: &mut Vec<Finding>) {
    let mut gone: Vec<_> = both.old.iter().collect();
    let mut come = Vec::new();
    for new in both.new {
        let same = |old: &&Parameter<'_>| is_same(old, new);
        match gone.iter().position(same) {
            Some(index) => pair(gone.remove(index), new, findings),
            None => come.push(new),
        }
    }
    for new in come {
        let moved = gone.iter().position(|old| old.name == new.name);
        let renamed = gone.iter().position(|old| in_same_place(old, new, both.paths));
        let site = Site::of(new.subject());
        let (rule, index, values, breaks) = match (moved, renamed) {
            (Some(index), _) => {
                let old = gone[index].location;
                (Rule::ParameterMoved, index, (old, new.location), Breaks::BOTH)
            }
            (None, Some(index)) => {
                let old = gone[index].name;
                (Rule::ParameterRenamed, index, (old, new.name), Breaks::NOBODY)
            }
            (None, None) => {
                let breaks = Breaks { client: new.required(), server: true };
                let ends = (end("none", both.places.0), end(new.value(), &new.at));
                findings.push(Finding {
                    rule: Rule::ParameterAdded,
                    site,
                    old: ends.0,
                    new: ends.1,
                    breaks,
                });
                continue;
            }
        };
        let old = gone.remove(index);
        let (old_end, new_end) = (end(values.0, &old.at), end(values.1, &new.at));
        findings.push(Finding { rule, site, old: old_end, new: new_end, breaks });
        pair(old, new, findings);
    }
    for old in gone {
        let breaks = Breaks { client: true, server: old.required() };
        findings.push(Finding {
            rule: Rule::ParameterRemoved,
            site: Site::of(old.subject()),
            old: end(old.value(), &old.at),
            new: end("none", both.places.1),
            breaks,
        });
    }
}

fn is_same(old: &Parameter<'_>, new: &Parameter<'_>) -> bool {
    let name = if new.location == "header" {
        old.name.eq_ignore_ascii_case(new.name)
    } else {
        old.name == new.name
    };
    name && old.location == new.location
}

/// Whether two path parameters stand in the same place of the same path.
fn in_same_place(old: &Parameter<'_>, new: &Parameter<'_>, paths: (&str, &str)) -> bool {
    let before = |path: &str, name: &str| {
        path.split_once(&format!("{{{name}}}")).map(|(before, _)| normal(before))
    };
    old.location == "path"
        && new.location == "path"
        && normal(paths.0) == normal(paths.1)
        && before(paths.0, old.name) == before(paths.1, new.name)
}

/// A path without the names of its parameters.
pub(crate) fn normal(path: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in path.chars() {
        inside = (inside || c == '{') && c != '}';
        if !inside {
            out.push(c);
        }
    }
    out
}

fn pair(old: &Parameter<'_>, new: &Parameter<'_>, findings: &mut Vec<Finding>) {
    let site = Site::of(new.subject());
    let mut push = |rule, breaks, old, new| {
        findings.push(Finding { rule, site: site.clone(), old, new, breaks });
    };
    let word =
        |parameter: &Parameter<'_>| if parameter.required() { "required" } else { "optional" };
    if old.required() != new.required() {
        let (rule, effect) = match new.required() {
            true => (Rule::RequiredAdded, Effect::Shrinks),
            false => (Rule::RequiredRemoved, Effect::Grows),
        };
        let breaks = effect.breaks(Direction::Request);
        push(rule, breaks, end(word(old), &old.at), end(word(new), &new.at));
    }
    if old.location == new.location && old.style() != new.style() {
        let ends = (end(old.style(), &old.at), end(new.style(), &new.at));
        push(Rule::StyleChanged, Breaks::BOTH, ends.0, ends.1);
    }
    deprecation((&old.at, &new.at), &site, findings);
    content::schemas((&old.at, &new.at), Direction::Request, site.clone(), findings);
    content::compare((&old.at, &new.at), Direction::Request, &site, findings);
}

/// Compares whether two things are marked as deprecated.
pub(crate) fn deprecation(
    (old, new): (&At<'_>, &At<'_>),
    site: &Site,
    findings: &mut Vec<Finding>,
) {
    let is = |at: &At<'_>| at.get("deprecated").is_some_and(|flag| flag.node.is_true());
    let word = |at: &At<'_>| if is(at) { "deprecated" } else { "not deprecated" };
    let rule = match (is(old), is(new)) {
        (false, true) => Rule::DeprecationAdded,
        (true, false) => Rule::DeprecationRemoved,
        _ => return,
    };
    let (old, new) = (end(word(old), old), end(word(new), new));
    findings.push(Finding { rule, site: site.clone(), old, new, breaks: Breaks::NOBODY });
}

/// Compares the headers of an answer.
pub(crate) fn headers((old, new): (&At<'_>, &At<'_>), status: &str, findings: &mut Vec<Finding>) {
    let site =
        |name: &str| Site::of(Subject::ResponseHeader(vec![status.to_owned()], name.to_owned()));
    let (before, after) = (listed(old), listed(new));
    let find = |list: &[(&str, At<'_>)], name: &str| {
        list.iter().position(|(other, _)| other.eq_ignore_ascii_case(name))
    };
    for (name, at) in &after {
        match find(&before, name) {
            Some(index) => header((&before[index].1, at), site(name), findings),
            None => findings.push(Finding {
                rule: Rule::HeaderAdded,
                site: site(name),
                old: end("none", old),
                new: end(promise(at), at),
                breaks: Breaks { client: false, server: is_required(at) },
            }),
        }
    }
    for (name, at) in before.iter().filter(|(name, _)| find(&after, name).is_none()) {
        findings.push(Finding {
            rule: Rule::HeaderRemoved,
            site: site(name),
            old: end(promise(at), at),
            new: end("none", new),
            breaks: Breaks { client: is_required(at), server: false },
        });
    }
}

/// The headers of an answer. Content-Type is said elsewhere, and OpenAPI has it ignored here.
fn listed<'a>(answer: &At<'a>) -> Vec<(&'a str, At<'a>)> {
    let headers = answer.get("headers");
    let all = headers.iter().flat_map(At::entries).map(|(name, at)| (name, at.follow()));
    all.filter(|(name, _)| !name.eq_ignore_ascii_case("content-type")).collect()
}

fn is_required(header: &At<'_>) -> bool {
    header.get("required").is_some_and(|flag| flag.node.is_true())
}

fn promise(header: &At<'_>) -> String {
    let word = if is_required(header) { "required" } else { "optional" };
    match header.get("schema") {
        Some(schema) => format!("{word} {}", summary(&vec![schema])),
        None => word.to_owned(),
    }
}

fn header((old, new): (&At<'_>, &At<'_>), site: Site, findings: &mut Vec<Finding>) {
    let word = |at: &At<'_>| if is_required(at) { "required" } else { "optional" };
    let change = match (is_required(old), is_required(new)) {
        (false, true) => Some((Rule::RequiredAdded, Effect::Shrinks)),
        (true, false) => Some((Rule::RequiredRemoved, Effect::Grows)),
        _ => None,
    };
    if let Some((rule, effect)) = change {
        let (before, after) = (end(word(old), old), end(word(new), new));
        let breaks = effect.breaks(Direction::Response);
        findings.push(Finding { rule, site: site.clone(), old: before, new: after, breaks });
    }
    deprecation((old, new), &site, findings);
    content::schemas((old, new), Direction::Response, site, findings);
}
