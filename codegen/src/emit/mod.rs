//! Models → files, one room per kind of file.

mod clauses;
mod constraints;
pub(crate) mod docs;
mod headers;
mod items;
mod operation;
mod package;
mod runtime;
mod tokens;
mod types;
pub(crate) mod writer;

use proc_macro2::TokenStream;

use crate::clauses::Clause;
use crate::emit::writer::Writer;
use crate::error::Error;
use crate::ir::Api;
use crate::model::Model;
use crate::{File, Package, Sources};

/// Every file of the contract and the client of the project's own specification.
pub(crate) fn contract(
    api: &Api,
    model: &Model,
    clauses: &[Clause],
    sources: &Sources,
) -> Result<Vec<File>, Error> {
    let documents: Vec<_> = sources.documents.iter().map(|source| source.name.as_str()).collect();
    let documents = documents.join(" and ");
    let origin = Origin { command: "cargo xtask codegen", document: &documents };
    let mut files = vec![
        file("lib.rs", &origin, |w| package::contract_lib(model, w)),
        file("types.rs", &origin, |w| types::all(model, w)),
        data("constraints.rs", &origin, constraints::emit(api))?,
        data("clauses.rs", &origin.of(&sources.clauses.name), clauses::emit(clauses))?,
    ];
    for call in &model.calls {
        let path = format!("{}.rs", call.module);
        files.push(file(&path, &origin.of(&call.source), |w| operation::emit(call, w)));
    }
    files.extend(runtime::files("", true));
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(files)
}

/// Every file of a package of its own.
pub(crate) fn client(api: &Api, model: &Model, document: &str, package: &Package) -> Vec<File> {
    let origin = Origin { command: "cargo xtask codegen --spec", document };
    let mut files = package::files(api, model, package, &origin);
    let group_types = |group: usize| {
        let of_group = model.types.iter().filter(|def| def.home == Some(group));
        of_group.collect::<Vec<_>>()
    };
    for (index, group) in model.groups.iter().enumerate() {
        let types = group_types(index);
        if !types.is_empty() {
            let path = format!("src/types/{}.rs", group.module);
            files.push(file(&path, &origin, |w| types::of_group(&group.tag, &types, w)));
        }
    }
    if !model.headers.is_empty() {
        files.push(file("src/headers.rs", &origin, |w| headers::emit(&model.headers, w)));
    }
    files.push(file("src/types/shared.rs", &origin, |w| types::shared(model, w)));
    for call in &model.calls {
        let folder = call.group.and_then(|group| model.groups.get(group));
        let folder = folder.map(|group| format!("{}/", group.module)).unwrap_or_default();
        let path = format!("src/{folder}{}.rs", call.module);
        files.push(file(&path, &origin, |w| operation::emit(call, w)));
    }
    files.extend(runtime::files("src/", false));
    files.sort_by(|left, right| left.path.cmp(&right.path));
    files
}

/// What wrote a file, and from what.
pub(crate) struct Origin<'a> {
    command: &'a str,
    document: &'a str,
}

impl Origin<'_> {
    fn of<'b>(&'b self, document: &'b str) -> Origin<'b> {
        Origin { command: self.command, document }
    }

    /// The first lines of each file.
    fn preamble(&self) -> String {
        // The document's name is a file's, which may hold anything.
        let document: String = self.document.chars().filter(|c| !docs::is_hidden(*c)).collect();
        format!("// Written by `{}`; edits are lost.\n// From {document}.\n\n", self.command)
    }
}

fn file(path: &str, origin: &Origin<'_>, write: impl FnOnce(&mut Writer)) -> File {
    let mut writer = Writer::default();
    write(&mut writer);
    File { path: path.to_owned(), text: origin.preamble() + &writer.finish() }
}

/// A file of data, which is built from tokens.
fn data(path: &str, origin: &Origin<'_>, tokens: TokenStream) -> Result<File, Error> {
    Ok(File { path: path.to_owned(), text: origin.preamble() + &tokens::source(path, tokens)? })
}
