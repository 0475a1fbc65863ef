//! How a booking link looks, and which sites may show it: nothing in here decides what is booked.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Everything that staff set on the looks of a link; the default is what a new link has.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appearance {
    /// The studio's colour.
    pub accent: Option<Colour>,
    pub scheme: Scheme,
    /// What visitors read unless they or the site around the widget choose; by their browser if nothing is set.
    pub language: Option<LanguageCode>,
    pub sites: Sites,
}

impl Appearance {
    /// Whether nothing was set.
    #[must_use]
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// Light or dark.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    #[default]
    ByDevice,
    Light,
    Dark,
}

/// Which sites may embed the widget.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sites {
    #[default]
    Any,
    /// These; with none, nobody may.
    Only(BTreeSet<Site>),
}

/// A colour of a screen: red, green, blue.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Colour(pub [u8; 3]);

/// Not a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a colour is a number sign and six hexadecimal digits, like #0f6b5f")]
pub struct NotAColour;

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let digits = text.strip_prefix('#').unwrap_or(text);
        let [r1, r2, g1, g2, b1, b2] = digits.as_bytes() else { return Err(NotAColour) };
        let byte = |high: &u8, low: &u8| {
            let digit = |letter: u8| char::from(letter).to_digit(16).ok_or(NotAColour);
            u8::try_from(digit(*high)? * 16 + digit(*low)?).map_err(|_| NotAColour)
        };
        Ok(Self([byte(r1, r2)?, byte(g1, g2)?, byte(b1, b2)?]))
    }
}

/// "0f6b5f".
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [r, g, b] = self.0;
        write!(f, "{r:02x}{g:02x}{b:02x}")
    }
}

impl fmt::Debug for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{self}")
    }
}

/// Two letters (ISO 639-1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LanguageCode([u8; 2]);

/// Not the code of a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a language is two small letters, like en")]
pub struct NotALanguage;

impl FromStr for LanguageCode {
    type Err = NotALanguage;

    fn from_str(text: &str) -> Result<Self, NotALanguage> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_lowercase() && b.is_ascii_lowercase() => Ok(Self([*a, *b])),
            _ => Err(NotALanguage),
        }
    }
}

impl fmt::Display for LanguageCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b] = self.0.map(char::from);
        write!(f, "{a}{b}")
    }
}

/// A site as a content security policy names it (CSP Level 3, section 2.3.1): `https://studio.example`, with `*.` for
/// everything below a name, and a port if it is not the usual one. Nothing in it can leave the policy.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Site(String);

/// Not a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a site is an address like https://studio.example, without a path")]
pub struct NotASite;

impl FromStr for Site {
    type Err = NotASite;

    fn from_str(text: &str) -> Result<Self, NotASite> {
        const LONGEST: usize = 253;
        let text = text.trim().trim_end_matches('/').to_ascii_lowercase();
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")).ok_or(NotASite)?;
        let (name, port) = host.rsplit_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
        let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| 0 < port);
        let is_label = |label: &str| {
            !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let below = name.strip_prefix("*.").unwrap_or(name);
        let fits = below.len() <= LONGEST && below.split('.').all(is_label) && port.is_none_or(is_port);
        if fits { Ok(Self(text)) } else { Err(NotASite) }
    }
}

impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! written {
    ($($name:ident or $error:ident),+) => {$(
        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> String {
                value.to_string()
            }
        }
    )+};
}

written! { Colour or NotAColour, LanguageCode or NotALanguage, Site or NotASite }

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["", "#fff", "0f6b5", "0f6b5f0", "red", "#0f6b5g", "</styl", "ööö"] {
            assert_eq!(text.parse::<Colour>(), Err(NotAColour), "{text}");
        }
        assert_eq!("#0F6B5F".parse::<Colour>().unwrap().to_string(), "0f6b5f");
    }

    #[test]
    fn a_site_is_an_origin_and_cannot_leave_a_policy() {
        for (text, site) in [
            ("https://studio.example", "https://studio.example"),
            (" HTTPS://Studio.Example/ ", "https://studio.example"),
            ("https://*.studio.example:8443", "https://*.studio.example:8443"),
            ("http://localhost:3000", "http://localhost:3000"),
        ] {
            assert_eq!(text.parse::<Site>().unwrap().to_string(), site);
        }
        for text in [
            "",
            "*",
            "studio.example",
            "https://",
            "https://a/b",
            "https://a; script-src *",
            "https://a 'self'",
            "https://a,b",
            "https://a:0",
            "https://a:x",
            "https://*",
            "https://a.*.b",
            "javascript:alert(1)",
            "https://ö.example",
            "https://a..b",
        ] {
            assert_eq!(text.parse::<Site>(), Err(NotASite), "{text}");
        }
    }

    #[test]
    fn a_language_is_two_small_letters() {
        assert_eq!("de".parse::<LanguageCode>().unwrap().to_string(), "de");
        for text in ["", "d", "deu", "DE", "d1"] {
            assert_eq!(text.parse::<LanguageCode>(), Err(NotALanguage), "{text}");
        }
    }
}
