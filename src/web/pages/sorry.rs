//! What any page can meet: a heading, two sentences, one way on, and the request id in small print.

use askama::Template;

use super::language::Language;
use super::shell::{Along, Studio};

/// A page that could not be what it should have been.
#[derive(Debug, Clone, Template)]
#[template(path = "sorry.html")]
pub struct SorryPage {
    pub heading: String,
    pub text: String,
    pub next: Option<Next>,
    /// Whose page it would have been, if that is known.
    pub studio: Option<Studio>,
    pub language: Language,
    pub along: Along,
    pub request: String,
}

/// The button that leads on.
#[derive(Clone, PartialEq, Eq)]
pub enum Next {
    Link {
        address: String,
        label: String,
        new_tab: bool,
    },
    /// The same form once more, with everything that was typed.
    Form {
        action: String,
        fields: Vec<(String, String)>,
        label: String,
    },
}

impl Next {
    #[must_use]
    pub fn link(address: String, label: String) -> Self {
        Self::Link { address, label, new_tab: false }
    }
}

/// Never shows what was typed: debug output goes to logs.
impl std::fmt::Debug for Next {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Self::Link { label, .. } | Self::Form { label, .. }) = self;
        write!(f, "Next({label})")
    }
}

impl SorryPage {
    fn title(&self) -> String {
        match &self.studio {
            Some(studio) => format!("{} · {}", self.heading, studio.name),
            None => self.heading.clone(),
        }
    }

    fn request_number(&self) -> String {
        self.language.say_with("request-number", [("request", self.request.as_str().into())])
    }
}
