#![no_main]
//! `cargo fuzz run contract`

atlas_fuzz::guided!(contract);
