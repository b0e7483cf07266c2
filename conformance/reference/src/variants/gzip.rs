//! Gzip (RFC 1952) without compression: stored blocks only.

use bytes::Bytes;

/// The maximum length of a stored block.
const BLOCK: usize = 0xFFFF;

/// Whether an Accept-Encoding field asks for it.
pub(crate) fn is_accepted(field: &str) -> bool {
    field.split(',').any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("gzip"));
        let refused = parts.any(|weight| matches!(weight, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"));
        named && !refused
    })
}

pub(crate) fn pack(body: &[u8]) -> Bytes {
    let mut packed = vec![0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF];
    let blocks: Vec<&[u8]> = body.chunks(BLOCK).collect();
    for (at, block) in blocks.iter().enumerate() {
        let length = block.len() as u16;
        packed.push(u8::from(at + 1 == blocks.len()));
        packed.extend(length.to_le_bytes());
        packed.extend((!length).to_le_bytes());
        packed.extend(*block);
    }
    packed.extend(checksum(body).to_le_bytes());
    packed.extend((body.len() as u32).to_le_bytes());
    packed.into()
}

/// CRC-32 as gzip wants it, bit by bit: answers are short.
pub(crate) fn checksum(bytes: &[u8]) -> u32 {
    let next = |sum: u32| if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
    let sum = bytes
        .iter()
        .fold(u32::MAX, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| next(sum)));
    !sum
}
