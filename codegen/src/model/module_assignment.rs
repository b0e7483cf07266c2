//! Where a type lives: with the one group that uses it, or with what groups share.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Model, Payload, Shape, Type, by_name};

/// Gives each type that one group alone reaches to that group, and drops what none reaches.
pub(super) fn assign(model: &mut Model) {
    if model.groups.is_empty() {
        return;
    }
    let mut users: HashMap<String, BTreeSet<usize>> = HashMap::new();
    let types = by_name(&model.types);
    for group in 0..model.groups.len() {
        let calls = model.calls.iter().filter(|call| call.group == Some(group));
        let mut pending: Vec<&str> = Vec::new();
        for call in calls {
            let arguments = call.in_path.iter().chain(&call.query).chain(&call.headers);
            let arguments = arguments.chain(&call.form);
            pending.extend(arguments.filter_map(|argument| argument.ty.named()));
            let payloads = call.answers.iter().filter_map(|answer| answer.payload.as_ref());
            let payloads = payloads.chain(call.body.as_ref().map(|body| &body.payload));
            pending.extend(payloads.filter_map(|payload| match payload {
                Payload::Json(ty) => ty.named(),
                Payload::Fields | Payload::Parts | Payload::Text | Payload::Bytes => None,
            }));
            pending.extend(call.pages.as_ref().and_then(|pages| pages.item.named()));
        }
        while let Some(name) = pending.pop() {
            if users.entry(name.to_owned()).or_default().insert(group)
                && let Some(def) = types.get(name)
            {
                pending.extend(parts(&def.shape).filter_map(Type::named));
            }
        }
    }
    // What no operation reaches, a part that others took over for instance, is not written.
    model.types.retain(|def| users.contains_key(&def.name));
    for def in &mut model.types {
        let users = users.get(&def.name).into_iter().flatten();
        def.module = match users.copied().collect::<Vec<_>>().as_slice() {
            [only] => Some(*only),
            _ => None,
        };
    }
}

/// The types that a definition uses.
pub(crate) fn parts(shape: &Shape) -> impl Iterator<Item = &Type> {
    let (fields, variants, alias) = match shape {
        Shape::Struct(fields) => (fields.as_slice(), [].as_slice(), None),
        Shape::Union { variants, .. } => ([].as_slice(), variants.as_slice(), None),
        Shape::Alias(ty) => ([].as_slice(), [].as_slice(), Some(ty)),
        Shape::Enumeration(_) => ([].as_slice(), [].as_slice(), None),
    };
    let fields = fields.iter().map(|field| &field.ty);
    fields.chain(variants.iter().map(|variant| &variant.ty)).chain(alias)
}
