//! Header fields of answers.

use openapiv3::{ParameterSchemaOrContent, Response};

use crate::ir::{Header, Kind};
use crate::lower::placed::{Placed, Slot};
use crate::lower::walk::Walk;
use crate::source_map::below;

impl<'a> Walk<'a> {
    /// The header fields of a response. The contract as data has none.
    pub(super) fn headers(&mut self, response: &Placed<'a, Response>) -> Vec<Header> {
        if self.is_contract() {
            return Vec::new();
        }
        let mut lowered = Vec::new();
        for (name, header) in &response.value.headers {
            let slot = Slot::new(header, below(&response.at("headers"), name));
            let Some((header, shared)) = self.resolve(&slot) else { continue };
            // A header by `content` is text to a client.
            let kind = match &header.value.format {
                ParameterSchemaOrContent::Schema(schema) => {
                    let schema = self.resolve(&Slot::new(schema, header.at("schema")));
                    schema.map_or(Kind::Any, |(schema, _)| self.schema(&(&schema).into()).kind)
                }
                ParameterSchemaOrContent::Content(_) => Kind::Any,
            };
            lowered.push(Header {
                name: name.clone(),
                shared: shared.is_some(),
                docs: header.value.description.clone().unwrap_or_default(),
                kind,
            });
        }
        lowered
    }
}
