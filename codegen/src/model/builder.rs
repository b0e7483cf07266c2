//! Schemas become types, and inline ones get names of their own.

use std::collections::HashMap;

use crate::ir::{Api, Kind, Schema, Text, Union, Width};
use crate::model::direction::Directions;
use crate::model::{Field, Presence, Shape, Type, TypeDef, UnionVariant};
use crate::names::{self, Scope};

pub(super) struct Builder<'a> {
    api: &'a Api,
    directions: Directions,
    names: HashMap<&'a str, String>,
    pub(super) scope: Scope,
    pub(super) types: Vec<TypeDef>,
    pub(super) fields: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(api: &'a Api) -> Self {
        let mut scope = Scope::default();
        let names = api.schemas.keys().map(|name| (name.as_str(), scope.claim(names::ty(name))));
        let names = names.collect();
        let directions = Directions::of(api);
        Self { api, directions, names, scope, types: Vec::new(), fields: 0 }
    }

    pub(super) fn named(&mut self, name: &str, schema: &Schema) {
        let Some(rust) = self.names.get(name).cloned() else { return };
        let shape = self.shape(&rust, schema, name);
        self.define(rust, described(schema), false, shape);
    }

    fn define(&mut self, name: String, docs: String, inline: bool, shape: Shape) {
        self.types.push(TypeDef { name, docs, inline, shape, module: None });
    }

    /// The definition of a type; `owner` is the named schema that it is a part of.
    fn shape(&mut self, rust: &str, schema: &Schema, owner: &str) -> Shape {
        match &schema.kind {
            Kind::Object { properties, additional, .. }
                if !(properties.is_empty() && self.is_free(schema)) =>
            {
                self.object(rust, properties, additional.as_deref(), owner)
            }
            Kind::Text(text) if !text.values.is_empty() => enumeration(text),
            Kind::Union(union) => self.union(rust, union, owner),
            _ => Shape::Alias(self.ty(schema, rust, "", owner)),
        }
    }

    /// An object that says nothing of its properties; the contract has such objects as structs.
    fn is_free(&self, schema: &Schema) -> bool {
        matches!(&schema.kind, Kind::Object { properties, .. } if properties.is_empty())
    }

    fn object(
        &mut self,
        rust: &str,
        properties: &[crate::ir::Property],
        additional: Option<&Schema>,
        owner: &str,
    ) -> Shape {
        self.fields += properties.len();
        // What is required comes first: a reader sees what is always there.
        let (required, optional): (Vec<_>, Vec<_>) = properties.iter().partition(|p| p.required);
        let mut scope = Scope::default();
        let mut fields = Vec::new();
        for property in required.into_iter().chain(optional) {
            let schema = &property.schema;
            let present = property.required && self.directions.allow_required(owner, schema);
            let presence = match (present, schema.nullable) {
                (true, false) => Presence::Required,
                (true, true) => Presence::Nullable,
                // Who sends it may have to say that there is none.
                (false, true) if self.directions.is_sent(owner) => Presence::Either,
                (false, _) => Presence::Optional,
            };
            fields.push(Field {
                name: scope.claim(names::snake(&property.name)),
                json: Some(property.name.clone()),
                docs: described(schema),
                presence,
                ty: self.ty(schema, rust, &property.name, owner),
            });
        }
        if let Some(additional) = additional {
            fields.push(Field {
                name: scope.claim("additional".to_owned()),
                json: None,
                docs: "The properties that have no name in the document.".to_owned(),
                presence: Presence::Required,
                ty: Type::Map(Box::new(self.ty(additional, rust, "additional", owner))),
            });
        }
        Shape::Struct(fields)
    }

    fn union(&mut self, rust: &str, union: &Union, owner: &str) -> Shape {
        let mut scope = Scope::with(&["Unknown"]);
        let mut variants = Vec::new();
        for variant in &union.variants {
            let name = scope.claim(names::variant(&variant.name));
            let ty = self.ty(&variant.schema, rust, &variant.name, owner);
            variants.push(UnionVariant { name, values: variant.values.clone(), ty });
        }
        Shape::Union { discriminator: union.discriminator.clone(), variants }
    }

    /// The type of a schema; where it needs a definition, one named after its parent is made.
    pub(super) fn ty(&mut self, schema: &Schema, parent: &str, name: &str, owner: &str) -> Type {
        match &schema.kind {
            Kind::Named(name) => match self.names.get(name.as_str()) {
                Some(rust) => Type::Named(rust.clone()),
                None => Type::Value,
            },
            Kind::Any => Type::Value,
            Kind::Boolean => Type::Bool,
            Kind::Integer { width: Width::I32, .. } => Type::I32,
            Kind::Integer { width: Width::I64, .. } => Type::I64,
            Kind::Integer { width: Width::U64, .. } => Type::U64,
            Kind::Number { .. } => Type::F64,
            Kind::Text(text) if text.values.is_empty() => match text.format.as_deref() {
                Some("password") => Type::Secret,
                _ => Type::Text,
            },
            Kind::Array { items, .. } => {
                let inner = self.ty(items, parent, name, owner);
                let inner = if items.nullable && inner != Type::Value {
                    Type::Optional(Box::new(inner))
                } else {
                    inner
                };
                Type::List(Box::new(inner))
            }
            Kind::Object { properties, additional, .. } if properties.is_empty() => {
                match additional.as_deref() {
                    Some(Schema { kind: Kind::Any, .. }) | None => Type::Object,
                    Some(values) => Type::Map(Box::new(self.ty(values, parent, name, owner))),
                }
            }
            Kind::Object { .. } | Kind::Text(_) | Kind::Union(_) => {
                let part = if name.is_empty() { String::new() } else { names::ty(name) };
                let rust = self.scope.claim(format!(
                    "{}{}",
                    parent.trim_end_matches('_'),
                    part.trim_end_matches('_')
                ));
                let shape = self.shape(&rust, schema, owner);
                self.define(rust.clone(), described(schema), true, shape);
                Type::Named(rust)
            }
        }
    }

    pub(super) fn target(&self, name: &str) -> Option<&'a Schema> {
        self.api.schemas.get(name)
    }

    /// Whether a value is written as one word.
    pub(super) fn is_word(&self, kind: &Kind) -> bool {
        match kind {
            Kind::Boolean | Kind::Integer { .. } | Kind::Number { .. } | Kind::Text(_) => true,
            Kind::Named(name) => self.target(name).is_some_and(
                |target| matches!(&target.kind, Kind::Text(text) if !text.values.is_empty()),
            ),
            Kind::Any | Kind::Array { .. } | Kind::Object { .. } | Kind::Union(_) => false,
        }
    }

    /// The fields of a type that is defined already.
    pub(super) fn fields_of(&self, ty: &Type) -> Option<&[Field]> {
        let name = ty.named()?;
        self.types.iter().find(|def| def.name == name).and_then(|def| match &def.shape {
            Shape::Struct(fields) => Some(fields.as_slice()),
            _ => None,
        })
    }
}

fn enumeration(text: &Text) -> Shape {
    let mut scope = Scope::with(&["Unknown"]);
    let variants = text.values.iter();
    let variants = variants.map(|value| (scope.claim(names::variant(value)), value.clone()));
    Shape::Enumeration(variants.collect())
}

/// The docs, with what else is known first: a field has no more than a few sentences.
fn described(schema: &Schema) -> String {
    let docs = &schema.docs;
    if schema.deprecated { format!("**Deprecated.** {docs}") } else { docs.clone() }
}
