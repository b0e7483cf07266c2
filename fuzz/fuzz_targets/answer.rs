#![no_main]
//! `cargo fuzz run answer`

atlas_fuzz::guided!(answer);
