//! Operations that answer in pages.

use crate::ir::Status;
use crate::model::build::Builder;
use crate::model::{Call, Pages, Payload, Type};

/// The parameter that numbers pages, and the fields of a page.
const NUMBER: &str = "pageNum";
const RESULTS: &str = "results";
const TOTAL: &str = "totalCount";

/// How to walk through the pages: there is a number to ask for, and a list of results.
pub(super) fn of(call: &Call, builder: &Builder<'_>) -> Option<Pages> {
    let number =
        call.query.iter().find(|argument| argument.label == NUMBER && !argument.required)?;
    if call.verb != "GET" || !matches!(number.ty, Type::I32 | Type::I64) {
        return None;
    }
    let answer = call.answers.iter().find(|answer| answer.status == Status::Code(200))?;
    let Some(Payload::Json(ty)) = &answer.payload else { return None };
    let fields = builder.fields_of(ty)?;
    let field = |name: &str| fields.iter().find(|field| field.json.as_deref() == Some(name));
    let results = field(RESULTS)?;
    let Type::List(item) = &results.ty else { return None };
    let total = field(TOTAL).filter(|total| matches!(total.ty, Type::I32 | Type::I64));
    Some(Pages {
        number: number.name.clone(),
        number_type: number.ty.clone(),
        variant: answer.variant.clone(),
        item: (**item).clone(),
        results: results.presence,
        total: total.map(|total| total.presence),
    })
}
