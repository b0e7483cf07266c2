//! One file per operation: constants, parameters, documented answers, and the client's method.

use crate::emit::docs;
use crate::emit::items;
use crate::emit::writer::{Writer, literal};
use crate::ir::Status;
use crate::model::{Answer, Argument, Call, Payload, Type, Walk};

/// From how many path parameters on they come as one struct.
pub(super) const MANY: usize = 5;

pub(super) fn emit(call: &Call, w: &mut Writer) {
    w.module_docs(docs::brief(&call.docs, 0));
    uses(call, w);
    constants(call, w);
    if call.in_path.len() >= MANY {
        path(&call.in_path, w);
    }
    if !call.query.is_empty() {
        parameters("Query", &call.query, w);
    }
    if !call.headers.is_empty() {
        parameters("Headers", &call.headers, w);
    }
    if !call.form.is_empty() {
        parameters("Form", &call.form, w);
    }
    answers(call, w);
    w.gap();
    w.open("impl Client {");
    method(call, w);
    if let Some(pages) = &call.pages {
        items::emit(call, pages, w);
    }
    w.close("}");
}

fn uses(call: &Call, w: &mut Writer) {
    w.line("");
    let lists = [&call.query, &call.headers, &call.form];
    let with_parameters = lists.iter().any(|arguments| !arguments.is_empty());
    // In the order of rustfmt, which has a single name before a path and a list after it.
    if !with_parameters {
        w.line("use crate::answers;");
    }
    w.line("use crate::client::{Client, Error};");
    match call.pages.as_ref().map(|pages| &pages.walk) {
        Some(Walk::Number { .. }) => w.line("use crate::page::{Items, PageError, pages};"),
        Some(Walk::Links(_)) => w.line("use crate::page::{Items, linked, next};"),
        None => {}
    }
    w.line("use crate::request::Call;");
    if uses_types(call) {
        w.line("use crate::types;");
    }
    if with_parameters {
        w.line("use crate::{answers, parameters};");
    }
    if call.pages.is_some() {
        w.line("");
        w.line(&format!("use self::{} as Answer;", call.answer));
    }
}

fn uses_types(call: &Call) -> bool {
    let arguments = call.in_path.iter().chain(&call.query).chain(&call.headers).chain(&call.form);
    let payloads = call.answers.iter().filter_map(|answer| answer.payload.as_ref());
    let payloads = payloads.chain(call.body.as_ref().map(|body| &body.payload));
    let in_payloads = payloads.filter_map(|payload| match payload {
        Payload::Json(ty) => Some(ty),
        Payload::Fields | Payload::Parts | Payload::Text | Payload::Bytes => None,
    });
    arguments.map(|argument| &argument.ty).chain(in_payloads).any(|ty| ty.named().is_some())
}

fn constants(call: &Call, w: &mut Writer) {
    let mut constant = |docs: &str, name: &str, value: &str| {
        w.gap();
        w.docs(docs);
        w.assignment(&format!("pub const {name}: &str ="), &literal(value));
    };
    constant("The method.", "METHOD", &call.verb);
    constant("The path template.", "PATH", &call.path);
    if let Some(body) = &call.body {
        constant("The media type of the request body.", "REQUEST_MEDIA_TYPE", &body.media_type);
    }
    constant("The media type of answers.", "ACCEPT", &call.accept);
}

/// The parameters of a path, where they are many.
fn path(arguments: &[Argument], w: &mut Writer) {
    w.gap();
    w.docs("The parameters of the path.");
    w.line("#[derive(Debug, Clone, PartialEq)]");
    w.open("pub struct Path {");
    for argument in arguments {
        w.docs(docs_of(argument));
        w.line(&format!("pub {}: {},", argument.name, argument.ty.rust("types::")));
    }
    w.close("}");
}

fn parameters(name: &str, arguments: &[Argument], w: &mut Writer) {
    w.gap();
    w.open("parameters! {");
    if arguments.iter().all(|argument| !argument.required) {
        w.line("#[derive(Default)]");
    }
    w.open(&format!("pub struct {name} {{"));
    for argument in arguments {
        w.docs(docs_of(argument));
        let ty = argument.ty.rust("types::");
        let ty = if argument.required { ty } else { format!("Option<{ty}>") };
        let own_name = argument.label == argument.name;
        let label =
            if own_name { String::new() } else { format!(" = {}", literal(&argument.label)) };
        let how = match (argument.required, argument.adds) {
            (true, "query") => " as required".to_owned(),
            (true, adds) => format!(" as required {adds}"),
            (false, "query") => String::new(),
            (false, adds) => format!(" as {adds}"),
        };
        w.line(&format!("pub {}: {ty}{label}{how},", argument.name));
    }
    w.close("}");
    w.close("}");
}

/// What many operations have in common is told in a sentence.
fn docs_of(argument: &Argument) -> &str {
    if argument.shared { docs::brief(&argument.docs, 0) } else { &argument.docs }
}

fn answers(call: &Call, w: &mut Writer) {
    w.gap();
    w.open("answers! {");
    w.open(&format!("pub enum {} {{", call.answer));
    for answer in &call.answers {
        if !is_its_name(&answer.docs, &answer.variant) {
            w.docs(&answer.docs);
        }
        let payload = answer.payload.as_ref().map(payload);
        let parts = [status_type(answer).map(str::to_owned), payload];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        let parts =
            if parts.is_empty() { String::new() } else { format!("({})", parts.join(", ")) };
        let form = match answer.payload {
            Some(Payload::Fields | Payload::Text) => " as text",
            Some(Payload::Parts | Payload::Bytes) => " as bytes",
            Some(Payload::Json(_)) | None => "",
        };
        w.line(&format!("{}{parts} = {}{form},", answer.variant, answer.status));
    }
    let covers_all = call.answers.iter().any(|answer| answer.status == Status::Default);
    w.close(if covers_all { "}" } else { "} or Undocumented" });
    w.close("}");
}

