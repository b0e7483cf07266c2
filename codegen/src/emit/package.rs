//! The package around the generated source: manifest, `lib.rs`, modules of groups.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::Origin;
use crate::emit::docs::is_hidden;
use crate::emit::tokens::{ident, module_docs};
use crate::ir::Api;
use crate::model::{Group, Model};
use crate::{File, Package};

/// `lib.rs` of the project's own contract and client.
pub(super) fn contract_lib(model: &Model) -> TokenStream {
    let module = module_docs(
        "Types, client and contract of the removeRole operation and its siblings.\n\n\
         `constraints` is the contract as data, `clauses` the requirements, `types` what is sent \
         and received. With the feature `client`, `client` sends requests and each operation has \
         a module of its own.",
    );
    let calls = model.calls.iter().map(|call| call.module.as_str());
    let client = calls.chain(["client"]).map(|module| (module, true));
    let data = ["clauses", "constraints", "types"].map(|module| (module, false));
    let mut modules: Vec<_> = client.chain(data).collect();
    modules.sort_unstable();
    let modules = modules.into_iter().map(|(module, is_client)| {
        let module = ident(module);
        let condition = is_client.then(|| quote! { #[cfg(feature = "client")] });
        quote! { #condition pub mod #module; }
    });
    quote! {
        #module
        #(#modules)*
        pub use atlas_runtime::{contract, digest, text};
        #[cfg(feature = "client")]
        pub use atlas_runtime::{answer, credentials, header, page, request, settings};
    }
}

/// The module of a group.
pub(super) fn group(model: &Model, index: usize, group: &Group) -> TokenStream {
    let module = module_docs(&group.docs);
    let calls = model.calls.iter().filter(|call| call.group == Some(index));
    let mut names: Vec<_> = calls.map(|call| call.module.as_str()).collect();
    names.sort_unstable();
    let names = names.into_iter().map(ident);
    quote! { #module #(pub mod #names;)* }
}

/// The files of a package that are no Rust.
pub(super) fn files(api: &Api, model: &Model, package: &Package, origin: &Origin<'_>) -> Vec<File> {
    // The runtime is written as it is, and laid out otherwise than by default.
    let rustfmt = "edition = \"2024\"\nmax_width = 100\nuse_small_heuristics = \"Max\"\n";
    let read_me = read_me(api, package, origin);
    vec![
        File { path: "Cargo.toml".to_owned(), text: manifest(api, model, package, origin) },
        File { path: "README.md".to_owned(), text: read_me },
        File { path: "rustfmt.toml".to_owned(), text: rustfmt.to_owned() },
    ]
}

pub(super) fn lib(api: &Api, model: &Model) -> TokenStream {
    let title = if api.title.is_empty() { "An API" } else { &api.title };
    let module = module_docs(&format!(
        "{title}: types and client.\n\nEach operation has a module of its own, in the module of \
         its tag, which is also the name of a feature. `client` sends requests, `types` is what \
         they carry.\n\n`client::Client::connect` makes a client that needs no further setup."
    ));
    let mut modules: Vec<(&str, bool)> = vec![("client", false), ("types", false)];
    modules.extend((!model.headers.is_empty()).then_some(("headers", false)));
    modules.extend(model.groups.iter().map(|group| (group.module.as_str(), true)));
    modules.sort_unstable();
    let modules = modules.into_iter().map(|(name, gated)| {
        let condition = gated.then(|| quote! { #[cfg(feature = #name)] });
        let name = ident(name);
        quote! { #condition pub mod #name; }
    });
    quote! {
        #module
        #(#modules)*
        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        pub use atlas_runtime::blocking;
        pub use atlas_runtime::{answer, credentials, digest, header, page, request, settings, text};
    }
}

pub(super) fn types(model: &Model) -> TokenStream {
    let module = module_docs(
        "The types of requests and answers. A type's path says nothing of who uses it.",
    );
    let homes = model
        .groups
        .iter()
        .enumerate()
        .filter(|(index, _)| model.types.iter().any(|def| def.module == Some(*index)));
    let mut modules: Vec<(&str, bool)> =
        homes.map(|(_, group)| (group.module.as_str(), true)).collect();
    modules.push(("shared", false));
    modules.sort_unstable();
    let condition = |name: &str, gated: bool| gated.then(|| quote! { #[cfg(feature = #name)] });
    let declared = modules.iter().map(|(name, gated)| {
        let (condition, name) = (condition(name, *gated), ident(name));
        quote! { #condition mod #name; }
    });
    let used = modules.iter().filter(|(name, _)| *name != "shared" || !model.is_empty_of_shared());
    let used = used.map(|(name, gated)| {
        let (condition, name) = (condition(name, *gated), ident(name));
        quote! { #condition pub use #name::*; }
    });
    quote! {
        #module
        #(#declared)*
        pub use atlas_runtime::text::{PatternError, Secret};
        #(#used)*
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

fn read_me(api: &Api, package: &Package, origin: &Origin<'_>) -> String {
    let shown = |text: &str| text.chars().filter(|c| !is_hidden(*c)).collect::<String>();
    let (title, document) = (shown(&api.title), shown(origin.document));
    let krate = package.name.replace('-', "_");
    format!(
        r#"# {title}

Types and a client, written from {document} by `cargo xtask codegen --spec`. `runtime/` is what all such
clients share.

```rust,ignore
use {krate}::client::{{Client, Credentials}};

let client = Client::connect("https://api.example.com", Credentials::Bearer(token))?;
// Each operation is a method, documented in a module of its own; `into_result` makes an error of each
// answer that is no success.
let answer = client.some_operation(&query).await?.into_result()?;
```

`Client::connect` brings a TLS provider (feature `tls`, on by default) and follows no redirect. On a
`reqwest::Client` of your own, use `Client::new`: install a provider before
(`rustls::crypto::ring::default_provider().install_default()`), and build it without redirects.
Each tag of the document is a feature; `blocking` has a client for programs that are not asynchronous,
`tracing` a span for each call.
"#
    )
}

fn manifest(api: &Api, model: &Model, package: &Package, origin: &Origin<'_>) -> String {
    let comments = origin.preamble().replace("// ", "# ");
    let title: String = api.title.split_whitespace().collect::<Vec<_>>().join(" ");
    let description = toml_string(&format!("{title}: types and client."));
    let groups: Vec<_> = model.groups.iter().map(|group| group.module.as_str()).collect();
    let features: String = groups.iter().map(|group| format!("{group} = []\n")).collect();
    let full: Vec<_> = groups.iter().map(|group| toml_string(group)).collect();
    format!(
        r#"{comments}[package]
name = {name}
description = {description}
version = "0.1.0"
edition = "2024"
rust-version = "1.89"
publish = false

[features]
default = ["full", "tls"]
# Every operation; without it, name the tags whose operations you use.
full = [{full}]
# A client for programs that are not asynchronous.
blocking = ["atlas-runtime/blocking"]
# A TLS provider, so that `Client::connect` works without further setup.
tls = ["atlas-runtime/tls"]
# A span for each call.
tracing = ["atlas-runtime/tracing"]
{features}
[dependencies]
atlas-runtime = {{ path = "runtime" }}
bytes = "1.12"
futures-util = {{ version = "0.3.31", default-features = false }}
reqwest = {{ version = "0.13.5", default-features = false }}
serde = {{ version = "1.0.228", features = ["derive"] }}
serde_json = "1.0.154"

# It belongs to no workspace.
[workspace]
"#,
        name = toml_string(&package.name),
        full = full.join(", "),
    )
}
