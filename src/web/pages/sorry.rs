//! What any page can meet: a heading, two sentences, one way on, and the request id in small print.

use askama::Template;

/// A page that could not be what it should have been.
#[derive(Debug, Clone, Template)]
#[template(path = "sorry.html")]
pub struct SorryPage {
    pub heading: &'static str,
    pub text: String,
    /// Where to go on, and what the button says.
    pub next: Option<(String, &'static str)>,
    pub request: String,
}
