//! Changes, put into a fragment where a rule says how.

use super::copy::{PLACEHOLDER, facts};
use super::edit::{find, list, set};
use crate::error::ReadError;
use crate::source_map::{At, Document, Node, Value, below, segments};
use crate::spec_tools::diff::{Change, Rule, Subject};
use crate::spec_tools::kind::Kind;
use crate::spec_tools::references::check;
use crate::spec_tools::references::references;
use crate::spec_tools::slice::{METHODS, SliceError, operation_ids, slice};

/// A fragment with the changes that could be put into it.
#[derive(Debug, Clone)]
pub struct Update {
    pub fragment: Document,
    /// The changes that it has now.
    pub applied: Vec<Change>,
    /// The changes that a person has to put into it.
    pub by_hand: Vec<Change>,
}

impl Update {
    /// How many elements wait for words of our own.
    pub fn placeholders(&self) -> usize {
        crate::spec_tools::write(&self.fragment).matches(PLACEHOLDER).count()
    }
}

/// Puts changes from a fragment to a published document into the fragment. What no operation reaches
/// any longer goes.
///
/// # Errors
/// If the outcome would be no document that is closed under references.
pub fn update(
    fragment: &Document,
    published: &Document,
    changes: &[Change],
) -> Result<Update, SliceError> {
    let mut patch = Patch { fragment: fragment.clone(), published };
    let (mut applied, mut by_hand) = (Vec::new(), Vec::new());
    for change in changes {
        let before = patch.fragment.clone();
        if patch.apply(change).is_some() {
            applied.push(change.clone());
        } else {
            patch.fragment = before;
            by_hand.push(change.clone());
        }
    }
    let ids = operation_ids(&patch.fragment);
    let fragment = slice(&patch.fragment, &ids)?;
    check(&fragment)?;
    Ok(Update { fragment, applied, by_hand })
}

struct Patch<'a> {
    fragment: Document,
    published: &'a Document,
}

