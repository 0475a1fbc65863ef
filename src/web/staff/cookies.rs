//! What a browser of staff keeps for us. As in the account, cookies are named `__Host-…` and for https alone, but on this
//! machine itself.

use axum::http::{HeaderMap, HeaderValue};

use crate::staff::LONGEST;
use crate::web::jar;
use crate::web::origin::is_local;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::web) enum Kind {
    Session,
    /// Stands for a right password until the code is typed.
    Code,
}

fn name(headers: &HeaderMap, kind: Kind) -> String {
    let prefix = if is_local(headers) { "" } else { "__Host-" };
    let kind = match kind {
        Kind::Session => "staff",
        Kind::Code => "staff-code",
    };
    format!("{prefix}{kind}")
}

pub(in crate::web) fn read(headers: &HeaderMap, kind: Kind) -> Option<String> {
    jar::read(headers, &name(headers, kind))
}

pub(in crate::web) fn keep(headers: &HeaderMap, kind: Kind, value: String) -> Option<HeaderValue> {
    jar::keep((name(headers, kind), value), "/", is_local(headers), LONGEST.num_seconds())
}

pub(in crate::web) fn forget(headers: &HeaderMap, kind: Kind) -> Option<HeaderValue> {
    jar::keep((name(headers, kind), String::new()), "/", is_local(headers), 0)
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;

    fn kept(host: &'static str) -> String {
        let headers: HeaderMap = [(header::HOST, HeaderValue::from_static(host))].into_iter().collect();
        keep(&headers, Kind::Session, "abc".to_owned()).unwrap().to_str().unwrap().to_owned()
    }

    #[test]
    fn a_session_of_staff_is_kept_over_https_only_but_on_this_machine() {
        assert_eq!(
            kept("staff.example"),
            "__Host-staff=abc; HttpOnly; SameSite=Lax; Secure; Path=/; Max-Age=1209600"
        );
        for host in ["localhost:8081", "127.0.0.1", "[::1]:1"] {
            assert_eq!(kept(host), "staff=abc; HttpOnly; SameSite=Lax; Path=/; Max-Age=1209600", "{host}");
        }
    }
}
