//! A person as a branch knows them: a random id, until they are erased. One aggregate per client; its id is the client's.
//!
//! Who they are stands in no fact. What is recorded here is what was done with what the branch knew of them.

use serde::{Deserialize, Serialize};

use crate::appointment::By;
use crate::decider::Decider;

/// Where a client stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    erased: bool,
}

/// What may be asked about a client.
#[derive(Debug, Clone, Copy)]
pub enum ClientCommand {
    /// Everything that was known of them was handed over.
    Export { by: By },
    /// The private addresses that they were given so far open nothing any more.
    EndLinks { by: By },
    /// Nothing may be known of them any more.
    Erase {
        by: By,
        /// Appointments that are booked and have not begun.
        upcoming: usize,
        /// These are cancelled in the same step.
        cancel_upcoming: bool,
    },
}

facts! {
    /// A fact about a client.
    ClientEvent {
        "client.exported.v1" => Exported(ClientExported),
        "client.links_ended.v1" => LinksEnded(ClientLinksEnded),
        "client.erased.v1" => Erased(ClientErased),
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientExported {
    pub by: By,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientLinksEnded {
    pub by: By,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientErased {
    pub by: By,
}

/// Why a client stays as they are.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ClientRefusal {
    #[error("there is no such client any more")]
    Erased,
    #[error(
        "{count} appointments are still to come; they are cancelled in the same step if that is asked for"
    )]
    UpcomingAppointments { count: usize },
}

impl Client {
    pub fn is_erased(&self) -> bool {
        self.erased
    }
}

impl Decider for Client {
    const NAME: &'static str = "client";
    type Command = ClientCommand;
    type Event = ClientEvent;
    type Refusal = ClientRefusal;

    fn decide(&self, command: ClientCommand) -> Result<Vec<ClientEvent>, ClientRefusal> {
        match command {
            ClientCommand::Export { .. } | ClientCommand::EndLinks { .. } if self.erased => {
                Err(ClientRefusal::Erased)
            }
            ClientCommand::Export { by } => Ok(vec![ClientExported { by }.into()]),
            ClientCommand::EndLinks { by } => Ok(vec![ClientLinksEnded { by }.into()]),
            ClientCommand::Erase { .. } if self.erased => Ok(vec![]),
            ClientCommand::Erase { upcoming, cancel_upcoming: false, .. } if 0 < upcoming => {
                Err(ClientRefusal::UpcomingAppointments { count: upcoming })
            }
            ClientCommand::Erase { by, .. } => Ok(vec![ClientErased { by }.into()]),
        }
    }

    fn evolve(self, event: &ClientEvent) -> Self {
        match event {
            ClientEvent::Exported(_) | ClientEvent::LinksEnded(_) => self,
            ClientEvent::Erased(_) => Self { erased: true },
        }
    }
}
