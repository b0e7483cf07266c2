//! `headers.rs`: the header fields that answers may have, each a constant.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::{docs, ident, module_docs};
use crate::emit::{docs as text, ty};
use crate::model::HeaderDef;

pub(super) fn emit(headers: &[HeaderDef]) -> TokenStream {
    let module = module_docs(
        "The header fields that answers may have. `Settings::observer` is told of those that came.",
    );
    let constants = headers.iter().map(|header| {
        let docs = docs(text::brief(&header.docs, 200));
        let (name, ty, label) = (ident(&header.name), ty::local(&header.ty), &header.label);
        quote! { #docs pub const #name: Header<#ty> = Header::new(#label); }
    });
    quote! {
        #module
        use atlas_runtime::header::Header;
        #(#constants)*
    }
}
