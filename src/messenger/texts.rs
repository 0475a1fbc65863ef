//! Text messages, handed to a gateway over HTTP: `{"to", "text", "id"}`, with a bearer token.

use hyper::header::{AUTHORIZATION, HeaderValue};
use serde::Serialize;
use url::Url;
use uuid::Uuid;

use super::NotBrought;
use crate::contact::Phone;
use crate::outbound::{Outbound, Reach};

/// Hands text messages to one gateway.
#[derive(Debug)]
pub struct Texts {
    gateway: Url,
    authorization: HeaderValue,
    outbound: Outbound,
}

/// What a gateway is sent.
#[derive(Serialize)]
struct Handed<'a> {
    /// E.164.
    to: &'a str,
    text: &'a str,
    /// The same however often it is sent.
    id: Uuid,
}

impl Texts {
    /// With the gateway at that address, which may be anywhere: whoever runs the service names it.
    ///
    /// # Errors
    ///
    /// If it is no address, or the token cannot stand in a header.
    pub fn new(gateway: &str, token: &str) -> anyhow::Result<Self> {
        let gateway = Reach::Anywhere.parse(gateway)?;
        let mut authorization = HeaderValue::from_str(&format!("Bearer {}", token.trim()))?;
        authorization.set_sensitive(true);
        Ok(Self { gateway, authorization, outbound: Outbound::new(Reach::Anywhere)? })
    }

    /// # Errors
    ///
    /// If the gateway does not take it.
    pub async fn bring(&self, to: &Phone, text: &str, id: Uuid) -> Result<(), NotBrought> {
        let body =
            serde_json::to_vec(&Handed { to: to.as_str(), text, id }).map_err(|_| NotBrought::Refused)?;
        let headers = [(AUTHORIZATION, self.authorization.clone())];
        match self.outbound.post(&self.gateway, headers, body).await {
            Ok(200..=299) => Ok(()),
            // It is about this message: no number of theirs, or not to be sent there.
            Ok(400 | 404 | 410 | 422) => Err(NotBrought::Refused),
            Ok(status) => {
                tracing::warn!(status, "the gateway for text messages did not take one");
                Err(NotBrought::NotNow)
            }
            Err(error) => {
                tracing::warn!(%error, "the gateway for text messages cannot be reached");
                Err(NotBrought::NotNow)
            }
        }
    }
}
