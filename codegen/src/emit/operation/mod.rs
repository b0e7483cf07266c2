//! One file per operation: constants, parameters, documented answers, and the client's method.

mod items;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::tokens::{docs, ident, module_docs};
use crate::emit::{docs as text, ty};
use crate::ir::Status;
use crate::model::{Answer, Argument, Call, Payload, Type, Walk};

/// From how many path parameters on they come as one struct.
pub(super) const MANY: usize = 5;

pub(super) fn emit(call: &Call) -> TokenStream {
    let module = module_docs(text::brief(&call.docs, 0));
    let uses = uses(call);
    let constants = constants(call);
    let path = (call.in_path.len() >= MANY).then(|| path(&call.in_path));
    let structs = [
        ("Query", "The parameters of the query; `None` is not sent.", &call.query),
        ("Headers", "The header fields and cookies; `None` is not sent.", &call.headers),
        ("Form", "The fields of the form; `None` is not sent.", &call.form),
    ];
    let structs = structs.into_iter().filter(|(_, _, arguments)| !arguments.is_empty());
    let structs = structs.map(|(name, docs, arguments)| parameters(name, docs, arguments));
    let answers = answers(call);
    let method = method(call);
    let items = call.pages.as_ref().map(|pages| items::emit(call, pages));
    quote! {
        #module
        #uses
        #constants
        #path
        #(#structs)*
        #answers
        impl Client { #method #items }
    }
}

fn uses(call: &Call) -> TokenStream {
    let arguments = call.in_path.iter().chain(&call.query).chain(&call.headers).chain(&call.form);
    let payloads = call.answers.iter().filter_map(|answer| answer.payload.as_ref());
    let payloads = payloads.chain(call.body.as_ref().map(|body| &body.payload));
    let in_payloads = payloads.filter_map(|payload| match payload {
        Payload::Json(ty) => Some(ty),
        Payload::Fields | Payload::Parts | Payload::Text | Payload::Bytes => None,
    });
    let all: Vec<_> = arguments.map(|argument| &argument.ty).chain(in_payloads).collect();
    let item = call.pages.as_ref().map(|pages| &pages.item);
    let map = all.iter().copied().chain(item).any(Type::has_map);
    let map = map.then(|| quote! { use std::collections::BTreeMap; });
    let types = all.iter().any(|ty| ty.named().is_some()).then(|| quote! { use crate::types; });
    let refused = is_told_apart(call).then(|| quote! { Refused, });
    let other = (!covers_all(call)).then(|| quote! { Undocumented, });
    let pages = call.pages.as_ref().map(|pages| match pages.walk {
        Walk::Number { .. } => quote! { use atlas_runtime::page::{Items, PageError, pages}; },
        Walk::Links(_) => quote! { use atlas_runtime::page::{Items, linked, next}; },
    });
    quote! {
        #map
        use atlas_runtime::answer::{Answer, Raw, #refused #other};
        #pages
        use atlas_runtime::request::Call;
        use crate::client::{Client, Error};
        #types
    }
}

fn constants(call: &Call) -> TokenStream {
    let (verb, path, accept) = (&call.verb, &call.path, &call.accept);
    let body = call.body.as_ref().map(|body| {
        let media_type = &body.media_type;
        quote! {
            /// The media type of the request body.
            pub const REQUEST_MEDIA_TYPE: &str = #media_type;
        }
    });
    quote! {
        pub const METHOD: &str = #verb;
        pub const PATH: &str = #path;
        #body
        /// The media type of answers.
        pub const ACCEPT: &str = #accept;
    }
}

/// The parameters of a path, where they are many.
fn path(arguments: &[Argument]) -> TokenStream {
    let fields = arguments.iter().map(|argument| {
        let (docs, name) = (docs(docs_of(argument)), ident(&argument.name));
        let ty = ty::in_types(&argument.ty);
        quote! { #docs pub #name: #ty }
    });
    quote! {
        /// The parameters of the path.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Path { #(#fields),* }
    }
}

fn parameters(name: &str, description: &str, arguments: &[Argument]) -> TokenStream {
    let (name, description) = (ident(name), docs(description));
    let optional = arguments.iter().all(|argument| !argument.required);
    let default = optional.then(|| quote! { , Default });
    let fields = arguments.iter().map(|argument| {
        let (docs, name) = (docs(docs_of(argument)), ident(&argument.name));
        let ty = ty::in_types(&argument.ty);
        let ty = if argument.required {
            ty
        } else {
            quote! { Option<#ty> }
        };
        quote! { #docs pub #name: #ty }
    });
    quote! {
        #description
        #[derive(Debug, Clone, PartialEq #default)]
        pub struct #name { #(#fields),* }
    }
}

/// What many operations have in common is told in a sentence.
fn docs_of(argument: &Argument) -> &str {
    if argument.shared { text::brief(&argument.docs, 0) } else { &argument.docs }
}

fn answers(call: &Call) -> TokenStream {
    let name = ident(&call.answer);
    let variants = call.answers.iter().map(|answer| {
        let description = match is_its_name(&answer.docs, &answer.variant) {
            true => format!("Status {}.", answer.status),
            false => format!("Status {}. {}", answer.status, answer.docs),
        };
        let (docs, variant) = (docs(&description), ident(&answer.variant));
        let parts: Vec<_> =
            status_type(answer).into_iter().chain(answer.payload.as_ref().map(payload)).collect();
        let parts = (!parts.is_empty()).then(|| quote! { (#(#parts),*) });
        quote! { #docs #variant #parts }
    });
    let arms = call.answers.iter().map(|answer| {
        let (statuses, variant) = (statuses(answer.status), ident(&answer.variant));
        let body = answer.payload.as_ref().map(|payload| match payload {
            Payload::Json(_) => quote! { raw.decode()? },
            Payload::Fields | Payload::Text => quote! { raw.text()? },
            Payload::Parts | Payload::Bytes => quote! { raw.body },
        });
        let status = status_type(answer).map(|_| quote! { raw.status });
        let parts: Vec<_> = status.into_iter().chain(body).collect();
        let parts = (!parts.is_empty()).then(|| quote! { (#(#parts),*) });
        quote! { #statuses => Self::#variant #parts, }
    });
    let is_open = !covers_all(call);
    let other = is_open.then(|| {
        quote! {
            /// An answer that the document does not name.
            Undocumented(Undocumented),
        }
    });
    let other_arm = is_open.then(|| quote! { _ => Self::Undocumented(raw.undocumented()), });
    let into_result = is_told_apart(call).then(|| into_result(call));
    quote! {
        /// The documented answers, and any other as it came.
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name { #(#variants,)* #other }

        impl Answer for #name {
            fn read(raw: Raw) -> Result<Self, Error> {
                let answer = match raw.status { #(#arms)* #other_arm };
                Ok(answer)
            }
        }

        #into_result
    }
}

fn covers_all(call: &Call) -> bool {
    call.answers.iter().any(|answer| answer.status == Status::Default)
}

fn successes(call: &Call) -> impl Iterator<Item = &Answer> {
    let success = |status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    call.answers.iter().filter(move |answer| success(answer.status))
}

/// Whether a success can be told from all other answers, of which there are some.
fn is_told_apart(call: &Call) -> bool {
    successes(call).next().is_some()
}

fn into_result(call: &Call) -> TokenStream {
    let name = ident(&call.answer);
    let all: Vec<_> = successes(call).collect();
    let (success, arm) = match all.as_slice() {
        [only] => {
            let variant = ident(&only.variant);
            let ignored = status_type(only).map(|_| quote! { _ });
            let body = only.payload.as_ref().map(|_| quote! { body });
            let parts: Vec<_> = ignored.into_iter().chain(body).collect();
            let parts = (!parts.is_empty()).then(|| quote! { (#(#parts),*) });
            let (ty, body) = match &only.payload {
                Some(Payload::Json(Type::Boxed(inner))) => (ty::in_types(inner), quote! { *body }),
                Some(other) => (payload(other), quote! { body }),
                None => (quote! { () }, quote! { () }),
            };
            (ty, quote! { Self::#variant #parts => Ok(#body), })
        }
        several => {
            let variants = several.iter().map(|answer| {
                let variant = ident(&answer.variant);
                let any = answer.payload.is_some() || status_type(answer).is_some();
                let rest = any.then(|| quote! { (..) });
                quote! { Self::#variant #rest }
            });
            (quote! { Self }, quote! { answer @ (#(#variants)|*) => Ok(answer), })
        }
    };
    quote! {
        impl #name {
            /// What a successful call answers; any other answer is an error, at which `?` stops.
            pub fn into_result(self) -> Result<#success, Refused<Self>> {
                match self {
                    #arm
                    other => Err(Refused::new(other)),
                }
            }
        }
    }
}

fn statuses(status: Status) -> TokenStream {
    let number = Literal::u16_unsuffixed;
    match status {
        Status::Code(code) => {
            let code = number(code);
            quote! { #code }
        }
        Status::Range(class) => {
            let (from, to) = (number(class * 100), number(class * 100 + 99));
            quote! { #from..=#to }
        }
        Status::Default => quote! { _ },
    }
}

/// Whether docs are no more than the reason phrase that the variant is named after.
fn is_its_name(docs: &str, variant: &str) -> bool {
    let letters = docs.chars().filter(|c| !c.is_whitespace() && *c != '.');
    letters.map(|c| c.to_ascii_lowercase()).eq(variant.chars().map(|c| c.to_ascii_lowercase()))
}

/// What covers several statuses says which one came.
fn status_type(answer: &Answer) -> Option<TokenStream> {
    match answer.status {
        Status::Code(_) => None,
        Status::Range(_) | Status::Default => Some(quote! { u16 }),
    }
}

fn payload(payload: &Payload) -> TokenStream {
    match payload {
        Payload::Json(ty) => ty::in_types(ty),
        Payload::Fields | Payload::Text => quote! { String },
        Payload::Parts | Payload::Bytes => quote! { bytes::Bytes },
    }
}

/// The arguments of the method, after `self`.
pub(super) fn arguments(call: &Call) -> Vec<TokenStream> {
    let mut arguments = Vec::new();
    if call.in_path.len() >= MANY {
        arguments.push(quote! { path: &Path });
    } else {
        for argument in &call.in_path {
            let name = ident(&argument.name);
            let ty = match &argument.ty {
                ty if ty.is_number() || *ty == Type::Bool => ty::in_types(ty),
                Type::Text => quote! { &str },
                Type::List(items) => {
                    let items = ty::in_types(items);
                    quote! { &[#items] }
                }
                other => {
                    let other = ty::in_types(other);
                    quote! { &#other }
                }
            };
            arguments.push(quote! { #name: #ty });
        }
    }
    arguments.extend((!call.query.is_empty()).then(|| quote! { query: &Query }));
    arguments.extend((!call.headers.is_empty()).then(|| quote! { headers: &Headers }));
    if let Some(body) = &call.body {
        let ty = match &body.payload {
            Payload::Json(Type::List(items)) => {
                let items = ty::in_types(items);
                quote! { &[#items] }
            }
            Payload::Json(Type::Text) | Payload::Text => quote! { &str },
            Payload::Json(ty) => {
                let ty = ty::in_types(ty);
                quote! { &#ty }
            }
            Payload::Fields | Payload::Parts => quote! { &Form },
            Payload::Bytes => quote! { bytes::Bytes },
        };
        let ty = if body.required {
            ty
        } else {
            quote! { Option<#ty> }
        };
        arguments.push(quote! { body: #ty });
    }
    arguments
}

fn method(call: &Call) -> TokenStream {
    let headers = match call.answer_headers.as_slice() {
        [] => String::new(),
        names => format!("\n\nAnswers may have the headers {}.", names.join(", ")),
    };
    let docs = docs(&format!("{}{headers}", call.docs));
    let deprecated =
        call.deprecated.then(|| quote! { #[deprecated = "the document calls it deprecated"] });
    let (name, arguments, answer) = (ident(&call.method), arguments(call), ident(&call.answer));
    let parts = [&call.in_path, &call.query, &call.headers];
    let filled = call.body.is_some() || parts.iter().any(|arguments| !arguments.is_empty());
    let mutable = (filled || call.is_public).then(|| quote! { mut });
    let public = call.is_public.then(|| quote! { call.without_credentials(); });
    let many = call.in_path.len() >= MANY;
    let path = call.in_path.iter().map(|argument| {
        let (name, label) = (ident(&argument.name), &argument.label);
        let is_reference = matches!(argument.ty, Type::Named(_));
        match &argument.ty {
            Type::List(_) if many => quote! { call.path_list(#label, &path.#name); },
            Type::List(_) => quote! { call.path_list(#label, #name); },
            _ if many => quote! { call.path(#label, &path.#name); },
            _ if is_reference => quote! { call.path(#label, #name); },
            _ => quote! { call.path(#label, &#name); },
        }
    });
    let query = call.query.iter().map(|argument| add(argument, "query"));
    let headers = call.headers.iter().map(|argument| add(argument, "headers"));
    let body = body(call);
    quote! {
        #docs
        #deprecated
        pub async fn #name(&self, #(#arguments),*) -> Result<#answer, Error> {
            let #mutable call = Call::new(METHOD, PATH, ACCEPT);
            #public
            #(#path)*
            #(#query)*
            #(#headers)*
            #body
            self.runtime.send(call).await?.answer()
        }
    }
}

/// Adds one parameter of a struct to the call.
fn add(argument: &Argument, of: &str) -> TokenStream {
    let (adds, label) = (ident(argument.adds), &argument.label);
    let (of, name) = (ident(of), ident(&argument.name));
    match argument.required {
        true => quote! { call.#adds(#label, Some(&#of.#name)); },
        false => quote! { call.#adds(#label, #of.#name.as_ref()); },
    }
}

fn body(call: &Call) -> Option<TokenStream> {
    let body = call.body.as_ref()?;
    let fields = call.form.iter().map(|argument| add(argument, "body"));
    let added = match &body.payload {
        Payload::Json(_) => quote! { call.json(REQUEST_MEDIA_TYPE, body)?; },
        Payload::Fields => quote! { #(#fields)* call.urlencoded(REQUEST_MEDIA_TYPE); },
        Payload::Parts => quote! { #(#fields)* call.multipart(REQUEST_MEDIA_TYPE); },
        Payload::Text => quote! { call.body(REQUEST_MEDIA_TYPE, body.to_owned()); },
        Payload::Bytes => quote! { call.body(REQUEST_MEDIA_TYPE, body); },
    };
    Some(match body.required {
        true => added,
        false => quote! { if let Some(body) = body { #added } },
    })
}
