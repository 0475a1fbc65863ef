//! Where a time zone is.

use aggregates::values::Country;
use chrono_tz::Tz;

/// The country of a time zone; `None` for those that belong to none, such as UTC.
#[must_use]
pub fn country_of(zone: Tz) -> Option<Country> {
    let mut lines = include_str!("countries.txt").lines();
    lines.find_map(|line| {
        let (country, name) = line.split_once(' ')?;
        (name == zone.name()).then(|| country.to_owned().try_into().ok())?
    })
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
}
