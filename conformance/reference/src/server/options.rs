//! Options of the server.

use std::time::Duration;

use crate::{extension::Extensions, faults::Fault, variants::Variant};

/// Options of the server. The default is the conforming server on any free port.
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
    /// Whether the first project has users from the start.
    pub users: bool,
    /// How long each response waits.
    pub latency: Duration,
    /// The most requests a second; what comes beyond is answered with 429.
    pub rate_limit: Option<u32>,
}

impl Options {
    /// The extensions that these options put in force.
    pub(crate) fn extensions(&self) -> Extensions {
        let variants = self.variants.iter().map(|variant| variant.effect.clone()).collect();
        let mut extensions =
            Extensions::new(variants, self.fault.map(|fault| fault.effect.clone()));
        extensions.settings.latency = self.latency;
        extensions.settings.rate_limit = self.rate_limit;
        extensions
    }
}
