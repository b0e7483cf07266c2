#![no_main]
//! `cargo fuzz run differences`

atlas_fuzz::guided!(differences);
