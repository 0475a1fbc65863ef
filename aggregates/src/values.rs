//! Values that cannot be wrong: parsed once, at the door; after that no rule checks a range again.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

/// A number outside its range was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{what} must be a number from {min} to {max}, not {given}")]
pub struct OutOfRange {
    pub what: &'static str,
    pub min: u32,
    pub max: u32,
    pub given: u32,
}

macro_rules! bounded {
    ($($(#[$doc:meta])* $name:ident: $inner:ty, $what:literal, $min:literal..=$max:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "u32", into = "u32")]
        pub struct $name($inner);

        impl $name {
            pub const MIN: Self = Self($min);
            pub const MAX: Self = Self($max);

            #[must_use]
            pub const fn get(self) -> $inner {
                self.0
            }
        }

        impl TryFrom<u32> for $name {
            type Error = OutOfRange;

            fn try_from(given: u32) -> Result<Self, OutOfRange> {
                let range = OutOfRange { what: $what, min: $min, max: $max, given };
                if ($min..=$max).contains(&given) {
                    <$inner>::try_from(given).map(Self).map_err(|_| range)
                } else {
                    Err(range)
                }
            }
        }

        impl From<$name> for u32 {
            fn from(value: $name) -> u32 {
                u32::from(value.0)
            }
        }
    )+};
}

bounded! {
    /// How many events one client may book at once: 1 to 10.
    MaxEvents: u8, "the number of events at once", 1..=10;
    /// Places taken in one event by one appointment: 1 to 255.
    Spots: u8, "the number of spots", 1..=255;
    /// Places that an event has in all: 1 to 65,535.
    Capacity: u16, "the capacity", 1..=65_535;
    /// How long an event lasts, in minutes: 1 to 1,440.
    Duration: u16, "the duration in minutes", 1..=1_440;
    /// How long before the start something ends, in minutes: 0 to 525,600, a year.
    Notice: u32, "the notice in minutes", 0..=525_600;
    /// How far ahead a link offers events, in days: 1 to 3,650.
    Horizon: u16, "the number of days ahead", 1..=3_650;
    /// Places of one appointment where a branch allows more than one: 2 to 255.
    SpotLimit: u8, "the number of spots within one booking", 2..=255;
}

impl Spots {
    pub const ONE: Self = Self::MIN;
}

impl Notice {
    /// As a span of time.
    #[must_use]
    pub fn span(self) -> chrono::TimeDelta {
        chrono::TimeDelta::minutes(i64::from(self.0))
    }
}

impl Duration {
    /// As a span of time.
    #[must_use]
    pub fn span(self) -> chrono::TimeDelta {
        chrono::TimeDelta::minutes(i64::from(self.0))
    }
}

impl Horizon {
    /// As a span of time.
    #[must_use]
    pub fn span(self) -> chrono::TimeDelta {
        chrono::TimeDelta::days(i64::from(self.0))
    }
}

/// The setting *Multiple event booking* of a link: off, or up to so many events at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MultipleEventBooking {
    #[default]
    Off,
    UpTo(MaxEvents),
}

impl MultipleEventBooking {
    /// The most events in one booking; off means one at a time.
    #[must_use]
    pub fn max_events(self) -> MaxEvents {
        match self {
            Self::Off => MaxEvents::MIN,
            Self::UpTo(max) => max,
        }
    }
}

/// The journal setting *Allow occupying multiple spots within one booking*.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MultipleSpots {
    #[default]
    Off,
    UpTo(SpotLimit),
}

impl MultipleSpots {
    /// The most spots of one appointment.
    #[must_use]
    pub fn max_spots(self) -> Spots {
        match self {
            Self::Off => Spots::ONE,
            Self::UpTo(limit) => Spots(limit.0),
        }
    }
}

/// All there is, or only these.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Offered<Id: Ord> {
    #[default]
    All,
    Only(BTreeSet<Id>),
}

