//! How calls authenticate.

use std::collections::{BTreeMap, BTreeSet};

use super::change::{Breaks, Site, Subject};
use super::effect::Effect;
use super::finding::{Finding, end};
use super::flatten::Direction;
use super::rule::Rule;
use crate::source_map::{At, Node, below};

/// The ways in which an operation can be called: each is a set of schemes, with the scopes of each.
type Ways<'a> = BTreeMap<Vec<&'a str>, (BTreeSet<String>, At<'a>)>;

/// Compares what two operations ask for.
pub(crate) fn compare((old, new): (&At<'_>, &At<'_>), findings: &mut Vec<Finding>) {
    let (before, after) = (ways(old), ways(new));
    let site = Site::of(Subject::Security);
    let mut push = |rule, breaks, old, new| {
        findings.push(Finding { rule, site: site.clone(), old, new, breaks });
    };
    for (schemes, (scopes, at)) in &before {
        match after.get(schemes) {
            None => push(
                Rule::SecurityRemoved,
                Breaks::CLIENT,
                end(name(schemes), at),
                end("none", new),
            ),
            Some((now, place)) if now != scopes => {
                let (rule, effect) = if now.is_subset(scopes) {
                    (Rule::ScopesRemoved, Effect::Grows)
                } else {
                    (Rule::ScopesAdded, Effect::Shrinks)
                };
                let value = |scopes: &BTreeSet<String>| {
                    let list: Vec<_> = scopes.iter().map(String::as_str).collect();
                    format!(
                        "{}: {}",
                        name(schemes),
                        if list.is_empty() { "none".to_owned() } else { list.join(", ") }
                    )
                };
                let ends = (end(value(scopes), at), end(value(now), place));
                push(rule, effect.breaks(Direction::Request), ends.0, ends.1);
            }
            Some(_) => {}
        }
    }
    for (schemes, (_, at)) in &after {
        if !before.contains_key(schemes) {
            push(Rule::SecurityAdded, Breaks::SERVER, end("none", old), end(name(schemes), at));
        }
    }
    let used = |ways: &Ways<'_>| {
        ways.keys().flatten().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>()
    };
    for scheme in used(&before).intersection(&used(&after)) {
        let find = |at: &At<'_>| {
            let pointer = below("/components/securitySchemes", scheme);
            At::find(at.document, &pointer).map(|at| at.follow().pointer)
        };
        let (Some(old_pointer), Some(new_pointer)) = (find(old), find(new)) else { continue };
        let (Some(before), Some(after)) =
            (At::find(old.document, &old_pointer), At::find(new.document, &new_pointer))
        else {
            continue;
        };
        let (one, two) = (facts(before.node), facts(after.node));
        if one != two {
            let ends =
                (end(format!("{scheme}: {one}"), &before), end(format!("{scheme}: {two}"), &after));
            push(Rule::SchemeChanged, Breaks::BOTH, ends.0, ends.1);
        }
    }
}

fn ways<'a>(operation: &At<'a>) -> Ways<'a> {
    let listed = operation.get("security").or_else(|| At::root(operation.document).get("security"));
    let Some(listed) = listed else {
        return Ways::from([(Vec::new(), (BTreeSet::new(), operation.clone()))]);
    };
    let mut ways = Ways::new();
    for way in listed.items() {
        let mut schemes: Vec<_> = way.entries().map(|(name, _)| name).collect();
        schemes.sort_unstable();
        let scopes = way.entries().flat_map(|(scheme, scopes)| {
            let scopes: Vec<_> = scopes.node.items().iter().filter_map(Node::as_text).collect();
            let several = way.node.entries().len() > 1;
            let full = move |scope: &str| {
                if several { format!("{scheme} {scope}") } else { scope.to_owned() }
            };
            scopes.into_iter().map(full).collect::<Vec<_>>()
        });
        ways.insert(schemes, (scopes.collect(), way.clone()));
    }
    // An empty list asks for nothing.
    if ways.is_empty() {
        ways.insert(Vec::new(), (BTreeSet::new(), listed));
    }
    ways
}

fn name(schemes: &[&str]) -> String {
    if schemes.is_empty() { "no credentials".to_owned() } else { schemes.join(" and ") }
}

/// What a scheme says, without descriptions and the list of scopes.
fn facts(scheme: &Node) -> String {
    let mut words = Vec::new();
    for entry in scheme.entries() {
        match entry.key.as_str() {
            "description" | "bearerFormat" => {}
            "flows" => {
                for flow in entry.value.entries() {
                    let urls =
                        flow.value.entries().iter().filter(|entry| entry.key.ends_with("Url"));
                    let urls: Vec<_> =
                        urls.map(|url| format!("{} {}", url.key, url.value.inline())).collect();
                    words.push(format!("{} with {}", flow.key, urls.join(", ")));
                }
            }
            key if key.starts_with("x-") => {}
            key => words.push(format!("{key} {}", super::flatten::plain(&entry.value))),
        }
    }
    words.sort_unstable();
    words.join(", ")
}
