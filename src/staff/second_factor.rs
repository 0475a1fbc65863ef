//! A second proof beside the password: codes that change with time (TOTP, RFC 6238), and a few that are kept on paper.
//! Pure, but for what is drawn.

use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use totp_rs::{Algorithm, TOTP};
use zeroize::Zeroizing;

use super::users::User;
use crate::vault::random;

/// Seconds for which a code is shown.
const STEP: u64 = 30;

/// Digits of a code.
const DIGITS: usize = 6;

/// So many steps before and after the present one, for clocks that are not right.
const LATE: u64 = 1;

/// After so many wrong codes none is taken for a while: whoever tries them knows the password already.
const TRIES: u32 = 5;
const CLOSED_FOR: TimeDelta = TimeDelta::minutes(15);

/// How many codes are for paper.
const RECOVERY_CODES: usize = 10;

/// Bytes of a hash of one.
const HASH: usize = 32;

/// What an app and we make codes of: 160 bits, as RFC 4226 asks for.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<Vec<u8>>);

/// Never shown in a log.
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    #[must_use]
    pub fn draw() -> Self {
        Self::from_bytes(random::<20>().to_vec())
    }

    pub(super) fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// As people type it into an app: base32.
    #[must_use]
    pub fn written(&self) -> String {
        totp_rs::Secret::Raw(self.0.to_vec()).to_encoded().to_string()
    }

    /// As an app reads it (Key URI Format).
    #[must_use]
    pub fn uri(&self, login: &str) -> String {
        let login: String = form_urlencoded::byte_serialize(login.as_bytes()).collect();
        format!("otpauth://totp/Cartwheel:{login}?secret={}&issuer=Cartwheel", self.written())
    }

    /// The code at a moment.
    #[must_use]
    pub fn code(&self, at: DateTime<Utc>) -> String {
        self.of_step(step(at)).unwrap_or_default()
    }

    fn of_step(&self, step: u64) -> Option<String> {
        let totp = TOTP::new(Algorithm::SHA1, DIGITS, 1, STEP, self.0.to_vec()).ok()?;
        Some(totp.generate(step * STEP))
    }

    /// The step whose code was typed, if it is one of now.
    pub(super) fn step_of(&self, typed: &str, at: DateTime<Utc>) -> Option<u64> {
        let now = step(at);
        let steps = now.saturating_sub(LATE)..=now + LATE;
        steps.into_iter().find(|step| {
            self.of_step(*step).is_some_and(|code| code.as_bytes().ct_eq(typed.as_bytes()).into())
        })
    }
}

fn step(at: DateTime<Utc>) -> u64 {
    at.timestamp().cast_unsigned() / STEP
}

/// What was typed, without what only helps the eye.
pub(super) fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).take(64).collect::<String>().to_uppercase()
}

/// Codes for paper, each of 80 bits: `ABCD-EFGH-IJKL-MNOP`.
#[must_use]
pub fn recovery_codes() -> Vec<String> {
    let code = || {
        let written = totp_rs::Secret::Raw(random::<10>().to_vec()).to_encoded().to_string();
        let groups = written.as_bytes().chunks(4).map(String::from_utf8_lossy);
        groups.collect::<Vec<_>>().join("-")
    };
    std::iter::repeat_with(code).take(RECOVERY_CODES).collect()
}

/// What is stored of them: so many random bits need no slow hash.
pub(super) fn hashes(codes: &[String]) -> Vec<u8> {
    codes.iter().flat_map(|code| Sha256::digest(plain(code))).collect()
}

/// What becomes of a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Right,
    Wrong,
    /// Too many were wrong; worth trying again after so many seconds.
    Closed {
        seconds: u32,
    },
}