impl<Id: Ord> Offered<Id> {
    #[must_use]
    pub fn includes(&self, id: &Id) -> bool {
        match self {
            Self::All => true,
            Self::Only(these) => these.contains(id),
        }
    }
}

/// A line of text that people read: 1 to 200 characters, trimmed, without control characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Name(String);

/// A name was empty, too long or unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a name has 1 to {} characters and no control characters", Name::LONGEST)]
pub struct NotAName;

impl Name {
    /// The longest name, in characters.
    pub const LONGEST: usize = 200;

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Name {
    type Error = NotAName;

    fn try_from(text: String) -> Result<Self, NotAName> {
        let trimmed = text.trim();
        let length = trimmed.chars().count();
        if length == 0 || Self::LONGEST < length || trimmed.chars().any(char::is_control) {
            return Err(NotAName);
        }
        Ok(Self(if trimmed.len() == text.len() { text } else { trimmed.to_owned() }))
    }
}

impl From<Name> for String {
    fn from(name: Name) -> String {
        name.0
    }
}

impl std::fmt::Display for Name {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// An amount in the minor unit of an ISO 4217 currency: 1500 EUR is fifteen euros.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

/// Not an amount of money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an amount is a number like 15 or 12.50, not below 0")]
pub struct NotAnAmount;

impl Money {
    /// Digits behind the point (ISO 4217).
    fn digits(currency: Currency) -> u32 {
        match String::from(currency).as_str() {
            "CLP" | "ISK" | "JPY" | "KRW" | "PYG" | "UGX" | "VND" | "XAF" | "XOF" => 0,
            "BHD" | "IQD" | "JOD" | "KWD" | "LYD" | "OMR" | "TND" => 3,
            _ => 2,
        }
    }

    /// Reads what people type: "15", "12.50", "12,5".
    ///
    /// # Errors
    ///
    /// If it is no number, is below 0, or has more digits than the currency.
    pub fn typed(amount: &str, currency: Currency) -> Result<Self, NotAnAmount> {
        let digits = Self::digits(currency);
        let (whole, rest) = amount.trim().split_once(['.', ',']).unwrap_or((amount.trim(), ""));
        let width = usize::try_from(digits).map_err(|_| NotAnAmount)?;
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(rest) || width < rest.len() {
            return Err(NotAnAmount);
        }
        let number = format!("{whole}{rest:0<width$}");
        number.parse().map(|minor| Self { minor, currency }).map_err(|_| NotAnAmount)
    }

    /// "15", "12.50", in the unit that people pay with.
    #[must_use]
    pub fn amount(&self) -> String {
        let digits = Self::digits(self.currency);
        let unit = 10_i64.pow(digits);
        let (whole, rest) = (self.minor / unit, (self.minor % unit).abs());
        let width = usize::try_from(digits).unwrap_or(0);
        if rest == 0 { whole.to_string() } else { format!("{whole}.{rest:0width$}") }
    }
}

/// "15 EUR", "12.50 EUR".
impl std::fmt::Display for Money {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.amount(), String::from(self.currency))
    }
}

/// Capital letters of a standard's code list; parsed for their shape, not looked up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Letters<const N: usize>([u8; N]);

/// A currency code of ISO 4217: "EUR".
pub type Currency = Letters<3>;

/// A country code of ISO 3166-1 alpha-2: "DE".
pub type Country = Letters<2>;

/// Not a code of that many letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this code has {0} capital letters")]
pub struct NotACode(usize);

impl<const N: usize> TryFrom<String> for Letters<N> {
    type Error = NotACode;

    fn try_from(text: String) -> Result<Self, NotACode> {
        let letters: [u8; N] = text.as_bytes().try_into().map_err(|_| NotACode(N))?;
        if letters.iter().all(u8::is_ascii_uppercase) { Ok(Self(letters)) } else { Err(NotACode(N)) }
    }
}

impl<const N: usize> From<Letters<N>> for String {
    fn from(code: Letters<N>) -> String {
        code.0.iter().map(|&letter| char::from(letter)).collect()
    }
}
