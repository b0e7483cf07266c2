//! What holds of any document: nothing differs from itself, a slice is closed and stays what it is.

use std::fs;

use atlas_codegen::source_map::{Document, Entry, Node, Value, read};
use atlas_codegen::spec_tools::diff::changes;
use atlas_codegen::spec_tools::slice::{operation_ids, slice};
use atlas_codegen::spec_tools::write;
use proptest::prelude::*;

use crate::fixtures::root;

/// Names that schemas, and references to them, draw from.
const NAMES: [&str; 5] = ["A", "B", "C/D", "E~F", "G"];

fn text(value: &str) -> Node {
    Node::text(value)
}

fn reference() -> impl Strategy<Value = Node> {
    prop::sample::select(&NAMES[..]).prop_map(|name| {
        let escaped = name.replace('~', "~0").replace('/', "~1");
        Node::map([Entry::new("$ref", text(&format!("#/components/schemas/{escaped}")))])
    })
}

/// A schema, with references that may lead in circles.
fn schema() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        reference(),
        Just(Node::map([Entry::new("type", text("string"))])),
        Just(Node::map([
            Entry::new("type", text("integer")),
            Entry::new("minimum", Node::bare("1"))
        ])),
        Just(Node::map([
            Entry::new("type", text("string")),
            Entry::new("enum", Node::new(Value::List(vec![text("x"), text("y")]))),
        ])),
    ];
    leaf.prop_recursive(3, 16, 3, |inner| {
        let list = prop::collection::vec(inner.clone(), 1..3);
        let keyword = prop::sample::select(&["allOf", "oneOf", "anyOf"][..]);
        prop_oneof![
            (keyword, list)
                .prop_map(|(key, list)| Node::map([Entry::new(key, Node::new(Value::List(list)))])),
            prop::collection::btree_map("[a-c]|\\$ref|x-a", inner.clone(), 0..3).prop_map(|map| {
                let properties = map.iter().map(|(key, value)| Entry::new(key, value.clone()));
                Node::map([
                    Entry::new("type", text("object")),
                    Entry::new("properties", Node::map(properties)),
                    Entry::new("required", Node::new(Value::List(vec![text("a")]))),
                ])
            }),
            inner.clone().prop_map(|items| Node::map([
                Entry::new("type", text("array")),
                Entry::new("items", items)
            ])),
            (inner, reference()).prop_map(|(base, member)| {
                let members = Node::new(Value::List(vec![member]));
                Node::map([
                    Entry::new("allOf", Node::new(Value::List(vec![base]))),
                    Entry::new("oneOf", members),
                    Entry::new(
                        "discriminator",
                        Node::map([
                            Entry::new("propertyName", text("a")),
                            Entry::new("mapping", Node::map([Entry::new("x", text("A"))])),
                        ]),
                    ),
                ])
            }),
        ]
    })
}

/// A document of three operations and five schemas. A schema that is nothing but a reference could
/// lead in a circle, which no document may; it becomes an `allOf`.
fn document() -> impl Strategy<Value = Document> {
    let named = prop::collection::vec(schema(), NAMES.len());
    (named, prop::collection::vec(schema(), 3)).prop_map(|(named, bodies)| {
        let schemas = NAMES.iter().zip(named).map(|(name, schema)| {
            let bare = schema.get("$ref").is_some_and(|target| target.as_text().is_some());
            let all_of =
                |schema| Node::map([Entry::new("allOf", Node::new(Value::List(vec![schema])))]);
            Entry::new(name, if bare { all_of(schema) } else { schema })
        });
        let paths = bodies.into_iter().enumerate().map(|(index, body)| {
            let content = Node::map([Entry::new("a/b", Node::map([Entry::new("schema", body)]))]);
            let body =
                Node::map([Entry::new("description", text("d")), Entry::new("content", content)]);
            let operation = Node::map([
                Entry::new("operationId", text(&format!("op{index}"))),
                Entry::new("requestBody", body.clone()),
                Entry::new("responses", Node::map([Entry::new("200", body)])),
            ]);
            Entry::new(&format!("/p{index}"), Node::map([Entry::new("post", operation)]))
        });
        let root = Node::map([
            Entry::new("components", Node::map([Entry::new("schemas", Node::map(schemas))])),
            Entry::new("openapi", text("3.0.3")),
            Entry::new("info", Node::map([Entry::new("title", text("T"))])),
            Entry::new("paths", Node::map(paths)),
        ]);
        Document { name: "any".to_owned(), preamble: String::new(), root }
    })
}

