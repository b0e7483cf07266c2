//! The source of a program that calls methods of a generated client with the values of a document.

use std::fs;
use std::path::{Path, PathBuf};

use crate::operation::{Operation, Parameter};

/// A program that calls each operation once, on the server that its argument names.
pub(crate) fn program(package: &Path, operations: &[Operation<'_>]) -> String {
    let mut calls = String::new();
    for operation in operations {
        calls.push_str(&call(&package.join("src"), operation));
    }
    format!(
        "//! Calls operations.\n\n\
         use echo_client::blocking::Client;\n\
         use echo_client::client::{{self, Credentials}};\n\n\
         fn main() {{\n    \
             rustls::crypto::ring::default_provider().install_default().expect(\"a provider\");\n    \
             let http = reqwest::Client::builder().no_proxy().tls_certs_only([]).build().expect(\"a client\");\n    \
             let url = std::env::args().nth(1).expect(\"a URL\");\n    \
             let credentials = Credentials::Bearer(\"a-token\".to_owned());\n    \
             let client = client::Client::new(http, &url, credentials).expect(\"a client\");\n    \
             let client = Client::new(client).expect(\"a runtime\");\n\
         {calls}}}\n"
    )
}

/// The call of the newest version of an operation.
fn call(src: &Path, operation: &Operation<'_>) -> String {
    let line = format!("\"{}\";", operation.path);
    let verb = format!("METHOD: &str = \"{}\";", operation.method);
    let mut files: Vec<_> = sources(src)
        .into_iter()
        .map(|path| (fs::read_to_string(&path).expect("a source"), path))
        .filter(|(text, _)| text.contains(&line) && text.contains(&verb))
        .collect();
    // Older versions have their date behind the name.
    files.sort_by_key(|(_, path)| path.as_os_str().len());
    let (text, path) = files.first().unwrap_or_else(|| panic!("no method of {}", operation.id));
    let module = path.strip_prefix(src).expect("a module").with_extension("");
    let module = format!("echo_client::{}", module.display()).replace('/', "::");
    let head = text.split("pub async fn ").nth(1).expect("a method");
    let (name, rest) = head.split_once('(').expect("arguments");
    let arguments = rest.split(") -> ").next().expect("an answer");
    let parameters = operation.parameters();
    let mut values = Vec::new();
    for argument in arguments.split([',', '\n']).map(str::trim) {
        let Some((argument, ty)) = argument.split_once(": ") else { continue };
        values.push(match ty {
            "&Path" | "&Query" | "&Headers" => {
                format!("&{module}::{}", literal(text, ty.trim_start_matches('&'), &parameters))
            }
            _ if argument == "body" => body(ty, operation),
            _ => value(ty, parameter(argument, &parameters)),
        });
    }
    format!("    let _ = client.wait(async |client| client.{name}({}).await);\n", values.join(", "))
}

/// Every file of source below a folder.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

fn body(ty: &str, operation: &Operation<'_>) -> String {
    let (_, sample) = operation.body().expect("a body");
    let (ty, optional) = match ty.strip_prefix("Option<") {
        Some(inner) => (inner.trim_end_matches('>'), true),
        None => (ty, false),
    };
    let owned = ty.trim_start_matches('&').replace("types::", "echo_client::types::");
    let owned = match owned.strip_prefix('[') {
        Some(items) => format!("Vec<{}>", items.trim_end_matches(']')),
        None => owned,
    };
    let text = format!("{:?}", sample.to_string());
    let made = format!("&serde_json::from_str::<{owned}>({text}).expect({:?})", operation.id);
    if optional { format!("Some({made})") } else { made }
}

/// A literal of a struct of parameters.
fn literal(text: &str, name: &str, parameters: &[Parameter]) -> String {
    let body = text.split(&format!("pub struct {name} {{")).nth(1).expect("a struct");
    let body = body.split("\n}").next().expect("its end");
    let fields = body.lines().filter_map(|line| line.trim().strip_prefix("pub ")?.split_once(": "));
    let fields = fields.map(|(field, ty)| {
        let ty = ty.trim_end_matches(',');
        format!("{field}: {}", value(ty, parameter(field, parameters)))
    });
    format!("{name} {{ {} }}", fields.collect::<Vec<_>>().join(", "))
}

/// The parameter that a name of Rust stands for.
fn parameter<'p>(name: &str, parameters: &'p [Parameter]) -> &'p Parameter {
    let plain = |name: &str| {
        let kept = name.chars().filter(char::is_ascii_alphanumeric);
        kept.collect::<String>().to_lowercase()
    };
    let found = parameters.iter().find(|parameter| plain(&parameter.name) == plain(name));
    found.unwrap_or_else(|| panic!("no parameter {name}"))
}

/// An expression of a type with the value of a parameter.
fn value(ty: &str, parameter: &Parameter) -> String {
    let text = format!("{:?}", parameter.value);
    if let Some(inner) = ty.strip_prefix("Option<") {
        return format!("Some({})", value(&inner[..inner.len() - 1], parameter));
    }
    if let Some(inner) = ty.strip_prefix("Vec<") {
        return format!("vec![{}]", value(&inner[..inner.len() - 1], parameter));
    }
    match ty {
        "bool" | "i32" | "i64" | "f64" => parameter.value.clone(),
        "&str" => text,
        "String" => format!("{text}.to_owned()"),
        _ if ty.starts_with("&[") => format!("&[{}]", value(&ty[2..ty.len() - 1], parameter)),
        _ if ty.starts_with('&') => format!("&{}", value(&ty[1..], parameter)),
        _ if parameter.is_enumeration => format!("echo_client::{ty}::from({text}.to_owned())"),
        _ => format!("{text}.parse::<echo_client::{ty}>().expect({text})"),
    }
}
