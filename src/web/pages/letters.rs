//! What clients are told in messages: the same words as an e-mail and, in short, as a text message.

use askama::Template;

use super::language::Language;

/// A message before it is on paper.
#[derive(Debug, Clone, Template)]
#[template(path = "letter.html")]
pub struct Letter {
    pub language: Language,
    pub studio: String,
    pub subject: String,
    /// Who it is for.
    pub name: String,
    /// What happened, a sentence each.
    pub said: Vec<String>,
    pub dates: Vec<LetterDate>,
    /// What else there is to know.
    pub notes: Vec<String>,
    /// Where all of it can be seen: what it is called, and its address.
    pub all: Option<String>,
}

/// One date in it.
#[derive(Debug, Clone)]
pub struct LetterDate {
    /// "Tuesday 12 January 2027, 18:30 to 19:30".
    pub when: String,
    /// In short: "Tue 12 Jan, 18:30".
    pub short: String,
    /// "Yoga with Sofie, 2 spots", "Reference 7K3M-9Q2F".
    pub details: Vec<String>,
    /// Where it can be seen and changed.
    pub address: Option<String>,
}

/// The same as plain text.
#[derive(Template)]
#[template(path = "letter.txt", escape = "none", whitespace = "preserve")]
struct Plain<'a> {
    letter: &'a Letter,
}

impl Letter {
    fn greeting(&self) -> String {
        self.language.say_with("letter-greeting", [("name", self.name.as_str().into())])
    }

    /// As an e-mail shows it.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn html(&self) -> Result<String, askama::Error> {
        self.render()
    }

    /// As an e-mail without HTML shows it.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn plain(&self) -> Result<String, askama::Error> {
        Plain { letter: self }.render()
    }

    /// As a text message says it: nobody reads much of those, and somebody pays for each.
    #[must_use]
    pub fn short(&self) -> String {
        let mut said = vec![format!("{}:", self.studio)];
        said.extend(self.said.iter().cloned());
        if 1 < self.dates.len() {
            let dates: Vec<&str> = self.dates.iter().map(|date| date.short.as_str()).collect();
            said.push(format!("{}.", dates.join("; ")));
        }
        let only = self.dates.first().filter(|_| self.dates.len() == 1).and_then(|date| date.address.clone());
        said.extend(self.all.clone().or(only));
        said.join(" ")
    }
}
