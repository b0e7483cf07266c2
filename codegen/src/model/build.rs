//! From the documents to the Rust that is to be written.

use crate::ir::Api;
use crate::model::builder::Builder;
use crate::model::{Model, boxing, calls, dedup, headers, module_assignment};

/// How many fields all types together may have: a bomb of references has more than any API.
pub(crate) const FIELD_LIMIT: usize = 200_000;

/// What is written for these documents; with groups, operations are sorted by tag.
pub(crate) fn model(api: &Api, grouped: bool) -> Option<Model> {
    let mut builder = Builder::new(api);
    for (name, schema) in &api.schemas {
        builder.named(name, schema);
        if builder.fields > FIELD_LIMIT {
            return None;
        }
    }
    let mut model = Model::default();
    calls::build(api, &mut builder, &mut model, grouped);
    model.headers = headers::all(api);
    model.types = builder.types;
    model.types.sort_by(|left, right| left.name.cmp(&right.name));
    boxing::break_circles(&mut model.types);
    module_assignment::assign(&mut model);
    dedup::merge_equal(&mut model.types);
    boxing::box_answers(&mut model);
    Some(model)
}
