//! Problems of a form: the box above it, and the sentence under each field.

use super::language::Language;

/// One sentence, and the field it belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub sentence: String,
    /// The id of the field; none if nothing on the page alone can solve it.
    pub field: Option<String>,
}

/// All problems of a page. Empty, there is no box.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    pub fn add(&mut self, sentence: impl Into<String>, field: impl Into<String>) {
        self.0.push(Problem { sentence: sentence.into(), field: Some(field.into()) });
    }

    pub fn add_general(&mut self, sentence: impl Into<String>) {
        self.0.push(Problem { sentence: sentence.into(), field: None });
    }

    /// "There is a problem".
    #[must_use]
    pub fn title(&self, language: Language) -> String {
        language.problems_title(self.0.len())
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The attributes of a field that is wrong, told beside it by `trouble.html`.
    pub(super) fn marks(&self, field: &str) -> String {
        let marks = || format!(" aria-invalid=\"true\" aria-describedby=\"{field}-problem\"");
        self.of(field).map_or_else(String::new, |_| marks())
    }

    /// What is wrong with one field.
    #[must_use]
    pub fn of(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|problem| problem.field.as_deref() == Some(field)).map(|p| p.sentence.as_str())
    }
}
