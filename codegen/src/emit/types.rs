//! The types of requests and answers.

use std::fmt::Write as _;

use crate::emit::docs;
use crate::emit::writer::{WIDTH, Writer, literal};
use crate::model::{Field, Model, Pattern, Presence, Shape, Type, TypeDef, UnionVariant};

/// From how many characters on no further sentence of a field's description is told.
const FIELD_DOCS: usize = 140;

/// `types.rs`: every type.
pub(super) fn all(model: &Model, w: &mut Writer) {
    w.module_docs("The types of requests and answers.");
    let types: Vec<_> = model.types.iter().collect();
    uses(&types, &model.patterns, true, w);
    patterns_then_types(&model.patterns, &types, w);
}

/// The types that several groups use.
pub(super) fn shared(model: &Model, w: &mut Writer) {
    w.module_docs("The types that several groups of operations use.");
    let types: Vec<_> = model.types.iter().filter(|def| def.home.is_none()).collect();
    uses(&types, &model.patterns, false, w);
    patterns_then_types(&model.patterns, &types, w);
}

/// The types that one group uses.
pub(super) fn of_group(tag: &str, types: &[&TypeDef], w: &mut Writer) {
    w.module_docs(&format!("The types of {tag}."));
    uses(types, &[], false, w);
    patterns_then_types(&[], types, w);
}

fn patterns_then_types(patterns: &[Pattern], types: &[&TypeDef], w: &mut Writer) {
    for item in patterns {
        pattern(item, w);
    }
    for def in types {
        define(def, w);
    }
}

fn uses(types: &[&TypeDef], patterns: &[Pattern], flat: bool, w: &mut Writer) {
    w.line("");
    let mut parts = types.iter().flat_map(|def| parts(&def.shape));
    let has = |wanted: fn(&Shape) -> bool| types.iter().any(|def| wanted(&def.shape));
    let enumerations = has(|shape| matches!(shape, Shape::Enumeration(_)));
    let unions = has(|shape| matches!(shape, Shape::Union { .. }));
    if parts.clone().any(|ty| contains(ty, |ty| matches!(ty, Type::Map(_)))) {
        w.line("use std::collections::BTreeMap;");
        w.line("");
    }
    let macros = [
        (enumerations, "enumeration"),
        (has(|shape| matches!(shape, Shape::Struct(_))), "object"),
        (unions, "one_of"),
        (!patterns.is_empty(), "patterned"),
    ];
    let macros: Vec<_> =
        macros.into_iter().filter(|(used, _)| *used).map(|(_, name)| name).collect();
    // In the order of rustfmt, which has a single name before a path and a list after it.
    if let [only] = macros.as_slice() {
        w.line(&format!("use crate::{only};"));
    }
    if parts.any(|ty| contains(ty, |ty| *ty == Type::Secret)) {
        w.line("use crate::text::Secret;");
    }
    if flat {
        w.line("pub use crate::text::PatternError;");
    } else {
        let needed = types.iter().flat_map(|def| self::parts(&def.shape)).filter_map(Type::named);
        let own = |name: &str| {
            types.binary_search_by(|def| def.name.as_str().cmp(name)).is_ok()
                || patterns.iter().any(|pattern| pattern.name == name)
        };
        let mut foreign: Vec<_> = needed.filter(|name| !own(name)).collect();
        foreign.sort_unstable();
        foreign.dedup();
        match foreign.as_slice() {
            [] => {}
            [only] => w.line(&format!("use crate::types::shared::{only};")),
            several => imports("use crate::types::shared::", several, w),
        }
    }
    if macros.len() > 1 {
        w.line(&format!("use crate::{{{}}};", macros.join(", ")));
    }
}

