//! Small changes to a tree.

use crate::source_map::{Entry, Node, Value, segments};

/// The node at a pointer.
pub(super) fn find<'n>(root: &'n mut Node, pointer: &str) -> Option<&'n mut Node> {
    let mut node = root;
    for segment in segments(pointer) {
        node = match &mut node.value {
            Value::Map(entries) => {
                &mut entries.iter_mut().find(|entry| entry.key == segment)?.value
            }
            Value::List(items) => items.get_mut(segment.parse::<usize>().ok()?)?,
            _ => return None,
        };
    }
    Some(node)
}

/// Sets a key, or takes it away; a new one comes last.
pub(super) fn set(node: &mut Node, key: &str, value: Option<Node>) -> bool {
    let Value::Map(entries) = &mut node.value else { return false };
    let index = entries.iter().position(|entry| entry.key == key);
    match (index, value) {
        (Some(index), Some(value)) => entries[index].value = value,
        (Some(index), None) => drop(entries.remove(index)),
        (None, Some(value)) => entries.push(Entry::new(key, value)),
        (None, None) => {}
    }
    true
}

/// Adds a text to the list under a key, or takes it away; an empty list goes.
pub(super) fn list(node: &mut Node, key: &str, text: &str, add: bool) -> bool {
    let mut items = node.get(key).map(|list| list.items().to_vec()).unwrap_or_default();
    items.retain(|item| item.as_text() != Some(text));
    if add {
        items.push(Node::text(text));
    }
    let value = (!items.is_empty()).then(|| Node::new(Value::List(items)));
    set(node, key, value)
}
