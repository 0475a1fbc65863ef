//! Which rates there are, and how they are written: `codes=40:1/min` is 40 at once and then one a minute.

use std::fmt;
use std::num::NonZeroU32;
use std::str::FromStr;
use std::time::Duration;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum What {
    /// Requests of one address.
    Requests,
    /// Requests of one address that may change something.
    Changes,
    /// Requests with one token, capability or session.
    Tokens,
    /// Codes that one address asks for, whatever the numbers.
    Codes,
    /// Codes that are asked for for one number, of whatever branch.
    Numbers,
    /// Codes and passwords that one address types.
    Attempts,
}

impl What {
    pub const ALL: [Self; 6] =
        [Self::Requests, Self::Changes, Self::Tokens, Self::Codes, Self::Numbers, Self::Attempts];

    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Requests => "requests",
            Self::Changes => "changes",
            Self::Tokens => "tokens",
            Self::Codes => "codes",
            Self::Numbers => "numbers",
            Self::Attempts => "attempts",
        }
    }

    /// Wide enough for a studio whose guests all come from one address.
    fn by_default(self) -> &'static str {
        match self {
            Self::Requests => "1000:50/s",
            Self::Changes => "300:10/s",
            Self::Tokens => "300:20/s",
            Self::Codes => "40:1/min",
            Self::Numbers => "12:12/h",
            Self::Attempts => "60:6/min",
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// So many at once, and then so many in a second, minute or hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub(super) burst: NonZeroU32,
    count: NonZeroU32,
    per: Duration,
}

impl Rate {
    /// How long until there is another.
    pub(super) fn one_in(self) -> Duration {
        self.per / self.count.get()
    }
}

/// The rates of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rates([Option<Rate>; What::ALL.len()]);

/// This is no rate.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a rate is like codes=40:1/min: 40 at once, then one a minute (s, min or h); there are {}; NAME=off counts \
     nothing, and off alone switches all of them off",
    What::ALL.map(What::name).join(", ")
)]
pub struct NoRate;

impl Default for Rates {
    fn default() -> Self {
        Self(What::ALL.map(|what| what.by_default().parse().ok()))
    }
}

impl Rates {
    /// Nothing is counted.
    #[must_use]
    pub fn off() -> Self {
        Self([None; What::ALL.len()])
    }

    #[must_use]
    pub fn of(&self, what: What) -> Option<Rate> {
        self.0.get(what as usize).copied().flatten()
    }

    /// The defaults, changed by what was said, in its order.
    ///
    /// # Errors
    ///
    /// If something that was said is no rate.
    pub fn parse<'a>(said: impl IntoIterator<Item = &'a str>) -> Result<Self, NoRate> {
        let mut rates = Self::default();
        for said in said {
            if said == "off" {
                rates = Self::off();
                continue;
            }
            let (name, rate) = said.split_once('=').ok_or(NoRate)?;
            let what = What::ALL.into_iter().find(|what| what.name() == name).ok_or(NoRate)?;
            let rate = if rate == "off" { None } else { Some(rate.parse()?) };
            if let Some(kept) = rates.0.get_mut(what as usize) {
                *kept = rate;
            }
        }
        Ok(rates)
    }
}

impl FromStr for Rate {
    type Err = NoRate;

    fn from_str(text: &str) -> Result<Self, NoRate> {
        let (burst, rest) = text.split_once(':').ok_or(NoRate)?;
        let (count, unit) = rest.split_once('/').ok_or(NoRate)?;
        let per = match unit {
            "s" => Duration::from_secs(1),
            "min" => Duration::from_mins(1),
            "h" => Duration::from_hours(1),
            _ => return Err(NoRate),
        };
        let number = |text: &str| text.parse().map_err(|_| NoRate);
        Ok(Self { burst: number(burst)?, count: number(count)?, per })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_a_rate_and_can_be_changed_or_switched_off() {
        let rates = Rates::parse([]).unwrap();
        assert_eq!(rates, Rates::default());
        assert!(What::ALL.iter().all(|what| rates.of(*what).is_some()));

        let changed = Rates::parse(["codes=5:2/h", "tokens=off"]).unwrap();
        assert_eq!(changed.of(What::Codes).map(Rate::one_in), Some(Duration::from_mins(30)));
        assert_eq!(changed.of(What::Tokens), None);
        assert_eq!(changed.of(What::Requests), rates.of(What::Requests));
        assert_eq!(Rates::parse(["codes=5:2/h", "off"]).unwrap(), Rates::off());
        assert!(Rates::parse(["off", "codes=5:2/h"]).unwrap().of(What::Codes).is_some());
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        for wrong in
            ["", "on", "codes", "codes=", "codes=5", "codes=0:1/s", "codes=5:0/s", "codes=5:1/d", "sms=5:1/s"]
        {
            assert_eq!(Rates::parse([wrong]), Err(NoRate), "{wrong}");
        }
    }
}
