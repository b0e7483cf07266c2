//! Intermediate representation → files, one room per kind of file.

mod clauses;
mod constraints;
mod docs;
mod operation;
mod types;

use quote::quote;

use crate::clauses::Clause;
use crate::error::Error;
use crate::ir::Api;
use crate::{File, Sources, format, names};

/// Files that depend on no document.
const RUNTIME: [(&str, &str); 3] = [
    ("client.rs", include_str!("../../runtime/client.rs")),
    ("contract.rs", include_str!("../../runtime/contract.rs")),
    ("digest.rs", include_str!("../../runtime/digest.rs")),
];

/// Every file.
pub(crate) fn emit(api: &Api, clauses: &[Clause], sources: &Sources) -> Result<Vec<File>, Error> {
    let documents: Vec<_> = sources.documents.iter().map(|source| source.name.as_str()).collect();
    let documents = documents.join(" and ");
    let mut files = Vec::new();
    let mut add = |path: &str, from: &str, tokens| -> Result<(), Error> {
        files.push(File { path: path.to_owned(), text: format::source(path, from, tokens)? });
        Ok(())
    };
    add("lib.rs", &documents, lib(api))?;
    add("types.rs", &documents, types::emit(api))?;
    add("constraints.rs", &documents, constraints::emit(api))?;
    add("clauses.rs", &sources.clauses.name, clauses::emit(clauses))?;
    for operation in &api.operations {
        let path = format!("{}.rs", names::snake(&operation.id));
        add(&path, &operation.source, operation::emit(operation))?;
    }
    for (path, text) in RUNTIME {
        let from = format!("codegen/runtime/{path}");
        files.push(File { path: path.to_owned(), text: format::preamble(&from) + text });
    }
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(files)
}

fn lib(api: &Api) -> proc_macro2::TokenStream {
    let operations = api.operations.iter().map(|operation| {
        let module = names::ident(&names::snake(&operation.id));
        quote! { pub mod #module; }
    });
    let docs = docs::inner(
        "Types, client and contract of the removeRole operation and its siblings.\n\n\
         `constraints` is the contract as data, `clauses` the requirements, `client` sends \
         requests; each operation has a module of its own.",
    );
    quote! {
        #docs
        pub mod clauses;
        pub mod client;
        pub mod constraints;
        pub mod contract;
        pub mod digest;
        #(#operations)*
        pub mod types;
    }
}
