//! A1: a telephone number without a password, proved by a code.

use askama::Template;
use serde_json::json;

use super::AccountShell;
use crate::web::pages::form::Pairs;
use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;
use crate::web::pages::script_words;
use crate::web::pages::urls::{self, Address};

/// Why somebody is asked to sign in, if not by their own wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Greeting {
    /// Their session ended.
    Over,
    /// They signed out.
    Out,
    /// The number that they typed is not known any more.
    Again,
    /// They had everything erased.
    Erased,
}

impl Greeting {
    /// Reads it from the query that a redirection gave along.
    #[must_use]
    pub fn parse(pairs: &Pairs) -> Option<Self> {
        let all =
            [("over", Self::Over), ("out", Self::Out), ("again", Self::Again), ("erased", Self::Erased)];
        all.into_iter().find_map(|(name, greeting)| pairs.is_on(name).then_some(greeting))
    }

    fn sentence(self, language: Language) -> String {
        language.say(match self {
            Self::Over => "account-over",
            Self::Out => "account-signed-out",
            Self::Again => "account-again",
            Self::Erased => "account-erased",
        })
    }
}

/// Asks for the number.
#[derive(Debug, Clone, Template)]
#[template(path = "sign_in.html")]
pub struct SignInPage {
    pub shell: AccountShell,
    /// Whether a code could be sent.
    pub is_set_up: bool,
    pub greeting: Option<Greeting>,
    /// As typed.
    pub phone: String,
    pub problems: Problems,
}

impl SignInPage {
    fn action(&self) -> Address {
        urls::sign_in(self.shell.branch)
    }

    #[must_use]
    pub fn empty(shell: AccountShell) -> Self {
        Self { shell, is_set_up: true, greeting: None, phone: String::new(), problems: Problems::default() }
    }

    /// The same with what is wrong with the number.
    #[must_use]
    pub fn with_problem(mut self, sentence: impl FnOnce(Language) -> String) -> Self {
        self.problems.add(sentence(self.shell.language), "phone");
        self
    }
}

/// Asks for the code.
#[derive(Debug, Clone, Template)]
#[template(path = "code.html")]
pub struct CodePage {
    pub shell: AccountShell,
    /// The number, as people in the branch's country write it.
    pub phone: String,
    /// Seconds until another code can be had, if somebody asked too early.
    pub wait: Option<u32>,
    pub problems: Problems,
}

impl CodePage {
    fn on_its_way(&self) -> String {
        self.shell.language.say_with("account-on-its-way", [("phone", self.phone.as_str().into())])
    }

    /// What a script counts down, from now to one second.
    fn words_for_scripts(&self) -> String {
        let sentences = (1..=self.wait.unwrap_or(0)).map(|seconds| self.shell.language.account_wait(seconds));
        let wait: Vec<String> = sentences.collect();
        script_words::with(self.shell.language, json!({ "wait": wait }))
    }
}
