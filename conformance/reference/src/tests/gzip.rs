//! Gzip without compression.

use crate::variants::gzip::{checksum, is_accepted};

#[test]
fn the_checksum_is_crc_32() {
    assert_eq!(checksum(b"123456789"), 0xCBF4_3926);
}

#[test]
fn only_those_who_ask_get_it() {
    assert!(is_accepted("br, GZIP;q=0.5"));
    assert!(!is_accepted("br, gzip;q=0"));
    assert!(!is_accepted("identity"));
}
