#![no_main]
//! `cargo fuzz run challenge`

atlas_fuzz::guided!(challenge);
