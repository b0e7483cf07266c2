#![no_main]
//! `cargo fuzz run redaction`

atlas_fuzz::guided!(redaction);
