//! `headers.rs`: the header fields that answers may have, each a constant.

use crate::emit::docs;
use crate::emit::writer::{Writer, literal};
use crate::model::HeaderDef;

pub(super) fn emit(headers: &[HeaderDef], w: &mut Writer) {
    w.module_docs(
        "The header fields that answers may have. `Settings::observer` is told of those that came.",
    );
    w.line("");
    w.line("use crate::header::Header;");
    for header in headers {
        w.gap();
        w.docs(docs::brief(&header.docs, 200));
        let (name, ty) = (&header.name, header.ty.rust(""));
        let value = format!("Header::new({})", literal(&header.label));
        w.assignment(&format!("pub const {name}: Header<{ty}> ="), &value);
    }
}
