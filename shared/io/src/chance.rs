//! Random bytes of the system.

use linli_seal::Chance;

/// The system's source of random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&mut self, bytes: &mut [u8]) {
        if getrandom::fill(bytes).is_err() {
            // Without chance every key would be guessable: nothing must go on.
            std::process::abort();
        }
    }
}
