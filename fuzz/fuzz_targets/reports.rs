#![no_main]
//! `cargo fuzz run reports`

atlas_fuzz::guided!(reports);
