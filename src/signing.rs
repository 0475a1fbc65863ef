//! Signatures over exports (Ed25519, RFC 8032).

use std::fmt;
use std::str::FromStr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

/// Signs in the name of a store. Its key is derived from the master key, so that it stays the same.
pub struct Signer(Ed25519KeyPair);

/// By which anybody can tell that something was signed by a store. Written as base64url (RFC 4648) without padding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

/// Not 32 bytes in base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a public key is 43 characters of base64url, as `cartwheel audit key` prints it")]
pub struct NotAKey;

impl Signer {
    /// The signer with this secret; `None` if nothing can be signed with it.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Option<Self> {
        Ed25519KeyPair::from_seed_unchecked(seed).ok().map(Self)
    }

    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        let key = self.0.public_key();
        PublicKey(key.as_ref().try_into().unwrap_or_default())
    }

    /// The signature of a text, in base64url.
    #[must_use]
    pub fn sign(&self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(self.0.sign(text.as_bytes()))
    }
}

impl PublicKey {
    /// Whether the text was signed with the secret of this key.
    #[must_use]
    pub fn has_signed(self, text: &str, signature: &str) -> bool {
        let Ok(signature) = URL_SAFE_NO_PAD.decode(signature) else { return false };
        UnparsedPublicKey::new(&ED25519, self.0).verify(text.as_bytes(), &signature).is_ok()
    }
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({})", self.public_key())
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&URL_SAFE_NO_PAD.encode(self.0))
    }
}

impl FromStr for PublicKey {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).map_err(|_| NotAKey)?;
        bytes.try_into().map(Self).map_err(|_| NotAKey)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_09_signatures_are_those_of_rfc_8032() {
        // Section 7.1, test 1: the empty message.
        let seed = hex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60");
        let signer = Signer::from_seed(&seed.try_into().unwrap()).unwrap();
        let key = hex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
        let signature = hex(
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        );

        assert_eq!(signer.public_key().0.as_slice(), key);
        assert_eq!(signer.sign(""), URL_SAFE_NO_PAD.encode(signature));
        assert!(signer.public_key().has_signed("", &signer.sign("")));
        assert!(!signer.public_key().has_signed("x", &signer.sign("")));
        assert!(!signer.public_key().has_signed("", "no signature"));
        assert_eq!(signer.public_key().to_string().parse(), Ok(signer.public_key()));
        assert_eq!("short".parse::<PublicKey>(), Err(NotAKey));
    }

    fn hex(text: &str) -> Vec<u8> {
        (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
    }
}
