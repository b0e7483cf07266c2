//! The reading of record: the types of openapiv3, by way of serde_yaml.
//!
//! serde_yaml tells no places, so it reads the tree that was linted and not the text once more: what is
//! lowered and what errors point at can't differ. Each component and each path is read on its own,
//! so that what openapiv3 refuses is told with its place, and the rest is still read.

use std::thread;

use openapiv3::{
    Components, Header, Info, OpenAPI, Parameter, PathItem, Paths, ReferenceOr, RequestBody,
    Response, Schema, SecurityRequirement, Server, Tag,
};
use serde::de::DeserializeOwned;
use serde_yaml::Value as Yaml;

use crate::error::{Error, ReadError};
use crate::lint::{Linted, Shape};
use crate::source_map::{self, Node, Value, below, target};

/// What openapiv3 needs of the stack for a schema as deep as a document may be, without
/// optimisation as well.
const STACK: usize = 256 << 20;

/// A typed document.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    pub(crate) api: OpenAPI,
    pub(crate) components: Components,
    /// What references lead to outside the components, by the text of the reference.
    pub(crate) elsewhere: Components,
    pub(crate) path_items: Paths,
}

/// Reads a document that was linted.
///
/// # Errors
/// For what openapiv3 refuses.
pub(crate) fn read(source: &source_map::Document, linted: &Linted) -> Result<Typed, Vec<Error>> {
    let work = || {
        let mut reader = Reader { source, errors: Vec::new() };
        let typed = reader.document(linted);
        if reader.errors.is_empty() { Ok(typed) } else { Err(reader.errors) }
    };
    thread::scope(|scope| {
        let reading = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, work);
        match reading.map(|reading| reading.join()) {
            Ok(Ok(read)) => read,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(error) => {
                let reason = format!("can't start a thread to read it: {error}");
                Err(vec![ReadError { place: source.place(""), reason }.into()])
            }
        }
    })
}

struct Reader<'a> {
    source: &'a source_map::Document,
    errors: Vec<Error>,
}

impl Reader<'_> {
    fn document(&mut self, linted: &Linted) -> Typed {
        let root = &linted.root;
        let sections = root.get("components");
        let mut api = OpenAPI {
            info: Info {
                title: root
                    .get("info")
                    .and_then(|info| info.get_text("title"))
                    .unwrap_or_default()
                    .to_owned(),
                ..Info::default()
            },
            ..OpenAPI::default()
        };
        api.tags = self.part::<Vec<Tag>>(root, "tags").unwrap_or_default();
        api.servers = self.part::<Vec<Server>>(root, "servers").unwrap_or_default();
        api.security = self.part::<Vec<SecurityRequirement>>(root, "security");
        for (path, item) in self.each::<PathItem>(root.get("paths"), "/paths") {
            api.paths.paths.insert(path, item);
        }
        let mut components = Components::default();
        let section = |name: &str| sections.and_then(|sections| sections.get(name));
        components.schemas.extend(self.each(section("schemas"), "/components/schemas"));
        components.responses.extend(self.each(section("responses"), "/components/responses"));
        components.parameters.extend(self.each(section("parameters"), "/components/parameters"));
        let bodies = self.each(section("requestBodies"), "/components/requestBodies");
        components.request_bodies.extend(bodies);
        components.headers.extend(self.each(section("headers"), "/components/headers"));
        let mut typed = Typed { api, components, ..Typed::default() };
        for (shape, reference, node) in &linted.targets {
            self.elsewhere(*shape, reference, node, &mut typed);
        }
        typed
    }

    fn elsewhere(&mut self, shape: Shape, reference: &str, node: &Node, typed: &mut Typed) {
        let at = target(reference).unwrap_or_default();
        let (into, name) = (&mut typed.elsewhere, reference.to_owned());
        match shape {
            Shape::Response => into.responses.extend(self.one::<Response>(node, at, name)),
            Shape::Parameter => into.parameters.extend(self.one::<Parameter>(node, at, name)),
            Shape::RequestBody => {
                into.request_bodies.extend(self.one::<RequestBody>(node, at, name))
            }
            Shape::Header => into.headers.extend(self.one::<Header>(node, at, name)),
            Shape::PathItem => typed.path_items.paths.extend(self.one::<PathItem>(node, at, name)),
            _ => into.schemas.extend(self.one::<Schema>(node, at, name)),
        }
    }

    fn each<T: DeserializeOwned>(
        &mut self,
        section: Option<&Node>,
        pointer: &str,
    ) -> Vec<(String, ReferenceOr<T>)> {
        let entries = section.map(Node::entries).unwrap_or_default().iter();
        let one = |entry: &crate::source_map::Entry| {
            self.one(&entry.value, below(pointer, &entry.key), entry.key.clone())
        };
        entries.filter_map(one).collect()
    }

    fn one<T: DeserializeOwned>(
        &mut self,
        node: &Node,
        pointer: String,
        name: String,
    ) -> Option<(String, ReferenceOr<T>)> {
        // openapiv3 keeps a copy of each value until it knows that it is no reference.
        if let Some(reference) = node.get_text("$ref") {
            return Some((name, ReferenceOr::ref_(reference)));
        }
        Some((name, ReferenceOr::Item(self.typed(node, &pointer)?)))
    }

    fn part<T: DeserializeOwned>(&mut self, root: &Node, key: &str) -> Option<T> {
        root.get(key).and_then(|node| self.typed(node, &below("", key)))
    }

    fn typed<T: DeserializeOwned>(&mut self, node: &Node, pointer: &str) -> Option<T> {
        let typed = serde_yaml::from_value(yaml(node));
        typed
            .map_err(|error: serde_yaml::Error| {
                self.errors.push(Error::Unexpected {
                    place: self.source.place(pointer),
                    expected: "an OpenAPI 3.0 document".to_owned(),
                    got: format!("one that openapiv3 refuses: {error}"),
                });
            })
            .ok()
    }
}

