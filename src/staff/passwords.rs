//! Passwords: chosen by people, stored as Argon2id.

use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::CannotTell;
use crate::vault::random;

/// What somebody chose; never shown again.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(Zeroizing<String>);

/// Not good enough for a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a password has 12 to 200 letters, digits and signs")]
pub struct NotAPassword;

const SHORTEST: usize = 12;
const LONGEST: usize = 200;

impl FromStr for Password {
    type Err = NotAPassword;

    /// Length is what counts (NIST SP 800-63B); the same letter twelve times is no length.
    fn from_str(text: &str) -> Result<Self, NotAPassword> {
        let mut letters = text.chars();
        let first = letters.next();
        let is_one_letter = letters.all(|letter| Some(letter) == first);
        let fits = (SHORTEST..=LONGEST).contains(&text.chars().count());
        if fits && !is_one_letter { Ok(Self(Zeroizing::new(text.to_owned()))) } else { Err(NotAPassword) }
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Memory in KiB, passes and lanes, as OWASP's Password Storage Cheat Sheet asks for (2025).
const MEMORY: u32 = 19 << 10;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How many passwords are looked at at once: each takes [`MEMORY`] and a core.
const AT_ONCE: usize = 2;

/// How long somebody waits for their turn.
const PATIENCE: Duration = Duration::from_secs(5);

/// Hashes passwords, few at once and never on a thread that serves others.
#[derive(Clone)]
pub(super) struct Hashing(Arc<Semaphore>);

impl Default for Hashing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// A hash of no password: those whom nobody knows are told so after the same work.
static NOBODYS: LazyLock<Option<String>> = LazyLock::new(|| hash(&Zeroizing::new("nobody's".to_owned())));

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY, PASSES, LANES, None).unwrap_or_default();
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &Zeroizing<String>) -> Option<String> {
    let salt = SaltString::encode_b64(&random::<16>()).ok()?;
    Some(argon2().hash_password(password.as_bytes(), &salt).ok()?.to_string())
}

impl Hashing {
    /// What is stored of a password.
    pub(super) async fn hash(&self, password: &Password) -> Result<String, CannotTell> {
        let password = password.0.clone();
        let hashed = self.work(move || hash(&password)).await?;
        hashed.ok_or_else(|| super::StoreError::saying("a password could not be hashed").into())
    }

    /// Whether somebody typed their password. Without one it takes as long, and the answer is no.
    pub(super) async fn is(&self, typed: &str, stored: Option<String>) -> Result<bool, CannotTell> {
        let typed = Zeroizing::new(typed.chars().take(LONGEST + 1).collect::<String>());
        self.work(move || {
            let known = stored.is_some();
            let Some(stored) = stored.or_else(|| NOBODYS.clone()) else { return false };
            let Ok(stored) = PasswordHash::new(&stored) else { return false };
            argon2().verify_password(typed.as_bytes(), &stored).is_ok() && known
        })
        .await
    }

    async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, CannotTell> {
        let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.0).acquire_owned()).await;
        let Ok(Ok(turn)) = turn else { return Err(CannotTell::Busy) };
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(turn);
            done
        });
        done.await.map_err(|error| CannotTell::Store(error.into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_long_and_never_shown() {
        for text in ["", "short", "elevensigns", "aaaaaaaaaaaaaaaa", &"ab".repeat(101)] {
            assert_eq!(text.parse::<Password>(), Err(NotAPassword), "{text}");
        }
        for text in ["twelve signs", "correct horse battery staple", "пароль из слов"] {
            let password: Password = text.parse().unwrap();
            assert!(!format!("{password:?}").contains(text));
        }
    }

    #[tokio::test]
    async fn a_password_is_stored_as_argon2id_and_recognised() {
        let hashing = Hashing::default();
        let password: Password = "correct horse battery".parse().unwrap();

        let [one, other] = [hashing.hash(&password).await.unwrap(), hashing.hash(&password).await.unwrap()];

        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, other, "salted");
        assert!(hashing.is("correct horse battery", Some(one.clone())).await.unwrap());
        assert!(!hashing.is("correct horse batterx", Some(one)).await.unwrap());
        assert!(!hashing.is("correct horse battery", None).await.unwrap());
        assert!(!hashing.is("nobody's", None).await.unwrap(), "the hash of nobody lets nobody in");
    }
}
