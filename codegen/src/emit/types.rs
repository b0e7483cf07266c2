//! `types.rs`: the named schemas, and a newtype for each path parameter with a pattern.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs;
use crate::ir::{Api, Kind, Location, Parameter, Property, Schema, Text};
use crate::names::{ident, snake, ty};

pub(crate) fn emit(api: &Api) -> TokenStream {
    let module = docs::inner("The types of requests and answers.");
    let mut newtypes: BTreeMap<String, (&Parameter, &str)> = BTreeMap::new();
    for parameter in api.operations.iter().flat_map(|operation| &operation.parameters) {
        if let Some(pattern) = pattern(parameter) {
            newtypes.insert(ty(&parameter.name), (parameter, pattern));
        }
    }
    let newtypes =
        newtypes.into_iter().map(|(name, (parameter, pattern))| newtype(&name, parameter, pattern));
    let types = api.schemas.iter().map(|(name, schema)| named(name, schema));
    quote! {
        #module
        use std::fmt;
        use std::str::FromStr;
        use std::sync::LazyLock;

        use regex::Regex;
        use serde::{Deserialize, Serialize};

        /// Text that is not what its type asks for.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[error("expected {name} to match {pattern}, got `{got}`")]
        pub struct PatternError {
            /// What it was to be.
            pub name: &'static str,
            /// The pattern of the document.
            pub pattern: &'static str,
            /// What came.
            pub got: String,
        }
        #(#newtypes)*
        #(#types)*
    }
}

/// The pattern of a path parameter, which makes a newtype of it.
pub(crate) fn pattern(parameter: &Parameter) -> Option<&str> {
    match &parameter.schema.kind {
        Kind::Text(Text { pattern: Some(pattern), .. }) if parameter.location == Location::Path => {
            Some(pattern)
        }
        _ => None,
    }
}

fn newtype(name: &str, parameter: &Parameter, pattern: &str) -> TokenStream {
    let docs = docs::outer(&parameter.docs);
    let (ident, label) = (ident(name), &parameter.name);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct #ident(String);
        impl #ident {
            /// The pattern of the document.
            pub const PATTERN: &'static str = #pattern;
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl FromStr for #ident {
            type Err = PatternError;
            fn from_str(text: &str) -> Result<Self, PatternError> {
                static PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(#ident::PATTERN).ok());
                if PATTERN.as_ref().is_some_and(|pattern| pattern.is_match(text)) {
                    return Ok(Self(text.to_owned()));
                }
                Err(PatternError { name: #label, pattern: Self::PATTERN, got: text.to_owned() })
            }
        }
        impl fmt::Display for #ident {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    }
}

fn named(name: &str, schema: &Schema) -> TokenStream {
    let docs = docs::outer(if schema.docs.is_empty() { name } else { &schema.docs });
    let ident = ident(&ty(name));
    let Kind::Object { properties, .. } = &schema.kind else {
        let alias = rust_type(&schema.kind);
        return quote! { #docs pub type #ident = #alias; };
    };
    // What is required comes first: a reader sees what is always there.
    let (required, optional): (Vec<_>, Vec<_>) = properties.iter().partition(|p| p.required);
    let fields = required.into_iter().chain(optional).map(field);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub struct #ident { #(#fields),* }
    }
}

fn field(property: &Property) -> TokenStream {
    let text = if property.schema.docs.is_empty() { &property.name } else { &property.schema.docs };
    let docs = docs::outer(text);
    let name = snake(&property.name);
    let rename = (name != property.name).then(|| {
        let original = &property.name;
        quote! { #[serde(rename = #original)] }
    });
    let plain = rust_type(&property.schema.kind);
    let optional = !property.required || property.schema.nullable;
    let (default, rust) = if optional {
        let attribute = quote! { #[serde(default, skip_serializing_if = "Option::is_none")] };
        (Some(attribute), quote! { Option<#plain> })
    } else {
        (None, plain)
    };
    let ident = ident(&name);
    quote! { #docs #rename #default pub #ident: #rust }
}

fn rust_type(kind: &Kind) -> TokenStream {
    match kind {
        Kind::Named(name) => {
            let ident = ident(&ty(name));
            quote! { #ident }
        }
        Kind::Any | Kind::Object { .. } => quote! { serde_json::Value },
        Kind::Boolean => quote! { bool },
        Kind::Integer { wide: false, .. } => quote! { i32 },
        Kind::Integer { .. } => quote! { i64 },
        Kind::Number { .. } => quote! { f64 },
        // An open string stays one: a server may know values that the document does not.
        Kind::Text(_) => quote! { String },
        Kind::Array { items, .. } => {
            let items = rust_type(&items.kind);
            quote! { Vec<#items> }
        }
    }
}
