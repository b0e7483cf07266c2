#![no_main]
//! `cargo fuzz run media_type`

atlas_fuzz::guided!(media_type);
