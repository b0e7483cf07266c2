//! What has to be behind a pointer: types that contain themselves, and large answers.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::model::{Model, Payload, Presence, Shape, Type, TypeDef, by_name};

/// From how many bytes on a payload makes its answer's other variants pay for it.
const LARGE: usize = 192;

/// How deep sizes are added up; deeper parts count as nothing.
const DEPTH_LIMIT: usize = 16;

/// Puts fields through which a type would contain itself into a box.
pub(super) fn break_circles(types: &mut [TypeDef]) {
    let direct: BTreeMap<String, Vec<String>> =
        types.iter().map(|def| (def.name.clone(), held(&def.shape))).collect();
    for def in types {
        let Shape::Struct(fields) = &mut def.shape else { continue };
        for field in fields {
            if let Type::Named(name) = &field.ty
                && reaches(&direct, name, &def.name)
            {
                field.ty = Type::Boxed(Box::new(field.ty.clone()));
            }
        }
    }
}

/// The types that a value of this shape holds within itself; a union boxes its variants.
fn held(shape: &Shape) -> Vec<String> {
    let held = |ty: &Type| match ty {
        Type::Named(name) => Some(name.clone()),
        _ => None,
    };
    match shape {
        Shape::Struct(fields) => fields.iter().filter_map(|field| held(&field.ty)).collect(),
        Shape::Alias(ty) => held(ty).into_iter().collect(),
        Shape::Union { .. } | Shape::Enumeration(_) => Vec::new(),
    }
}

fn reaches(direct: &BTreeMap<String, Vec<String>>, from: &str, to: &str) -> bool {
    let (mut pending, mut seen) = (vec![from], HashSet::new());
    while let Some(name) = pending.pop() {
        if name == to {
            return true;
        }
        if seen.insert(name) {
            pending.extend(direct.get(name).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

/// Boxes the payloads that would make an answer large.
pub(super) fn box_answers(model: &mut Model) {
    let types = by_name(&model.types);
    let mut sizes = HashMap::new();
    for answer in model.calls.iter_mut().flat_map(|call| &mut call.answers) {
        if let Some(Payload::Json(ty)) = &mut answer.payload
            && size(ty, &types, &mut sizes, 0) > LARGE
        {
            *ty = Type::Boxed(Box::new(ty.clone()));
        }
    }
}

/// The size on a machine of 64 bits, roughly.
fn size(
    ty: &Type,
    types: &BTreeMap<&str, &TypeDef>,
    known: &mut HashMap<String, usize>,
    depth: usize,
) -> usize {
    let name = match ty {
        Type::Bool => return 1,
        Type::I32 => return 4,
        Type::I64 | Type::U64 | Type::F64 | Type::Boxed(_) => return 8,
        Type::Text | Type::Secret | Type::List(_) | Type::Map(_) => return 24,
        Type::Value | Type::Object | Type::Bytes => return 32,
        Type::Optional(inner) => return 8 + size(inner, types, known, depth + 1),
        Type::Named(name) => name,
    };
    if let Some(size) = known.get(name) {
        return *size;
    }
    let found = match types.get(name.as_str()).map(|def| &def.shape) {
        _ if depth > DEPTH_LIMIT => return 0,
        Some(Shape::Struct(fields)) => fields.iter().fold(0, |sum, field| {
            let flag = match field.presence {
                Presence::Required => 0,
                Presence::Nullable | Presence::Optional => 8,
                Presence::Either => 16,
            };
            let own = size(&field.ty, types, known, depth + 1);
            // Only what has no spare value pays for being optional.
            sum + own.next_multiple_of(8) + if own == 8 { flag } else { 0 }
        }),
        Some(Shape::Alias(ty)) => size(ty, types, known, depth + 1),
        Some(Shape::Union { .. } | Shape::Enumeration(_)) => 32,
        None => 24,
    };
    known.insert(name.clone(), found);
    found
}
