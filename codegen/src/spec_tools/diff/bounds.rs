//! The limits of a schema: which of two lets through less.

use std::collections::BTreeMap;

use crate::source_map::At;

/// A limit: how it compares, how it reads, and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Limit<'a> {
    value: f64,
    exclusive: bool,
    pub(crate) text: String,
    pub(crate) at: At<'a>,
}

/// The limits by keyword.
pub(crate) type Bounds<'a> = BTreeMap<&'static str, Limit<'a>>;

/// How a later limit compares with an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Motion {
    Tightened,
    Loosened,
    Changed,
}

/// Keywords of which a greater value lets through less, and those of which it lets through more.
const LOWER: [&str; 4] = ["minimum", "minLength", "minItems", "minProperties"];
const UPPER: [&str; 4] = ["maximum", "maxLength", "maxItems", "maxProperties"];
const MULTIPLE: &str = "multipleOf";
const UNIQUE: &str = "uniqueItems";

/// Adds the limits that one schema states to those that hold already; the tighter one stays.
pub(crate) fn collect<'a>(schema: &At<'a>, into: &mut Bounds<'a>) {
    for keyword in LOWER.into_iter().chain(UPPER).chain([MULTIPLE, UNIQUE]) {
        let Some(limit) = limit(schema, keyword) else { continue };
        let keeps = into.get(keyword).is_some_and(|known| {
            motion(keyword, Some(known), Some(&limit)) != Some(Motion::Tightened)
        });
        if !keeps {
            into.insert(keyword, limit);
        }
    }
}

fn limit<'a>(schema: &At<'a>, keyword: &'static str) -> Option<Limit<'a>> {
    let at = schema.get(keyword)?;
    if keyword == UNIQUE {
        let yes = at.node.is_true();
        return yes.then(|| Limit { value: 1.0, exclusive: false, text: UNIQUE.to_owned(), at });
    }
    let value = at.node.as_number()?;
    // A least size of nothing is no limit.
    if value <= 0.0 && LOWER[1..].contains(&keyword) {
        return None;
    }
    let flag = match keyword {
        "minimum" => "exclusiveMinimum",
        "maximum" => "exclusiveMaximum",
        _ => "",
    };
    let exclusive = schema.get(flag).is_some_and(|flag| flag.node.is_true());
    let word = if exclusive { "exclusive " } else { "" };
    let text = format!("{keyword} {word}{}", at.node.inline());
    Some(Limit { value, exclusive, text, at })
}

/// How the limit of a keyword moved, if it did.
pub(crate) fn motion(
    keyword: &str,
    old: Option<&Limit<'_>>,
    new: Option<&Limit<'_>>,
) -> Option<Motion> {
    let (old, new) = match (old, new) {
        (None, None) => return None,
        (None, Some(_)) => return Some(Motion::Tightened),
        (Some(_), None) => return Some(Motion::Loosened),
        (Some(old), Some(new)) => (old, new),
    };
    if old.value == new.value && old.exclusive == new.exclusive {
        return None;
    }
    if keyword == MULTIPLE {
        let divides = |part: f64, whole: f64| part != 0.0 && (whole / part).fract() == 0.0;
        return Some(match (divides(old.value, new.value), divides(new.value, old.value)) {
            (true, _) => Motion::Tightened,
            (_, true) => Motion::Loosened,
            _ => Motion::Changed,
        });
    }
    let greater = new.value > old.value;
    let tighter =
        if new.value == old.value { new.exclusive } else { greater == LOWER.contains(&keyword) };
    Some(if tighter { Motion::Tightened } else { Motion::Loosened })
}
