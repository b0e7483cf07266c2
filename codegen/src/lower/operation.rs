//! Operations: bodies and responses.

use std::collections::HashSet;

use openapiv3::{MediaType, PathItem, ReferenceOr, RequestBody, Responses, StatusCode};

use crate::error::Error;
use crate::ir::{
    Api, Body, Content, Kind, Location, Operation, Parameter, Response, Schema, Status,
};
use crate::lower::form::deep_fields;
use crate::lower::placed::{Placed, Slot};
use crate::lower::walk::Walk;
use crate::media;
use crate::source_map::below;

/// The name, or the first of it with a number that is free.
fn free(taken: &HashSet<String>, name: &str) -> String {
    let mut numbered = (2..).map(|number: u32| format!("{name} {number}"));
    match taken.contains(name) {
        true => numbered.find(|name| !taken.contains(name)).unwrap_or_default(),
        false => name.to_owned(),
    }
}

impl<'a> Walk<'a> {
    pub(super) fn operations(&mut self, api: &mut Api) {
        let mut ids: HashSet<String> =
            api.operations.iter().map(|known| known.id.clone()).collect();
        for (path, item) in &self.typed.api.paths.paths {
            let slot = Slot::new(item, below("/paths", path));
            let is_reference = slot.reference().is_some();
            if self.is_contract() && is_reference {
                let advice = "write it out: each of its operations needs an operationId of its own";
                self.unsupported(&below(&slot.pointer, "$ref"), "a path by reference", advice);
                continue;
            }
            let Some((item, _)) = self.resolve(&slot) else { continue };
            for (method, operation) in item.value.iter() {
                let operation = Placed::new(operation, item.at(method));
                let Some(mut lowered) = self.operation(path, method, &operation, &item) else {
                    continue;
                };
                if is_reference || operation.value.operation_id.is_none() {
                    // A name that the document gives no other place is no error of its own.
                    lowered.id = free(&ids, &lowered.id);
                }
                if !ids.insert(lowered.id.clone()) {
                    self.fail(Error::Collision {
                        place: self.place(&operation.at("operationId")),
                        what: "the operationId",
                        name: lowered.id.clone(),
                        reason: "another operation has it".to_owned(),
                    });
                }
                api.operations.push(lowered);
            }
        }
    }

    fn operation(
        &mut self,
        path: &str,
        method: &str,
        placed: &Placed<'a, openapiv3::Operation>,
        item: &Placed<'a, PathItem>,
    ) -> Option<Operation> {
        let operation = placed.value;
        let id = match &operation.operation_id {
            Some(id) => id.clone(),
            None if self.is_contract() => {
                self.unexpected(&placed.pointer, "an operationId", "none");
                return None;
            }
            None => format!("{method} {path}"),
        };
        let servers = [(&item.pointer, &item.value.servers), (&placed.pointer, &operation.servers)];
        for (pointer, _) in servers.into_iter().filter(|(_, servers)| !servers.is_empty()) {
            let instead = "the client's base URL is used for all operations";
            self.done_without(pointer, "servers", "use the servers of the document", instead);
        }
        if !operation.callbacks.is_empty() {
            self.unsupported(&placed.at("callbacks"), "callbacks", "remove it");
        }
        let mut slots = Slot::list(&item.value.parameters, &item.at("parameters"));
        slots.extend(Slot::list(&operation.parameters, &placed.at("parameters")));
        let parameters = self.parameters(&slots);
        self.templates_match(path, &parameters, &placed.pointer);
        let security = operation.security.as_ref().or(self.typed.api.security.as_ref());
        let schemes = security.into_iter().flatten().flat_map(|requirement| requirement.keys());
        let docs = operation.description.as_ref().or(operation.summary.as_ref());
        let body = operation.request_body.as_ref();
        Some(Operation {
            id,
            is_public: operation.security.as_ref().is_some_and(Vec::is_empty),
            source: self.file().to_owned(),
            docs: docs.cloned().unwrap_or_default(),
            deprecated: operation.deprecated,
            tag: operation.tags.first().cloned(),
            method: method.to_uppercase(),
            path: path.to_owned(),
            parameters,
            body: body.and_then(|body| self.body(&Slot::new(body, placed.at("requestBody")))),
            responses: self.responses(&operation.responses, &placed.at("responses")),
            security: schemes.cloned().collect(),
        })
    }

