//! Operations: parameters, bodies, responses.

use openapiv3::{
    MediaType, Operation, Parameter, ParameterData, ParameterSchemaOrContent, ReferenceOr,
    RequestBody, Response, StatusCode,
};

use crate::error::Error;
use crate::ir;
use crate::load::{Document, below};
use crate::lower::schema::{named_schemas, schema, unsupported};
use crate::resolve::resolve;

/// Lowers one document into the whole.
pub(crate) fn lower(document: &Document, api: &mut ir::Api) -> Result<(), Error> {
    named_schemas(document, api)?;
    for (path, item) in &document.api.paths.paths {
        let pointer = below("/paths", path);
        let ReferenceOr::Item(item) = item else {
            return Err(unsupported(document, &pointer, "a path by reference", "write it out"));
        };
        for (method, operation) in item.iter() {
            let pointer = below(&pointer, method);
            let shared = &item.parameters;
            let lowered = one(document, path, method, operation, shared, &pointer)?;
            if api.operations.iter().any(|known| known.id == lowered.id) {
                return Err(Error::Collision {
                    place: document.places.at(&below(&pointer, "operationId")),
                    what: "the operationId",
                    name: lowered.id,
                    reason: "another operation has it".to_owned(),
                });
            }
            api.operations.push(lowered);
        }
    }
    Ok(())
}

fn one(
    document: &Document,
    path: &str,
    method: &str,
    operation: &Operation,
    shared: &[ReferenceOr<Parameter>],
    pointer: &str,
) -> Result<ir::Operation, Error> {
    let id = operation.operation_id.clone().ok_or_else(|| Error::Unexpected {
        place: document.places.at(pointer),
        expected: "an operationId".to_owned(),
        got: "none".to_owned(),
    })?;
    if !operation.callbacks.is_empty() {
        return Err(unsupported(document, &below(pointer, "callbacks"), "callbacks", "remove it"));
    }
    let mut parameters = Vec::new();
    for (index, item) in shared.iter().chain(&operation.parameters).enumerate() {
        let own = index.saturating_sub(shared.len()).to_string();
        let pointer = below(&below(pointer, "parameters"), &own);
        parameters.push(parameter(document, item, &pointer)?);
    }
    templates_match(document, path, &parameters, pointer)?;
    let body = operation.request_body.as_ref().map(|body| request_body(document, body, pointer));
    let security = operation.security.as_ref().or(document.api.security.as_ref());
    let names = security.into_iter().flatten().flat_map(|scheme| scheme.keys().cloned());
    let docs = operation.description.clone().or_else(|| operation.summary.clone());
    Ok(ir::Operation {
        id,
        source: document.places.at("").file,
        docs: docs.unwrap_or_default(),
        method: method.to_uppercase(),
        path: path.to_owned(),
        parameters,
        body: body.transpose()?,
        responses: responses(document, operation, pointer)?,
        security: names.collect(),
    })
}

/// Each `{name}` of the path has its parameter, and the other way round.
fn templates_match(
    document: &Document,
    path: &str,
    parameters: &[ir::Parameter],
    pointer: &str,
) -> Result<(), Error> {
    let in_path = |p: &&ir::Parameter| p.location == ir::Location::Path;
    for parameter in parameters.iter().filter(in_path) {
        if !path.contains(&format!("{{{}}}", parameter.name)) {
            return Err(Error::Unexpected {
                place: document.places.at(pointer),
                expected: format!("a path with {{{}}}", parameter.name),
                got: path.to_owned(),
            });
        }
    }
    let declared = parameters.iter().filter(in_path).count();
    if path.matches('{').count() != declared {
        return Err(Error::Unexpected {
            place: document.places.at(pointer),
            expected: "a path parameter for each {name} of the path".to_owned(),
            got: format!("{declared} for {path}"),
        });
    }
    Ok(())
}