fn yaml(node: &Node) -> Yaml {
    match &node.value {
        Value::Text(text) => Yaml::String(text.clone()),
        Value::Bare(text) => bare(node, text),
        Value::List(items) => Yaml::Sequence(items.iter().map(yaml).collect()),
        Value::Map(entries) => {
            let entry =
                |entry: &source_map::Entry| (Yaml::String(entry.key.clone()), yaml(&entry.value));
            Yaml::Mapping(entries.iter().map(entry).collect())
        }
    }
}

fn bare(node: &Node, text: &str) -> Yaml {
    if let Some(flag) = node.as_boolean() {
        return Yaml::Bool(flag);
    }
    let integer = text.parse().map(Yaml::from as fn(i64) -> Yaml);
    let unsigned = || text.parse().map(Yaml::from as fn(u64) -> Yaml);
    let float = || text.parse().ok().filter(|number: &f64| number.is_finite()).map(Yaml::from);
    integer.or_else(|_| unsigned()).ok().or_else(float).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use serde_yaml::Value as Yaml;

    use super::{read, yaml};
    use crate::lint::Linted;
    use crate::source_map::{self, Document, Node};

    /// The value as serde_yaml itself reads it; only keys are text here.
    fn parsed(text: &str) -> Yaml {
        fn keyed(value: Yaml) -> Yaml {
            match value {
                Yaml::Mapping(entries) => {
                    let key = |key: Yaml| match key {
                        Yaml::Number(number) => Yaml::String(number.to_string()),
                        key => key,
                    };
                    let entries = entries.into_iter().map(|(name, it)| (key(name), keyed(it)));
                    Yaml::Mapping(entries.collect())
                }
                Yaml::Sequence(items) => Yaml::Sequence(items.into_iter().map(keyed).collect()),
                scalar => scalar,
            }
        }
        let mut value: Yaml = serde_yaml::from_str(text).expect("YAML");
        value.apply_merge().expect("merge keys");
        keyed(value)
    }

    fn same_in_both(path: &Path) {
        let text = std::fs::read_to_string(path).expect("a document");
        let document = source_map::read("document", &text).expect("a document");
        assert_eq!(yaml(&document.root), parsed(&text), "{}", path.display());
    }

    fn files(folder: &str) -> Vec<PathBuf> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let entries = std::fs::read_dir(folder).expect("a folder");
        entries.map(|entry| entry.expect("an entry").path()).collect()
    }

    #[test]
    fn the_tree_is_what_serde_yaml_reads_of_the_text() {
        for path in files("../spec").iter().chain(&files("tests/fixtures/accept")) {
            // libyaml knows no surrogate pairs.
            let is_yaml = path.extension().is_some_and(|extension| extension == "yaml");
            if is_yaml && !path.ends_with("surrogate_pair.yaml") {
                same_in_both(path);
            }
        }
    }

    #[test]
    #[ignore = "needs the published document, which is not part of the repository; .ci/run runs it"]
    fn the_tree_of_the_whole_document_is_what_serde_yaml_reads() {
        same_in_both(Path::new(&std::env::var("ATLAS_DOCUMENT").expect("ATLAS_DOCUMENT")));
    }

    #[test]
    fn what_openapiv3_refuses_is_told_with_each_place() {
        let text = "paths:\n  /a: {get: {tags: 1}}\n  /b: {}\n  /c: {summary: []}\n";
        let document: Document = source_map::read("document.yaml", text).expect("a document");
        let root: Node = document.root.clone();
        let errors = read(&document, &Linted { root, ..Linted::default() }).expect_err("refused");
        let places: Vec<_> = errors.iter().filter_map(|error| error.place()).collect();
        let places: Vec<_> = places.iter().map(ToString::to_string).collect();
        assert_eq!(places, ["document.yaml:2:3 at /paths/~1a", "document.yaml:4:3 at /paths/~1c"]);
    }
}
