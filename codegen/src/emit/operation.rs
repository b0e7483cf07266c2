//! One file per operation: constants, query, documented answers, and the client's method.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::docs;
use crate::emit::types::pattern;
use crate::ir::{Kind, Location, Operation, Parameter, Response};
use crate::names::{ident, shouty, snake, ty};

pub(crate) fn emit(operation: &Operation) -> TokenStream {
    let module = docs::inner(&operation.docs);
    let constants = constants(operation);
    let query = query(operation);
    let answer = answer(operation);
    let method = method(operation);
    quote! {
        #module
        use crate::client::{Call, Client, Error, Undocumented};
        use crate::constraints;
        use crate::types;
        #constants
        #query
        #answer
        #method
    }
}

fn constants(operation: &Operation) -> TokenStream {
    let (verb, path) = (&operation.method, &operation.path);
    let accept = accept(operation);
    let request = operation.body.as_ref().map(|body| {
        let media_type = &body.content[0].media_type;
        quote! {
            /// The media type of the request body.
            pub const REQUEST_MEDIA_TYPE: &str = #media_type;
        }
    });
    quote! {
        /// The method.
        pub const METHOD: &str = #verb;
        /// The path template.
        pub const PATH: &str = #path;
        #request
        /// The media type that is asked for.
        pub const ACCEPT: &str = #accept;
    }
}

/// The media type of the first success that has a body, or else of the first answer that has.
fn accept(operation: &Operation) -> &str {
    let content = operation.responses.iter().find_map(|response| response.content.first());
    content.map_or("application/json", |content| &content.media_type)
}

fn query_parameters(operation: &Operation) -> impl Iterator<Item = &Parameter> {
    operation.parameters.iter().filter(|parameter| parameter.location == Location::Query)
}

fn query(operation: &Operation) -> TokenStream {
    let fields = query_parameters(operation).map(|parameter| {
        let docs = docs::outer(&parameter.docs);
        let name = ident(&snake(&parameter.name));
        let rust = scalar(&parameter.schema.kind);
        quote! { #docs pub #name: Option<#rust> }
    });
    let pairs = query_parameters(operation).map(|parameter| {
        let (name, field) = (&parameter.name, ident(&snake(&parameter.name)));
        quote! { self.#field.as_ref().map(|value| (#name, value.to_string())) }
    });
    quote! {
        /// The query parameters; `None` is not sent.
        #[derive(Debug, Clone, Default, PartialEq, Eq)]
        pub struct Query { #(#fields),* }
        impl Query {
            fn pairs(&self) -> Vec<(&'static str, String)> {
                [#(#pairs),*].into_iter().flatten().collect()
            }
        }
    }
}

fn scalar(kind: &Kind) -> TokenStream {
    match kind {
        Kind::Boolean => quote! { bool },
        Kind::Integer { .. } => quote! { i64 },
        _ => quote! { String },
    }
}

/// `Ok`, `BadRequest`: the reason phrases of HTTP (RFC 9110, 15), or the number.
fn variant(status: u16) -> proc_macro2::Ident {
    ident(match status {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        204 => "NoContent",
        400 => "BadRequest",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "NotFound",
        409 => "Conflict",
        429 => "TooManyRequests",
        500 => "InternalServerError",
        other => return ident(&format!("Status{other}")),
    })
}

fn payload(response: &Response) -> Option<TokenStream> {
    let schema = response.content.first()?.schema.as_ref()?;
    Some(match &schema.kind {
        Kind::Named(name) => {
            let name = ident(&ty(name));
            quote! { types::#name }
        }
        _ => quote! { serde_json::Value },
    })
}

fn answer(operation: &Operation) -> TokenStream {
    let name = ident(&format!("{}Response", ty(&operation.id)));
    let variants = operation.responses.iter().map(|response| {
        let docs = docs::outer(&format!("{}: {}", response.status, response.docs));
        let variant = variant(response.status);
        match payload(response) {
            Some(payload) => quote! { #docs #variant(#payload) },
            None => quote! { #docs #variant },
        }
    });
    quote! {
        /// The documented answers, and any other as it came.
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name {
            #(#variants,)*
            /// An answer that the document does not name.
            Undocumented(Undocumented),
        }
    }
}

fn method(operation: &Operation) -> TokenStream {
    let docs = docs::outer(&format!(
        "{}\n\n# Errors\n\nWhen the exchange fails, or a documented answer has a body of another shape.",
        operation.docs
    ));
    let name = ident(&snake(&operation.id));
    let answer = ident(&format!("{}Response", ty(&operation.id)));
    let constant = ident(&shouty(&operation.id));
    let in_path: Vec<_> =
        operation.parameters.iter().filter(|p| p.location == Location::Path).collect();
    let arguments = in_path.iter().map(|parameter| {
        let argument = ident(&snake(&parameter.name));
        let rust = if pattern(parameter).is_some() {
            let newtype = ident(&ty(&parameter.name));
            quote! { &types::#newtype }
        } else {
            quote! { &str }
        };
        quote! { #argument: #rust }
    });
    let values = in_path.iter().map(|parameter| {
        let (label, argument) = (&parameter.name, ident(&snake(&parameter.name)));
        let text = if pattern(parameter).is_some() {
            quote! { #argument.as_str() }
        } else {
            quote! { #argument }
        };
        quote! { (#label, #text) }
    });
    let (body_argument, body) = body(operation);
    let arms = operation.responses.iter().map(|response| {
        let (status, variant) =
            (proc_macro2::Literal::u16_unsuffixed(response.status), variant(response.status));
        match payload(response) {
            Some(_) => quote! { #status => #answer::#variant(raw.decode()?), },
            None => quote! { #status => #answer::#variant, },
        }
    });
    quote! {
        impl Client {
            #docs
            pub async fn #name(&self, #(#arguments,)* query: &Query, #body_argument) -> Result<#answer, Error> {
                let operation = &constraints::#constant;
                let path = operation.path_with(&[#(#values),*]);
                let body = #body;
                let call = Call { operation, path, query: query.pairs(), accept: ACCEPT, body };
                let raw = self.send(call).await?;
                Ok(match raw.status {
                    #(#arms)*
                    _ => #answer::Undocumented(raw.undocumented()),
                })
            }
        }
    }
}

/// The argument for the request body, and its bytes.
fn body(operation: &Operation) -> (TokenStream, TokenStream) {
    let schema = operation.body.as_ref().and_then(|body| body.content[0].schema.as_ref());
    match schema.map(|schema| &schema.kind) {
        None => (quote! {}, quote! { None }),
        Some(Kind::Named(name)) => {
            let name = ident(&ty(name));
            (quote! { body: &types::#name }, encode())
        }
        Some(_) => (quote! { body: &serde_json::Value }, encode()),
    }
}

fn encode() -> TokenStream {
    quote! { Some((REQUEST_MEDIA_TYPE, serde_json::to_vec(body).map_err(Error::Encode)?)) }
}
