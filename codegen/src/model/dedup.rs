//! Types that are the same to the last field are one type under several names. A name stays
//! whatever becomes of the others, and the compiler has less to do.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::model::{Shape, Type, TypeDef};

/// Turns each definition that an earlier one of the same module equals into its alias.
pub(super) fn merge_equal(types: &mut [TypeDef]) {
    let mut canonical: HashMap<String, String> = HashMap::new();
    // Structs become equal once the enumerations in them have: so twice.
    for _ in 0..2 {
        let mut first: HashMap<String, String> = HashMap::new();
        for def in types.iter_mut() {
            if matches!(&def.shape, Shape::Alias(_)) {
                continue;
            }
            let key = format!("{:?} {}", def.module, key(&def.shape, &canonical));
            if let Some(name) = first.get(&key) {
                canonical.insert(def.name.clone(), name.clone());
                def.shape = Shape::Alias(Type::Named(name.clone()));
            } else {
                first.insert(key, def.name.clone());
            }
        }
    }
}

/// What a definition is, apart from its name and docs.
fn key(shape: &Shape, canonical: &HashMap<String, String>) -> String {
    let ty = |ty: &Type| {
        let shown = format!("{ty:?}");
        match ty.named().and_then(|name| Some((name, canonical.get(name)?))) {
            Some((name, other)) => shown.replace(&format!("{name:?}"), &format!("{other:?}")),
            None => shown,
        }
    };
    let mut key = String::new();
    match shape {
        Shape::Struct(fields) => {
            for field in fields {
                let (name, json) = (&field.name, &field.json);
                let _ = write!(key, "{name} {json:?} {:?} {}; ", field.presence, ty(&field.ty));
            }
        }
        Shape::Enumeration(values) => {
            let _ = write!(key, "{values:?}");
        }
        Shape::Union { discriminator, variants } => {
            let _ = write!(key, "{discriminator:?} ");
            for variant in variants {
                let _ = write!(key, "{} {:?} {}; ", variant.name, variant.values, ty(&variant.ty));
            }
        }
        Shape::Alias(alias) => key.push_str(&ty(alias)),
    }
    key
}
