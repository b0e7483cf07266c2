//! Fixtures from `tests/fixtures/`, and the project's own sources.

use std::fs;
use std::path::{Path, PathBuf};

use atlas_codegen::{Package, Source, Sources};

pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every fixture of a folder, by name.
pub(crate) fn all(folder: &str) -> Vec<Source> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
    let mut paths: Vec<_> = fs::read_dir(&folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no fixture in {}", folder.display());
    paths
        .iter()
        .map(|path| Source {
            name: path.file_name().expect("a name").to_string_lossy().into_owned(),
            text: fs::read_to_string(path).expect("the fixture"),
        })
        .collect()
}

/// A package that has to hold everything.
pub(crate) fn package(name: &str) -> Package {
    Package { name: name.to_owned(), allow_unsupported: false }
}

/// One document with a single clause.
pub(crate) fn sources(document: Source) -> Sources {
    let text =
        "{operation: getThing, clauses: [{slug: a.b, level: must, text: Text., source: page, \
                why: Text., sent: Text., passes: Text., repair: Text., \
                judges: [{body: success, at: \"\"}, {body: error, at: \"\"}], \
                touches: [operation]}]}\n"
            .to_owned();
    Sources { documents: vec![document], clauses: Source { name: "clauses.yaml".to_owned(), text } }
}

/// The project's own specification.
pub(crate) fn own() -> Sources {
    let read = |name: &str| Source {
        name: format!("spec/{name}"),
        text: fs::read_to_string(root().join("spec").join(name)).expect("the spec"),
    };
    Sources {
        documents: vec![read("remove_role.openapi.yaml"), read("project_users.openapi.yaml")],
        clauses: read("clauses.yaml"),
    }
}

/// A document with these schemas, one operation of which answers `Thing`.
pub(crate) fn with_schemas(schemas: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{title: t, version: \"1\"}}\npaths:\n  /things:\n    get:\n      \
         operationId: getThing\n      responses:\n        \"200\":\n          description: A thing.\n          \
         content:\n            application/json:\n              schema: {{$ref: \"#/components/schemas/Thing\"}}\n\
         components:\n  schemas:\n{schemas}"
    )
}
