//! linli-domain
