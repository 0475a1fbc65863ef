//! What a browser sent, as pairs.

use std::str::FromStr;

use aggregates::appearance::Appearance;

use super::language::Language;
use super::shell::You;

/// Names and values of a query or a form, in the order they were sent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs {
    sent: Vec<(String, String)>,
    /// The language of the link, or what the browser would like best.
    accepted: Option<Language>,
    /// Who looks, on a page for staff.
    you: You,
}

impl Pairs {
    /// Reads a query string or a posted form. Nothing is refused: what is not UTF-8 is replaced.
    #[must_use]
    pub fn parse(encoded: &[u8]) -> Self {
        Self { sent: form_urlencoded::parse(encoded).into_owned().collect(), ..Self::default() }
    }

    /// From a browser that would like this language best.
    #[must_use]
    pub fn accepting(self, accepted: Option<Language>) -> Self {
        Self { accepted, ..self }
    }

    /// From somebody of staff.
    #[must_use]
    pub fn by(self, you: You) -> Self {
        Self { you, ..self }
    }

    /// Who looks, on a page for staff.
    #[must_use]
    pub fn you(&self) -> &You {
        &self.you
    }

    /// Nothing that was sent but what rides along, from the same browser.
    #[must_use]
    pub fn without_fields(&self) -> Self {
        let along = self.iter().filter(|(name, _)| ["lang", "theme"].contains(name));
        Self { accepted: self.accepted, you: self.you.clone(), ..along.collect() }
    }

    /// On a page whose link has a language of its own: it stands in for the browser's.
    pub fn prefer(&mut self, looks: &Appearance) {
        let of_link = looks.language.and_then(|code| Language::parse(&code.to_string()));
        self.accepted = of_link.or(self.accepted);
    }

    /// As somebody chose it (`lang`), as the browser would like it, or English.
    #[must_use]
    pub fn language(&self) -> Language {
        let chosen = self.last("lang").and_then(Language::parse);
        chosen.or(self.accepted).unwrap_or_default()
    }

    /// The last value of a field: a button after the hidden field of its name overrides it.
    #[must_use]
    pub fn last(&self, name: &str) -> Option<&str> {
        self.iter().filter(|(key, _)| *key == name).map(|(_, value)| value).last()
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.iter().filter_map(move |(key, value)| (key == name).then_some(value))
    }

    /// The last value of a field, read; `None` also if it cannot be read.
    pub fn read<T: FromStr>(&self, name: &str) -> Option<T> {
        self.last(name)?.trim().parse().ok()
    }

    /// Whether a box is ticked or a switch is on.
    #[must_use]
    pub fn is_on(&self, name: &str) -> bool {
        self.last(name) == Some("1")
    }

    /// The last value of a field as typed, or nothing.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.last(name).unwrap_or_default().to_owned()
    }

    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.sent.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl<N: Into<String>, V: Into<String>> FromIterator<(N, V)> for Pairs {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(pairs: I) -> Self {
        let sent = pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        Self { sent, ..Self::default() }
    }
}

/// A value to choose from, and what it is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub name: String,
    pub chosen: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_value_of_a_field_wins() {
        assert_eq!(Pairs::parse(b"dow=2&dow=").last("dow"), Some(""));
        assert_eq!(Pairs::parse(b"a=1").read::<u8>("a"), Some(1));
    }

    #[test]
    fn whatever_is_sent_can_be_read() {
        for hostile in [&b"\xff\xfe=%ff&&=&=="[..], b"%", b"event=%00%zz", &[b'&'; 10_000]] {
            let pairs = Pairs::parse(hostile);

            assert_eq!(pairs.read::<u8>("spots"), None);
        }
    }
}
