//! The shape of the code, as tests: who may name whom, what is in the tree, how files look.

mod fences;
mod sources;
