//! The method that walks through all pages of an operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{MANY, arguments};
use crate::emit::tokens::{docs, ident};
use crate::emit::ty;
use crate::model::{Call, Pages, Presence, Walk};

pub(super) fn emit(call: &Call, pages: &Pages) -> TokenStream {
    let from = match pages.walk {
        Walk::Number { .. } => {
            format!("from the page that the query names: `{}` again and again.", call.method)
        }
        Walk::Links(_) => format!("from that of `{}` on along their links.", call.method),
    };
    let docs = docs(&format!("The items of all pages, {from}"));
    let deprecated = call.deprecated.then(|| {
        quote! { #[deprecated = "the document calls it deprecated"] }
    });
    let expected = call.deprecated.then(|| {
        quote! { #[expect(deprecated, reason = "both are")] }
    });
    let (name, item) = (format_ident!("{}_items", call.method), ty::in_types(&pages.item));
    let (arguments, answer) = (arguments(call), ident(&call.answer));
    let walk = match &pages.walk {
        Walk::Number { field, wide, total } => numbered(call, pages, field, *wide, *total),
        Walk::Links(presence) => linked(call, pages, *presence),
    };
    quote! {
        #docs
        #deprecated
        pub fn #name(&self, #(#arguments),*) -> impl Items<#item, #answer> {
            #expected
            #walk
        }
    }
}

fn numbered(
    call: &Call,
    pages: &Pages,
    field: &str,
    wide: bool,
    total: Option<Presence>,
) -> TokenStream {
    let (field, method) = (ident(field), ident(&call.method));
    let (first, number) = if wide {
        (quote! { query.#field }, quote! { Some(number) })
    } else {
        (quote! { query.#field.map(i64::from) }, quote! { i32::try_from(number).ok() })
    };
    // Where the number is all there is to a query, nothing is left to copy.
    let rest = (call.query.len() > 1).then(|| quote! { , ..query.clone() });
    let total = match total {
        None => quote! { None },
        Some(Presence::Required) => quote! { Some(page.total_count.into()) },
        Some(Presence::Nullable | Presence::Optional) => quote! { page.total_count.map(i64::from) },
        Some(Presence::Either) => quote! { page.total_count.flatten().map(i64::from) },
    };
    let (answer, variant) = (ident(&call.answer), ident(&pages.variant));
    let (passed, results) = (passed(call, &quote! { &query }), results(pages));
    quote! {
        pages(#first, move |number| async move {
            let query = Query { #field: #number #rest };
            let answer = self.#method(#(#passed),*).await?;
            match answer {
                #answer::#variant(page) => Ok((#total, #results)),
                other => Err(PageError::Answer(other)),
            }
        })
    }
}

fn linked(call: &Call, pages: &Pages, links: Presence) -> TokenStream {
    let (method, passed) = (ident(&call.method), passed(call, &quote! { query }));
    let (answer, variant) = (ident(&call.answer), ident(&pages.variant));
    let links = match links {
        Presence::Required => quote! { page.links.into_iter() },
        Presence::Nullable | Presence::Optional => quote! { page.links.into_iter().flatten() },
        Presence::Either => quote! { page.links.into_iter().flatten().flatten() },
    };
    let results = results(pages);
    quote! {
        let first = self.#method(#(#passed),*);
        let call = |link| Call::follow(METHOD, PATH, ACCEPT, link);
        linked(&self.runtime, call, first, |answer| match answer {
            #answer::#variant(page) => {
                let links = #links;
                let next = next(links.map(|link| (link.rel, link.href)));
                Ok((next, #results))
            }
            other => Err(Box::new(other)),
        })
    }
}

fn results(pages: &Pages) -> TokenStream {
    match pages.results {
        Presence::Required => quote! { page.results },
        Presence::Nullable | Presence::Optional => quote! { page.results.unwrap_or_default() },
        Presence::Either => quote! { page.results.flatten().unwrap_or_default() },
    }
}

/// What the method hands to the one that asks for a page.
fn passed(call: &Call, query: &TokenStream) -> Vec<TokenStream> {
    let mut passed: Vec<TokenStream> = if call.in_path.len() >= MANY {
        vec![quote! { path }]
    } else {
        let names = call.in_path.iter().map(|argument| ident(&argument.name));
        names.map(|name| quote! { #name }).collect()
    };
    passed.extend((!call.query.is_empty()).then(|| query.clone()));
    passed.extend((!call.headers.is_empty()).then(|| quote! { headers }));
    passed.extend(call.body.as_ref().map(|_| quote! { body }));
    passed
}
