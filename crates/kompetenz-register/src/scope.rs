//! What a register holds: everything of an issuer, or one part of a batch.

use kompetenz::{Words, words};

use crate::Digest;

/// The most parts a batch can have.
pub const MAX_PARTS: u32 = 1000;

/// What a register holds. Set when it is made, and never changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything the issuer has issued.
    Whole,
    /// One part of a batch that several machines share, to be joined by [`Register::merge`](crate::Register::merge).
    Part(Part),
}

/// One part of a batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    batch: Digest,
    index: u32,
    count: u32,
}

impl Part {
    /// Part `part` of `parts`, counted from 1. `None`: there is no such part, or there are more than [`MAX_PARTS`].
    ///
    /// `batch` is the digest of everything that makes the batch what it is (definition, results, language, day),
    /// so that parts of different batches are never joined.
    ///
    /// ```
    /// use kompetenz_register::{Digest, Part};
    /// let batch = Digest::of(b"definition, results, de, 2026-11-22");
    /// assert!(Part::new(batch, 3, 3).is_some());
    /// assert!(Part::new(batch, 0, 3).is_none());
    /// assert!(Part::new(batch, 4, 3).is_none());
    /// ```
    pub fn new(batch: Digest, part: u32, parts: u32) -> Option<Part> {
        ((1..=parts).contains(&part) && parts <= MAX_PARTS).then_some(Part {
            batch,
            index: part,
            count: parts,
        })
    }

    /// The digest of the batch.
    pub fn batch(self) -> Digest {
        self.batch
    }

    /// Which part this is, counted from 1.
    pub fn part(self) -> u32 {
        self.index
    }

    /// How many parts there are.
    pub fn parts(self) -> u32 {
        self.count
    }
}

impl Scope {
    /// What it is, in both languages.
    pub fn words(self) -> Words {
        match self {
            Scope::Whole => words!(
                "everything of the issuer, not a part of a batch",
                "alles von der Stelle, nicht einen Teil eines Laufs"
            ),
            Scope::Part(Part { index: part, count: parts, .. }) => words!(
                "part {part} of {parts} of a batch, perhaps of another one",
                "Teil {part} von {parts} eines Laufs, vielleicht eines anderen"
            ),
        }
    }
}
