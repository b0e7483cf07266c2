//! Bodies: their media types, and the schema of each.

use super::change::{Breaks, Site};
use super::effect::Effect;
use super::finding::{Finding, end};
use super::flatten::Direction;
use super::rule::Rule;
use super::schema::Schemas;
use super::summary::summary;
use crate::source_map::At;

/// Compares two bodies by media type. `old_at` and `new_at` place what is absent.
///
/// A client picks the media types that it sends and asks for, so a further one leaves it alone: only
/// servers have something to add.
pub(crate) fn compare<'a>(
    (old_at, new_at): (&At<'a>, &At<'a>),
    direction: Direction,
    site: &Site,
    findings: &mut Vec<Finding>,
) {
    let contents = |at: &At<'a>| at.get("content").iter().flat_map(At::entries).collect::<Vec<_>>();
    let (old, new) = (contents(old_at), contents(new_at));
    let same = |one: &str, two: &str| one.eq_ignore_ascii_case(two);
    let left = |these: &[(&'a str, At<'a>)], those: &[(&'a str, At<'a>)]| {
        let gone =
            these.iter().filter(|(name, _)| those.iter().all(|(other, _)| !same(name, other)));
        gone.cloned().collect::<Vec<_>>()
    };
    let (removed, added) = (left(&old, &new), left(&new, &old));
    let mut push = |rule, breaks, old, new| {
        findings.push(Finding { rule, site: site.clone(), old, new, breaks });
    };
    if let ([(before, old)], [(after, new)]) = (removed.as_slice(), added.as_slice()) {
        push(Rule::MediaTypeChanged, Breaks::BOTH, end(*before, old), end(*after, new));
    } else {
        for (name, at) in &removed {
            push(Rule::MediaTypeRemoved, Breaks::CLIENT, end(*name, at), end("none", new_at));
        }
        for (name, at) in &added {
            push(Rule::MediaTypeAdded, Breaks::SERVER, end("none", old_at), end(*name, at));
        }
    }
    let mut pairs = Vec::new();
    for (name, new) in &new {
        if let Some((_, old)) = old.iter().find(|(other, _)| same(name, other)) {
            pairs.push((Some(*name), old, new));
        }
    }
    // The body itself is still compared where only its media type is another.
    if let ([(_, old)], [(_, new)]) = (removed.as_slice(), added.as_slice()) {
        pairs.push((None, old, new));
    }
    let several = pairs.len() > 1;
    for (name, old, new) in pairs {
        let media_type = name.filter(|_| several).map(str::to_owned);
        schemas((old, new), direction, Site { media_type, ..site.clone() }, findings);
    }
}

/// Compares the schemas under `schema`; without one, anything goes.
pub(crate) fn schemas<'a>(
    (old, new): (&At<'a>, &At<'a>),
    direction: Direction,
    site: Site,
    findings: &mut Vec<Finding>,
) {
    let mut schemas = Schemas::new(direction, site, findings);
    match (old.get("schema"), new.get("schema")) {
        (None, None) => {}
        (Some(old), Some(new)) => schemas.compare(&vec![old], &vec![new], ""),
        (None, Some(new)) => {
            let ends = (end("any", old), end(summary(&vec![new.clone()]), &new));
            schemas.push("", Rule::TypeNarrowed, Effect::Shrinks, ends.0, ends.1);
        }
        (Some(old), None) => {
            let ends = (end(summary(&vec![old.clone()]), &old), end("any", new));
            schemas.push("", Rule::TypeWidened, Effect::Grows, ends.0, ends.1);
        }
    }
}