/// Whether docs are no more than the reason phrase that the variant is named after.
fn is_its_name(docs: &str, variant: &str) -> bool {
    let letters = docs.chars().filter(|c| !c.is_whitespace() && *c != '.');
    letters.map(|c| c.to_ascii_lowercase()).eq(variant.chars().map(|c| c.to_ascii_lowercase()))
}

/// What covers several statuses says which one came.
fn status_type(answer: &Answer) -> Option<&'static str> {
    match answer.status {
        Status::Code(_) => None,
        Status::Range(_) | Status::Default => Some("u16"),
    }
}

fn payload(payload: &Payload) -> String {
    match payload {
        Payload::Json(ty) => ty.rust("types::"),
        Payload::Fields | Payload::Text => "String".to_owned(),
        Payload::Parts | Payload::Bytes => "bytes::Bytes".to_owned(),
    }
}

/// The arguments of the method, after `self`.
pub(super) fn arguments(call: &Call) -> Vec<String> {
    let mut arguments = Vec::new();
    if call.in_path.len() >= MANY {
        arguments.push("path: &Path".to_owned());
    } else {
        for argument in &call.in_path {
            let ty = match &argument.ty {
                Type::Bool | Type::I32 | Type::I64 | Type::F64 => argument.ty.rust(""),
                Type::Text => "&str".to_owned(),
                Type::List(items) => format!("&[{}]", items.rust("types::")),
                other => format!("&{}", other.rust("types::")),
            };
            arguments.push(format!("{}: {ty}", argument.name));
        }
    }
    if !call.query.is_empty() {
        arguments.push("query: &Query".to_owned());
    }
    if !call.headers.is_empty() {
        arguments.push("headers: &Headers".to_owned());
    }
    if let Some(body) = &call.body {
        let ty = match &body.payload {
            Payload::Json(Type::List(items)) => format!("&[{}]", items.rust("types::")),
            Payload::Json(ty) => format!("&{}", ty.rust("types::")),
            Payload::Fields | Payload::Parts => "&Form".to_owned(),
            Payload::Text => "&str".to_owned(),
            Payload::Bytes => "bytes::Bytes".to_owned(),
        };
        let ty = if body.required { ty } else { format!("Option<{ty}>") };
        arguments.push(format!("body: {ty}"));
    }
    arguments
}

fn method(call: &Call, w: &mut Writer) {
    let headers = match call.answer_headers.as_slice() {
        [] => String::new(),
        names => format!("\n\nAnswers may have the headers {}.", names.join(", ")),
    };
    w.docs(&format!("{}{headers}", call.docs));
    if call.deprecated {
        w.line("#[deprecated = \"the document calls it deprecated\"]");
    }
    let mut inputs = vec!["&self".to_owned()];
    inputs.extend(arguments(call));
    let close = format!(") -> Result<{}, Error> {{", call.answer);
    w.list(&format!("pub async fn {}(", call.method), &inputs, &close);
    w.open_block();
    let parts = [&call.in_path, &call.query, &call.headers];
    let filled = call.body.is_some() || parts.iter().any(|arguments| !arguments.is_empty());
    let mutable = if filled { "mut " } else { "" };
    w.line(&format!("let {mutable}call = Call::new(METHOD, PATH, ACCEPT);"));
    let many = call.in_path.len() >= MANY;
    for argument in &call.in_path {
        let label = literal(&argument.label);
        let (name, by_value) = (&argument.name, matches!(argument.ty, Type::Named(_)));
        match &argument.ty {
            Type::List(_) if many => w.line(&format!("call.path_list({label}, &path.{name});")),
            Type::List(_) => w.line(&format!("call.path_list({label}, {name});")),
            _ if many => w.line(&format!("call.path({label}, &path.{name});")),
            _ if by_value => w.line(&format!("call.path({label}, {name});")),
            _ => w.line(&format!("call.path({label}, &{name});")),
        }
    }
    if !call.query.is_empty() {
        w.line("query.add_to(&mut call);");
    }
    if !call.headers.is_empty() {
        w.line("headers.add_to(&mut call);");
    }
    body(call, w);
    w.line("self.send(call).await?.answer()");
    w.close("}");
}

fn body(call: &Call, w: &mut Writer) {
    let Some(body) = &call.body else { return };
    let lines: &[&str] = match &body.payload {
        Payload::Json(_) => &["call.json(REQUEST_MEDIA_TYPE, body)?;"],
        Payload::Fields => &["body.add_to(&mut call);", "call.urlencoded(REQUEST_MEDIA_TYPE);"],
        Payload::Parts => &["body.add_to(&mut call);", "call.multipart(REQUEST_MEDIA_TYPE);"],
        Payload::Text => &["call.body(REQUEST_MEDIA_TYPE, body.to_owned());"],
        Payload::Bytes => &["call.body(REQUEST_MEDIA_TYPE, body);"],
    };
    if body.required {
        return lines.iter().for_each(|line| w.line(line));
    }
    w.open("if let Some(body) = body {");
    lines.iter().for_each(|line| w.line(line));
    w.close("}");
}
