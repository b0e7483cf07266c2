//! Operations of a large document, cut out with everything that they reach.

use std::collections::BTreeSet;

use crate::error::ReadError;
use crate::source_map::{At, Document, Entry, Node, Value, segments};
use crate::spec_tools::kind::Kind;
use crate::spec_tools::references::references;

/// The methods of a path item, as OpenAPI names them.
pub(crate) const METHODS: [&str; 8] =
    ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// The keys of a document in the order in which a slice has them.
const ROOT: [&str; 8] =
    ["openapi", "info", "externalDocs", "servers", "tags", "security", "paths", "components"];

/// How alike a name must be to be suggested, from 0 to 1.
const ALIKE: f64 = 0.8;

/// Why nothing was cut.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SliceError {
    /// No operation has this id.
    #[error("{file}: no operation has the id `{id}`{}", suggestion(.nearest))]
    Unknown {
        file: String,
        /// The id that was asked for.
        id: String,
        /// The ids that are most like it, the most alike first.
        nearest: Vec<String>,
    },
    /// The document can't be read as one.
    #[error(transparent)]
    Read(#[from] ReadError),
}

fn suggestion(nearest: &[String]) -> String {
    if nearest.is_empty() {
        return String::new();
    }
    let names: Vec<_> = nearest.iter().map(|name| format!("`{name}`")).collect();
    format!("; did you mean {}?", names.join(" or "))
}

/// The ids of all operations, in the order of the document.
pub fn operation_ids(document: &Document) -> Vec<String> {
    operations(document)
        .filter_map(|(_, _, node)| node.get_text("operationId").map(str::to_owned))
        .collect()
}

/// Path, method and node of each operation.
fn operations(document: &Document) -> impl Iterator<Item = (&str, &str, &Node)> {
    let paths = document.root.get("paths").map_or(&[][..], Node::entries);
    paths.iter().flat_map(|path| {
        let is_operation = |entry: &&Entry| METHODS.contains(&entry.key.as_str());
        let of_path = path.value.entries().iter().filter(is_operation);
        of_path.map(|entry| (path.key.as_str(), entry.key.as_str(), &entry.value))
    })
}

/// Cuts the operations with these ids out of a document, closed under references: a complete
/// document of its own. The order is the document's, whatever the order of the ids, so a slice of a
/// slice is the slice. The publisher's own keys (`x-`) at the top are left behind; they are about the
/// whole.
///
/// # Errors
/// For an id that no operation, or more than one, has, and for a reference that leads nowhere.
pub fn slice(document: &Document, ids: &[String]) -> Result<Document, SliceError> {
    for id in ids {
        known(document, id)?;
    }
    let chosen = |node: &Node| {
        node.get_text("operationId").is_some_and(|id| ids.iter().any(|chosen| chosen == id))
    };
    let root = At::root(document);
    let paths = cut_paths(&root, chosen);
    let mut reached = Reached::default();
    let kept = Document {
        name: document.name.clone(),
        preamble: document.preamble.clone(),
        root: Node::map([Entry::new("paths", paths)]),
    };
    reached.walk(document, Kind::Document, &At::root(&kept))?;
    if let Some(security) = root.get("security") {
        reached.walk(document, Kind::Security, &security)?;
    }
    let tags = used_tags(&kept.root);
    let mut entries = Vec::new();
    for key in ROOT {
        let value = match key {
            "paths" => kept.root.get("paths").cloned(),
            "components" => reached.cut(document.root.get("components")),
            "tags" => document.root.get("tags").and_then(|all| cut_tags(all, &tags)),
            _ => document.root.get(key).cloned(),
        };
        entries.extend(value.map(|value| Entry::new(key, value)));
    }
    Ok(Document { root: Node::map(entries), ..kept })
}

fn known(document: &Document, id: &str) -> Result<(), SliceError> {
    let mut found =
        operations(document).filter(|(_, _, node)| node.get_text("operationId") == Some(id));
    let Some(_) = found.next() else {
        return Err(SliceError::Unknown {
            file: document.name.clone(),
            id: id.to_owned(),
            nearest: nearest(id, &operation_ids(document)),
        });
    };
    match found.next() {
        None => Ok(()),
        Some((path, method, _)) => {
            let pointer =
                crate::source_map::below(&crate::source_map::below("/paths", path), method);
            let place = At::find(document, &pointer).map(|at| at.place()).unwrap_or_default();
            let reason = format!("a second operation has the id `{id}`");
            Err(ReadError { place, reason }.into())
        }
    }
}

