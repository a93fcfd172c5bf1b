//! Where random bytes come from.

use std::convert::Infallible;

use rand_core::{TryCryptoRng, TryRng};

/// A source of random bytes: the system's on a phone, a seed in a test.
pub trait Chance {
    /// Fills the bytes with chance.
    fn fill(&mut self, bytes: &mut [u8]);

    /// Draws a fixed number of random bytes.
    fn draw<const N: usize>(&mut self) -> [u8; N]
    where
        Self: Sized,
    {
        let mut bytes = [0; N];
        self.fill(&mut bytes);
        bytes
    }
}

impl<C: Chance + ?Sized> Chance for &mut C {
    fn fill(&mut self, bytes: &mut [u8]) {
        (**self).fill(bytes);
    }
}

/// Lends a [`Chance`] to libraries that ask for a generator of their own trait.
pub(crate) struct Lent<'a, C: Chance + ?Sized>(pub(crate) &'a mut C);

impl<C: Chance + ?Sized> TryRng for Lent<'_, C> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.0.fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl<C: Chance + ?Sized> TryCryptoRng for Lent<'_, C> {}

/// Chance from a seed, for tests and for replaying a found failure. Never for real keys.
#[derive(Clone, Debug)]
pub struct Seeded {
    seed: [u8; 32],
    count: u64,
}

impl Seeded {
    /// Starts a stream that is the same for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed: linli_wire::sha256(&[b"linli/seeded/1\0", &seed.to_be_bytes()]), count: 0 }
    }
}

impl Chance for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) {
        for piece in bytes.chunks_mut(32) {
            let block = linli_wire::sha256(&[&self.seed, &self.count.to_be_bytes()]);
            self.count = self.count.wrapping_add(1);
            for (to, from) in piece.iter_mut().zip(block) {
                *to = from;
            }
        }
    }
}
