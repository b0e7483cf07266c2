//! Errors of the generator as people read them: with the lines that they are about.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use atlas_codegen::{Error, Source};

/// The longest line that is shown; a minified document has only one.
const LINE_LIMIT: usize = 400;

/// All of them, each with its excerpt, then how many there are.
pub(crate) fn render(errors: &[Error], sources: &[&Source]) -> String {
    let mut text: String = errors.iter().map(|error| one(error, sources, Level::ERROR)).collect();
    if errors.len() > 1 {
        text.push_str(&format!("{} errors\n", errors.len()));
    }
    text
}

/// What is only warned of.
pub(crate) fn warnings(warnings: &[Error], sources: &[&Source]) -> String {
    warnings.iter().map(|warning| one(warning, sources, Level::WARNING)).collect()
}

fn one(error: &Error, sources: &[&Source], level: Level<'_>) -> String {
    let message = error.message();
    let excerpt = error.place().and_then(|place| {
        let source = sources.iter().find(|source| source.name == place.file)?;
        let (line, column) = place.position?;
        let text = source.text.lines().nth(line.checked_sub(1)?)?;
        (text.len() <= LINE_LIMIT).then_some((place, line, column, text))
    });
    let Some((place, line, column, text)) = excerpt else {
        let plain = error.to_string();
        return format!(
            "{}\n",
            Renderer::plain().render(&[Group::with_title(level.primary_title(&plain))])
        );
    };
    let before = column.saturating_sub(1);
    let start = text.char_indices().nth(before).map_or(text.len(), |(at, _)| at);
    let token = text[start..].find([':', ',', '}', ']']).unwrap_or(text.len() - start);
    let end = start + token.max(usize::from(start < text.len()));
    let end = (end..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    let annotation = AnnotationKind::Primary.span(start..end).label(&place.pointer);
    let snippet = Snippet::source(text).line_start(line).path(&place.file).annotation(annotation);
    let group = level.primary_title(&message).element(snippet);
    format!("{}\n\n", Renderer::plain().render(&[group]))
}
