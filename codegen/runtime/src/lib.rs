//! What every generated client shares, whatever its document says.

#![warn(missing_docs)]

#[cfg(feature = "client")]
pub mod answer;
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub mod blocking;
#[cfg(feature = "client")]
pub mod client;
pub mod contract;
#[cfg(feature = "client")]
pub mod credentials;
pub mod digest;
#[cfg(feature = "client")]
pub mod header;
pub mod object;
#[cfg(feature = "client")]
pub mod page;
#[cfg(feature = "client")]
pub mod request;
#[cfg(feature = "client")]
pub mod settings;
pub mod text;
pub mod union;
