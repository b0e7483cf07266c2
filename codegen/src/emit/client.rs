//! `client.rs`: the type that has a method for each operation.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::tokens::module_docs;

pub(super) fn emit() -> TokenStream {
    let module = module_docs("The client: each operation's module adds a method to it.");
    quote! {
        #module
        use atlas_runtime::client::Client as Runtime;
        use atlas_runtime::settings::Settings;

        pub use atlas_runtime::answer::{Refused, Undocumented};
        pub use atlas_runtime::client::Error;
        pub use atlas_runtime::credentials::Credentials;

        /// A client of one server, with a method for each operation. Clones share connections and tokens.
        #[derive(Debug, Clone)]
        pub struct Client {
            pub(crate) runtime: Runtime,
        }

        impl Client {
            /// A client of the server at `base`, whose path is kept as a prefix. It needs no further
            /// setup with the feature `tls`, and follows no redirect.
            ///
            /// # Errors
            /// When `base` is no http or https URL, or there is no TLS to be had.
            pub fn connect(base: &str, credentials: Credentials) -> Result<Self, Error> {
                Runtime::connect(base, credentials, Settings::default()).map(|runtime| Self { runtime })
            }

            /// The same on an HTTP client of your own. `reqwest::Client::new()` needs a TLS provider that
            /// is installed before, as with `rustls::crypto::ring::default_provider().install_default()`.
            /// Build it with `redirect(reqwest::redirect::Policy::none())`: an answer from elsewhere is an
            /// error.
            ///
            /// # Errors
            /// When `base` is no http or https URL.
            pub fn new(http: reqwest::Client, base: &str, credentials: Credentials) -> Result<Self, Error> {
                Self::with(http, base, credentials, Settings::default())
            }

            /// The same with settings of its own.
            ///
            /// # Errors
            /// When `base` is no http or https URL.
            pub fn with(
                http: reqwest::Client,
                base: &str,
                credentials: Credentials,
                settings: Settings,
            ) -> Result<Self, Error> {
                Runtime::with(http, base, credentials, settings).map(|runtime| Self { runtime })
            }
        }
    }
}
