//! Operations: bodies and responses.

use std::collections::HashSet;

use crate::document::Node;
use crate::error::Error;
use crate::ir::{
    Api, Body, Content, Kind, Location, Operation, Parameter, Response, Schema, Status,
};
use crate::lower::form::deep_fields;
use crate::lower::walk::Walk;

/// The name, or the first of it with a number that is free.
fn free(taken: &HashSet<String>, name: &str) -> String {
    let mut numbered = (2..).map(|number: u32| format!("{name} {number}"));
    match taken.contains(name) {
        true => numbered.find(|name| !taken.contains(name)).unwrap_or_default(),
        false => name.to_owned(),
    }
}

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

impl<'a, 't> Walk<'a, 't> {
    pub(super) fn operations(&mut self, api: &mut Api) {
        let mut ids: HashSet<String> =
            api.operations.iter().map(|known| known.id.clone()).collect();
        let paths = self.tree.root.get("paths").map(Node::entries).unwrap_or_default();
        for path in paths.iter().filter(|path| path.key.starts_with('/')) {
            if self.is_contract() && path.node.get("$ref").is_some() {
                let advice = "write it out: each of its operations needs an operationId of its own";
                self.unsupported(&path.node, "$ref", "a path by reference", advice);
                continue;
            }
            let Some((item, _)) = self.resolve(&path.node, "pathItems") else { continue };
            for method in METHODS {
                let Some(node) = item.get(method) else { continue };
                let Some(mut lowered) = self.operation(&path.key, method, node, item) else {
                    continue;
                };
                let is_named = std::ptr::eq(item, &path.node) && node.get("operationId").is_some();
                if !is_named {
                    // A name that the document gives no other place is no error of its own.
                    lowered.id = free(&ids, &lowered.id);
                }
                if !ids.insert(lowered.id.clone()) {
                    self.fail(Error::Collision {
                        place: self.tree.place_of(node, "operationId"),
                        what: "the operationId",
                        name: lowered.id.clone(),
                        reason: "another operation has it".to_owned(),
                    });
                }
                api.operations.push(lowered);
            }
        }
        if let Some(stray) = paths.iter().find(|path| !path.key.starts_with(['/', 'x'])) {
            self.unexpected(
                &stray.node,
                "",
                "a path, which begins with `/`",
                &format!("`{}`", stray.key),
            );
        }
    }

    fn operation(
        &mut self,
        path: &str,
        method: &str,
        node: &'a Node<'t>,
        item: &'a Node<'t>,
    ) -> Option<Operation> {
        let id = match node.get("operationId").and_then(Node::raw) {
            Some(id) => id.to_owned(),
            None if self.is_contract() => {
                self.unexpected(node, "", "an operationId", "none");
                return None;
            }
            None => format!("{method} {path}"),
        };
        for holder in [item, node] {
            if holder.get("servers").is_some_and(|servers| !servers.items().is_empty()) {
                let instead = "the client's base URL is used for all operations";
                self.done_without(holder, "servers", "use the servers of the document", instead);
            }
        }
        if node.get("callbacks").is_some_and(|callbacks| !callbacks.entries().is_empty()) {
            self.unsupported(node, "callbacks", "callbacks", "remove it");
        }
        let parameters = self.parameters(item.get("parameters"), node.get("parameters"));
        self.templates_match(path, &parameters, node);
        let text = |key| node.get(key).and_then(Node::raw).map(str::to_owned);
        let security = node.get("security").or_else(|| self.tree.root.get("security"));
        let schemes = security.map(Node::items).unwrap_or_default().iter().flat_map(Node::entries);
        let tag = node.get("tags").and_then(|tags| tags.items().first()).and_then(Node::raw);
        Some(Operation {
            id,
            is_public: node.get("security").is_some_and(|list| list.items().is_empty()),
            source: self.tree.file.to_owned(),
            docs: text("description").or_else(|| text("summary")).unwrap_or_default(),
            deprecated: node.get("deprecated").and_then(Node::boolean).unwrap_or_default(),
            tag: tag.map(str::to_owned),
            method: method.to_uppercase(),
            path: path.to_owned(),
            parameters,
            body: node.get("requestBody").and_then(|body| self.body(body)),
            responses: self.responses(node),
            security: schemes.map(|entry| entry.key.to_string()).collect(),
        })
    }

