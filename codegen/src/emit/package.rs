//! The package around the generated source: manifest, `lib.rs`, modules of groups.

use crate::emit::docs::is_hidden;
use crate::emit::writer::{Writer, literal};
use crate::emit::{Origin, file};
use crate::ir::Api;
use crate::model::Model;
use crate::{File, Package};

/// What sends requests.
const CLIENT: [&str; 9] =
    ["answer", "client", "credentials", "form", "header", "page", "request", "retry", "settings"];

/// What a client, and who only wants the types, needs.
const TYPES: [&str; 5] = ["digest", "object", "text", "types", "union"];

/// `lib.rs` of the project's own contract and client.
pub(super) fn contract_lib(model: &Model, w: &mut Writer) {
    w.module_docs(
        "Types, client and contract of the removeRole operation and its siblings.\n\n\
         `constraints` is the contract as data, `clauses` the requirements, `types` what is sent \
         and received. With the feature `client`, `client` sends requests and each operation has \
         a module of its own.",
    );
    w.line("");
    let calls = model.calls.iter().map(|call| call.module.as_str());
    let client = calls.chain(CLIENT).map(|module| (module, true));
    let data = TYPES.into_iter().chain(["clauses", "constraints", "contract"]);
    let mut modules: Vec<_> = client.chain(data.map(|module| (module, false))).collect();
    modules.sort_unstable();
    for (module, is_client) in modules {
        if is_client {
            w.line("#[cfg(feature = \"client\")]");
        }
        w.line(&format!("pub mod {module};"));
    }
}

pub(super) fn files(api: &Api, model: &Model, package: &Package, origin: &Origin<'_>) -> Vec<File> {
    let manifest = manifest(api, model, package, origin);
    let rustfmt = "edition = \"2024\"\nmax_width = 100\nuse_small_heuristics = \"Max\"\n";
    let mut files = vec![
        File { path: "Cargo.toml".to_owned(), text: manifest },
        File { path: "rustfmt.toml".to_owned(), text: rustfmt.to_owned() },
        file("src/lib.rs", origin, |w| lib(api, model, w)),
        file("src/types.rs", origin, |w| types(model, w)),
    ];
    for (index, group) in model.groups.iter().enumerate() {
        let path = format!("src/{}.rs", group.module);
        files.push(file(&path, origin, |w| {
            w.module_docs(&group.docs);
            w.line("");
            let calls = model.calls.iter().filter(|call| call.group == Some(index));
            let mut modules: Vec<_> = calls.map(|call| call.module.as_str()).collect();
            modules.sort_unstable();
            modules.iter().for_each(|module| w.line(&format!("pub mod {module};")));
        }));
    }
    files
}

fn lib(api: &Api, model: &Model, w: &mut Writer) {
    let title = if api.title.is_empty() { "An API" } else { &api.title };
    w.module_docs(&format!(
        "{title}: types and client.\n\nEach operation has a module of its own, in the module of \
         its tag, which is also the name of a feature. `client` sends requests, `types` is what \
         they carry."
    ));
    w.line("");
    let mut modules: Vec<(&str, Option<String>)> =
        CLIENT.iter().chain(&TYPES).map(|module| (*module, None)).collect();
    if !model.headers.is_empty() {
        modules.push(("headers", None));
    }
    let blocking = r#"all(feature = "blocking", not(target_arch = "wasm32"))"#;
    modules.push(("blocking", Some(blocking.to_owned())));
    for group in &model.groups {
        modules.push((&group.module, Some(format!("feature = {}", literal(&group.module)))));
    }
    modules.sort();
    for (module, condition) in modules {
        if let Some(condition) = condition {
            w.line(&format!("#[cfg({condition})]"));
        }
        w.line(&format!("pub mod {module};"));
    }
}

fn types(model: &Model, w: &mut Writer) {
    w.module_docs("The types of requests and answers. A type's path says nothing of who uses it.");
    w.line("");
    let homes: Vec<_> = model
        .groups
        .iter()
        .enumerate()
        .filter(|(index, _)| model.types.iter().any(|def| def.home == Some(*index)))
        .map(|(_, group)| group.module.as_str())
        .collect();
    let mut modules: Vec<(&str, bool)> = homes.iter().map(|module| (*module, true)).collect();
    modules.push(("shared", false));
    modules.sort_unstable();
    for prefix in ["mod", "pub use"] {
        for (module, gated) in &modules {
            if prefix == "pub use" && *module == "shared" && model.is_empty_of_shared() {
                continue;
            }
            if *gated {
                w.line(&format!("#[cfg(feature = {})]", literal(module)));
            }
            let end = if prefix == "mod" { "" } else { "::*" };
            w.line(&format!("{prefix} {module}{end};"));
        }
        if prefix == "mod" {
            w.line("");
            w.line("pub use crate::text::{PatternError, Secret};");
        }
    }
}

/// A basic string of TOML, which has no escapes of Rust's.
fn toml_string(text: &str) -> String {
    let escaped = text.chars().map(|c| match c {
        '"' | '\\' => format!("\\{c}"),
        c if c.is_control() || is_hidden(c) => format!("\\U{:08X}", u32::from(c)),
        c => c.to_string(),
    });
    format!("\"{}\"", escaped.collect::<String>())
}

fn manifest(api: &Api, model: &Model, package: &Package, origin: &Origin<'_>) -> String {
    let comments = origin.preamble().replace("// ", "# ");
    let title: String = api.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let description = toml_string(&format!("{title}: types and client."));
    let groups: Vec<_> = model.groups.iter().map(|group| group.module.as_str()).collect();
    let features: String = groups.iter().map(|group| format!("{group} = []\n")).collect();
    let full: Vec<_> = groups.iter().map(|group| literal(group)).collect();
    format!(
        r#"{comments}[package]
name = {name}
description = {description}
version = "0.1.0"
edition = "2024"
rust-version = "1.95"
publish = false

[features]
default = ["full"]
# Every operation; without it, name the tags whose operations you use.
full = [{full}]
# A client for programs that are not asynchronous.
blocking = ["tokio/rt"]
# A span for each call.
tracing = ["dep:tracing"]
{features}
[dependencies]
bytes = "1.12"
futures-util = {{ version = "0.3.31", default-features = false }}
httpdate = "1.0"
md-5 = "0.11"
percent-encoding = "2.3"
regex = {{ version = "1.13", default-features = false, features = ["std", "unicode"] }}
reqwest = {{ version = "0.13.5", default-features = false, features = ["http2", "rustls-no-provider", "stream"] }}
serde = {{ version = "1.0.228", features = ["derive"] }}
serde_json = "1.0.154"
sha2 = "0.11"
thiserror = "2.0"
tracing = {{ version = "0.1.41", default-features = false, features = ["std"], optional = true }}

[target.'cfg(not(target_arch = "wasm32"))'.dependencies]
tokio = {{ version = "1.54", features = ["time"] }}

# It belongs to no workspace.
[workspace]
"#,
        name = literal(&package.name),
        full = full.join(", "),
    )
}
