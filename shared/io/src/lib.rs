//! linli-io