fn nearest(id: &str, ids: &[String]) -> Vec<String> {
    let lower = id.to_lowercase();
    let mut alike: Vec<_> = ids
        .iter()
        .map(|other| (strsim::jaro_winkler(&lower, &other.to_lowercase()), other))
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    alike.sort_by(|one, two| two.0.total_cmp(&one.0).then_with(|| one.1.cmp(two.1)));
    alike.into_iter().take(3).map(|(_, name)| name.clone()).collect()
}

/// The path items that hold a chosen operation, without their other operations.
fn cut_paths(root: &At<'_>, chosen: impl Fn(&Node) -> bool) -> Node {
    let mut kept = Vec::new();
    for path in root.node.get("paths").map_or(&[][..], Node::entries) {
        let is_method = |entry: &Entry| METHODS.contains(&entry.key.as_str());
        let stays = |entry: &&Entry| !is_method(entry) || chosen(&entry.value);
        if path.value.entries().iter().any(|entry| is_method(entry) && chosen(&entry.value)) {
            let entries = path.value.entries().iter().filter(stays).cloned().collect();
            let value = Node { value: Value::Map(entries), position: path.value.position };
            kept.push(Entry { value, ..path.clone() });
        }
    }
    Node::map(kept)
}

fn used_tags(root: &Node) -> BTreeSet<String> {
    let paths = root.get("paths").map_or(&[][..], Node::entries);
    let operations = paths.iter().flat_map(|path| path.value.entries());
    let tags = operations.filter_map(|operation| operation.value.get("tags"));
    tags.flat_map(Node::items).filter_map(Node::as_text).map(str::to_owned).collect()
}

fn cut_tags(all: &Node, used: &BTreeSet<String>) -> Option<Node> {
    let is_used = |tag: &&Node| tag.get_text("name").is_some_and(|name| used.contains(name));
    let kept: Vec<_> = all.items().iter().filter(is_used).cloned().collect();
    (!kept.is_empty()).then(|| Node::new(Value::List(kept)))
}

/// The components that are reached, by section and name.
#[derive(Default)]
struct Reached(BTreeSet<(String, String)>);

impl Reached {
    /// Follows every reference below `at`, and below what they lead to.
    fn walk(&mut self, document: &Document, kind: Kind, at: &At<'_>) -> Result<(), ReadError> {
        let mut open = Vec::new();
        references(kind, at, &mut |from, pointer| {
            open.push(component(document, from, pointer.as_deref())?);
            Ok(())
        })?;
        while let Some((section, name)) = open.pop() {
            if !self.0.insert((section.clone(), name.clone())) {
                continue;
            }
            let kind = Kind::Components.child(&section).child(&name);
            let pointer = crate::source_map::below(&format!("/components/{section}"), &name);
            let Some(reached) = At::find(document, &pointer) else { continue };
            references(kind, &reached, &mut |from, pointer| {
                open.push(component(document, from, pointer.as_deref())?);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The components that were reached, in the order of the document.
    fn cut(&self, components: Option<&Node>) -> Option<Node> {
        let mut sections = Vec::new();
        for section in components?.entries() {
            let is_reached =
                |entry: &&Entry| self.0.contains(&(section.key.clone(), entry.key.clone()));
            let kept: Vec<_> = section.value.entries().iter().filter(is_reached).cloned().collect();
            if !kept.is_empty() {
                sections.push(Entry::new(&section.key, Node::map(kept)));
            }
        }
        (!sections.is_empty()).then(|| Node::map(sections))
    }
}

/// The component that a reference names or leads into.
fn component(
    document: &Document,
    from: &At<'_>,
    pointer: Option<&str>,
) -> Result<(String, String), ReadError> {
    let wrong = |problem: &str| ReadError {
        place: from.place(),
        reason: format!("the reference {} {problem}", from.node.inline()),
    };
    let pointer =
        pointer.ok_or_else(|| wrong("leads out of the document; bundle it into one file first"))?;
    if At::find(document, pointer).is_none() {
        return Err(wrong("leads to nothing"));
    }
    let mut parts = segments(pointer);
    match (parts.next().as_deref(), parts.next(), parts.next()) {
        (Some("components"), Some(section), Some(name)) => Ok((section, name)),
        _ => Err(wrong("leads elsewhere than to a component, so that it can't be cut out")),
    }
}
