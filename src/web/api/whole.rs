//! Whole numbers as JSON has them: `2.0` is the integer 2 (JSON Schema 2020-12, Validation, section 6.1.1), and some
//! languages write it so.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};

/// A whole number that fits its type, for `deserialize_with`.
///
/// # Errors
///
/// If it is another number, or none.
pub fn whole<'de, D: Deserializer<'de>, T: TryFrom<i64>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_i64(Whole(PhantomData))
}

/// The same where it may be left out or null, for `deserialize_with` and `default`.
///
/// # Errors
///
/// If it is another number, or something else.
pub fn whole_or_none<'de, D: Deserializer<'de>, T: TryFrom<i64>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    struct Number<T>(T);
    impl<'de, T: TryFrom<i64>> Deserialize<'de> for Number<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            whole(deserializer).map(Self)
        }
    }
    Ok(Option::<Number<T>>::deserialize(deserializer)?.map(|number| number.0))
}

struct Whole<T>(PhantomData<T>);

impl<T: TryFrom<i64>> Visitor<'_> for Whole<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number within the range of this field")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        T::try_from(number).map_err(|_| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        let fits = i64::try_from(number).ok().and_then(|number| T::try_from(number).ok());
        fits.ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        // Up to here every whole number has a double of its own: 2^53.
        const EXACT: f64 = 9_007_199_254_740_992.0;
        #[expect(clippy::cast_possible_truncation, reason = "it is whole, and far within the range")]
        let fits = (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64);
        fits.and_then(|number| T::try_from(number).ok())
            .ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Asked {
        #[serde(deserialize_with = "whole")]
        spots: u32,
        #[serde(default, deserialize_with = "whole_or_none")]
        weeks: Option<u32>,
    }

    #[test]
    fn a_whole_number_may_be_written_with_a_point() {
        let read = |text: &str| serde_json::from_str::<Asked>(text).map(|asked| (asked.spots, asked.weeks));
        assert_eq!(read(r#"{"spots": 2.0, "weeks": 4e1}"#).unwrap(), (2, Some(40)));
        assert_eq!(read(r#"{"spots": 2, "weeks": null}"#).unwrap(), (2, None));
        assert_eq!(read(r#"{"spots": 4294967295.0}"#).unwrap(), (u32::MAX, None));
    }

    #[test]
    fn any_other_number_is_told_what_is_wanted() {
        for spots in ["2.5", "-1", "-1.0", "4294967296", "4294967296.0", "1e300", "\"2\"", "null", "true"] {
            let error = serde_json::from_str::<Asked>(&format!(r#"{{"spots": {spots}}}"#)).unwrap_err();
            assert!(error.to_string().contains("a whole number"), "{spots}: {error}");
        }
    }
}
