//! The hash chain: whoever changes one fact changes every hash after it.
//!
//! h(n) = SHA-256(h(n−1) ‖ position ‖ `recorded_at` in µs since 1970, both i64 big-endian ‖ `aggregate_type`,
//! `aggregate_id`, sequence in decimal, `event_type`, `event_version`, payload, metadata, each UTF-8 as stored
//! behind a u32 big-endian byte length); h(0) = SHA-256("cartwheel-ledger-v1" ‖ the branch's 16 bytes).

use std::fmt;

use aggregates::ids::BranchId;
use sha2::{Digest, Sha256};

use super::Entry;

/// A link of the chain.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::str::FromStr for Hash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.bytes().all(|letter| letter.is_ascii_hexdigit()) {
            return Err(NotAHash);
        }
        for (byte, digits) in bytes.iter_mut().zip(text.as_bytes().chunks(2)) {
            let digits = std::str::from_utf8(digits).map_err(|_| NotAHash)?;
            *byte = u8::from_str_radix(digits, 16).map_err(|_| NotAHash)?;
        }
        Ok(Self(bytes))
    }
}

/// Not 64 hexadecimal digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a hash has 64 hexadecimal digits")]
pub struct NotAHash;

impl Hash {
    /// The hash before a branch's first fact.
    #[must_use]
    pub fn of_branch(branch: BranchId) -> Self {
        let digest = Sha256::new().chain_update(b"cartwheel-ledger-v1").chain_update(branch.0.as_bytes());
        Self(digest.finalize().into())
    }

    /// The hash after this entry, whatever hash the entry itself claims.
    #[must_use]
    pub fn then(self, entry: &Entry) -> Self {
        let mut digest = Sha256::new()
            .chain_update(self.0)
            .chain_update(entry.position.to_be_bytes())
            .chain_update(entry.recorded_at.to_be_bytes());
        for text in [
            entry.aggregate_type.as_str(),
            &entry.aggregate_id,
            &entry.sequence.to_string(),
            &entry.event_type,
            &entry.event_version,
            &entry.payload,
            &entry.metadata,
        ] {
            // A fact is far below 4 GiB: requests are limited to 64 KiB.
            let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
            digest.update(length.to_be_bytes());
            digest.update(text.as_bytes());
        }
        Self(digest.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn b_09_a_hash_covers_every_stored_field() {
        let start = Hash::of_branch(BranchId(Uuid::nil()));
        let entry = entry();
        let hash = start.then(&entry);

        let edits: [fn(&mut Entry); 9] = [
            |entry| entry.position += 1,
            |entry| entry.recorded_at += 1,
            |entry| entry.aggregate_type.push('x'),
            |entry| entry.aggregate_id.push('x'),
            |entry| entry.sequence += 1,
            |entry| entry.event_type.push('x'),
            |entry| entry.event_version.push('x'),
            |entry| entry.payload.push('x'),
            |entry| entry.metadata.push('x'),
        ];
        for edit in edits {
            let mut other = entry.clone();
            edit(&mut other);
            assert_ne!(start.then(&other), hash, "{other:?}");
        }
        assert_ne!(Hash::of_branch(BranchId(Uuid::max())).then(&entry), hash);
    }

    #[test]
    fn b_09_the_format_is_what_the_documentation_says() {
        let branch = BranchId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));
        let entry = entry();

        let mut bytes = Hash::of_branch(branch).0.to_vec();
        bytes.extend(1_i64.to_be_bytes());
        bytes.extend(1_767_722_400_000_000_i64.to_be_bytes());
        for text in ["cart", "b/c", "1", "cart.opened.v1", "1", "{}", "{\"actor\":\"client\"}"] {
            bytes.extend(u32::try_from(text.len()).unwrap().to_be_bytes());
            bytes.extend(text.bytes());
        }

        assert_eq!(Hash::of_branch(branch).then(&entry).0, <[u8; 32]>::from(Sha256::digest(bytes)));
    }

    fn entry() -> Entry {
        Entry {
            position: 1,
            recorded_at: 1_767_722_400_000_000,
            aggregate_type: "cart".to_owned(),
            aggregate_id: "b/c".to_owned(),
            sequence: 1,
            event_type: "cart.opened.v1".to_owned(),
            event_version: "1".to_owned(),
            payload: "{}".to_owned(),
            metadata: "{\"actor\":\"client\"}".to_owned(),
            hash: Hash([0; 32]),
        }
    }
}