impl Patch<'_> {
    /// `None`: no rule says how.
    fn apply(&mut self, change: &Change) -> Option<()> {
        match change.rule {
            Rule::FormatTightened | Rule::FormatLoosened | Rule::FormatChanged => {
                self.keyword(change, "format")
            }
            Rule::PatternAdded | Rule::PatternRemoved | Rule::PatternChanged => {
                self.keyword(change, "pattern")
            }
            Rule::EnumWidened | Rule::EnumNarrowed => self.keyword(change, "enum"),
            Rule::NullAllowed | Rule::NullForbidden => self.keyword(change, "nullable"),
            Rule::DefaultChanged => self.keyword(change, "default"),
            Rule::ConstraintTightened | Rule::ConstraintLoosened | Rule::ConstraintChanged => {
                let stated = [&change.new.value, &change.old.value];
                let words = stated.into_iter().find(|value| !value.starts_with("no "))?;
                // Two keywords in one change.
                if words.contains("exclusive") || words.starts_with("not ") {
                    return None;
                }
                let keyword = words.split(' ').next()?.to_owned();
                self.keyword(change, &keyword)
            }
            Rule::RequiredAdded | Rule::RequiredRemoved => self.required(change),
            Rule::PropertyAdded => self.property(change),
            Rule::PropertyRemoved => self.without(change),
            Rule::StatusAdded | Rule::StatusRemoved => self.status(change),
            Rule::ParameterAdded => self.parameter(change),
            _ => None,
        }
    }

    /// One keyword of one schema, which stands at the same pointer for every change at that place.
    fn keyword(&mut self, change: &Change, keyword: &str) -> Option<()> {
        let suffix = format!("/{keyword}");
        let ours = &change.old.place.pointer;
        let schema = ours.strip_suffix(&suffix).unwrap_or(ours).to_owned();
        let theirs = &change.new.place.pointer;
        let value = if theirs.ends_with(&suffix) {
            Some(At::find(self.published, theirs)?.node.clone())
        } else {
            None
        };
        // Without a fact on either side there is nothing to write.
        if value.is_none() && !ours.ends_with(&suffix) {
            return None;
        }
        let node = find(&mut self.fragment.root, &schema)?;
        set(node, keyword, value).then_some(())
    }

    fn required(&mut self, change: &Change) -> Option<()> {
        let add = match change.new.value.as_str() {
            "required" => true,
            "optional" => false,
            _ => return None,
        };
        if change.old.value.contains(" when ") {
            return None;
        }
        let ours = &change.old.place.pointer;
        if change.site.path.is_empty() {
            let is_ours =
                matches!(change.site.subject, Subject::Parameter { .. } | Subject::RequestBody);
            let node = find(&mut self.fragment.root, ours).filter(|_| is_ours)?;
            return set(node, "required", add.then(|| Node::bare("true"))).then_some(());
        }
        let (_, name) = change.site.path.rsplit_once('.')?;
        let object = ours.rsplit_once("/required/").map_or(ours.as_str(), |(object, _)| object);
        list(find(&mut self.fragment.root, object)?, "required", name, add).then_some(())
    }

    fn property(&mut self, change: &Change) -> Option<()> {
        let (_, name) = change.site.path.rsplit_once('.')?;
        if change.new.value.starts_with("required when") {
            return None;
        }
        let published = At::find(self.published, &change.new.place.pointer)?;
        let copy = facts(Kind::Schema, published.node)?;
        self.bring(Kind::Schema, &copy)?;
        let object = find(&mut self.fragment.root, &change.old.place.pointer)?;
        let mut properties = object.get("properties").cloned().unwrap_or_else(|| Node::map([]));
        set(&mut properties, name, Some(copy));
        let is_object = object.get_text("type") == Some("object");
        if !is_object || !set(object, "properties", Some(properties)) {
            return None;
        }
        match change.new.value.starts_with("required ") {
            true => list(object, "required", name, true).then_some(()),
            false => Some(()),
        }
    }

    fn without(&mut self, change: &Change) -> Option<()> {
        let (object, name) = change.old.place.pointer.rsplit_once("/properties/")?;
        let object = find(&mut self.fragment.root, object)?;
        let mut properties = object.get("properties")?.clone();
        set(&mut properties, name, None);
        set(object, "properties", Some(properties));
        list(object, "required", name, false).then_some(())
    }

    fn status(&mut self, change: &Change) -> Option<()> {
        let Subject::Response(statuses) = &change.site.subject else { return None };
        let theirs = operation(self.published, &change.operation)?;
        let ours = operation(&self.fragment, &change.operation)?.pointer;
        for status in statuses {
            let published = theirs.get("responses").and_then(|all| all.get(status));
            let copy = match published {
                Some(answer) => {
                    let copy = facts(Kind::Response, answer.node)?;
                    self.bring(Kind::Response, &copy)?;
                    Some(copy)
                }
                None => None,
            };
            let responses = find(&mut self.fragment.root, &below(&ours, "responses"))?;
            set(responses, status, copy);
            if let Value::Map(entries) = &mut responses.value {
                entries.sort_by(|one, two| one.key.cmp(&two.key));
            }
        }
        Some(())
    }

    fn parameter(&mut self, change: &Change) -> Option<()> {
        let Subject::Parameter { location, name } = &change.site.subject else { return None };
        let theirs = operation(self.published, &change.operation)?.get("parameters")?;
        let published = theirs.items().find(|at| {
            let node = at.clone().follow().node;
            node.get_text("name") == Some(name) && node.get_text("in") == Some(location)
        })?;
        let copy = facts(Kind::Parameter, published.node)?;
        self.bring(Kind::Parameter, &copy)?;
        let ours = operation(&self.fragment, &change.operation)?.pointer;
        let operation = find(&mut self.fragment.root, &ours)?;
        let mut all =
            operation.get("parameters").map(|all| all.items().to_vec()).unwrap_or_default();
        all.push(copy);
        set(operation, "parameters", Some(Node::new(Value::List(all)))).then_some(())
    }

    /// Brings the components that a copy refers to, as far as the fragment has none of that name.
    fn bring(&mut self, kind: Kind, copy: &Node) -> Option<()> {
        let holder = Document { root: copy.clone(), ..self.fragment.clone() };
        let mut wanted = Vec::new();
        references(kind, &At::root(&holder), &mut |_, pointer| {
            wanted.extend(pointer);
            Ok::<_, ReadError>(())
        })
        .ok()?;
        for pointer in wanted {
            if At::find(&self.fragment, &pointer).is_some() {
                continue;
            }
            let parts: Vec<_> = segments(&pointer).collect();
            let [components, section, name] = parts.as_slice() else { return None };
            let kind = Kind::Components.child(section).child(name);
            let copy = facts(kind, At::find(self.published, &pointer)?.node)?;
            let components = find(&mut self.fragment.root, &below("", components))?;
            if components.get(section).is_none() {
                set(components, section, Some(Node::map([])));
            }
            set(find(components, &below("", section))?, name, Some(copy.clone()));
            self.bring(kind, &copy)?;
        }
        Some(())
    }
}

fn operation<'d>(document: &'d Document, id: &str) -> Option<At<'d>> {
    let paths = At::root(document).get("paths")?;
    let is_it = |key: &str, at: &At<'_>| {
        METHODS.contains(&key) && at.node.get_text("operationId") == Some(id)
    };
    let mut all = paths.entries().flat_map(|(_, item)| item.entries().collect::<Vec<_>>());
    all.find(|(key, at)| is_it(key, at)).map(|(_, at)| at)
}
