//! Where EventStoreDB is: the connection string of its clients.

use std::fmt;
use std::fs::File;
use std::str::FromStr;
use std::sync::Arc;

use eventstore::ClientSettings;

/// Where EventStoreDB is: `esdb://USER:PASSWORD@HOST:2113`, with `?tls=false` for a server without TLS (EventStoreDB,
/// "Connection string"). Shown without its password.
#[derive(Clone)]
pub struct Address(pub(super) Arc<ClientSettings>);

/// A text that names no EventStoreDB.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAnAddress {
    #[error("EventStoreDB is named as in esdb://USER:PASSWORD@HOST:2113?tls=false: {0}")]
    Malformed(String),
    /// The client would break on it later.
    #[error("the file {file} cannot be read: {why}")]
    NoFile { file: String, why: String },
}

impl FromStr for Address {
    type Err = NotAnAddress;

    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let settings: ClientSettings =
            text.parse().map_err(|error: eventstore::ClientSettingsParseError| {
                let why = error.error().map_or_else(String::new, |error| format!(" ({error})"));
                NotAnAddress::Malformed(format!("{}{why}", error.message()))
            })?;
        let own = settings.user_certificate().into_iter().flat_map(|(certificate, key)| [certificate, key]);
        for file in settings.tls_ca_file().into_iter().chain(own) {
            File::open(file)
                .map_err(|error| NotAnAddress::NoFile { file: file.clone(), why: error.to_string() })?;
        }
        Ok(Self(Arc::new(settings)))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hosts = self.0.hosts().iter().map(|host| format!("{}:{}", host.host, host.port));
        write!(f, "EventStoreDB at {}", hosts.collect::<Vec<_>>().join(", "))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_without_its_password() {
        let address: Address = "esdb://anna:secret@a.example:2113,b.example:2114".parse().unwrap();

        assert_eq!(address.to_string(), "EventStoreDB at a.example:2113, b.example:2114");
        assert!(!format!("{address:?}").contains("secret"));
    }

    #[test]
    fn what_names_no_server_is_refused_with_the_reason() {
        for wrong in ["http://localhost:2113", "esdb://", "localhost", "esdb://localhost/streams"] {
            assert!(matches!(wrong.parse::<Address>(), Err(NotAnAddress::Malformed(_))), "{wrong}");
        }
        let missing = "esdb://localhost?tlsCaFile=/nowhere/ca.pem".parse::<Address>();
        assert!(matches!(missing, Err(NotAnAddress::NoFile { .. })), "{missing:?}");
    }
}
