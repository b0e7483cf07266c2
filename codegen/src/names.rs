//! Names of a document as names of Rust.

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::{Ident, Span};

/// A type or a variant: `GroupUserResponse`; the keyword `Self` gets a trailing underscore.
pub(crate) fn ty(name: &str) -> String {
    let name = valid(&name.to_pascal_case());
    if name == "Self" { format!("{name}_") } else { name }
}

/// A field, function or module: `group_id`; keywords get a trailing underscore.
pub(crate) fn snake(name: &str) -> String {
    let name = valid(&name.to_snake_case());
    if syn::parse_str::<Ident>(&name).is_ok() { name } else { format!("{name}_") }
}

/// A static: `REMOVE_GROUP_USER_ROLE`.
pub(crate) fn shouty(name: &str) -> String {
    valid(&name.to_shouty_snake_case())
}

/// A token of the name.
pub(crate) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// The name with what no identifier may hold taken out; digits don't come first.
fn valid(name: &str) -> String {
    let kept: String = name.chars().filter(|c| unicode_ident::is_xid_continue(*c)).collect();
    match kept.chars().next() {
        Some(first) if unicode_ident::is_xid_start(first) => kept,
        Some(_) => format!("N{kept}"),
        None => "Unnamed".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{shouty, snake, ty};

    #[test]
    fn hostile_names_become_identifiers() {
        for name in
            ["type", "self", "*/ fn x() {}", "\"\n", "\u{1f600}", "", "1st", "a b", "_", "crate"]
        {
            for rust in [ty(name), snake(name), shouty(name)] {
                assert!(syn::parse_str::<syn::Ident>(&rust).is_ok(), "{name:?} -> {rust:?}");
            }
        }
    }

    #[test]
    fn names_read_as_in_the_document() {
        assert_eq!(ty("groupId"), "GroupId");
        assert_eq!(snake("removeGroupUserRole"), "remove_group_user_role");
        assert_eq!(shouty("removeGroupUserRole"), "REMOVE_GROUP_USER_ROLE");
        assert_eq!(snake("type"), "type_");
    }
}
