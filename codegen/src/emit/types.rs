//! The types of requests and answers.

use std::collections::BTreeSet;

use heck::AsShoutySnakeCase;
use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::{docs, ident, module_docs};
use crate::emit::{docs as text, ty, union};
use crate::model::{Field, Model, Pattern, Presence, Shape, Type, TypeDef, parts};

/// From how many characters on no further sentence of a field's description is told.
const FIELD_DOCS: usize = 140;

pub(super) fn all(model: &Model) -> TokenStream {
    let module = module_docs("The types of requests and answers.");
    let types: Vec<_> = model.types.iter().collect();
    let reexport = quote! { pub use atlas_runtime::text::{PatternError, Secret}; };
    let defined = definitions(&model.patterns, &types, None);
    quote! { #module #reexport #defined }
}

/// The types that several groups use.
pub(super) fn shared(model: &Model) -> TokenStream {
    let module = module_docs("The types that several groups of operations use.");
    let types: Vec<_> = model.types.iter().filter(|def| def.module.is_none()).collect();
    let defined = definitions(&model.patterns, &types, Some(&[]));
    quote! { #module #defined }
}

/// The types that one group uses.
pub(super) fn of_group(tag: &str, types: &[&TypeDef]) -> TokenStream {
    let module = module_docs(&format!("The types of {tag}."));
    let foreign = foreign(types);
    let defined = definitions(&[], types, Some(&foreign));
    quote! { #module #defined }
}

fn definitions(patterns: &[Pattern], types: &[&TypeDef], foreign: Option<&[&str]>) -> TokenStream {
    let has_map = types.iter().flat_map(|def| parts(&def.shape)).any(Type::has_map);
    let map = has_map.then(|| quote! { use std::collections::BTreeMap; });
    let has_data = types.iter().any(|def| !matches!(def.shape, Shape::Alias(_)));
    let serde = has_data.then(|| quote! { use serde::{Deserialize, Serialize}; });
    let foreign = foreign.filter(|names| !names.is_empty()).map(|names| {
        let names = names.iter().map(|name| ident(name));
        quote! { use crate::types::shared::{#(#names),*}; }
    });
    let has_union = types.iter().any(|def| matches!(def.shape, Shape::Union { .. }));
    let union = has_union.then(|| quote! { use atlas_runtime::union; });
    let patterns = patterns.iter().map(pattern);
    let types = types.iter().map(|def| define(def));
    quote! { #map #union #serde #foreign #(#patterns)* #(#types)* }
}

/// The types of other files that these need.
fn foreign<'m>(types: &[&'m TypeDef]) -> Vec<&'m str> {
    let own: BTreeSet<&str> = types.iter().map(|def| def.name.as_str()).collect();
    let needed = types.iter().flat_map(|def| parts(&def.shape)).filter_map(Type::named);
    let foreign: BTreeSet<&str> = needed.filter(|name| !own.contains(name)).collect();
    foreign.into_iter().collect()
}

fn pattern(pattern: &Pattern) -> TokenStream {
    let docs = docs(&pattern.docs);
    let name = ident(&pattern.name);
    let (label, pattern) = (&pattern.label, &pattern.pattern);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct #name(String);

        impl #name {
            /// The pattern of the document.
            pub const PATTERN: &'static str = #pattern;
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::str::FromStr for #name {
            type Err = atlas_runtime::text::PatternError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                static PATTERN: atlas_runtime::text::Pattern =
                    atlas_runtime::text::Pattern::new(#label, #name::PATTERN);
                PATTERN.check(text).map(Self)
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }
    }
}

fn define(def: &TypeDef) -> TokenStream {
    // Where a field says what its type is, the type needs no more than a sentence.
    let docs = docs(if def.inline { text::brief(&def.docs, 0) } else { &def.docs });
    let name = ident(&def.name);
    match &def.shape {
        Shape::Alias(alias) => {
            let alias = ty::local(alias);
            quote! { #docs pub type #name = #alias; }
        }
        Shape::Struct(fields) => {
            let defined = object(&name, fields);
            quote! { #docs #defined }
        }
        Shape::Enumeration(values) => {
            let defined = enumeration(&name, values);
            quote! { #docs #defined }
        }
        Shape::Union { discriminator, variants } => {
            let defined = match discriminator {
                Some(by) => union::tagged(&name, by, variants),
                None => union::untagged(&name, variants),
            };
            quote! { #docs #defined }
        }
    }
}

fn object(name: &proc_macro2::Ident, fields: &[Field]) -> TokenStream {
    let (mut plain, mut camel) = (0, 0);
    for field in fields {
        let Some(json) = &field.json else { continue };
        plain += usize::from(field.name == *json);
        camel += usize::from(camel_case(&field.name) == *json);
    }
    let is_camel = camel > plain;
    let rename_all = is_camel.then(|| quote! { #[serde(rename_all = "camelCase")] });
    let members = fields.iter().map(|field| member(field, is_camel));
    let default = fields
        .iter()
        .all(|field| {
            matches!(field.presence, Presence::Optional | Presence::Either) || field.json.is_none()
        })
        .then(|| quote! { , Default });
    quote! {
        #[derive(Debug, Clone, PartialEq #default, Serialize, Deserialize)]
        #rename_all
        pub struct #name { #(#members),* }
    }
}

fn member(field: &Field, is_camel: bool) -> TokenStream {
    let docs = docs(text::brief(&field.docs, FIELD_DOCS));
    let (name, ty) = (ident(&field.name), ty::local(&field.ty));
    let Some(json) = &field.json else {
        return quote! { #docs #[serde(flatten)] pub #name: #ty };
    };
    let written = if is_camel { camel_case(&field.name) } else { field.name.clone() };
    let rename = (written != *json).then(|| quote! { rename = #json });
    let (how, ty) = match field.presence {
        Presence::Required => (None, ty),
        Presence::Nullable => (None, quote! { Option<#ty> }),
        Presence::Optional => {
            (Some(quote! { skip_serializing_if = "Option::is_none" }), quote! { Option<#ty> })
        }
        Presence::Either => {
            let how = quote! {
                default,
                deserialize_with = "atlas_runtime::object::some",
                skip_serializing_if = "Option::is_none"
            };
            (Some(how), quote! { Option<Option<#ty>> })
        }
    };
    let attributes: Vec<_> = rename.into_iter().chain(how).collect();
    let serde = (!attributes.is_empty()).then(|| quote! { #[serde(#(#attributes),*)] });
    quote! { #docs #serde pub #name: #ty }
}

/// What serde makes of a field's name under `rename_all = "camelCase"`.
fn camel_case(field: &str) -> String {
    let mut camel = String::with_capacity(field.len());
    let mut capital = false;
    for c in field.chars() {
        match c {
            '_' => capital = true,
            c if std::mem::take(&mut capital) && !camel.is_empty() => {
                camel.push(c.to_ascii_uppercase())
            }
            c => camel.push(c),
        }
    }
    camel
}

fn enumeration(name: &proc_macro2::Ident, values: &[(String, String)]) -> TokenStream {
    let variants: Vec<_> = values.iter().map(|(variant, _)| ident(variant)).collect();
    let texts: Vec<_> = values.iter().map(|(_, value)| value).collect();
    let documented = values.iter().zip(&variants).map(|((_, value), variant)| {
        // A name in capitals is read from the variant.
        let is_plain = AsShoutySnakeCase(variant.to_string()).to_string() == *value;
        let docs = (!is_plain).then(|| docs(&format!("`{value}`")));
        quote! { #docs #variant }
    });
    quote! {
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(from = "String", into = "String")]
        pub enum #name {
            #(#documented,)*
            /// A value that the document does not name.
            Unknown(String),
        }

        impl #name {
            /// The value as it is sent.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    Self::Unknown(text) => text,
                }
            }
        }

        impl From<String> for #name {
            fn from(text: String) -> Self {
                match text.as_str() {
                    #(#texts => Self::#variants,)*
                    _ => Self::Unknown(text),
                }
            }
        }

        impl From<#name> for String {
            fn from(value: #name) -> Self {
                value.as_str().to_owned()
            }
        }

        impl std::fmt::Display for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::camel_case;

    #[test]
    fn a_field_is_renamed_as_serde_does() {
        for (field, json) in [("group_role", "groupRole"), ("type_", "type"), ("a_1b", "a1b")] {
            assert_eq!(camel_case(field), json);
        }
    }
}
