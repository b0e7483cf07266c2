//! Values of one of several shapes, as enums.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::tokens::ident;
use crate::emit::ty;
use crate::model::UnionVariant;

/// A union whose shapes a property tells apart.
pub(super) fn tagged(name: &Ident, by: &str, variants: &[UnionVariant]) -> TokenStream {
    let definition = definition(name, variants, None);
    let names: Vec<_> = variants.iter().map(|variant| ident(&variant.name)).collect();
    let written = variants.iter().zip(&names).map(|(variant, name)| {
        let values = &variant.values;
        quote! {
            Self::#name(shape) => union::tagged(shape, #by, &[#(#values),*], serializer),
        }
    });
    let read = variants.iter().zip(&names).filter(|(variant, _)| !variant.values.is_empty());
    let read = read.map(|(variant, name)| {
        let values = &variant.values;
        quote! { #(#values)|* => Self::#name(union::shape(value)?), }
    });
    quote! {
        #definition

        impl Serialize for #name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#written)*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let tag = value.get(#by).and_then(serde_json::Value::as_str);
                Ok(match tag.unwrap_or_default() {
                    #(#read)*
                    _ => Self::Unknown(value),
                })
            }
        }
    }
}

/// A union whose shapes have to be tried.
pub(super) fn untagged(name: &Ident, variants: &[UnionVariant]) -> TokenStream {
    let derived = quote! { #[serde(untagged)] };
    let definition = definition(name, variants, Some(&derived));
    let names = variants.iter().map(|variant| ident(&variant.name));
    quote! {
        #definition

        impl<'de> Deserialize<'de> for #name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let value = serde_json::Value::deserialize(deserializer)?;
                let mut best = union::Best::of(&value);
                #(best.consider(Self::#names);)*
                Ok(best.found().unwrap_or(Self::Unknown(value)))
            }
        }
    }
}

fn definition(
    name: &Ident,
    variants: &[UnionVariant],
    derived: Option<&TokenStream>,
) -> TokenStream {
    let documented = variants.iter().map(|variant| {
        let (name, ty) = (ident(&variant.name), ty::local(&variant.ty));
        quote! { #name(Box<#ty>) }
    });
    let serialize = derived.map(|_| quote! { , Serialize });
    quote! {
        #[derive(Debug, Clone, PartialEq #serialize)]
        #derived
        pub enum #name {
            #(#documented,)*
            /// A value that has none of the shapes of the document.
            Unknown(serde_json::Value),
        }
    }
}
