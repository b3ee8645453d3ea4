//! Which part of a batch a participant belongs to, on whatever machine one asks.

use sha2::{Digest as _, Sha256};

/// Part *k* of *n* of a batch, counted from 1.
///
/// Everybody belongs to exactly one part, and always to the same one: it depends on the key only.
///
/// ```
/// use kompetenz_batch::Partition;
/// let parts: Vec<_> = (1..=3).map(|part| Partition::new(part, 3).unwrap()).collect();
/// assert_eq!(parts.iter().filter(|part| part.has("P-0017")).count(), 1);
/// assert_eq!(Partition::parse("2/3"), Partition::new(2, 3));
/// assert_eq!(Partition::parse("4/3"), None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Partition {
    part: u32,
    parts: u32,
}

impl Partition {
    /// Part `part` of `parts`. `None`: there is no such part.
    pub fn new(part: u32, parts: u32) -> Option<Partition> {
        ((1..=parts).contains(&part) && parts <= kompetenz_register::MAX_PARTS)
            .then_some(Partition { part, parts })
    }

    /// Reads `3/16`. `None`: it is something else.
    pub fn parse(text: &str) -> Option<Partition> {
        let (part, parts) = text.split_once('/')?;
        Partition::new(part.trim().parse().ok()?, parts.trim().parse().ok()?)
    }

    /// Which part this is, from 1.
    pub fn part(self) -> u32 {
        self.part
    }

    /// How many parts there are.
    pub fn parts(self) -> u32 {
        self.parts
    }

    /// Whether the participant with this key belongs to it.
    pub fn has(self, key: &str) -> bool {
        let digest = Sha256::new().chain_update("kompetenz-partition/1\n").chain_update(key).finalize();
        let hash = u64::from_be_bytes(std::array::from_fn(|ix| digest[ix]));
        hash % u64::from(self.parts) + 1 == u64::from(self.part)
    }
}
