//! The storage format: every fact that was ever written is still read, and written as the same text.
//!
//! The literals are history. Whoever changes one changes what a ledger out there holds: add a new version.

mod activity;
mod appointment;
mod branch;
mod cart;
mod client;
mod link;
mod membership;

use std::collections::BTreeSet;
use std::fmt::Debug;

use aggregates::Fact;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Deserializer, Value};

#[test]
fn an_unknown_name_is_not_a_fact() {
    for (aggregate, name) in [
        ("cart", "cart.opened.v99"),
        ("cart", "activity.cancelled.v1"),
        ("activity", ""),
        ("basket", "cart.opened.v1"),
    ] {
        assert_eq!(read(aggregate, name, "{}").unwrap(), None, "{name} of {aggregate}");
    }
}

#[test]
fn a_known_name_with_another_shape_is_an_error() {
    for (aggregate, name, text) in [
        ("cart", "cart.opened.v1", "{}"),
        ("cart", "cart.spots-set.v1", r#"{"activity_id":"00000000-0000-0000-0000-000000000064","spots":0}"#),
        ("activity", "activity.capacity-set.v1", r#"{"capacity":"nine"}"#),
        ("activity", "activity.cancelled.v1", "7"),
        ("link", "link.set-up.v1", r#"{"settings":{},"consent_version":0}"#),
        ("membership", "membership.granted.v1", "[]"),
        ("client", "client.erased.v1", r#"{"by":"nobody"}"#),
    ] {
        assert!(read(aggregate, name, text).is_err(), "{name}");
    }
    assert!(serde_json::from_str::<aggregates::cart::CartEvent>(r#"{"type":"cart.opened.v99"}"#).is_err());
}

/// Compares each literal, joined to one line, with the fact; every name must have one.
fn check<E>(
    aggregate: &str,
    names: &[&str],
    wrap: fn(E) -> Fact,
    name_of: fn(&E) -> &str,
    stored: &[(&str, E)],
) where
    E: Serialize + DeserializeOwned + Debug + PartialEq + Clone,
{
    let mut found = BTreeSet::new();
    for (literal, fact) in stored {
        let text: String = literal.lines().map(str::trim).collect();
        let parsed: Value = serde_json::from_str(&text).unwrap();
        let name = parsed["type"].as_str().unwrap().to_owned();
        let any = wrap(fact.clone());

        assert_eq!(name_of(fact), name);
        assert_eq!(&serde_json::from_str::<E>(&text).unwrap(), fact);
        assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), any);
        assert_eq!(read(aggregate, &name, &text).unwrap().as_ref(), Some(&any));
        assert_eq!(serde_json::to_string(fact).unwrap(), text);
        assert_eq!(serde_json::to_string(&any).unwrap(), text);
        found.insert(name);
    }
    let names: BTreeSet<_> = names.iter().map(|&name| name.to_owned()).collect();
    assert_eq!(found, names, "a literal for every name");
}

fn read(aggregate: &str, name: &str, text: &str) -> serde_json::Result<Option<Fact>> {
    Fact::read(aggregate, name, &mut Deserializer::from_str(text))
}