/// `use path::{A, B};`, filled line by line where one is not enough.
fn imports(path: &str, names: &[&str], w: &mut Writer) {
    let flat = format!("{path}{{{}}};", names.join(", "));
    if flat.len() <= WIDTH {
        return w.line(&flat);
    }
    w.open(&format!("{path}{{"));
    let mut line = String::new();
    for name in names {
        if !line.is_empty() && 4 + line.len() + 2 + name.len() >= WIDTH {
            w.line(&std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        let _ = write!(line, "{name},");
    }
    w.line(&line);
    w.close("};");
}

/// The types that a definition writes out.
fn parts(shape: &Shape) -> impl Iterator<Item = &Type> + Clone {
    let (fields, variants, alias): (&[Field], &[UnionVariant], Option<&Type>) = match shape {
        Shape::Struct(fields) => (fields, &[], None),
        Shape::Union { variants, .. } => (&[], variants, None),
        Shape::Alias(ty) => (&[], &[], Some(ty)),
        Shape::Enumeration(_) => (&[], &[], None),
    };
    let fields = fields.iter().map(|field| &field.ty);
    fields.chain(variants.iter().map(|variant| &variant.ty)).chain(alias)
}

fn contains(ty: &Type, wanted: fn(&Type) -> bool) -> bool {
    wanted(ty)
        || match ty {
            Type::List(inner) | Type::Map(inner) | Type::Boxed(inner) | Type::Optional(inner) => {
                contains(inner, wanted)
            }
            _ => false,
        }
}

fn pattern(pattern: &Pattern, w: &mut Writer) {
    w.gap();
    w.open("patterned! {");
    w.docs(if pattern.docs.is_empty() { &pattern.label } else { &pattern.docs });
    let (name, label) = (&pattern.name, literal(&pattern.label));
    w.line(&format!("pub struct {name} = {label}, {};", literal(&pattern.pattern)));
    w.close("}");
}

fn define(def: &TypeDef, w: &mut Writer) {
    w.gap();
    // Where a field says what its type is, the type needs no more than a sentence.
    let docs = if def.inline { docs::brief(&def.docs, 0) } else { &def.docs };
    match &def.shape {
        Shape::Alias(ty) => {
            w.docs(docs);
            w.assignment(&format!("pub type {} =", def.name), &ty.rust(""));
        }
        Shape::Struct(fields) => object(def, fields, w),
        Shape::Enumeration(values) => {
            w.open("enumeration! {");
            w.docs(docs);
            w.open(&format!("pub enum {} {{", def.name));
            for (variant, value) in values {
                w.line(&format!("{variant} = {},", literal(value)));
            }
            w.close("}");
            w.close("}");
        }
        Shape::Union { discriminator, variants } => {
            w.open("one_of! {");
            w.docs(docs);
            let by = discriminator.as_ref().map(|by| format!(" by {}", literal(by)));
            w.open(&format!("pub enum {}{} {{", def.name, by.unwrap_or_default()));
            for variant in variants {
                variant_line(variant, discriminator.is_some(), w);
            }
            w.close("}");
            w.close("}");
        }
    }
}

fn variant_line(variant: &UnionVariant, tagged: bool, w: &mut Writer) {
    let head = format!("{}({})", variant.name, variant.ty.rust(""));
    if !tagged {
        return w.line(&format!("{head},"));
    }
    let values: Vec<_> = variant.values.iter().map(|value| literal(value)).collect();
    w.list(&format!("{head} = ["), &values, "],");
}

fn object(def: &TypeDef, fields: &[Field], w: &mut Writer) {
    w.open("object! {");
    w.docs(if def.inline { docs::brief(&def.docs, 0) } else { &def.docs });
    w.open(&format!("pub struct {} {{", def.name));
    for field in fields {
        member(field, w);
    }
    w.close("}");
    w.close("}");
}

fn member(field: &Field, w: &mut Writer) {
    let ty = field.ty.rust("");
    let ty = match field.presence {
        Presence::Required => ty,
        Presence::Nullable | Presence::Optional => format!("Option<{ty}>"),
        Presence::Either => format!("Option<Option<{ty}>>"),
    };
    let Some(json) = &field.json else {
        w.line("..");
        w.docs(docs::brief(&field.docs, FIELD_DOCS));
        return w.line(&format!("pub {}: {ty},", field.name));
    };
    w.docs(docs::brief(&field.docs, FIELD_DOCS));
    let name = match field.presence {
        Presence::Nullable => format!(" = {} or null", literal(json)),
        Presence::Either => format!(" = {} or null or absent", literal(json)),
        _ if *json == field.name => String::new(),
        _ => format!(" = {}", literal(json)),
    };
    w.line(&format!("pub {}: {ty}{name},", field.name));
}
