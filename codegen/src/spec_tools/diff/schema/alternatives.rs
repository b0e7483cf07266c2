//! `oneOf` and `anyOf` whose members no discriminator tells apart.

use super::Schemas;
use crate::source_map::{At, name_of};
use crate::spec_tools::diff::effect::Effect;
use crate::spec_tools::diff::finding::end;
use crate::spec_tools::diff::pair::Pair;
use crate::spec_tools::diff::rule::Rule;
use crate::spec_tools::diff::shape::{Alternatives, View};
use crate::spec_tools::diff::summary::summary;

/// Compares the alternatives of two shapes; `views` are the schemas themselves.
pub(crate) fn compare<'a>(
    schemas: &mut Schemas<'_>,
    pair: &Pair<'a, '_>,
    views: (&View<'a>, &View<'a>),
) {
    discriminator(schemas, pair);
    match (pair.old.alternatives.as_slice(), pair.new.alternatives.as_slice()) {
        ([], []) => {}
        ([old], [new]) => {
            if old.keyword != new.keyword {
                let effect = if new.keyword == "anyOf" { Effect::Grows } else { Effect::Shrinks };
                let ends = (end(old.keyword, &old.at), end(new.keyword, &new.at));
                schemas.push(pair.path, Rule::CompositionChanged, effect, ends.0, ends.1);
            }
            members(schemas, pair, (&old.members, &old.at), (&new.members, &new.at));
        }
        // A schema by itself is the one member that there was, or is.
        ([], [new]) if is_among(&pair.old_at, &new.members) => {
            members(schemas, pair, (views.0, &pair.old_at), (&new.members, &new.at));
        }
        ([old], []) if is_among(&pair.new_at, &old.members) => {
            members(schemas, pair, (&old.members, &old.at), (views.1, &pair.new_at));
        }
        (old, new) if same_names(old, new) => {
            for (old, new) in old.iter().zip(new) {
                members(schemas, pair, (&old.members, &old.at), (&new.members, &new.at));
            }
        }
        (old, new) => {
            let value = |list: &[Alternatives<'_>]| match list {
                [] => "one schema".to_owned(),
                [first, ..] => format!("{} of {}", first.keyword, names(&first.members).join(", ")),
            };
            let old_end = end(value(old), old.first().map_or(&pair.old_at, |first| &first.at));
            let new_end = end(value(new), new.first().map_or(&pair.new_at, |first| &first.at));
            schemas.push(pair.path, Rule::CompositionChanged, Effect::Changes, old_end, new_end);
        }
    }
}

fn discriminator<'a>(schemas: &mut Schemas<'_>, pair: &Pair<'a, '_>) {
    if let (Some((old, _)), Some((new, _))) = (&pair.old.discriminator, &pair.new.discriminator)
        && old.text != new.text
    {
        let ends = (end(&old.text, &old.at), end(&new.text, &new.at));
        schemas.push(pair.path, Rule::DiscriminatorChanged, Effect::Changes, ends.0, ends.1);
    }
}

fn members<'a>(
    schemas: &mut Schemas<'_>,
    pair: &Pair<'a, '_>,
    (old, old_at): (&[At<'a>], &At<'a>),
    (new, new_at): (&[At<'a>], &At<'a>),
) {
    let mut left: Vec<&At<'a>> = old.iter().collect();
    let mut unmatched = Vec::new();
    for member in new {
        match left.iter().position(|other| alike(other, member)) {
            Some(index) => {
                let other = left.remove(index);
                let path = format!("{}({})", pair.path, label(member));
                schemas.compare(&vec![other.clone()], &vec![member.clone()], &path);
            }
            None => unmatched.push(member),
        }
    }
    if let ([old], [new]) = (left.as_slice(), unmatched.as_slice())
        && !is_named(old)
        && !is_named(new)
    {
        let path = format!("{}({})", pair.path, label(new));
        return schemas.compare(&vec![(*old).clone()], &vec![(*new).clone()], &path);
    }
    for member in left {
        let ends = (end(label(member), member), end("none", new_at));
        schemas.push(pair.path, Rule::MemberRemoved, Effect::Shrinks, ends.0, ends.1);
    }
    for member in unmatched {
        let ends = (end("none", old_at), end(label(member), member));
        schemas.push(pair.path, Rule::MemberAdded, Effect::Grows, ends.0, ends.1);
    }
}

/// Whether two members are the same one: by name where both have one, else by content.
fn alike(one: &At<'_>, two: &At<'_>) -> bool {
    match (is_named(one), is_named(two)) {
        (true, true) => label(one) == label(two),
        (false, false) => one.node.same(two.node),
        _ => false,
    }
}

fn is_named(member: &At<'_>) -> bool {
    member.clone().follow().pointer.starts_with("/components/")
}

fn label(member: &At<'_>) -> String {
    if is_named(member) {
        name_of(&member.clone().follow().pointer)
    } else {
        summary(&vec![member.clone()])
    }
}

fn names(members: &[At<'_>]) -> Vec<String> {
    members.iter().map(label).collect()
}

fn is_among(at: &At<'_>, members: &[At<'_>]) -> bool {
    members.iter().any(|member| alike(at, member))
}

fn same_names(old: &[Alternatives<'_>], new: &[Alternatives<'_>]) -> bool {
    let all =
        |list: &[Alternatives<'_>]| list.iter().map(|one| names(&one.members)).collect::<Vec<_>>();
    old.len() == new.len() && all(old) == all(new)
}
