//! Text to a document with places. The only room that knows serde_yaml and saphyr.

use std::collections::HashMap;

use openapiv3::OpenAPI;
use saphyr::{LoadableYamlNode, MarkedYamlOwned, ScalarOwned, YamlDataOwned};
use serde::de::DeserializeOwned;

use crate::error::{Error, Place};
use crate::{Source, lint};

/// How deep a document may nest; the deepest that real ones do is a fraction of it.
const DEPTH_LIMIT: usize = 100;

/// A document and where its parts stand.
pub(crate) struct Document {
    pub(crate) api: OpenAPI,
    pub(crate) places: Places,
}

/// Line and column of every node, by JSON pointer.
pub(crate) struct Places {
    file: String,
    positions: HashMap<String, (usize, usize)>,
}

impl Places {
    pub(crate) fn at(&self, pointer: &str) -> Place {
        let mut known = pointer;
        // What is absent is reported where its parent stands.
        while !self.positions.contains_key(known) {
            match known.rfind('/') {
                Some(end) => known = &known[..end],
                None => break,
            }
        }
        Place {
            file: self.file.clone(),
            position: self.positions.get(known).copied(),
            pointer: pointer.to_owned(),
        }
    }
}

/// A node of the raw tree: plain data, so that nobody else needs to know the parser.
pub(crate) enum Node {
    Mapping(Vec<(String, Node)>),
    Sequence(Vec<Node>),
    Text(String),
    Other,
}

/// Reads one OpenAPI document.
pub(crate) fn load(source: &Source) -> Result<Document, Error> {
    let (tree, places) = raw(source)?;
    lint::document(&tree, &places)?;
    let api: OpenAPI = typed(source, &places)?;
    Ok(Document { api, places })
}

/// Reads YAML into a type of serde's, with places for errors.
pub(crate) fn typed<T: DeserializeOwned>(source: &Source, places: &Places) -> Result<T, Error> {
    serde_yaml::from_str(&source.text).map_err(|error| {
        let position = error.location().map(|at| (at.line(), at.column()));
        let place = Place { position, ..places.at("") };
        Error::Unexpected {
            place,
            expected: "a document of the known shape".to_owned(),
            got: error.to_string(),
        }
    })
}

/// Reads YAML into the raw tree: duplicate keys are errors, and every node has its place.
pub(crate) fn raw(source: &Source) -> Result<(Node, Places), Error> {
    let file = source.name.clone();
    let syntax = |position, reason: String| Error::Syntax {
        place: Place { file: file.clone(), position, pointer: String::new() },
        reason,
    };
    // Aliases can make a small text explode, and no fragment needs them.
    let documents = MarkedYamlOwned::load_from_str(&source.text).map_err(|error| {
        let marker = error.marker();
        syntax(Some((marker.line(), marker.col() + 1)), error.info().to_owned())
    })?;
    let [root] = documents.as_slice() else {
        return Err(syntax(None, format!("expected one document, got {}", documents.len())));
    };
    let mut places = Places { file: source.name.clone(), positions: HashMap::new() };
    let tree = walk(root, "", 0, &mut places)?;
    Ok((tree, places))
}

fn walk(
    node: &MarkedYamlOwned,
    pointer: &str,
    depth: usize,
    places: &mut Places,
) -> Result<Node, Error> {
    let start = node.span.start;
    places.positions.insert(pointer.to_owned(), (start.line(), start.col() + 1));
    if depth > DEPTH_LIMIT {
        return Err(Error::Unexpected {
            place: places.at(pointer),
            expected: format!("at most {DEPTH_LIMIT} levels"),
            got: "more".to_owned(),
        });
    }
    match &node.data {
        YamlDataOwned::Mapping(mapping) => {
            let mut entries = Vec::new();
            for (key, value) in mapping {
                let Some(name) = text(key) else {
                    return Err(Error::Unexpected {
                        place: places.at(pointer),
                        expected: "text as a key".to_owned(),
                        got: "something else".to_owned(),
                    });
                };
                let child = below(pointer, &name);
                entries.push((name, walk(value, &child, depth + 1, places)?));
                let start = key.span.start;
                places.positions.insert(child, (start.line(), start.col() + 1));
            }
            Ok(Node::Mapping(entries))
        }
        YamlDataOwned::Sequence(items) => {
            let walked = items.iter().enumerate().map(|(index, item)| {
                walk(item, &below(pointer, &index.to_string()), depth + 1, places)
            });
            Ok(Node::Sequence(walked.collect::<Result<_, _>>()?))
        }
        YamlDataOwned::Value(ScalarOwned::String(text)) => Ok(Node::Text(text.clone())),
        _ => Ok(Node::Other),
    }
}

fn text(node: &MarkedYamlOwned) -> Option<String> {
    match &node.data {
        YamlDataOwned::Value(ScalarOwned::String(text)) => Some(text.clone()),
        YamlDataOwned::Value(ScalarOwned::Integer(number)) => Some(number.to_string()),
        _ => None,
    }
}

/// The JSON pointer of a child (RFC 6901).
pub(crate) fn below(pointer: &str, segment: &str) -> String {
    format!("{pointer}/{}", segment.replace('~', "~0").replace('/', "~1"))
}
