#![no_main]
//! `cargo fuzz run expectations`

atlas_fuzz::guided!(expectations);
