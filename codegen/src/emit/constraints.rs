//! `constraints.rs`: the contract as data.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::emit::tokens::{docs, ident, module_docs};
use crate::ir::{
    Api, Content, Kind, Location, Operation, Parameter, Response, Schema, Status, Text,
};
use crate::names::shouty;

pub(super) fn emit(api: &Api) -> TokenStream {
    let module =
        module_docs("The contract as data: operations and schemas as the documents have them.");
    let names = api.operations.iter().map(|operation| ident(&shouty(&operation.id)));
    let operations = api.operations.iter().map(operation);
    let schemas = api.schemas.iter().map(|(name, schema)| {
        let docs = docs(&schema.docs);
        let ident = schema_ident(name);
        let value = body(name, schema);
        quote! { #docs pub static #ident: Schema = #value; }
    });
    quote! {
        #module
        use crate::contract::{
            Content, Kind, Location, Operation, Parameter, Property, RequestBody, RequiredWhen,
            Response, Schema,
        };
        pub static OPERATIONS: &[&Operation] = &[#(&#names),*];
        #(#operations)*
        #(#schemas)*
    }
}

fn schema_ident(name: &str) -> Ident {
    ident(&format!("{}_SCHEMA", shouty(name)))
}

fn operation(operation: &Operation) -> TokenStream {
    let docs = docs(&operation.docs);
    let name = ident(&shouty(&operation.id));
    let Operation { id, method, path, security, .. } = operation;
    let parameters = operation.parameters.iter().map(parameter);
    let body = match &operation.body {
        None => quote! { None },
        Some(body) => {
            let required = body.required;
            let content = contents(&body.content);
            quote! { Some(RequestBody { required: #required, content: #content }) }
        }
    };
    let responses = operation.responses.iter().filter_map(response);
    quote! {
        #docs
        pub static #name: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            parameters: &[#(#parameters),*],
            request_body: #body,
            responses: &[#(#responses),*],
            security: &[#(#security),*],
        };
    }
}

fn parameter(parameter: &Parameter) -> TokenStream {
    let Parameter { name, required, .. } = parameter;
    let location = match parameter.location {
        Location::Path => quote! { Location::Path },
        Location::Query => quote! { Location::Query },
        Location::Header => quote! { Location::Header },
        Location::Cookie => quote! { Location::Cookie },
    };
    let schema = reference(&parameter.schema);
    quote! { Parameter { name: #name, location: #location, required: #required, schema: #schema } }
}

/// The contract has statuses alone; a document with ranges was refused.
fn response(response: &Response) -> Option<TokenStream> {
    let Status::Code(status) = response.status else { return None };
    let status = Literal::u16_unsuffixed(status);
    let content = contents(&response.content);
    Some(quote! { Response { status: #status, content: #content } })
}

fn contents(contents: &[Content]) -> TokenStream {
    let contents = contents.iter().map(|content| {
        let media_type = &content.media_type;
        let schema = option(content.schema.as_ref().map(reference));
        quote! { Content { media_type: #media_type, schema: #schema } }
    });
    quote! { &[#(#contents),*] }
}

/// A reference to a schema, named or inline.
fn reference(schema: &Schema) -> TokenStream {
    if let Kind::Named(name) = &schema.kind {
        let ident = schema_ident(name);
        return quote! { &#ident };
    }
    let value = body("", schema);
    quote! { &#value }
}

fn body(name: &str, schema: &Schema) -> TokenStream {
    let nullable = schema.nullable;
    let kind = kind(&schema.kind);
    quote! { Schema { name: #name, nullable: #nullable, kind: #kind } }
}

fn kind(kind: &Kind) -> TokenStream {
    match kind {
        // A document with a union was refused.
        Kind::Named(_) | Kind::Any | Kind::Union(_) => quote! { Kind::Any },
        Kind::Boolean => quote! { Kind::Boolean },
        Kind::Integer { minimum, maximum, .. } => {
            let minimum = option(minimum.map(integer));
            let maximum = option(maximum.map(integer));
            quote! { Kind::Integer { minimum: #minimum, maximum: #maximum } }
        }
        Kind::Number { minimum, maximum } => {
            let minimum = option(minimum.map(float));
            let maximum = option(maximum.map(float));
            quote! { Kind::Number { minimum: #minimum, maximum: #maximum } }
        }
        Kind::Text(text) => string(text),
        Kind::Array { items, min_items, max_items, unique } => {
            let items = reference(items);
            let (least, most) = (size(*min_items), size(*max_items));
            quote! {
                Kind::Array { items: #items, min_items: #least, max_items: #most, unique_items: #unique }
            }
        }
        Kind::Object { properties, required_when, .. } => {
            let properties = properties.iter().map(|property| {
                let (name, required) = (&property.name, property.required);
                let schema = reference(&property.schema);
                quote! { Property { name: #name, required: #required, schema: #schema } }
            });
            let conditions = required_when.iter().map(|when| {
                let (property, equals, required) = (&when.property, &when.equals, &when.required);
                quote! {
                    RequiredWhen { property: #property, equals: #equals, required: &[#(#required),*] }
                }
            });
            quote! {
                Kind::Object { properties: &[#(#properties),*], required_when: &[#(#conditions),*] }
            }
        }
    }
}

fn string(text: &Text) -> TokenStream {
    let format = option(text.format.as_ref().map(|format| quote! { #format }));
    let pattern = option(text.pattern.as_ref().map(|pattern| quote! { #pattern }));
    let (least, most) = (size(text.min_length), size(text.max_length));
    let values = &text.values;
    quote! {
        Kind::String {
            format: #format,
            pattern: #pattern,
            min_length: #least,
            max_length: #most,
            values: &[#(#values),*],
        }
    }
}

fn integer(number: i64) -> TokenStream {
    let digits = Literal::u64_unsuffixed(number.unsigned_abs());
    if number < 0 {
        quote! { -#digits }
    } else {
        quote! { #digits }
    }
}

fn float(number: f64) -> TokenStream {
    let digits = Literal::f64_unsuffixed(number.abs());
    if number.is_sign_negative() {
        quote! { -#digits }
    } else {
        quote! { #digits }
    }
}

fn size(size: Option<usize>) -> TokenStream {
    option(size.map(|size| {
        let size = Literal::usize_unsuffixed(size);
        quote! { #size }
    }))
}

fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote! { None }, |value| quote! { Some(#value) })
}
