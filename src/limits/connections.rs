//! How many connections there are, in all and of one address.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use super::network::{Network, is_this_machine};

/// Connections beyond the bound that are told so; whoever comes after that is not answered.
const TOLD: usize = 128;

/// How many connections there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    pub all: usize,
    /// Of one address, or network of 64 bits. Proxies that are trusted, and this machine itself, may have them all.
    pub of_one: usize,
}

/// Why somebody is let in only to be told to come later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TurnedAway {
    /// There are too many from the same address.
    TooManyOfOne,
    /// There are too many.
    TooMany,
}

impl TurnedAway {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::TooManyOfOne => "too-many-of-one",
            Self::TooMany => "too-many",
        }
    }
}

/// The connections of a process.
#[derive(Debug)]
pub struct Connections {
    bounds: Bounds,
    open: Mutex<Open>,
}

#[derive(Debug, Default)]
struct Open {
    served: usize,
    told: usize,
    of: HashMap<Network, usize>,
}

/// A connection's place, until it is dropped.
#[derive(Debug)]
pub struct Place {
    connections: Arc<Connections>,
    counted: Option<Network>,
    pub turned_away: Option<TurnedAway>,
}

impl Connections {
    #[must_use]
    pub fn within(bounds: Bounds) -> Arc<Self> {
        Arc::new(Self { bounds, open: Mutex::default() })
    }

    /// How many are served now.
    #[must_use]
    pub fn served(&self) -> usize {
        self.open().served
    }

    /// A place for a connection from there; `None` if there is not even room to tell them.
    #[must_use]
    pub fn enter(self: &Arc<Self>, peer: IpAddr, is_proxy: bool) -> Option<Place> {
        let mut open = self.open();
        let network = Network::of(peer);
        let counted = (!is_proxy && !is_this_machine(peer)).then_some(network);
        let of_one = counted.map_or(0, |network| open.of.get(&network).copied().unwrap_or_default());
        let turned_away = if self.bounds.of_one <= of_one {
            Some(TurnedAway::TooManyOfOne)
        } else if self.bounds.all <= open.served {
            Some(TurnedAway::TooMany)
        } else {
            None
        };
        if turned_away.is_some() {
            if TOLD <= open.told {
                return None;
            }
            open.told += 1;
        } else {
            open.served += 1;
            if let Some(network) = counted {
                *open.of.entry(network).or_default() += 1;
            }
        }
        Some(Place { connections: Arc::clone(self), counted, turned_away })
    }

    fn open(&self) -> std::sync::MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.connections.open();
        if self.turned_away.is_some() {
            open.told -= 1;
            return;
        }
        open.served -= 1;
        let Some(network) = self.counted else { return };
        if let Some(count) = open.of.get_mut(&network) {
            *count -= 1;
            if *count == 0 {
                open.of.remove(&network);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entered(connections: &Arc<Connections>, peer: &str) -> Option<Place> {
        connections.enter(peer.parse().unwrap(), false)
    }

    fn told(place: Option<&Place>) -> Option<TurnedAway> {
        place.unwrap().turned_away
    }

    #[test]
    fn one_address_has_its_share_and_others_have_theirs() {
        let connections = Connections::within(Bounds { all: 10, of_one: 2 });

        let first = [(); 2].map(|()| entered(&connections, "2001:db8::1"));
        let third = entered(&connections, "2001:db8::3");
        assert_eq!(told(third.as_ref()), Some(TurnedAway::TooManyOfOne));
        assert_eq!(told(entered(&connections, "192.0.2.1").as_ref()), None);
        drop(first);
        assert_eq!(told(entered(&connections, "2001:db8::3").as_ref()), None);
    }

    #[test]
    fn beyond_the_bound_some_are_told_and_the_rest_is_not_answered() {
        let connections = Connections::within(Bounds { all: 3, of_one: 3 });
        let served = [(); 3].map(|()| entered(&connections, "127.0.0.1"));
        assert!(
            served.iter().all(|place| told(place.as_ref()).is_none()),
            "this machine has no share of its own"
        );

        let others: Vec<_> = (0..TOLD).map(|_| entered(&connections, "192.0.2.1")).collect();
        assert!(others.iter().all(|place| told(place.as_ref()) == Some(TurnedAway::TooMany)));
        assert!(entered(&connections, "192.0.2.1").is_none());
        assert_eq!(connections.served(), 3);

        drop((served, others));
        assert_eq!(told(entered(&connections, "192.0.2.1").as_ref()), None);
        assert_eq!(connections.served(), 0);
        assert!(connections.open().of.is_empty(), "nobody is remembered who went away");
    }
}
