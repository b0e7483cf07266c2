//! Text: formats, patterns, enumerations.

use openapiv3::Schema;

use crate::ir::Text;
use crate::lower::keywords::Keywords;
use crate::lower::placed::Placed;
use crate::lower::walk::Walk;

/// Formats of strings that the contract as data can't judge.
const UNJUDGED: [&str; 3] = ["password", "byte", "binary"];

impl<'a> Walk<'a> {
    pub(super) fn text(&mut self, schema: &Placed<'a, Schema>) -> Text {
        let (format, pattern) = (schema.value.format(), schema.value.pattern());
        if self.is_contract() {
            self.judgeable(schema, format, pattern);
        }
        let mut values: Vec<String> = Vec::new();
        for value in schema.value.values() {
            if !values.contains(&value) {
                values.push(value);
            }
        }
        let [min_length, max_length] = schema.value.lengths();
        Text {
            format: format.map(str::to_owned),
            pattern: pattern.map(str::to_owned),
            min_length,
            max_length,
            values,
        }
    }

    fn judgeable(
        &mut self,
        schema: &Placed<'a, Schema>,
        format: Option<&str>,
        pattern: Option<&str>,
    ) {
        if let Some(pattern) = pattern
            && let Err(error) = regex_syntax::parse(pattern)
        {
            let error = error.to_string();
            let got = format!("`{pattern}` ({})", error.lines().last().unwrap_or_default());
            let expected = "a regular expression without look-around";
            self.unexpected(&schema.at("pattern"), expected, &got);
        }
        if let Some(format) = format.filter(|format| UNJUDGED.contains(format)) {
            let construct = format!("the string format {format}");
            self.unsupported(&schema.at("format"), &construct, "use plain text");
        }
    }
}
