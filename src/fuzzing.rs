//! What everything that reads the words of strangers must do with any bytes: refuse or understand them, never panic, and
//! write again what it understood. The targets of `fuzz/` call these, and so does a test below.

use std::str::FromStr;

use aggregates::Fact;
use aggregates::values::{Capacity, Country};
use chrono::NaiveDate;
use chrono_tz::Europe::Berlin;

use crate::capability::Token;
use crate::import::{Terms, Timetable};
use crate::sessions::SessionId;
use crate::web::api::{events::EventsQuery, paging};
use crate::web::extract::Query;
use crate::web::pages::event_query::EventPageQuery;
use crate::web::pages::form::Pairs;

/// Queries: of pages, which take what they can, and of the API, which names what is wrong.
///
/// # Panics
///
/// If they do not.
pub fn query(bytes: &[u8]) {
    let asked = EventPageQuery::parse(&Pairs::parse(bytes));
    let selection: Vec<_> = asked.selection().collect();
    for (place, (activity, spots)) in selection.iter().enumerate() {
        assert!(1 <= *spots, "nobody asks for no spot");
        assert!(selection.iter().skip(place + 1).all(|(other, _)| other != activity), "selected twice");
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Err(problem) = Query::<EventsQuery>::parse(text) {
        assert_eq!(problem.status, 400);
        assert!(!problem.errors.is_empty(), "what is wrong is named");
    }
}

/// Timetables.
///
/// # Panics
///
/// If one can be read, but not planned within the calendar.
pub fn timetable(bytes: &[u8]) {
    let Ok(timetable) = Timetable::read(bytes) else { return };
    let (Ok(capacity), Ok(country)) = (Capacity::try_from(12), Country::try_from("DE".to_owned())) else {
        return;
    };
    let first_week = NaiveDate::from_ymd_opt(2027, 3, 22).unwrap_or_default();
    let terms = Terms { zone: Berlin, country, capacity, first_week, weeks: 2 };
    if let Ok(plan) = timetable.plan(terms) {
        let _events = plan.events();
    }
}

/// Facts as they are stored: the kind of aggregate, the name of the fact and the payload, a line each.
///
/// # Panics
///
/// If a fact that was read is written as another.
pub fn fact(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut lines = text.splitn(3, '\n');
    let (Some(kind), Some(name), Some(payload)) = (lines.next(), lines.next(), lines.next()) else { return };
    let read = |payload: &str| Fact::read(kind, name, &mut serde_json::Deserializer::from_str(payload));
    let Ok(Some(fact)) = read(payload) else { return };
    let written = serde_json::to_string(&fact).unwrap_or_default();
    let again = read(&written);
    assert_eq!(again.ok().flatten().as_ref(), Some(&fact), "{written}");
}

/// Cursors of lists.
///
/// # Panics
///
/// If a cursor that was read is written as another.
pub fn cursor(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(cursor) = paging::parse(text) {
        assert_eq!(paging::write(cursor), text);
    }
}

/// Capabilities and sessions.
///
/// # Panics
///
/// If one that was read is written as another.
pub fn token(bytes: &[u8]) {
    fn is_one_or_none<T: FromStr + ToString>(text: &str) {
        if let Ok(token) = text.parse::<T>() {
            assert_eq!(token.to_string(), text);
        }
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    is_one_or_none::<Token>(text);
    is_one_or_none::<SessionId>(text);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Target = fn(&[u8]);

    const TARGETS: [(&str, Target); 5] =
        [("cursor", cursor), ("fact", fact), ("query", query), ("timetable", timetable), ("token", token)];

    /// What the fuzzers begin with, and whatever they ever found.
    #[test]
    fn every_seed_is_understood_or_refused() {
        for (name, target) in TARGETS {
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
            let seeds: Vec<_> =
                std::fs::read_dir(&folder).unwrap().map(|seed| seed.unwrap().path()).collect();
            assert!(!seeds.is_empty(), "{name}");
            for seed in seeds {
                target(&std::fs::read(seed).unwrap());
            }
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_understood_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..512)) {
            for (_, target) in TARGETS {
                target(&bytes);
            }
        }

        /// Almost right is where it breaks: a seed with some bytes exchanged.
        #[test]
        fn seeds_with_faults_are_understood_or_refused(
            target in 0..TARGETS.len(),
            faults in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        ) {
            let (name, target) = TARGETS[target];
            let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds").join(name);
            for seed in std::fs::read_dir(&folder).unwrap() {
                let mut bytes = std::fs::read(seed.unwrap().path()).unwrap();
                for (place, byte) in &faults {
                    let place = place.index(bytes.len());
                    bytes[place] = *byte;
                }
                target(&bytes);
            }
        }
    }
}
