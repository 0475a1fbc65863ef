//! Contact details as a client types them, and as we keep them.

use std::str::FromStr;

use aggregates::values::{Country, Name};
use serde::{Deserialize, Serialize};

/// Who books, parsed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    pub name: Name,
    pub phone: Phone,
    pub email: Option<String>,
    pub comment: Option<String>,
}

/// Never shows a person: debug output goes to logs.
impl std::fmt::Debug for Contact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Contact(…)")
    }
}

/// A telephone number in E.164: one client, however it was typed (E-25).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone(String);

/// Never shows the number.
impl std::fmt::Debug for Phone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Phone(…)")
    }
}

/// Not a telephone number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a telephone number")]
pub struct NotAPhone;

impl Phone {
    /// Reads a number, a local one as dialled in that country.
    ///
    /// # Errors
    ///
    /// If no such number can exist.
    pub fn parse(text: &str, country: Country) -> Result<Self, NotAPhone> {
        /// The longest text worth reading; E.164 has 15 digits.
        const LONGEST: usize = 40;
        if LONGEST < text.len() {
            return Err(NotAPhone);
        }
        let region = phonenumber::country::Id::from_str(&String::from(country)).ok();
        let number = phonenumber::parse(region, text.trim()).map_err(|_| NotAPhone)?;
        if !number.is_valid() {
            return Err(NotAPhone);
        }
        Ok(Self(number.format().mode(phonenumber::Mode::E164).to_string()))
    }

    /// E.164, with the plus.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// As people in the branch's country write it; abroad, the international form.
    #[must_use]
    pub fn written(&self, country: Country) -> String {
        let Ok(number) = phonenumber::parse(None, &self.0) else { return self.0.clone() };
        let at_home = number.country().id().is_some_and(|id| id.as_ref() == String::from(country));
        let mode = if at_home { phonenumber::Mode::National } else { phonenumber::Mode::International };
        number.format().mode(mode).to_string()
    }
}

/// Reads an e-mail address for its shape; only a message proves it.
#[must_use]
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    email_address::EmailAddress::is_valid(text).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e_25_local_and_international_forms_are_one_client() {
        let germany = Country::try_from("DE".to_owned()).unwrap();

        let local = Phone::parse("030 2312 5014", germany).unwrap();

        for other in ["+49 30 23125014", "0049 30 23125 014", "(030) 23125-014", "+493023125014"] {
            assert_eq!(Phone::parse(other, germany).unwrap().as_str(), local.as_str(), "{other}");
        }
        assert_eq!(local.as_str(), "+493023125014");
        assert!(local.written(germany).starts_with("030"));
        assert!(local.written(Country::try_from("US".to_owned()).unwrap()).starts_with("+49"));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        let germany = Country::try_from("DE".to_owned()).unwrap();

        for text in ["", "abc", "12", "+", "+49 30", &"1".repeat(50), "030\u{0}2312"] {
            assert!(Phone::parse(text, germany).is_err(), "{text:?}");
        }
    }
}
