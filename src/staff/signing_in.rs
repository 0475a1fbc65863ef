//! The way in: a password, then a code where there is a second factor; and what somebody changes of it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::second_factor::{self, Secret, Verdict, judge, recovery_codes};
use super::users::User;
use super::{CannotTell, Login, Password, ROUNDS, Staff, UserId, contended};

/// How long somebody may look for their code after the password.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// What comes of a right password.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Begun {
    In(User),
    /// A code is needed too; until then their browser keeps this, which nobody else can make.
    CodeNeeded(String),
}

/// Why a code was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodeRefused {
    Wrong,
    Closed {
        seconds: u32,
    },
    /// The password was typed too long ago, or was changed since.
    Ended,
}

/// Whose password was right, as their browser keeps it, sealed.
#[derive(Serialize, Deserialize)]
struct Passed {
    user: Uuid,
    /// Of the password that was right.
    proof: Vec<u8>,
    since: DateTime<Utc>,
}

fn proof(user: &User) -> Vec<u8> {
    Sha256::digest(user.password.as_deref().unwrap_or_default()).to_vec()
}

/// What a sealed value is for; it opens as nothing else.
const CODE_STEP: &[u8] = b"code-step";

impl Staff {
    /// Looks at a login and a password. Who is not known takes as long as who is, and hears the same: nothing.
    ///
    /// # Errors
    ///
    /// If too many ask at once, or the store cannot be asked.
    pub async fn begin_sign_in(
        &self,
        login: &str,
        password: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Begun>, CannotTell> {
        let user = match login.parse::<Login>() {
            Ok(login) => self.with_login(&login).await?,
            Err(_) => None,
        };
        let stored = user.as_ref().and_then(|user| user.password.clone());
        let is_right = self.hashing.is(password, stored).await?;
        let Some(user) = user.filter(|_| is_right) else { return Ok(None) };
        if !user.has_second_factor() {
            return Ok(Some(Begun::In(user)));
        }
        let passed = Passed { user: user.id.0, proof: proof(&user), since: now };
        let passed = serde_json::to_vec(&passed).map_err(crate::ledger::StoreError::from)?;
        Ok(Some(Begun::CodeNeeded(URL_SAFE_NO_PAD.encode(self.key.seal(CODE_STEP, &passed)))))
    }

    /// Whose password was right, by what their browser kept.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn begun(&self, kept: &str, now: DateTime<Utc>) -> Result<Option<User>, CannotTell> {
        let sealed = URL_SAFE_NO_PAD.decode(kept).unwrap_or_default();
        let opened = self.key.open(CODE_STEP, &sealed).ok();
        let passed = opened.and_then(|passed| serde_json::from_slice::<Passed>(&passed).ok());
        let Some(passed) = passed.filter(|passed| now < passed.since + PATIENCE) else { return Ok(None) };
        let user = self.user(UserId(passed.user)).await?;
        Ok(user.filter(|user| proof(user) == passed.proof))
    }

    /// Looks at the code that comes after a password.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked, or too many try codes of one person at once.
    pub async fn finish_sign_in(
        &self,
        kept: &str,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<Result<User, CodeRefused>, CannotTell> {
        for _ in 0..ROUNDS {
            let Some(user) = self.begun(kept, now).await? else { return Ok(Err(CodeRefused::Ended)) };
            let Some(secret) = self.secret(&user)? else { return Ok(Err(CodeRefused::Ended)) };
            let (verdict, after) = judge(&user, &secret, code, now);
            let refused = match verdict {
                Verdict::Closed { seconds } => return Ok(Err(CodeRefused::Closed { seconds })),
                Verdict::Wrong => Some(CodeRefused::Wrong),
                Verdict::Right => None,
            };
            // Nobody is let in before it is stored that the code was used.
            if self.put(after).await? {
                return Ok(refused.map_or(Ok(user), Err));
            }
        }
        Err(contended().into())
    }

    fn secret(&self, user: &User) -> Result<Option<Secret>, CannotTell> {
        let Some(sealed) = &user.totp else { return Ok(None) };
        let opened = self.key.open(user.id.0.as_bytes(), sealed).map_err(crate::ledger::StoreError::from)?;
        Ok(Some(Secret::from_bytes(opened)))
    }

    /// Whether this is somebody's password: asked again before they change how they prove themselves.
    ///
    /// # Errors
    ///
    /// If too many ask at once.
    pub async fn is_password(&self, user: &User, typed: &str) -> Result<bool, CannotTell> {
        self.hashing.is(typed, user.password.clone()).await
    }

    /// Gives somebody another password; every session of theirs ends.
    ///
    /// # Errors
    ///
    /// If too many ask at once, or the store cannot be asked.
    pub async fn set_password(&self, user: UserId, password: &Password) -> Result<(), CannotTell> {
        let hashed = self.hashing.hash(password).await?;
        let chosen = |user: User| User { password: Some(hashed.clone()), ..user };
        self.change_user(user, chosen).await?;
        self.uninvite(user).await?;
        Ok(self.end_sessions(user).await?)
    }

    /// A secret that somebody may put into their app, as a form keeps it until they show that they did.
    #[must_use]
    pub fn offer_secret(&self, user: UserId) -> (Secret, String) {
        let secret = Secret::draw();
        let kept = self.key.seal(&offered_to(user), secret.bytes());
        (secret, URL_SAFE_NO_PAD.encode(kept))
    }

    /// The secret that was offered, as the form kept it.
    #[must_use]
    pub fn offered(&self, user: UserId, kept: &str) -> Option<Secret> {
        let sealed = URL_SAFE_NO_PAD.decode(kept).ok()?;
        self.key.open(&offered_to(user), &sealed).ok().map(Secret::from_bytes)
    }

    /// Switches the second factor on, if the code is one of the secret; gives the codes for paper, which are shown once.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn set_second_factor(
        &self,
        user: UserId,
        secret: &Secret,
        code: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Vec<String>>, CannotTell> {
        let Some(step) = secret.step_of(&second_factor::plain(code), now) else { return Ok(None) };
        let sealed = self.key.seal(user.0.as_bytes(), secret.bytes());
        let codes = recovery_codes();
        let recovery = second_factor::hashes(&codes);
        let on = |user: User| User {
            totp: Some(sealed.clone()),
            totp_step: step,
            recovery: recovery.clone(),
            wrong_codes: 0,
            ..user
        };
        self.change_user(user, on).await?;
        Ok(Some(codes))
    }

    /// Switches the second factor off.
    ///
    /// # Errors
    ///
    /// If the store cannot be asked.
    pub async fn drop_second_factor(&self, user: UserId) -> Result<(), CannotTell> {
        self.change_user(user, |user| User { totp: None, recovery: vec![], wrong_codes: 0, ..user }).await?;
        Ok(())
    }

    /// How many codes for paper somebody has left.
    #[must_use]
    pub fn codes_left(user: &User) -> usize {
        second_factor::left(user)
    }
}

fn offered_to(user: UserId) -> Vec<u8> {
    [b"offer", user.0.as_bytes().as_slice()].concat()
}
