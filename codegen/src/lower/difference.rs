//! Where two definitions of one schema differ.

use std::fmt::Debug;

use crate::ir::{Kind, Property, Schema};

/// The first difference, in words: where, what is there, and what is here.
pub(super) fn difference(there: &Schema, here: &Schema) -> Option<String> {
    (there != here).then(|| schema("", there, here).unwrap_or_else(|| "its description".to_owned()))
}

fn schema(at: &str, there: &Schema, here: &Schema) -> Option<String> {
    let flags = [
        ("nullable", there.nullable, here.nullable),
        ("deprecated", there.deprecated, here.deprecated),
        ("readOnly", there.read_only, here.read_only),
        ("writeOnly", there.write_only, here.write_only),
    ];
    let flag = flags.iter().find_map(|(name, there, here)| unlike(at, name, there, here));
    let kind = || kind(at, &there.kind, &here.kind);
    flag.or_else(kind).or_else(|| unlike(at, "description", &there.docs, &here.docs))
}

fn kind(at: &str, there: &Kind, here: &Kind) -> Option<String> {
    match (there, here) {
        (
            Kind::Object { properties: left, required_when: left_when, additional: left_more },
            Kind::Object { properties: right, required_when: right_when, additional: right_more },
        ) => properties(at, left, right)
            .or_else(|| unlike(at, "x-required-when", left_when, right_when))
            .or_else(|| unlike(at, "additionalProperties", left_more, right_more)),
        (Kind::Array { items: left, .. }, Kind::Array { items: right, .. }) => {
            schema(&format!("{at}items: "), left, right)
                .or_else(|| unlike(at, "array", there, here))
        }
        (Kind::Text(left), Kind::Text(right)) => unlike(at, "format", &left.format, &right.format)
            .or_else(|| unlike(at, "pattern", &left.pattern, &right.pattern))
            .or_else(|| unlike(at, "minLength", &left.min_length, &right.min_length))
            .or_else(|| unlike(at, "maxLength", &left.max_length, &right.max_length))
            .or_else(|| unlike(at, "enum", &left.values, &right.values)),
        _ => unlike(at, "type", there, here),
    }
}

fn properties(at: &str, there: &[Property], here: &[Property]) -> Option<String> {
    let named = |list: &[Property], name: &str| list.iter().any(|other| other.name == name);
    if let Some(lost) = there.iter().find(|property| !named(here, &property.name)) {
        return Some(format!("{at}the property `{}` is there alone", lost.name));
    }
    if let Some(new) = here.iter().find(|property| !named(there, &property.name)) {
        return Some(format!("{at}the property `{}` is here alone", new.name));
    }
    let mut pairs = there.iter().flat_map(|left| {
        here.iter().filter(|right| right.name == left.name).map(move |right| (left, right))
    });
    let differs = |(left, right): (&Property, &Property)| {
        let at = format!("{at}`{}`: ", left.name);
        unlike(&at, "required", &left.required, &right.required)
            .or_else(|| schema(&at, &left.schema, &right.schema))
    };
    let order = || (there != here).then(|| format!("{at}the order of the properties"));
    pairs.find_map(differs).or_else(order)
}

fn unlike<T: PartialEq + Debug>(at: &str, what: &str, there: &T, here: &T) -> Option<String> {
    (there != here).then(|| format!("{at}{what} is {there:?} there and {here:?} here"))
}

#[cfg(test)]
mod tests {
    use super::difference;
    use crate::ir::{Kind, Property, Schema, Text};

    fn object(name: &str, required: bool, pattern: &str) -> Schema {
        let text = Text { pattern: Some(pattern.to_owned()), ..Text::default() };
        let schema = Schema { kind: Kind::Text(text), ..Schema::default() };
        let properties = vec![Property { name: name.to_owned(), required, schema }];
        let kind = Kind::Object { properties, required_when: Vec::new(), additional: None };
        Schema { kind, ..Schema::default() }
    }

    #[test]
    fn the_first_difference_is_told_with_its_place() {
        let first = object("a", true, "x");
        assert_eq!(difference(&first, &first), None);
        for (other, told) in [
            (object("b", true, "x"), "the property `a` is there alone"),
            (object("a", false, "x"), "`a`: required is true there and false here"),
            (object("a", true, "y"), "`a`: pattern is Some(\"x\") there and Some(\"y\") here"),
            (Schema::default(), "type is Object { properties: ["),
        ] {
            let difference = difference(&first, &other).expect("a difference");
            assert!(difference.starts_with(told), "{difference}");
        }
        let nullable = Schema { nullable: true, ..first.clone() };
        assert_eq!(
            difference(&first, &nullable).as_deref(),
            Some("nullable is false there and true here")
        );
        let described = Schema { docs: "A thing.".to_owned(), ..first.clone() };
        assert!(difference(&first, &described).is_some());
    }
}
