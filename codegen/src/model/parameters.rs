//! How the parameters of a call are added to it.

use crate::ir::{Location, Parameter, Style};
use crate::model::Type;

/// The method of the runtime's call that adds a parameter of this type.
pub(super) fn adds(parameter: &Parameter, ty: &Type) -> &'static str {
    let is_list = matches!(ty, Type::List(_));
    match (parameter.location, parameter.style) {
        (Location::Path, _) if is_list => "path_list",
        (Location::Path, _) => "path",
        (Location::Header, Style::Json) => "header_json",
        (Location::Header, _) if is_list => "header_list",
        (Location::Header, _) => "header",
        (Location::Cookie, _) if is_list => "cookie_list",
        (Location::Cookie, _) => "cookie",
        (Location::Query, Style::Json) => "query_json",
        (Location::Query, Style::Object) => "object",
        (Location::Query, Style::DeepObject) => "deep_object",
        (Location::Query, Style::SpaceDelimited) => "space_delimited",
        (Location::Query, Style::PipeDelimited) => "pipe_delimited",
        (Location::Query, Style::Usual) if is_list && parameter.explode => "each",
        (Location::Query, Style::Usual) if is_list => "query_list",
        (Location::Query, Style::Usual) => "query",
    }
}
