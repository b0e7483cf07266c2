//! The header fields that answers may have.

use std::collections::BTreeSet;

use crate::ir::{Api, Header, Kind, Operation};
use crate::model::{HeaderDef, Type};
use crate::names::{self, Scope};

/// Each header field once, in order of name; one that has two types is two.
pub(super) fn all(api: &Api) -> Vec<HeaderDef> {
    let mut found: Vec<&Header> = api.operations.iter().flat_map(of).collect();
    // A description that the document shares says most.
    found.sort_by_key(|header| (&header.name, !header.shared));
    let mut scope = Scope::default();
    let mut all: Vec<HeaderDef> = Vec::new();
    for header in found {
        let ty = ty(&header.kind);
        if all.iter().any(|known| known.label == header.name && known.ty == ty) {
            continue;
        }
        all.push(HeaderDef {
            name: scope.claim(names::shouty(&header.name)),
            label: header.name.clone(),
            docs: header.docs.clone(),
            ty,
        });
    }
    all
}

/// The names of the header fields that an operation describes itself, in backticks.
pub(super) fn own(operation: &Operation) -> Vec<String> {
    let own = of(operation).filter(|header| !header.shared);
    let names: BTreeSet<_> = own.map(|header| format!("`{}`", header.name)).collect();
    names.into_iter().collect()
}

fn of(operation: &Operation) -> impl Iterator<Item = &Header> {
    operation.responses.iter().flat_map(|response| &response.headers)
}

/// What is no scalar comes as it is written.
fn ty(kind: &Kind) -> Type {
    match kind {
        Kind::Boolean => Type::Bool,
        Kind::Integer { .. } => Type::I64,
        Kind::Number { .. } => Type::F64,
        _ => Type::Text,
    }
}
