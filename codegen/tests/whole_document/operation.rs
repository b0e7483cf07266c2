//! An operation as the document has it, read by no code of the generator, and what a client has to send.

use serde_json::{Map, Value};

/// One operation and the document that it is in.
pub(crate) struct Operation<'d> {
    document: &'d Value,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) id: String,
    node: &'d Value,
    shared: &'d Value,
}

/// A parameter and the value that is sent in it.
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) location: String,
    pub(crate) value: String,
    pub(crate) is_enumeration: bool,
}

/// All operations of a document.
pub(crate) fn operations(document: &Value) -> Vec<Operation<'_>> {
    let mut all = Vec::new();
    for (path, item) in document["paths"].as_object().expect("the paths") {
        for (method, node) in item.as_object().expect("a path") {
            if let Some(id) = node["operationId"].as_str() {
                let (method, path, id) = (method.to_uppercase(), path.clone(), id.to_owned());
                let shared = &item["parameters"];
                all.push(Operation { document, method, path, id, node, shared });
            }
        }
    }
    all
}

impl<'d> Operation<'d> {
    pub(crate) fn parameters(&self) -> Vec<Parameter> {
        let lists = [self.shared, &self.node["parameters"]];
        let items = lists.into_iter().filter_map(Value::as_array).flatten();
        let read = items.map(|item| {
            let item = self.resolved(item);
            let mut schema = self.resolved(&item["schema"]);
            if schema["type"] == "array" {
                schema = self.resolved(&schema["items"]);
            }
            let text = |key: &str| item[key].as_str().expect("text").to_owned();
            Parameter {
                name: text("name"),
                location: text("in"),
                value: scalar(schema),
                is_enumeration: schema["enum"].is_array(),
            }
        });
        // It is not offered: answers would have another shape than the document says.
        read.filter(|parameter| parameter.name != "envelope").collect()
    }

    /// The newest media type of the body, and a body.
    pub(crate) fn body(&self) -> Option<(&'d str, Value)> {
        let content = self.resolved(self.node.get("requestBody")?)["content"].as_object()?;
        let (media_type, content) = content.iter().max_by_key(|(name, _)| name.as_str())?;
        Some((media_type, self.sample(&content["schema"])))
    }

    /// The media types of what it answers when all goes well.
    pub(crate) fn accepted(&self) -> Vec<&'d str> {
        let responses = self.node["responses"].as_object().expect("responses");
        let good = responses.iter().filter(|(status, _)| status.starts_with('2'));
        let contents = good.filter_map(|(_, item)| self.resolved(item)["content"].as_object());
        contents.flat_map(Map::keys).map(String::as_str).collect()
    }

    fn resolved(&self, node: &'d Value) -> &'d Value {
        match node["$ref"].as_str() {
            Some(target) => {
                let node = self.document.pointer(target.trim_start_matches('#'));
                self.resolved(node.unwrap_or_else(|| panic!("{target} leads to nothing")))
            }
            None => node,
        }
    }

    /// A value with what is required of it.
    fn sample(&self, schema: &'d Value) -> Value {
        let schema = self.resolved(schema);
        if let Some(first) = schema["oneOf"].as_array().and_then(|shapes| shapes.first()) {
            let mut value = self.sample(first);
            let discriminator = &schema["discriminator"];
            if let (Some(name), Some(mapping)) =
                (discriminator["propertyName"].as_str(), discriminator["mapping"].as_object())
                && let Some((chosen, _)) =
                    mapping.iter().find(|(_, target)| first["$ref"] == **target)
            {
                value[name] = chosen.clone().into();
            }
            return value;
        }
        if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
            return first.clone();
        }
        match schema["type"].as_str() {
            Some("array") => vec![self.sample(&schema["items"])].into(),
            Some("boolean") => true.into(),
            Some("integer") => 7.into(),
            Some("number") => 2.5.into(),
            Some("string") => scalar(schema).into(),
            _ => {
                let mut object = Map::new();
                self.fill(schema, &mut object);
                object.into()
            }
        }
    }

    /// Puts in what an object and its parts require of a client.
    fn fill(&self, schema: &'d Value, object: &mut Map<String, Value>) {
        for part in schema["allOf"].as_array().into_iter().flatten() {
            self.fill(self.resolved(part), object);
        }
        for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let property = &schema["properties"][name];
            let is_sent = self.resolved(property)["readOnly"] != true;
            if !property.is_null() && is_sent && !object.contains_key(name) {
                object.insert(name.to_owned(), self.sample(property));
            }
        }
    }
}

/// A value as it stands in a path or a query.
fn scalar(schema: &Value) -> String {
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return first.as_str().expect("text").to_owned();
    }
    match schema["type"].as_str() {
        Some("boolean") => "true".to_owned(),
        Some("integer") => "7".to_owned(),
        Some("number") => "2.5".to_owned(),
        _ => text(schema["pattern"].as_str()),
    }
}

/// Text with a pattern if there is one, else with what has to be escaped.
fn text(pattern: Option<&str>) -> String {
    let Some(pattern) = pattern else { return "a b/\u{fc}&=+%?#".to_owned() };
    // A pattern with look-ahead is not checked by a client either.
    let Ok(regex) = regex::Regex::new(pattern) else { return "ab".to_owned() };
    let candidates = [
        "0123456789abcdef01234567",
        "0123456789abcdef0123",
        "0123456789abcdef0123456789abcdef",
        "a-1",
        "a.b.mongodb.net",
        "2024-01-31",
        "user@example.com",
    ];
    let fits = candidates.iter().find(|text| regex.is_match(text));
    (*fits.unwrap_or_else(|| panic!("no candidate for {pattern}"))).to_owned()
}