/// Any tree at all.
fn tree() -> impl Strategy<Value = Node> {
    let leaf = prop_oneof![
        any::<String>().prop_map(|any| text(&any)),
        "[a-z0-9:#,'\"|> \\-\\n.]{0,12}".prop_map(|any| text(&any)),
        prop::sample::select(&["null", "true", "12", "-1.5", "~", "0x1f"][..]).prop_map(Node::bare),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|list| Node::new(Value::List(list))),
            prop::collection::btree_map(any::<String>(), inner, 0..4).prop_map(|map| Node::map(
                map.iter().map(|(key, value)| Entry::new(key, value.clone()))
            )),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_differs_from_itself(document in document()) {
        let found = changes(&document, &document).expect("a document");
        prop_assert!(found.is_empty(), "{found:#?}");
    }

    #[test]
    fn a_slice_is_closed_and_stays_what_it_is(document in document(), which in 0..3_usize) {
        let ids = vec![format!("op{which}")];
        let cut = slice(&document, &ids).expect("an operation");
        prop_assert_eq!(operation_ids(&cut), ids.clone());
        let again = slice(&cut, &ids).expect("the same operation");
        prop_assert_eq!(write(&again), write(&cut));
        // Closed: a document with a reference to nothing is refused. And nothing was lost on the way.
        let both = ids.clone();
        let whole = changes(&document, &cut).expect("a closed document");
        prop_assert!(whole.iter().all(|change| !both.contains(&change.operation)), "{whole:#?}");
    }

    #[test]
    fn what_is_written_reads_as_what_it_was(root in tree()) {
        let document = Document { name: "any".to_owned(), preamble: String::new(), root };
        let text = write(&document);
        let again = read("any", &text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        prop_assert!(again.root.same(&document.root), "{text}\n{:?}\n{:?}", document.root, again.root);
        prop_assert_eq!(write(&again), text);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[ -~\\n]{0,80}") {
        let _ = read("any", &text);
    }
}

#[test]
fn a_key_may_be_longer_than_readers_look_for_its_end() {
    for length in [1020, 1022, 1023, 1024, 1025, 4000] {
        let map = |value| Node::map([Entry::new(&"k".repeat(length), value)]);
        let list = Node::new(Value::List(vec![map(text("a")), map(map(text("b")))]));
        let root = Node::map([
            Entry::new("list", list),
            Entry::new(&"\u{1b}".repeat(length), map(text("c"))),
        ]);
        let document = Document { name: "long".to_owned(), preamble: String::new(), root };
        let text = write(&document);
        let again = read("long", &text).unwrap_or_else(|error| panic!("{length}: {error}"));
        assert!(again.root.same(&document.root), "{length}: {text}");
        assert_eq!(write(&again), text);
    }
}

#[test]
fn the_fragments_are_written_as_they_stand() {
    for name in ["remove_role.openapi.yaml", "project_users.openapi.yaml"] {
        let text = fs::read_to_string(root().join("spec").join(name)).expect("the fragment");
        let document = read(name, &text).expect("YAML");
        assert!(
            write(&document) == text,
            "spec/{name} is not in the form that `cargo xtask spec` writes"
        );
        let cut = slice(&document, &operation_ids(&document)).expect("its operations");
        assert!(write(&cut) == text, "spec/{name} holds what no operation of it reaches");
    }
}
