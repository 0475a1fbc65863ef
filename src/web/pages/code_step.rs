//! The step between W3 and W4 on a link that asks for it: six digits that prove the telephone number.

use askama::Template;
use serde_json::Value;

use super::contact::{ContactPage, Typed};
use super::problem::Problems;
use super::shell::Shell;
use super::urls::{self, Address};

/// Asks for the code. Everything else of the confirmation rides along.
#[derive(Debug, Clone, Template)]
#[template(path = "code_step.html")]
pub struct CodeStep {
    pub shell: Shell,
    pub capability: String,
    /// The number, as people in the branch's country write it.
    pub phone: String,
    pub typed: Typed,
    /// The idempotency key of the confirmation.
    pub key: String,
    /// What W3 showed.
    pub seen: String,
    /// How many dates are to be booked.
    pub dates: usize,
    /// Another code was sent than the first.
    pub again: bool,
    /// Seconds until another code can be had, if somebody asked too early.
    pub wait: Option<u32>,
    pub problems: Problems,
}

impl CodeStep {
    /// What follows a contact step that a confirmation was sent from.
    #[must_use]
    pub fn after(page: ContactPage, typed: Typed, phone: String) -> Self {
        Self {
            shell: page.shell,
            capability: page.capability,
            phone,
            typed,
            key: page.key,
            seen: page.seen,
            dates: page.lines.len(),
            again: false,
            wait: None,
            problems: Problems::default(),
        }
    }

    fn action(&self) -> Address {
        urls::cart(&self.capability)
    }

    fn sent(&self) -> String {
        self.shell.language.code_sent(&self.phone, self.again)
    }

    /// What W3 says for its sending, and a wait that a script counts down.
    fn words_for_scripts(&self) -> String {
        let language = self.shell.language;
        let wait: Value =
            (1..=self.wait.unwrap_or(0)).map(|seconds| language.account_wait(seconds)).collect();
        let mut words = self.shell.words_of_sending(self.dates);
        if let Some(words) = words.as_object_mut() {
            words.insert("wait".to_owned(), wait);
        }
        self.shell.words_and(words)
    }
}
