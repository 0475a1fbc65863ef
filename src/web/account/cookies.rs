//! What a browser keeps for us: who is signed in, and whose number is being proved.
//!
//! Cookies are marked `Secure` and named `__Host-…` (RFC 6265bis, section 4.1.3.2), so that browsers keep them over
//! https only and nobody beside us sets them. On this machine itself browsers speak http, and the plain name has to do.
//! Which of the two it is, is told by the name under which we were addressed.

use aggregates::ids::BranchId;
use axum::http::{HeaderMap, HeaderValue};

use crate::web::jar;
use crate::web::origin::is_local;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Session,
    /// Stands for a number between the two steps of a sign-in.
    SignIn,
}

/// The cookies of one branch's account, as one browser has them.
#[derive(Debug, Clone)]
pub(super) struct Cookies {
    branch: BranchId,
    /// Reached from this machine itself.
    local: bool,
}

impl Cookies {
    pub(super) fn of(headers: &HeaderMap, branch: BranchId) -> Self {
        Self { branch, local: is_local(headers) }
    }

    /// What the browser sent.
    pub(super) fn read(&self, headers: &HeaderMap, kind: Kind) -> Option<String> {
        jar::read(headers, &self.name(kind))
    }

    /// Keeps a value for so long.
    pub(super) fn keep(&self, kind: Kind, value: String, for_seconds: i64) -> Option<HeaderValue> {
        let root = format!("/account/{}", self.branch);
        // `__Host-` asks for the whole host; the name keeps branches apart.
        let path = if self.local { root.as_str() } else { "/" };
        jar::keep((self.name(kind), value), path, self.local, for_seconds)
    }

    pub(super) fn forget(&self, kind: Kind) -> Option<HeaderValue> {
        self.keep(kind, String::new(), 0)
    }

    fn name(&self, kind: Kind) -> String {
        let prefix = if self.local { "" } else { "__Host-" };
        let kind = match kind {
            Kind::Session => "session",
            Kind::SignIn => "sign-in",
        };
        format!("{prefix}{kind}-{}", self.branch)
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header;
    use uuid::Uuid;

    use super::*;

    const BRANCH: BranchId = BranchId(Uuid::from_u128(7));

    fn addressed(host: &'static str) -> HeaderMap {
        [(header::HOST, HeaderValue::from_static(host))].into_iter().collect()
    }

    fn kept(host: &'static str) -> String {
        let cookies = Cookies::of(&addressed(host), BRANCH);
        cookies.keep(Kind::Session, "abc".to_owned(), 60).unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn a_session_is_kept_over_https_only_but_on_this_machine() {
        assert_eq!(
            kept("book.example"),
            format!("__Host-session-{BRANCH}=abc; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=60")
        );
        for host in ["localhost:8080", "127.0.0.1", "[::1]:1"] {
            assert_eq!(
                kept(host),
                format!("session-{BRANCH}=abc; HttpOnly; SameSite=Lax; Path=/account/{BRANCH}; Max-Age=60"),
                "{host}"
            );
        }
        for host in ["localhost.example.org", "127.0.0.1.nip.io", "user@", "192.168.0.2"] {
            assert!(kept(host).starts_with("__Host-"), "{host}");
        }
    }

    #[test]
    fn a_plain_cookie_says_nothing_where_https_is_spoken() {
        let mut headers = addressed("book.example");
        let plain = format!("theme=dark; session-{BRANCH}=planted; ;=; a");
        headers.insert(header::COOKIE, HeaderValue::from_str(&plain).unwrap());
        let cookies = Cookies::of(&headers, BRANCH);
        assert_eq!(cookies.read(&headers, Kind::Session), None);

        let own = format!("__Host-session-{BRANCH}=own");
        headers.append(header::COOKIE, HeaderValue::from_str(&own).unwrap());
        assert_eq!(cookies.read(&headers, Kind::Session).as_deref(), Some("own"));
        let other = Cookies::of(&headers, BranchId(Uuid::from_u128(8)));
        assert_eq!(other.read(&headers, Kind::Session), None);
    }
}
