//! Bodies that are forms.

use std::borrow::Cow;
use std::hash::{BuildHasher, RandomState};

use bytes::{BufMut, Bytes, BytesMut};

/// What one field of a form holds.
#[derive(Debug, Clone)]
pub(crate) enum Field {
    Text(String),
    Json(String),
    File(Bytes),
}

/// The fields as `application/x-www-form-urlencoded`, which has no files. A space is `%20` there too:
/// who reads `+` as a space reads that as one as well.
pub(crate) fn urlencoded(
    fields: &[(Cow<'static, str>, Field)],
    encoded: impl Fn(&str) -> String,
) -> String {
    let pairs = fields.iter().filter_map(|(name, field)| match field {
        Field::Text(text) | Field::Json(text) => {
            Some(format!("{}={}", encoded(name), encoded(text)))
        }
        Field::File(_) => None,
    });
    pairs.collect::<Vec<_>>().join("&")
}

/// The fields as `multipart/form-data` (RFC 7578), and the boundary between them.
pub(crate) fn multipart(fields: &[(Cow<'static, str>, Field)]) -> (String, Bytes) {
    let boundary = boundary(fields);
    let mut body = BytesMut::new();
    for (name, field) in fields {
        let name = quoted(name);
        let (head, content) = match field {
            Field::Text(text) => ("", text.as_bytes()),
            Field::Json(text) => ("\r\nContent-Type: application/json", text.as_bytes()),
            Field::File(bytes) => ("\r\nContent-Type: application/octet-stream", bytes.as_ref()),
        };
        // What a field holds is a file to a server if it has a name as a file.
        let file = match field {
            Field::File(_) => format!("; filename=\"{name}\""),
            Field::Text(_) | Field::Json(_) => String::new(),
        };
        let start = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}{head}\r\n\r\n"
        );
        body.put_slice(start.as_bytes());
        body.put_slice(content);
        body.put_slice(b"\r\n");
    }
    body.put_slice(format!("--{boundary}--\r\n").as_bytes());
    (boundary, body.freeze())
}

/// A line that no field holds.
fn boundary(fields: &[(Cow<'static, str>, Field)]) -> String {
    loop {
        let random = || RandomState::new().hash_one(0);
        let boundary = format!("{:016x}{:016x}", random(), random());
        let line = boundary.as_bytes();
        let holds = |content: &[u8]| content.windows(line.len()).any(|part| part == line);
        let taken = fields.iter().any(|(_, field)| match field {
            Field::Text(text) | Field::Json(text) => holds(text.as_bytes()),
            Field::File(bytes) => holds(bytes),
        });
        if !taken {
            return boundary;
        }
    }
}

/// A name between quotes, as browsers write it.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}
