//! How the server is to be started.

use super::{faults::Fault, variants::Variant};

/// How the server is to be started. The default is the conforming server on any free port.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// The one defect that removeRole is to have.
    pub fault: Option<&'static Fault>,
    /// Unusual but legal habits, applied in order: the later of a conflicting pair wins.
    pub variants: Vec<&'static Variant>,
    /// Makes ids, tokens and nonces repeatable.
    pub seed: Option<u64>,
}
