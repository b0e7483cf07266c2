//! How requests are authenticated: who acts, and what goes into the Authorization header.

pub mod bearer;
pub mod credential;
pub mod digest;
pub mod service_account;