/// Judges what somebody typed, and gives them as they are afterwards: every code works once.
pub(super) fn judge(user: &User, secret: &Secret, typed: &str, now: DateTime<Utc>) -> (Verdict, User) {
    if now < user.closed_until {
        let seconds = u32::try_from((user.closed_until - now).num_seconds()).unwrap_or(0) + 1;
        return (Verdict::Closed { seconds }, user.clone());
    }
    let typed = plain(typed);
    let right = User { wrong_codes: 0, ..user.clone() };
    if let Some(step) = secret.step_of(&typed, now).filter(|step| user.totp_step < *step) {
        return (Verdict::Right, User { totp_step: step, ..right });
    }
    let hash = Sha256::digest(&typed);
    let (matching, others): (Vec<&[u8]>, Vec<&[u8]>) =
        user.recovery.chunks(HASH).partition(|kept| bool::from(kept.ct_eq(&hash)));
    if !matching.is_empty() {
        return (Verdict::Right, User { recovery: others.concat(), ..right });
    }
    let wrong_codes = user.wrong_codes + 1;
    let next = if wrong_codes < TRIES {
        User { wrong_codes, ..user.clone() }
    } else {
        User { wrong_codes: 0, closed_until: now + CLOSED_FOR, ..user.clone() }
    };
    (Verdict::Wrong, next)
}

/// How many codes for paper are left.
pub(super) fn left(user: &User) -> usize {
    user.recovery.len() / HASH
}

#[cfg(test)]
mod tests {
    use super::super::{Login, UserId};
    use super::*;

    fn anna(secret: &Secret, codes: &[String]) -> User {
        let login: Login = "anna".parse().unwrap();
        let name = "Anna".to_owned().try_into().unwrap();
        let user = User::new(UserId(uuid::Uuid::nil()), &login, &name, at(0));
        User { totp: Some(secret.bytes().to_vec()), recovery: hashes(codes), ..user }
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn codes_are_those_of_rfc_6238() {
        let secret = Secret::from_bytes(b"12345678901234567890".to_vec());

        for (seconds, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(secret.code(DateTime::from_timestamp(seconds, 0).unwrap()), code);
        }
        assert_eq!(
            secret.uri("anna@example.org"),
            "otpauth://totp/Cartwheel:anna%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Cartwheel"
        );
    }

    #[test]
    fn a_code_works_once_and_a_little_early_or_late() {
        let secret = Secret::draw();
        let user = anna(&secret, &[]);
        let code = secret.code(at(0));

        let (verdict, after) = judge(&user, &secret, &format!("{} {}", &code[..3], &code[3..]), at(0));
        assert_eq!(verdict, Verdict::Right);
        assert_eq!(judge(&after, &secret, &code, at(1)).0, Verdict::Wrong, "used");
        assert_eq!(
            judge(&after, &secret, &secret.code(at(-30)), at(1)).0,
            Verdict::Wrong,
            "older than the used one"
        );
        assert_eq!(judge(&after, &secret, &secret.code(at(30)), at(1)).0, Verdict::Right, "a fast clock");
        assert_eq!(judge(&user, &secret, &secret.code(at(-30)), at(0)).0, Verdict::Right, "a slow clock");
        assert_eq!(judge(&user, &secret, &secret.code(at(-60)), at(0)).0, Verdict::Wrong);
    }

    #[test]
    fn a_code_on_paper_works_once_too() {
        let (secret, codes) = (Secret::draw(), recovery_codes());
        let user = anna(&secret, &codes);
        assert_eq!((left(&user), codes[0].len()), (10, 19));

        let (verdict, after) = judge(&user, &secret, &codes[3].to_lowercase(), at(0));

        assert_eq!((verdict, left(&after)), (Verdict::Right, 9));
        assert_eq!(judge(&after, &secret, &codes[3], at(0)).0, Verdict::Wrong);
        assert_eq!(judge(&after, &secret, &codes[4], at(0)).0, Verdict::Right);
    }

    #[test]
    fn after_five_wrong_codes_none_is_taken_for_a_while() {
        let secret = Secret::draw();
        let mut user = anna(&secret, &[]);
        for _ in 0..TRIES {
            let (verdict, after) = judge(&user, &secret, "no code", at(0));
            assert_eq!(verdict, Verdict::Wrong);
            user = after;
        }

        let (verdict, still) = judge(&user, &secret, &secret.code(at(0)), at(0));
        assert_eq!((verdict, &still), (Verdict::Closed { seconds: 901 }, &user), "right, and not taken");
        assert_eq!(judge(&user, &secret, &secret.code(at(900)), at(900)).0, Verdict::Right);
    }
}
