//! Values that cannot be wrong.

use aggregates::ids::{ActivityId, AppointmentId};
use aggregates::values::{
    Capacity, Country, Currency, Duration, Horizon, Money, MultipleSpots, Name, NotAnAmount, Notice, Offered,
    SpotLimit, Spots,
};
use chrono::TimeDelta;

use crate::people::*;

#[test]
fn s_42_each_number_stays_within_its_range() {
    within::<Spots>(1, 255);
    within::<SpotLimit>(2, 255);
    within::<Capacity>(1, 65_535);
    within::<Duration>(1, 1_440);
    within::<Notice>(0, 525_600);
    within::<Horizon>(1, 3_650);
}

#[test]
fn s_42_spots_within_one_booking_are_one_or_what_the_branch_allows() {
    assert_eq!(MultipleSpots::default().max_spots(), Spots::ONE);
    assert_eq!(MultipleSpots::UpTo(number(2)).max_spots(), spots(2));
    assert_eq!(MultipleSpots::UpTo(number(255)).max_spots(), Spots::MAX);
}

#[test]
fn numbers_of_time_are_spans_of_time() {
    assert_eq!(number::<Notice>(90).span(), TimeDelta::minutes(90));
    assert_eq!(number::<Duration>(90).span(), TimeDelta::minutes(90));
    assert_eq!(number::<Horizon>(90).span(), TimeDelta::days(90));
}

#[test]
fn a_name_is_trimmed_and_readable() {
    let parse = |text: &str| Name::try_from(text.to_owned()).map(String::from);

    assert_eq!(parse(" Sofie "), Ok("Sofie".to_owned()));
    assert_eq!(parse(&"ö".repeat(200)), Ok("ö".repeat(200)));
    assert_eq!(name("Sofie").as_str(), "Sofie");
    assert_eq!(name("Sofie").to_string(), "Sofie");
    for text in ["", "  ", "So\u{0}fie", "So\nfie", &"ö".repeat(201)] {
        assert!(parse(text).is_err(), "{text:?}");
    }
    assert!(serde_json::from_str::<Name>("\"  \"").is_err());
}

#[test]
fn a_code_has_its_number_of_capital_letters() {
    let currency = |text: &str| Currency::try_from(text.to_owned()).map(String::from);

    assert_eq!(currency("EUR").as_deref(), Ok("EUR"));
    for text in ["", "EU", "EURO", "eur", "E1R", "ÄB"] {
        assert_eq!(currency(text).unwrap_err().to_string(), "this code has 3 capital letters", "{text:?}");
    }
    assert!(Country::try_from("DE".to_owned()).is_ok());
}

#[test]
fn a_link_offers_all_or_only_these() {
    assert!(Offered::All.includes(&YOGA));
    assert!(Offered::Only([YOGA].into()).includes(&YOGA));
    assert!(!Offered::Only([PILATES].into()).includes(&YOGA));
    assert_eq!(Offered::<ActivityId>::default(), Offered::All);
}

#[test]
fn an_id_is_written_and_read_as_a_uuid() {
    let text = "00000000-0000-0000-0000-000000000064";

    assert_eq!(TUESDAY.to_string(), text);
    assert_eq!(text.parse(), Ok(TUESDAY));
    assert!("tuesday".parse::<ActivityId>().is_err());
}

#[test]
fn an_appointments_id_follows_from_its_cart_and_its_event() {
    assert_eq!(
        AppointmentId::derive(CART, TUESDAY).to_string(),
        "01900000-0000-8701-9035-0ae42835fb6b",
        "the same for ever"
    );
}

fn within<T: TryFrom<u32, Error = aggregates::values::OutOfRange> + Into<u32>>(min: u32, max: u32) {
    for n in [min, max] {
        assert_eq!(T::try_from(n).map(Into::into), Ok(n));
    }
    for n in [min.wrapping_sub(1), max + 1] {
        let refused = T::try_from(n).map(Into::into).unwrap_err();
        assert_eq!((refused.min, refused.max, refused.given), (min, max, n));
    }
}

#[test]
fn an_amount_has_the_digits_of_its_currency() {
    let written =
        |minor, code: &str| Money { minor, currency: code.to_owned().try_into().unwrap() }.to_string();

    assert_eq!(written(1500, "EUR"), "15 EUR");
    assert_eq!(written(1505, "EUR"), "15.05 EUR");
    assert_eq!(written(1500, "JPY"), "1500 JPY");
    assert_eq!(written(1500, "KWD"), "1.500 KWD");
}

#[test]
fn an_amount_is_read_as_people_type_it() {
    let code = |code: &str| code.to_owned().try_into().unwrap();
    let typed = |amount: &str, of: &str| Money::typed(amount, code(of)).map(|money| money.minor);

    assert_eq!(typed("15", "EUR"), Ok(1500));
    assert_eq!(typed(" 12,5 ", "EUR"), Ok(1250));
    assert_eq!(typed("12.05", "EUR"), Ok(1205));
    assert_eq!(typed("1500", "JPY"), Ok(1500));
    assert_eq!(typed("1.5", "KWD"), Ok(1500));
    for wrong in ["", "-1", "1.234", "1.2.3", "abc", "1e3", ".5", "99999999999999999999", "1 000"] {
        assert_eq!(typed(wrong, "EUR"), Err(NotAnAmount), "{wrong}");
    }
    assert_eq!(typed("1.5", "JPY"), Err(NotAnAmount));
}
