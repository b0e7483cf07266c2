//! What a part of a document refers to.

use super::kind::Kind;
use crate::error::ReadError;
use crate::source_map::{At, Document, Value, below, target};

/// Hands every reference in a subtree to `found`: `$ref`, the mapping of a discriminator, and the
/// names of security schemes. Each comes with the node that holds it and the pointer that it names;
/// `None` stands for a reference that leads out of the document.
pub(crate) fn references<'a>(
    kind: Kind,
    at: &At<'a>,
    found: &mut impl FnMut(&At<'a>, Option<String>) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    if kind.may_refer()
        && let Some(reference) = at.get("$ref")
        && let Some(text) = reference.node.as_text()
    {
        return found(&reference, target(text));
    }
    match kind {
        Kind::Data => return Ok(()),
        Kind::Discriminator => {
            for (_, value) in at.get("mapping").iter().flat_map(At::entries) {
                if let Some(text) = value.node.as_text() {
                    found(&value, mapped(text))?;
                }
            }
            return Ok(());
        }
        Kind::Security => {
            for requirement in at.items() {
                for (name, value) in requirement.entries() {
                    found(&value, Some(below("/components/securitySchemes", name)))?;
                }
            }
            return Ok(());
        }
        _ => {}
    }
    for (key, value) in at.entries() {
        references(kind.child(key), &value, found)?;
    }
    for item in at.items() {
        references(kind.child(""), &item, found)?;
    }
    Ok(())
}

/// A value of a discriminator's mapping is a reference or the bare name of a schema.
pub(crate) fn mapped(text: &str) -> Option<String> {
    if text.starts_with('#') { target(text) } else { Some(below("/components/schemas", text)) }
}

/// Whether a tree can be read as an OpenAPI 3.0 document: its version, its paths, the kind of its
/// objects, and that every reference leads somewhere and no chain of them in a circle.
pub(crate) fn check(document: &Document) -> Result<(), ReadError> {
    let root = At::root(document);
    match root.get("openapi") {
        Some(version) if version.node.as_text().is_some_and(|text| text.starts_with("3.0.")) => {}
        Some(version) => {
            return Err(wrong(
                &version,
                format!("expected OpenAPI 3.0, got {}", version.node.inline()),
            ));
        }
        None => {
            return Err(wrong(
                &root,
                "expected an OpenAPI document, got no key `openapi`".to_owned(),
            ));
        }
    }
    if !root.get("paths").is_some_and(|paths| matches!(paths.node.value, Value::Map(_))) {
        return Err(wrong(&root, "expected a mapping under `paths`".to_owned()));
    }
    kinds(Kind::Document, &root)?;
    references(Kind::Document, &root, &mut |from, pointer| {
        let target = pointer.as_deref().and_then(|pointer| At::find(document, pointer));
        match target {
            Some(target) if target.clone().follow().node.get_text("$ref").is_none() => Ok(()),
            Some(_) => {
                Err(wrong(from, "the reference leads in a circle, or through too many".to_owned()))
            }
            None => Err(wrong(from, unresolved(from, pointer.as_deref()))),
        }
    })
}

fn unresolved(from: &At<'_>, pointer: Option<&str>) -> String {
    match pointer {
        Some(pointer) => format!("the reference to {pointer} leads to nothing"),
        None => format!(
            "the reference {} leads out of the document; bundle it into one file first",
            from.node.inline()
        ),
    }
}

fn kinds(kind: Kind, at: &At<'_>) -> Result<(), ReadError> {
    if kind == Kind::Data {
        return Ok(());
    }
    let is_list = matches!(at.node.value, Value::List(_));
    let listed = matches!(kind, Kind::Parameters | Kind::Schemas | Kind::Security) && is_list;
    let boolean = kind == Kind::Schema && at.pointer.ends_with("/additionalProperties");
    let is_map = matches!(at.node.value, Value::Map(_));
    if !is_map && !listed && !boolean {
        return Err(wrong(at, format!("expected a mapping, got {}", at.node.inline())));
    }
    for (key, value) in at.entries() {
        kinds(kind.child(key), &value)?;
    }
    for item in at.items() {
        if kind != Kind::Security {
            kinds(kind.child(""), &item)?;
        }
    }
    Ok(())
}

pub(super) fn wrong(at: &At<'_>, reason: String) -> ReadError {
    ReadError { place: at.place(), reason }
}
