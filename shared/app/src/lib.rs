//! linli-app
