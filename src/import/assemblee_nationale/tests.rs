//! Tiny made-up exports; the real one is in `tests/import_assemblee.rs`.
