//! Stories across crates and processes, each in its own file.
