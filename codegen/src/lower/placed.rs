//! Parts of a typed document, each with its JSON pointer.

use openapiv3::{
    Components, Header, Parameter, PathItem, ReferenceOr, RequestBody, Response, Schema,
};

use crate::read::Typed;
use crate::source_map::below;

/// A part, and where it stands.
#[derive(Debug)]
pub(super) struct Placed<'a, T> {
    pub(super) value: &'a T,
    pub(super) pointer: String,
}

impl<'a, T> Placed<'a, T> {
    pub(super) fn new(value: &'a T, pointer: String) -> Self {
        Self { value, pointer }
    }

    /// The pointer of a key.
    pub(super) fn at(&self, key: &str) -> String {
        below(&self.pointer, key)
    }
}

/// A part, or a reference to one.
#[derive(Debug)]
pub(super) enum Target<'a, T> {
    Item(&'a T),
    Reference(&'a str),
}

/// Where a part, or a reference to one, stands.
#[derive(Debug)]
pub(super) struct Slot<'a, T> {
    pub(super) target: Target<'a, T>,
    pub(super) pointer: String,
}

impl<'a, T> Slot<'a, T> {
    pub(super) fn new(value: &'a ReferenceOr<T>, pointer: String) -> Self {
        let target = match value {
            ReferenceOr::Item(item) => Target::Item(item),
            ReferenceOr::Reference { reference } => Target::Reference(reference),
        };
        Self { target, pointer }
    }

    pub(super) fn boxed(value: &'a ReferenceOr<Box<T>>, pointer: String) -> Self {
        let target = match value {
            ReferenceOr::Item(item) => Target::Item(item.as_ref()),
            ReferenceOr::Reference { reference } => Target::Reference(reference),
        };
        Self { target, pointer }
    }

    /// The items of a list.
    pub(super) fn list(items: &'a [ReferenceOr<T>], pointer: &str) -> Vec<Self> {
        let at = |index: usize| below(pointer, &index.to_string());
        items.iter().enumerate().map(|(index, item)| Self::new(item, at(index))).collect()
    }

    pub(super) fn reference(&self) -> Option<&'a str> {
        match self.target {
            Target::Reference(reference) => Some(reference),
            Target::Item(_) => None,
        }
    }
}

impl<'a, T> From<&Placed<'a, T>> for Slot<'a, T> {
    fn from(placed: &Placed<'a, T>) -> Self {
        Self { target: Target::Item(placed.value), pointer: placed.pointer.clone() }
    }
}

/// A component and its name.
type Named<'a, T> = Option<(&'a String, &'a ReferenceOr<T>)>;

/// What a reference may lead to.
pub(super) trait Component: Sized {
    /// The section of the components that has those of this type.
    const SECTION: &'static str;

    fn named<'a>(components: &'a Components, name: &str) -> Named<'a, Self>;

    /// What stands outside the components.
    fn elsewhere<'a>(typed: &'a Typed, reference: &str) -> Option<&'a ReferenceOr<Self>> {
        Self::named(&typed.elsewhere, reference).map(|(_, item)| item)
    }
}

impl Component for Schema {
    const SECTION: &'static str = "schemas";

    fn named<'a>(components: &'a Components, name: &str) -> Named<'a, Self> {
        components.schemas.get_key_value(name)
    }
}

impl Component for Response {
    const SECTION: &'static str = "responses";

    fn named<'a>(components: &'a Components, name: &str) -> Named<'a, Self> {
        components.responses.get_key_value(name)
    }
}

impl Component for Parameter {
    const SECTION: &'static str = "parameters";

    fn named<'a>(components: &'a Components, name: &str) -> Named<'a, Self> {
        components.parameters.get_key_value(name)
    }
}

impl Component for RequestBody {
    const SECTION: &'static str = "requestBodies";

    fn named<'a>(components: &'a Components, name: &str) -> Named<'a, Self> {
        components.request_bodies.get_key_value(name)
    }
}

impl Component for Header {
    const SECTION: &'static str = "headers";

    fn named<'a>(components: &'a Components, name: &str) -> Named<'a, Self> {
        components.headers.get_key_value(name)
    }
}

impl Component for PathItem {
    const SECTION: &'static str = "pathItems";

    /// OpenAPI 3.0 has no such section.
    fn named<'a>(_: &'a Components, _: &str) -> Named<'a, Self> {
        None
    }

    fn elsewhere<'a>(typed: &'a Typed, reference: &str) -> Option<&'a ReferenceOr<Self>> {
        typed.path_items.paths.get(reference)
    }
}
