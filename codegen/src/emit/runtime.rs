//! The runtime as a package beside a client that has to build on its own.

use crate::File;
use crate::emit::Origin;

/// The sources of `codegen/runtime`.
const SOURCES: [(&str, &str); 16] = [
    ("answer.rs", include_str!("../../runtime/src/answer.rs")),
    ("blocking.rs", include_str!("../../runtime/src/blocking.rs")),
    ("client.rs", include_str!("../../runtime/src/client.rs")),
    ("client/retry.rs", include_str!("../../runtime/src/client/retry.rs")),
    ("contract.rs", include_str!("../../runtime/src/contract.rs")),
    ("credentials.rs", include_str!("../../runtime/src/credentials.rs")),
    ("digest.rs", include_str!("../../runtime/src/digest.rs")),
    ("header.rs", include_str!("../../runtime/src/header.rs")),
    ("lib.rs", include_str!("../../runtime/src/lib.rs")),
    ("object.rs", include_str!("../../runtime/src/object.rs")),
    ("page.rs", include_str!("../../runtime/src/page.rs")),
    ("request.rs", include_str!("../../runtime/src/request.rs")),
    ("request/form.rs", include_str!("../../runtime/src/request/form.rs")),
    ("settings.rs", include_str!("../../runtime/src/settings.rs")),
    ("text.rs", include_str!("../../runtime/src/text.rs")),
    ("union.rs", include_str!("../../runtime/src/union.rs")),
];

/// The manifest, without the workspace whose versions the runtime has here.
const MANIFEST: &str = r#"[package]
name = "atlas-runtime"
description = "What generated clients share: sending, credentials, Digest, retries, pages."
version = "0.1.0"
edition = "2024"
rust-version = "1.89"
publish = false

[features]
default = ["client"]
client = ["dep:bytes", "dep:futures-util", "dep:httpdate", "dep:reqwest", "dep:tokio"]
blocking = ["client", "tokio/rt"]
tls = ["client", "dep:rustls"]
tracing = ["client", "dep:tracing"]

[dependencies]
bytes = { version = "1.12.2", optional = true }
futures-util = { version = "0.3.31", default-features = false, features = ["alloc", "std"], optional = true }
httpdate = { version = "1.0.3", optional = true }
md-5 = "0.11.0"
percent-encoding = "2.3.2"
regex = { version = "1.13.2", default-features = false, features = ["std", "unicode"] }
reqwest = { version = "0.13.5", default-features = false, features = ["http2", "rustls-no-provider", "stream"], optional = true }
serde = { version = "1.0.228", features = ["derive"] }
serde_json = "1.0.154"
sha2 = "0.11.1"
thiserror = "2.0.21"
tracing = { version = "0.1.41", default-features = false, features = ["std"], optional = true }

[target.'cfg(not(target_arch = "wasm32"))'.dependencies]
rustls = { version = "0.23.40", default-features = false, features = ["ring", "std", "tls12"], optional = true }
tokio = { version = "1.54.1", features = ["time"], optional = true }
"#;

/// Every file of the package, below `runtime/`.
pub(super) fn files() -> impl Iterator<Item = File> {
    let origin = Origin { command: "cargo xtask codegen --spec", document: "codegen/runtime" };
    let manifest = origin.preamble().replace("// ", "# ") + MANIFEST;
    let manifest = File { path: "runtime/Cargo.toml".to_owned(), text: manifest };
    let sources = SOURCES.iter().map(move |(path, text)| File {
        path: format!("runtime/src/{path}"),
        text: origin.preamble() + text,
    });
    sources.chain([manifest])
}