fn parameter(
    document: &Document,
    item: &ReferenceOr<Parameter>,
    pointer: &str,
) -> Result<ir::Parameter, Error> {
    let components = document.api.components.as_ref();
    let lookup = |name: &str| components.and_then(|components| components.parameters.get(name));
    let (parameter, pointer) = resolve(item, pointer, "parameters", &document.places, lookup)?;
    let (data, location) = match parameter {
        Parameter::Path { parameter_data, style: openapiv3::PathStyle::Simple } => {
            (parameter_data, ir::Location::Path)
        }
        Parameter::Query { parameter_data, style: openapiv3::QueryStyle::Form, .. } => {
            (parameter_data, ir::Location::Query)
        }
        Parameter::Path { .. } | Parameter::Query { .. } => {
            let advice = "use the default style";
            return Err(unsupported(document, &below(&pointer, "style"), "this style", advice));
        }
        Parameter::Header { .. } | Parameter::Cookie { .. } => {
            let advice = "only path and query parameters are generated";
            let construct = "a parameter in a header or cookie";
            return Err(unsupported(document, &below(&pointer, "in"), construct, advice));
        }
    };
    Ok(ir::Parameter {
        name: data.name.clone(),
        docs: data.description.clone().unwrap_or_default(),
        location,
        required: data.required,
        schema: parameter_schema(document, data, &pointer)?,
    })
}

fn parameter_schema(
    document: &Document,
    data: &ParameterData,
    pointer: &str,
) -> Result<ir::Schema, Error> {
    let ParameterSchemaOrContent::Schema(item) = &data.format else {
        let advice = "describe it by `schema`";
        return Err(unsupported(
            document,
            &below(pointer, "content"),
            "a parameter by content",
            advice,
        ));
    };
    let pointer = below(pointer, "schema");
    let lowered = schema(document, item, &pointer)?;
    match lowered.kind {
        ir::Kind::Boolean | ir::Kind::Integer { .. } | ir::Kind::Text(_) => Ok(lowered),
        _ => Err(unsupported(document, &pointer, "a parameter that is no scalar", "use a scalar")),
    }
}

fn request_body(
    document: &Document,
    item: &ReferenceOr<RequestBody>,
    pointer: &str,
) -> Result<ir::Body, Error> {
    let pointer = below(pointer, "requestBody");
    let ReferenceOr::Item(body) = item else {
        return Err(unsupported(document, &pointer, "a request body by reference", "write it out"));
    };
    let content = contents(document, body.content.iter(), &pointer)?;
    if content.is_empty() {
        return Err(Error::Unexpected {
            place: document.places.at(&below(&pointer, "content")),
            expected: "at least one media type".to_owned(),
            got: "none".to_owned(),
        });
    }
    Ok(ir::Body { required: body.required, content })
}

fn responses(
    document: &Document,
    operation: &Operation,
    pointer: &str,
) -> Result<Vec<ir::Response>, Error> {
    let pointer = below(pointer, "responses");
    if operation.responses.default.is_some() {
        let advice = "name the statuses";
        return Err(unsupported(
            document,
            &below(&pointer, "default"),
            "a default response",
            advice,
        ));
    }
    let components = document.api.components.as_ref();
    let lookup = |name: &str| components.and_then(|components| components.responses.get(name));
    let mut lowered = Vec::new();
    for (status, item) in &operation.responses.responses {
        let pointer = below(&pointer, &status.to_string());
        let StatusCode::Code(status) = *status else {
            return Err(unsupported(
                document,
                &pointer,
                "a range of statuses",
                "name the statuses",
            ));
        };
        let (response, pointer): (&Response, _) =
            resolve(item, &pointer, "responses", &document.places, lookup)?;
        lowered.push(ir::Response {
            status,
            docs: response.description.clone(),
            content: contents(document, response.content.iter(), &pointer)?,
        });
    }
    lowered.sort_by_key(|response| response.status);
    Ok(lowered)
}

fn contents<'a>(
    document: &Document,
    content: impl Iterator<Item = (&'a String, &'a MediaType)>,
    pointer: &str,
) -> Result<Vec<ir::Content>, Error> {
    let pointer = below(pointer, "content");
    content
        .map(|(media_type, content)| {
            let pointer = below(&pointer, media_type);
            let json = media_type == "application/json" || media_type.ends_with("+json");
            if !json {
                let advice = "only JSON bodies are generated";
                return Err(unsupported(
                    document,
                    &pointer,
                    &format!("the media type {media_type}"),
                    advice,
                ));
            }
            let item = content.schema.as_ref();
            let lowered = item.map(|item| schema(document, item, &below(&pointer, "schema")));
            Ok(ir::Content { media_type: media_type.clone(), schema: lowered.transpose()? })
        })
        .collect()
}
