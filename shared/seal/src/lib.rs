//! linli-seal
