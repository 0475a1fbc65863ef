//! Keys, and values sealed with them.

use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// The first byte of a sealed value: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), a 24-byte nonce, the ciphertext.
const FORMAT: u8 = 1;

const NONCE: usize = 24;

/// 256 bits that seal values. They stand in memory once, however many hold the key.
#[derive(Clone)]
pub struct Key(Arc<Zeroizing<[u8; 32]>>);

/// The key of keys, from a file that only its owner reads.
#[derive(Clone)]
pub struct MasterKey(Key);

/// A sealed value does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open with its key")]
pub struct Unsealable;

/// Why there is no master key.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    #[error("the master key file {} cannot be read: {error}", path.display())]
    Unreadable { path: PathBuf, error: std::io::Error },
    #[error("the master key file {} has to hold 32 bytes", path.display())]
    WrongLength { path: PathBuf },
    #[error("the store is not empty, and its master key file {} is missing", path.display())]
    Missing { path: PathBuf },
    #[error("the master key file {} cannot be written: {error}", path.display())]
    Unwritable { path: PathBuf, error: std::io::Error },
}

/// Random bytes of the operating system.
///
/// # Panics
///
/// If the operating system has none: nothing secret could be made then.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    #[expect(clippy::expect_used, reason = "without randomness every token could be guessed")]
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    bytes
}

impl Key {
    /// A new key.
    #[must_use]
    pub fn draw() -> Self {
        Self(Arc::new(Zeroizing::new(random())))
    }

    pub(super) fn expose(&self) -> &[u8] {
        self.0.as_slice()
    }

    pub(super) fn expose_from(bytes: &[u8]) -> Result<Self, Unsealable> {
        bytes.try_into().map(|bytes| Self(Arc::new(Zeroizing::new(bytes)))).map_err(|_| Unsealable)
    }

    /// Seals a value; it opens only with this key and the same context.
    #[must_use]
    pub fn seal(&self, context: &[u8], value: &[u8]) -> Vec<u8> {
        let nonce = random::<NONCE>();
        let payload = Payload { msg: value, aad: context };
        let sealed = XChaCha20Poly1305::new(self.0.as_slice().into())
            .encrypt(XNonce::from_slice(&nonce), payload)
            // Fails only beyond 256 GiB.
            .unwrap_or_default();
        [&[FORMAT], nonce.as_slice(), &sealed].concat()
    }

    /// Opens a sealed value.
    ///
    /// # Errors
    ///
    /// If it was sealed with another key or context, or was changed.
    pub fn open(&self, context: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let (format, rest) = sealed.split_first().ok_or(Unsealable)?;
        let (nonce, ciphertext) = rest.split_at_checked(NONCE).ok_or(Unsealable)?;
        if *format != FORMAT {
            return Err(Unsealable);
        }
        XChaCha20Poly1305::new(self.0.as_slice().into())
            .decrypt(XNonce::from_slice(nonce), Payload { msg: ciphertext, aad: context })
            .map_err(|_| Unsealable)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(…)")
    }
}

impl MasterKey {
    /// Reads the key file; for an empty store it is made, readable by its owner only.
    ///
    /// # Errors
    ///
    /// If it cannot be read or made, or is missing although the store is not empty.
    pub fn read_or_make(path: &Path, store_is_empty: bool) -> Result<Self, MasterKeyError> {
        let path = path.to_owned();
        match std::fs::read(&path) {
            Ok(bytes) => match Key::expose_from(&bytes) {
                Ok(key) => Ok(Self(key)),
                Err(Unsealable) => Err(MasterKeyError::WrongLength { path }),
            },
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && store_is_empty => {
                let key = Key::draw();
                std::fs::OpenOptions::new()
                    .write(true)
                    .create_new(true)
                    .mode(0o600)
                    .open(&path)
                    .and_then(|mut file| {
                        file.write_all(key.expose())?;
                        file.sync_all()
                    })
                    .map_err(|error| MasterKeyError::Unwritable { path, error })?;
                Ok(Self(key))
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                Err(MasterKeyError::Missing { path })
            }
            Err(error) => Err(MasterKeyError::Unreadable { path, error }),
        }
    }

    /// A key for one purpose (HKDF-SHA-256, RFC 5869, without salt).
    pub(super) fn sub_key(&self, purpose: &str) -> Key {
        let mut bytes = Zeroizing::new([0; 32]);
        // Fails only beyond 8,160 bytes.
        let _ = Hkdf::<Sha256>::new(None, self.0.expose()).expand(purpose.as_bytes(), bytes.as_mut());
        Key(Arc::new(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_17_a_sealed_value_opens_with_its_key_and_context_only() {
        let key = Key::draw();
        let sealed = key.seal(b"Ann", b"+15550100");

        assert_eq!(sealed[0], 1);
        assert_eq!(key.open(b"Ann", &sealed), Ok(b"+15550100".to_vec()));
        assert_eq!(key.open(b"Ben", &sealed), Err(Unsealable));
        assert_eq!(Key::draw().open(b"Ann", &sealed), Err(Unsealable));
        for n in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[n] ^= 1;
            assert_eq!(key.open(b"Ann", &changed), Err(Unsealable), "byte {n}");
            assert_eq!(key.open(b"Ann", &sealed[..n]), Err(Unsealable), "length {n}");
        }
    }

    #[test]
    fn a_master_key_file_is_made_once_and_for_its_owner_only() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db.key");

        assert!(matches!(MasterKey::read_or_make(&path, false), Err(MasterKeyError::Missing { .. })));
        let made = MasterKey::read_or_make(&path, true).unwrap();
        let read = MasterKey::read_or_make(&path, false).unwrap();

        assert_eq!(made.0.expose(), read.0.expose());
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        std::fs::write(&path, b"short").unwrap();
        assert!(matches!(MasterKey::read_or_make(&path, true), Err(MasterKeyError::WrongLength { .. })));
    }
}
