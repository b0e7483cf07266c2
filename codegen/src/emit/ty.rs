//! Types of the model as tokens.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::ident;
use crate::model::Type;

/// The type, where named types are in scope.
pub(super) fn local(ty: &Type) -> TokenStream {
    tokens(ty, &TokenStream::new())
}

/// The type, where named types are in the module `types`.
pub(super) fn in_types(ty: &Type) -> TokenStream {
    tokens(ty, &quote! { types:: })
}

fn tokens(ty: &Type, path: &TokenStream) -> TokenStream {
    match ty {
        Type::Bool => quote! { bool },
        Type::I32 => quote! { i32 },
        Type::I64 => quote! { i64 },
        Type::U64 => quote! { u64 },
        Type::F64 => quote! { f64 },
        Type::Text => quote! { String },
        Type::Secret => quote! { atlas_runtime::text::Secret },
        Type::Bytes => quote! { bytes::Bytes },
        Type::Value => quote! { serde_json::Value },
        Type::Object => quote! { serde_json::Map<String, serde_json::Value> },
        Type::Named(name) => {
            let name = ident(name);
            quote! { #path #name }
        }
        Type::List(items) => {
            let items = tokens(items, path);
            quote! { Vec<#items> }
        }
        Type::Map(values) => {
            let values = tokens(values, path);
            quote! { BTreeMap<String, #values> }
        }
        Type::Boxed(inner) => {
            let inner = tokens(inner, path);
            quote! { Box<#inner> }
        }
        Type::Optional(inner) => {
            let inner = tokens(inner, path);
            quote! { Option<#inner> }
        }
    }
}
