//! What a browser keeps between its requests.

use std::collections::BTreeMap;

use axum::http::header;

use super::http::Answered;

/// Values by name.
pub type Cookies = BTreeMap<String, String>;

/// The header of a request, if it has one.
pub fn header(cookies: &Cookies) -> Option<String> {
    let kept: Vec<String> = cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
    (!kept.is_empty()).then(|| kept.join("; "))
}

/// Keeps and drops what an answer says.
pub fn take(cookies: &mut Cookies, answer: &Answered) {
    for cookie in answer.headers.get_all(header::SET_COOKIE) {
        let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
        let (value, attributes) = rest.split_once(';').unwrap();
        if attributes.contains("Max-Age=0") {
            cookies.remove(name);
        } else {
            cookies.insert(name.to_owned(), value.to_owned());
        }
    }
}