    /// Each `{name}` of the path has its parameter, and the other way round.
    fn templates_match(&mut self, path: &str, parameters: &[Parameter], node: &Node<'_>) {
        let in_path = parameters.iter().filter(|p| p.location == Location::Path);
        for parameter in in_path.clone() {
            if !path.contains(&format!("{{{}}}", parameter.name)) {
                self.unexpected(node, "", &format!("a path with {{{}}}", parameter.name), path);
            }
        }
        let declared = in_path.count();
        if path.matches('{').count() != declared {
            let expected = "a path parameter for each {name} of the path";
            self.unexpected(node, "", expected, &format!("{declared} for {path}"));
        }
    }

    fn body(&mut self, item: &'a Node<'t>) -> Option<Body> {
        let (node, _) = self.resolve(item, "requestBodies")?;
        let content = self.contents(node);
        for content in node.get("content").map(Node::entries).unwrap_or_default() {
            self.form(&content.key, &content.node);
        }
        if content.is_empty() {
            self.unexpected(node, "content", "at least one media type", "none");
            return None;
        }
        let required = node.get("required").and_then(Node::boolean).unwrap_or_default();
        Some(Body { required, content })
    }

    fn responses(&mut self, node: &'a Node<'t>) -> Vec<Response> {
        let mut lowered: Vec<Response> = Vec::new();
        let responses = node.get("responses").map(Node::entries).unwrap_or_default();
        for entry in responses.iter().filter(|entry| !entry.key.starts_with("x-")) {
            let Some(status) = self.status(&entry.key, &entry.node) else { continue };
            let Some((node, _)) = self.resolve(&entry.node, "responses") else { continue };
            let headers = self.headers(node);
            lowered.push(Response {
                status,
                docs: node.get("description").and_then(Node::raw).unwrap_or_default().to_owned(),
                headers,
                content: self.contents(node),
            });
        }
        lowered.sort_by_key(|response| response.status);
        lowered
    }

    fn status(&mut self, key: &str, node: &Node<'_>) -> Option<Status> {
        let range = key.strip_suffix("XX").or_else(|| key.strip_suffix("xx"));
        let number = |text: &str| text.parse::<u16>().ok();
        if key == "default" {
            if self.is_contract() {
                self.unsupported(node, "", "a default response", "name the statuses");
            }
            return Some(Status::Default);
        }
        if let Some(class) = range.and_then(number).filter(|class| (1..=5).contains(class)) {
            if self.is_contract() {
                self.unsupported(node, "", "a range of statuses", "name the statuses");
            }
            return Some(Status::Range(class));
        }
        let code = number(key).filter(|code| (100..=599).contains(code));
        if code.is_none() {
            self.unexpected(node, "", "a status, as 200, 2XX or default", &format!("`{key}`"));
        }
        code.map(Status::Code)
    }

    /// What a range of media types is to a client: JSON, where its schema says more than text.
    fn any_media_type(
        &mut self,
        media_type: &str,
        node: &'a Node<'t>,
        schema: Option<&Schema>,
    ) -> String {
        let plain =
            matches!(schema.map(|schema| &schema.kind), None | Some(Kind::Text(_) | Kind::Any));
        let construct = format!("the range of media types {media_type}");
        let taken = if plain { "it is taken as bytes" } else { "it is taken as JSON" };
        self.warn(node, "", &construct, &format!("name the media type; {taken}"));
        if plain { "application/octet-stream".to_owned() } else { "application/json".to_owned() }
    }

    fn contents(&mut self, node: &'a Node<'t>) -> Vec<Content> {
        let entries = node.get("content").map(Node::entries).unwrap_or_default();
        let mut lowered = Vec::new();
        for entry in entries {
            let media_type = entry.key.as_ref();
            if media_type.chars().any(|c| c.is_control() || !c.is_ascii()) {
                self.unexpected(&entry.node, "", "a media type", &format!("{media_type:?}"));
                continue;
            }
            if self.is_contract() && !crate::media::is_json(media_type) {
                let construct = format!("the media type {media_type}");
                self.unsupported(&entry.node, "", &construct, "only JSON bodies are generated");
                continue;
            }
            let schema = entry.node.get("schema").map(|schema| self.schema(schema));
            let media_type = match media_type.ends_with("/*") {
                true => self.any_media_type(media_type, &entry.node, schema.as_ref()),
                false => media_type.to_owned(),
            };
            let deep = deep_fields(&entry.node);
            lowered.push(Content { media_type, schema, deep });
        }
        lowered
    }
}
