//! The time zones that people live in, and where they are.

use aggregates::values::Country;
use chrono_tz::Tz;

/// The country of a time zone; `None` for those that belong to none, such as UTC.
#[must_use]
pub fn country_of(zone: Tz) -> Option<Country> {
    lines().find_map(|(country, name)| (name == zone.name()).then(|| country.to_owned().try_into().ok())?)
}

/// The names of all time zones that belong to a country, in alphabetical order.
pub fn names() -> impl Iterator<Item = &'static str> {
    lines().map(|(_, name)| name)
}

/// Countries and names, by name.
fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("time_zones/countries.txt").lines().filter_map(|line| line.split_once(' ')).skip(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_in_its_country() {
        for (zone, country) in [
            (chrono_tz::America::Denver, "US"),
            (chrono_tz::Europe::Berlin, "DE"),
            (chrono_tz::Asia::Tokyo, "JP"),
        ] {
            assert_eq!(country_of(zone).map(String::from).as_deref(), Some(country));
        }
        assert_eq!(country_of(chrono_tz::UTC), None);
    }

    #[test]
    fn every_name_is_known_and_in_its_place() {
        let all: Vec<&str> = names().collect();

        assert!(all.is_sorted() && 400 < all.len());
        for name in all {
            assert!(name.parse::<Tz>().is_ok(), "{name}");
        }
    }
}
