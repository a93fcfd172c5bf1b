//! linli-relay
