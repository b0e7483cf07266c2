//! Two documents: which operation is which, and their changes in order.

use std::collections::HashSet;

use super::change::{Breaks, Change, Site, Subject};
use super::finding::{Finding, end};
use super::flatten::{Direction, flatten};
use super::operation::{self, Operation, has_body};
use super::pair::key;
use super::rule::Rule;
use super::shape::{Unnamed, View};
use crate::error::ReadError;
use crate::source_map::{At, Document};
use crate::spec_tools::references::check;

/// What changed from one document to another, by operation in the order of the new document, those
/// that are gone last, and within an operation the gravest first.
///
/// # Errors
/// For a document that is no OpenAPI 3.0, or in which a reference leads nowhere.
pub fn changes(old: &Document, new: &Document) -> Result<Vec<Change>, ReadError> {
    check(old)?;
    check(new)?;
    let (before, after) = (Operation::all(old), Operation::all(new));
    let mut left: Vec<_> = before.iter().collect();
    let mut pairs: Vec<(Option<&Operation<'_>>, &Operation<'_>)> = Vec::new();
    // By id first, so that what moved is not taken for what took its place.
    for operation in &after {
        let same_id = |other: &&Operation<'_>| other.id().is_some() && other.id() == operation.id();
        pairs.push((take(&mut left, same_id), operation));
    }
    for (partner, operation) in &mut pairs {
        if partner.is_none() {
            *partner = take(&mut left, |other| other.key() == operation.key());
        }
    }
    let mut changes = Vec::new();
    for (partner, operation) in pairs {
        let findings = match partner {
            Some(partner) => operation::compare(partner, operation),
            None => vec![whole(Rule::OperationAdded, &At::root(old), operation)],
        };
        changes.extend(attributed(findings, operation));
    }
    for operation in left {
        changes.extend(attributed(
            vec![whole(Rule::OperationRemoved, &At::root(new), operation)],
            operation,
        ));
    }
    Ok(changes)
}

fn take<'o, 'a>(
    left: &mut Vec<&'o Operation<'a>>,
    is_it: impl Fn(&&'o Operation<'a>) -> bool,
) -> Option<&'o Operation<'a>> {
    left.iter().position(is_it).map(|index| left.remove(index))
}

fn whole(rule: Rule, other: &At<'_>, operation: &Operation<'_>) -> Finding {
    let paths = other.get("paths").unwrap_or_else(|| other.clone());
    let (here, there) = (end(operation.endpoint(), &operation.at), end("none", &paths));
    let site = Site::of(Subject::Operation);
    match rule {
        Rule::OperationAdded => {
            Finding { rule, site, old: there, new: here, breaks: Breaks::SERVER }
        }
        _ => Finding { rule, site, old: here, new: there, breaks: Breaks::CLIENT },
    }
}

/// Names the operation, makes one change of what is said once for several statuses, and sorts.
fn attributed(findings: Vec<Finding>, operation: &Operation<'_>) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for mut finding in findings {
        // What several members of a union share is met several times.
        let known = |change: &Change| {
            change.rule == finding.rule
                && change.site == finding.site
                && change.old.value == finding.old.value
                && change.new.value == finding.new.value
        };
        if changes.iter().any(known) {
            continue;
        }
        let shared = changes.iter_mut().find(|change| {
            change.rule == finding.rule
                && change.old == finding.old
                && change.new == finding.new
                && change.site.path == finding.site.path
                && change.site.media_type == finding.site.media_type
                && std::mem::discriminant(&change.site.subject)
                    == std::mem::discriminant(&finding.site.subject)
        });
        match (shared.and_then(|change| change.site.statuses_mut()), finding.site.statuses_mut()) {
            (Some(known), Some(further)) => {
                further.retain(|status| !known.contains(status));
                known.append(further);
                known.sort();
            }
            _ => changes.push(Change {
                operation: operation.name(),
                endpoint: operation.endpoint(),
                rule: finding.rule,
                site: finding.site,
                old: finding.old,
                new: finding.new,
                breaks: finding.breaks,
            }),
        }
    }
    changes.sort_by(|one, two| {
        let key = |change: &Change| (change.breaks.rank(), change.site.clone(), change.rule);
        key(one).cmp(&key(two)).then_with(|| one.new.value.cmp(&two.new.value))
    });
    changes
}

/// Every place of the contract where a change can be, as (operation, site).
pub fn places(document: &Document) -> Vec<(String, Site)> {
    let mut places = Vec::new();
    for operation in Operation::all(document) {
        let mut sites = vec![Site::of(Subject::Operation), Site::of(Subject::Security)];
        for parameter in operation.parameters() {
            let (location, name) = (parameter.location.to_owned(), parameter.name.to_owned());
            let site = Site::of(Subject::Parameter { location, name });
            below(parameter.at.get("schema"), Direction::Request, &site, &mut sites);
        }
        if let Some(body) = operation.body() {
            contents(&body, Direction::Request, &Site::of(Subject::RequestBody), &mut sites);
        }
        for (status, answer) in operation.responses() {
            let statuses = vec![status.to_owned()];
            sites.push(Site::of(Subject::Response(statuses.clone())));
            for (name, header) in answer.get("headers").iter().flat_map(At::entries) {
                let site = Site::of(Subject::ResponseHeader(statuses.clone(), name.to_owned()));
                below(header.follow().get("schema"), Direction::Response, &site, &mut sites);
            }
            if has_body(status) {
                let site = Site::of(Subject::ResponseBody(statuses));
                contents(&answer, Direction::Response, &site, &mut sites);
            }
        }
        places.extend(sites.into_iter().map(|site| (operation.name(), site)));
    }
    places
}

fn contents(body: &At<'_>, direction: Direction, site: &Site, sites: &mut Vec<Site>) {
    for (_, content) in body.get("content").iter().flat_map(At::entries) {
        below(content.get("schema"), direction, site, sites);
    }
}

fn below(schema: Option<At<'_>>, direction: Direction, site: &Site, sites: &mut Vec<Site>) {
    match schema {
        Some(schema) => walk(&vec![schema], direction, site, &mut HashSet::new(), sites),
        None => sites.push(site.clone()),
    }
}

fn walk(
    view: &View<'_>,
    direction: Direction,
    site: &Site,
    open: &mut HashSet<String>,
    sites: &mut Vec<Site>,
) {
    sites.push(site.clone());
    let key = key(view);
    if !open.insert(key.clone()) {
        return;
    }
    let shape = flatten(view, direction);
    let at = |step: &str| Site { path: format!("{}{step}", site.path), ..site.clone() };
    for property in &shape.properties {
        walk(&property.cases[0].view, direction, &at(&format!(".{}", property.name)), open, sites);
    }
    if !shape.items.is_empty() {
        walk(&shape.items, direction, &at("[]"), open, sites);
    }
    if let Unnamed::Schema(schema) = &shape.unnamed {
        walk(&vec![schema.clone()], direction, &at("{}"), open, sites);
    }
    open.remove(&key);
}
