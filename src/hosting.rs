//! Carries pure deciders on cqrs-es.
//!
//! The one file in which the rules and the framework meet: the rules do not know cqrs-es, and nothing else here
//! needs to know the trait's details.

use std::fmt::Debug;
use std::sync::Arc;

use aggregates::activity::Activity;
use aggregates::appointment::Appointment;
use aggregates::booking_link::BookingLink;
use aggregates::branch::Branch;
use aggregates::cart::BookingCart;
use aggregates::client::Client;
use aggregates::membership::Membership;
use aggregates::{Decider, Fact, Named};
use cqrs_es::event_sink::EventSink;
use cqrs_es::{Aggregate, DomainEvent};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A decider in the shape that cqrs-es loads and asks.
#[derive(Debug, Default, Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hosted<D>(pub D);

/// A domain event in the shape that cqrs-es stores.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Stored<E>(pub E);

/// A decider that the service keeps: it can be stored, cached and told apart from the others.
pub trait Hostable:
    Decider<
        Command: Send,
        Event: Named + Serialize + DeserializeOwned + Clone + PartialEq + Debug + Send + Sync + Into<Fact>,
        Refusal: std::error::Error + Send + Into<crate::command::Refusal>,
    > + Clone
    + Serialize
    + DeserializeOwned
    + Send
    + Sync
    + 'static
{
    /// As one of the aggregates that there are.
    fn shelve(self: Arc<Self>) -> AnyAggregate;

    /// As itself again; `None` if it is another.
    fn take_down(shelved: &AnyAggregate) -> Option<&Arc<Self>>;

    /// Bytes that it takes in memory, roughly.
    fn weight(&self) -> usize {
        size_of::<Self>()
    }
}

macro_rules! aggregates {
    ($($name:ident $(weighs $weight:expr)?;)+) => {
        /// Any aggregate, as a cache keeps it.
        #[derive(Debug, Clone)]
        pub enum AnyAggregate {
            $($name(Arc<$name>),)+
        }

        impl AnyAggregate {
            /// Bytes that it takes in memory, roughly.
            #[must_use]
            pub fn weight(&self) -> usize {
                match self {
                    $(Self::$name(it) => it.weight(),)+
                }
            }
        }

        $(impl Hostable for $name {
            fn shelve(self: Arc<Self>) -> AnyAggregate {
                AnyAggregate::$name(self)
            }

            fn take_down(shelved: &AnyAggregate) -> Option<&Arc<Self>> {
                match shelved {
                    AnyAggregate::$name(it) => Some(it),
                    _ => None,
                }
            }

            $(fn weight(&self) -> usize {
                let extra: fn(&Self) -> usize = $weight;
                size_of::<Self>() + extra(self)
            })?
        })+
    };
}

aggregates! {
    Branch weighs |it| 200 * (it.services().len() + it.team().len());
    BookingLink weighs |it| it.settled().map_or(0, |link| link.settings.consent.as_ref().map_or(0, String::len));
    BookingCart weighs |_| 10 * 64;
    Activity weighs |it| 48 * it.holders().len();
    Appointment;
    Membership weighs |_| 256;
    Client;
}

impl<D: Hostable> Aggregate for Hosted<D> {
    const TYPE: &'static str = D::NAME;
    type Command = D::Command;
    type Event = Stored<D::Event>;
    type Error = D::Refusal;
    type Services = ();

    async fn handle(
        &mut self,
        command: D::Command,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), D::Refusal> {
        for event in self.0.decide(command)? {
            sink.write(Stored(event), self).await;
        }
        Ok(())
    }

    fn apply(&mut self, Stored(event): Stored<D::Event>) {
        self.0 = std::mem::take(&mut self.0).evolve(&event);
    }
}

/// Versions are part of the stored name; cqrs-es asks for one all the same.
pub const EVENT_VERSION: &str = "1";

impl<E> DomainEvent for Stored<E>
where
    E: Named + Serialize + DeserializeOwned + Clone + PartialEq + Debug + Send + Sync,
{
    fn event_type(&self) -> String {
        self.0.name().to_owned()
    }

    fn event_version(&self) -> String {
        EVENT_VERSION.to_owned()
    }
}
