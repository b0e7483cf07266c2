#![no_main]
//! `cargo fuzz run json`

atlas_fuzz::guided!(json);
