//! What a schema means: the effective properties, limits and alternatives.

use std::collections::{BTreeMap, BTreeSet};

use super::bounds::Bounds;
use crate::source_map::At;

/// Schemas that hold together, as the members of an `allOf` do.
pub(crate) type View<'a> = Vec<At<'a>>;

/// The cases in which something holds: pairs of a property and a value that it has. `None`: always.
pub(crate) type Scope = Option<BTreeSet<(String, String)>>;

/// A fact and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Fact<'a> {
    pub(crate) text: String,
    pub(crate) at: At<'a>,
}

/// What a property is in some cases, or in all.
#[derive(Debug, Clone)]
pub(crate) struct Case<'a> {
    pub(crate) scope: Scope,
    pub(crate) view: View<'a>,
}

/// A property in its cases.
#[derive(Debug, Clone)]
pub(crate) struct Property<'a> {
    pub(crate) name: String,
    pub(crate) cases: Vec<Case<'a>>,
}

/// Where a property has to be present, and who says so.
#[derive(Debug, Clone)]
pub(crate) struct Need<'a> {
    pub(crate) scope: Scope,
    pub(crate) at: At<'a>,
}

/// What a schema says of properties that it doesn't name.
#[derive(Debug, Clone, Default)]
pub(crate) enum Unnamed<'a> {
    #[default]
    Free,
    Schema(At<'a>),
    Forbidden(At<'a>),
}

/// The members of one `oneOf` or `anyOf` that could not be written out.
#[derive(Debug, Clone)]
pub(crate) struct Alternatives<'a> {
    pub(crate) keyword: &'static str,
    pub(crate) members: Vec<At<'a>>,
    pub(crate) at: At<'a>,
}

/// A schema, written out.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape<'a> {
    pub(crate) kind: Option<Fact<'a>>,
    pub(crate) format: Option<Fact<'a>>,
    pub(crate) patterns: BTreeMap<String, At<'a>>,
    pub(crate) values: Option<(Vec<String>, At<'a>)>,
    pub(crate) nullable: Option<At<'a>>,
    pub(crate) default: Option<Fact<'a>>,
    pub(crate) deprecated: Option<At<'a>>,
    pub(crate) bounds: Bounds<'a>,
    pub(crate) items: View<'a>,
    pub(crate) properties: Vec<Property<'a>>,
    pub(crate) needs: BTreeMap<String, Need<'a>>,
    pub(crate) unnamed: Unnamed<'a>,
    pub(crate) alternatives: Vec<Alternatives<'a>>,
    pub(crate) not: Vec<At<'a>>,
    /// The property that tells the members apart, and its values.
    pub(crate) discriminator: Option<(Fact<'a>, Vec<String>)>,
}

impl<'a> Shape<'a> {
    pub(crate) fn property(&self, name: &str) -> Option<&Property<'a>> {
        self.properties.iter().find(|property| property.name == name)
    }

    /// The property, made if it is not there.
    pub(crate) fn property_mut(&mut self, name: &str) -> &mut Property<'a> {
        let index = self.properties.iter().position(|property| property.name == name);
        let index = index.unwrap_or_else(|| {
            self.properties.push(Property { name: name.to_owned(), cases: Vec::new() });
            self.properties.len() - 1
        });
        &mut self.properties[index]
    }

    /// Adds a requirement to those that there are.
    pub(crate) fn need(&mut self, name: &str, scope: Scope, at: At<'a>) {
        match self.needs.get_mut(name) {
            None => drop(self.needs.insert(name.to_owned(), Need { scope, at })),
            Some(need) => match (&mut need.scope, scope) {
                (Some(known), Some(further)) => known.extend(further),
                (known @ Some(_), None) => {
                    *known = None;
                    need.at = at;
                }
                (None, _) => {}
            },
        }
    }
}

/// A scope in words: `always`, or `when status is A or B`.
pub(crate) fn in_words(scope: &Scope) -> String {
    let Some(cases) = scope else { return "always".to_owned() };
    let mut by_property: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (property, value) in cases {
        by_property.entry(property).or_default().push(value);
    }
    let one =
        |(property, values): (&str, Vec<&str>)| format!("{property} is {}", values.join(" or "));
    format!("when {}", by_property.into_iter().map(one).collect::<Vec<_>>().join(", or "))
}