    /// Each `{name}` of the path has its parameter, and the other way round.
    fn templates_match(&mut self, path: &str, parameters: &[Parameter], pointer: &str) {
        let in_path = parameters.iter().filter(|p| p.location == Location::Path);
        for parameter in in_path.clone() {
            if !path.contains(&format!("{{{}}}", parameter.name)) {
                self.unexpected(pointer, &format!("a path with {{{}}}", parameter.name), path);
            }
        }
        let declared = in_path.count();
        if path.matches('{').count() != declared {
            let expected = "a path parameter for each {name} of the path";
            self.unexpected(pointer, expected, &format!("{declared} for {path}"));
        }
    }

    fn body(&mut self, slot: &Slot<'a, RequestBody>) -> Option<Body> {
        let (body, _) = self.resolve(slot)?;
        let pointer = body.at("content");
        let content = self.contents(&body.value.content, &pointer);
        for (media_type, content) in &body.value.content {
            self.form(media_type, &Placed::new(content, below(&pointer, media_type)));
        }
        if content.is_empty() {
            self.unexpected(&pointer, "at least one media type", "none");
            return None;
        }
        Some(Body { required: body.value.required, content })
    }

    fn responses(&mut self, responses: &'a Responses, pointer: &str) -> Vec<Response> {
        let mut lowered: Vec<Response> = Vec::new();
        let default = responses.default.iter().map(|response| (None, response));
        let named = responses.responses.iter().map(|(status, response)| (Some(status), response));
        for (status, response) in named.chain(default) {
            let status = match status {
                Some(StatusCode::Code(code)) => Status::Code(*code),
                Some(StatusCode::Range(class)) => Status::Range(*class),
                None => Status::Default,
            };
            lowered.extend(self.response(status, response, &below(pointer, &status.to_string())));
        }
        lowered.sort_by_key(|response| response.status);
        lowered
    }

    fn response(
        &mut self,
        status: Status,
        response: &'a ReferenceOr<openapiv3::Response>,
        pointer: &str,
    ) -> Option<Response> {
        if self.is_contract() && !matches!(status, Status::Code(_)) {
            let construct = match status {
                Status::Default => "a default response",
                _ => "a range of statuses",
            };
            self.unsupported(pointer, construct, "name the statuses");
        }
        let (response, _) = self.resolve(&Slot::new(response, pointer.to_owned()))?;
        let headers = self.headers(&response);
        let content = self.contents(&response.value.content, &response.at("content"));
        Some(Response { status, docs: response.value.description.clone(), headers, content })
    }

    /// What a range of media types is to a client: JSON, where its schema says more than text.
    fn any_media_type(
        &mut self,
        media_type: &str,
        pointer: &str,
        schema: Option<&Schema>,
    ) -> String {
        let plain =
            matches!(schema.map(|schema| &schema.kind), None | Some(Kind::Text(_) | Kind::Any));
        let construct = format!("the range of media types {media_type}");
        let taken = if plain { "it is taken as bytes" } else { "it is taken as JSON" };
        self.warn(pointer, &construct, &format!("name the media type; {taken}"));
        if plain { "application/octet-stream".to_owned() } else { "application/json".to_owned() }
    }

    fn contents(&mut self, contents: &'a openapiv3::Content, pointer: &str) -> Vec<Content> {
        let mut lowered = Vec::new();
        for (media_type, content) in contents {
            let pointer = below(pointer, media_type);
            if media_type.chars().any(|c| c.is_control() || !c.is_ascii()) {
                self.unexpected(&pointer, "a media type", &format!("{media_type:?}"));
                continue;
            }
            if self.is_contract() && !media::is_json(media_type) {
                let construct = format!("the media type {media_type}");
                self.unsupported(&pointer, &construct, "only JSON bodies are generated");
                continue;
            }
            lowered.push(self.content(media_type, content, &pointer));
        }
        lowered
    }

    fn content(&mut self, media_type: &str, content: &'a MediaType, pointer: &str) -> Content {
        let schema = content.schema.as_ref();
        let schema = schema.map(|it| self.schema(&Slot::new(it, below(pointer, "schema"))));
        let media_type = match media_type.ends_with("/*") {
            true => self.any_media_type(media_type, pointer, schema.as_ref()),
            false => media_type.to_owned(),
        };
        Content { media_type, schema, deep: deep_fields(content) }
    }
}
