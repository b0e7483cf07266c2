//! Which schemas are sent and which are received: what is read-only can't be required of a sender.

use std::collections::BTreeSet;

use crate::ir::{Api, Kind, Schema};

/// What owns a part of a body that has no name, as opposed to a part of a named schema.
pub(super) const SENT: &str = " sent";

/// The same of an answer.
pub(super) const RECEIVED: &str = " received";

#[derive(Debug, Default)]
pub(super) struct Directions {
    sent: BTreeSet<String>,
    received: BTreeSet<String>,
}

impl Directions {
    pub(super) fn of(api: &Api) -> Self {
        let mut directions = Self::default();
        directions.sent.insert(SENT.to_owned());
        directions.received.insert(RECEIVED.to_owned());
        for operation in &api.operations {
            let sent = operation.body.iter().flat_map(|body| &body.content);
            for schema in sent.filter_map(|content| content.schema.as_ref()) {
                reach(api, schema, &mut directions.sent);
            }
            let received = operation.responses.iter().flat_map(|response| &response.content);
            for schema in received.filter_map(|content| content.schema.as_ref()) {
                reach(api, schema, &mut directions.received);
            }
        }
        directions
    }

    /// Whether a client sends what this owns.
    pub(super) fn is_sent(&self, owner: &str) -> bool {
        self.sent.contains(owner)
    }

    /// Whether a required property of this schema is there in both directions.
    pub(super) fn allow_required(&self, owner: &str, property: &Schema) -> bool {
        let missing = (property.read_only && self.sent.contains(owner))
            || (property.write_only && self.received.contains(owner));
        !missing
    }
}

fn reach(api: &Api, schema: &Schema, seen: &mut BTreeSet<String>) {
    let mut pending = vec![schema];
    while let Some(schema) = pending.pop() {
        match &schema.kind {
            Kind::Named(name) => {
                if seen.insert(name.clone()) {
                    pending.extend(api.schemas.get(name));
                }
            }
            Kind::Array { items, .. } => pending.push(items),
            Kind::Object { properties, additional, .. } => {
                pending.extend(properties.iter().map(|property| &property.schema));
                pending.extend(additional.as_deref());
            }
            Kind::Union(union) => pending.extend(union.variants.iter().map(|v| &v.schema)),
            Kind::Any
            | Kind::Boolean
            | Kind::Integer { .. }
            | Kind::Number { .. }
            | Kind::Text(_) => {}
        }
    }
}
