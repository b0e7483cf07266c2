//! The hooks that are in force.

use std::time::Duration;

use super::{
    call::Call,
    hook::{Decision, Hook, Verdict},
    manner::Manner,
    memory::Memory,
    options::Options,
    reply::Reply,
    request::Request,
    step::Step,
    store::Store,
    wire::Wire,
};

/// The hooks that are in force: those of variants for all operations, those of the fault for
/// removeRole only.
pub(crate) struct Behaviour {
    /// What is settled from the start.
    pub(crate) manner: Manner,
    variants: Vec<Hook>,
    variants_and_fault: Vec<Hook>,
}

/// The hooks that are in force for one call.
#[derive(Clone, Copy)]
pub(crate) struct Hooks<'a>(&'a [Hook]);

impl Behaviour {
    pub(crate) fn of(options: &Options) -> Self {
        let variants: Vec<Hook> =
            options.variants.iter().flat_map(|variant| variant.hooks).copied().collect();
        let fault = options.fault.iter().flat_map(|fault| fault.hooks).copied();
        let mut manner = Manner::default();
        for hook in &variants {
            if let Hook::Manner(settle) = hook {
                settle(&mut manner);
            }
        }
        Self {
            manner,
            variants_and_fault: variants.iter().copied().chain(fault).collect(),
            variants,
        }
    }

    /// The hooks for a request, by the path that it was sent to.
    pub(crate) fn hooks(&self, is_removal: bool) -> Hooks<'_> {
        Hooks(if is_removal { &self.variants_and_fault } else { &self.variants })
    }
}

impl Hooks<'_> {
    pub(crate) fn gate(self, memory: &Memory) -> Verdict {
        self.0
            .iter()
            .try_for_each(|hook| if let Hook::Gate(gate) = hook { gate(memory) } else { Ok(()) })
    }

    pub(crate) fn rewrite(self, request: &mut Request) {
        for hook in self.0 {
            if let Hook::Request(rewrite) = hook {
                rewrite(request);
            }
        }
    }

    pub(crate) fn after(self, step: Step, call: &mut Call, verdict: &mut Verdict) {
        for hook in self.0 {
            match hook {
                Hook::After(at, overrule) if *at == step => overrule(call, verdict),
                _ => {}
            }
        }
    }

    pub(crate) fn before(self, call: &Call) -> Duration {
        self.0
            .iter()
            .map(|hook| if let Hook::Before(wait) = hook { wait(call) } else { Duration::ZERO })
            .sum()
    }

    pub(crate) fn decide(self, call: &Call, store: &Store, decision: &mut Decision) {
        for hook in self.0 {
            if let Hook::Decision(overrule) = hook {
                overrule(call, store, decision);
            }
        }
    }

    pub(crate) fn window(self, call: &Call) -> Duration {
        self.0
            .iter()
            .map(|hook| if let Hook::Window(wait) = hook { wait(call) } else { Duration::ZERO })
            .sum()
    }

    pub(crate) fn effect(self, call: &Call, store: &mut Store) {
        for hook in self.0 {
            if let Hook::Effect(change) = hook {
                change(call, store);
            }
        }
    }

    pub(crate) fn reply(self, call: &Call, reply: &mut Reply) {
        for hook in self.0 {
            if let Hook::Reply(edit) = hook {
                edit(call, reply);
            }
        }
    }

    pub(crate) fn envelope(self, call: &Call, reply: &mut Reply) {
        for hook in self.0 {
            if let Hook::Envelope(edit) = hook {
                edit(call, reply);
            }
        }
    }

    pub(crate) fn aftermath(self, call: &Call, store: &mut Store) {
        for hook in self.0 {
            if let Hook::Aftermath(change) = hook {
                change(call, store);
            }
        }
    }

    pub(crate) fn wire(self, call: &Call, wire: &mut Wire) {
        for hook in self.0 {
            if let Hook::Wire(edit) = hook {
                edit(call, wire);
            }
        }
    }
}
