//! Models → files, one room per kind of file. All Rust is written as tokens.

mod clauses;
mod client;
mod constraints;
pub(crate) mod docs;
mod headers;
mod operation;
mod package;
mod runtime;
mod tokens;
mod ty;
mod types;
mod union;

use proc_macro2::TokenStream;

use crate::clauses::Clause;
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
    let mut drafts = vec![
        Draft::new("lib.rs", &origin, || package::contract_lib(model)),
        Draft::new("client.rs", &origin, client::emit),
        Draft::new("types.rs", &origin, || types::all(model)),
        Draft::new("constraints.rs", &origin, || constraints::emit(api)),
        Draft::new("clauses.rs", &origin.of(&sources.clauses.name), || clauses::emit(clauses)),
    ];
    for call in &model.calls {
        let path = format!("{}.rs", call.module);
        drafts.push(Draft::new(&path, &origin.of(&call.source), || operation::emit(call)));
    }
    write(drafts)
}

/// Every file of a package of its own.
pub(crate) fn client(
    api: &Api,
    model: &Model,
    document: &str,
    package: &Package,
) -> Result<Vec<File>, Error> {
    let origin = Origin { command: "cargo xtask codegen --spec", document };
    let mut drafts = vec![
        Draft::new("src/client.rs", &origin, client::emit),
        Draft::new("src/lib.rs", &origin, || package::lib(api, model)),
        Draft::new("src/types.rs", &origin, || package::types(model)),
        Draft::new("src/types/shared.rs", &origin, || types::shared(model)),
    ];
    for (index, group) in model.groups.iter().enumerate() {
        let path = format!("src/{}.rs", group.module);
        drafts.push(Draft::new(&path, &origin, move || package::group(model, index, group)));
        let of_group = model.types.iter().filter(move |def| def.module == Some(index));
        let of_group: Vec<_> = of_group.collect();
        if !of_group.is_empty() {
            let path = format!("src/types/{}.rs", group.module);
            drafts.push(Draft::new(&path, &origin, move || types::of_group(&group.tag, &of_group)));
        }
    }
    if !model.headers.is_empty() {
        drafts.push(Draft::new("src/headers.rs", &origin, || headers::emit(&model.headers)));
    }
    for call in &model.calls {
        let folder = call.group.and_then(|group| model.groups.get(group));
        let folder = folder.map(|group| format!("{}/", group.module)).unwrap_or_default();
        let path = format!("src/{folder}{}.rs", call.module);
        drafts.push(Draft::new(&path, &origin, || operation::emit(call)));
    }
    let mut files = write(drafts)?;
    files.extend(package::files(api, model, package, &origin));
    files.extend(runtime::files());
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(files)
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

/// A file before its tokens are made and laid out, which takes most of the time.
struct Draft<'a> {
    path: String,
    preamble: String,
    tokens: Box<dyn Fn() -> TokenStream + Send + Sync + 'a>,
}

impl<'a> Draft<'a> {
    fn new(
        path: &str,
        origin: &Origin<'_>,
        tokens: impl Fn() -> TokenStream + Send + Sync + 'a,
    ) -> Self {
        Self { path: path.to_owned(), preamble: origin.preamble(), tokens: Box::new(tokens) }
    }

    fn write(&self) -> Result<File, Error> {
        let text = tokens::source(&self.path, (self.tokens)())?;
        Ok(File { path: self.path.clone(), text: format!("{}{text}", self.preamble) })
    }
}

/// Lays out all files, on as many threads as there are processors.
fn write(drafts: Vec<Draft<'_>>) -> Result<Vec<File>, Error> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = std::sync::atomic::AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            let Some(draft) = drafts.get(index) else { return done };
            done.push(draft.write());
        }
    };
    let done: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for thread in threads {
            match thread.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    let mut files = done.into_iter().collect::<Result<Vec<_>, _>>()?;
    files.sort_by(|left, right| left.path.cmp(&right.path));
    Ok(files)
}
