//! Requests to other people's servers: one POST at a time, bounded in time and size, and never to where strangers have no
//! business.
//!
//! Whoever may name an address could otherwise make this service knock on doors behind its firewall. So names are resolved
//! here, every address of a name is judged, and the connection goes to an address that was judged. Redirects are not followed.

mod addresses;

use std::net::SocketAddr;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use futures::future::BoxFuture;
use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{Method, Request, Response};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::client::legacy::connect::dns::Name;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::{ClientConfig, RootCertStore};
use url::{Host, Url};

pub use addresses::is_public;

/// How long a request may take in whole.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// How long it may take to be connected.
const CONNECT: Duration = Duration::from_secs(5);

/// How much of an answer is read.
const LARGEST: usize = 64 << 10;

/// How long a connection is kept for the next request.
const IDLE: Duration = Duration::from_secs(30);

/// Which addresses may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Public ones only, and only over TLS.
    Public,
    /// All of them, also without TLS.
    Anywhere,
}

/// Why an address is not called.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    #[error("this is not the address of a web server, like https://example.org/hooks")]
    NotAnAddress,
    #[error("the address has to begin with https://")]
    NotHttps,
    #[error("this address is not reached over the internet")]
    Private,
}

/// Why there was no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    #[error("{0}")]
    Bad(BadAddress),
    #[error("nobody knows where this name is")]
    NoSuchName,
    #[error("nobody takes the connection, or it broke")]
    NoConnection,
    #[error("it took too long")]
    TooSlow,
}

impl NoAnswer {
    /// In one word, as it is stored.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Bad(_) => "private-address",
            Self::NoSuchName => "no-such-name",
            Self::NoConnection => "no-connection",
            Self::TooSlow => "timed-out",
        }
    }
}

impl Reach {
    /// Reads the address of a server that may be called.
    ///
    /// # Errors
    ///
    /// If it is none, or may not.
    pub fn parse(self, text: &str) -> Result<Url, BadAddress> {
        const LONGEST: usize = 500;
        let url = Url::parse(text.trim()).map_err(|_| BadAddress::NotAnAddress)?;
        let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
        if !plain || !matches!(url.scheme(), "https" | "http") || LONGEST < url.as_str().len() {
            return Err(BadAddress::NotAnAddress);
        }
        if self == Self::Anywhere {
            return url.host().map(|_| ()).ok_or(BadAddress::NotAnAddress).map(|()| url);
        }
        if url.scheme() != "https" {
            return Err(BadAddress::NotHttps);
        }
        match url.host() {
            None => Err(BadAddress::NotAnAddress),
            Some(Host::Ipv4(address)) if !is_public(address.into()) => Err(BadAddress::Private),
            Some(Host::Ipv6(address)) if !is_public(address.into()) => Err(BadAddress::Private),
            Some(Host::Domain(name)) if !is_public_name(name) => Err(BadAddress::Private),
            Some(_) => Ok(url),
        }
    }

    fn allows(self, address: SocketAddr) -> bool {
        self == Self::Anywhere || is_public(address.ip())
    }
}

/// Names that are never public, whatever they resolve to.
fn is_public_name(name: &str) -> bool {
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name.contains('.') && ![".localhost", ".local", ".internal"].iter().any(|end| name.ends_with(end))
}

/// Calls servers.
#[derive(Clone)]
pub struct Outbound {
    client: Client<HttpsConnector<HttpConnector<Judged>>, Full<Bytes>>,
    pub reach: Reach,
}

impl std::fmt::Debug for Outbound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Outbound({:?})", self.reach)
    }
}

impl Outbound {
    /// Calls what is within reach, trusting the certificates that this machine trusts.
    ///
    /// # Errors
    ///
    /// If TLS cannot be set up.
    pub fn new(reach: Reach) -> Result<Self, rustls::Error> {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .with_root_certificates(roots)
            .with_no_client_auth();
        let https = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1();
        let https = https.wrap_connector(connector(reach));
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE)
            .pool_timer(TokioTimer::new())
            .pool_max_idle_per_host(4)
            .build(https);
        Ok(Self { client, reach })
    }

    /// Sends JSON, and tells the status of the answer, of which the rest is thrown away.
    ///
    /// # Errors
    ///
    /// Why there is no answer.
    pub async fn post(
        &self,
        url: &Url,
        headers: impl IntoIterator<Item = (HeaderName, HeaderValue)>,
        body: Vec<u8>,
    ) -> Result<u16, NoAnswer> {
        // Judged again: somebody may have allowed more when it was stored, and addresses are not resolved.
        self.reach.parse(url.as_str()).map_err(NoAnswer::Bad)?;
        let mut request = Request::new(Full::new(Bytes::from(body)));
        *request.method_mut() = Method::POST;
        *request.uri_mut() = url.as_str().parse().map_err(|_| NoAnswer::Bad(BadAddress::NotAnAddress))?;
        let own = [
            (hyper::header::CONTENT_TYPE, HeaderValue::from_static("application/json")),
            (
                hyper::header::USER_AGENT,
                HeaderValue::from_static(concat!("Cartwheel/", env!("CARGO_PKG_VERSION"))),
            ),
        ];
        request.headers_mut().extend(own.into_iter().chain(headers));
        let asked = async {
            let answer = self.client.request(request).await.map_err(|error| why(&error))?;
            let status = answer.status().as_u16();
            read(answer).await;
            Ok(status)
        };
        tokio::time::timeout(PATIENCE, asked).await.unwrap_or(Err(NoAnswer::TooSlow))
    }
}

/// Reads no more of an answer than may be: what is longer ends with its connection.
async fn read(answer: Response<hyper::body::Incoming>) {
    let mut body = answer.into_body();
    let mut left = LARGEST;
    while let Some(Ok(frame)) = body.frame().await {
        let length = frame.data_ref().map_or(0, Bytes::len);
        match left.checked_sub(length) {
            Some(rest) => left = rest,
            None => break,
        }
    }
}

/// What an error of the client says.
fn why(error: &(dyn std::error::Error + 'static)) -> NoAnswer {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(known) = error.downcast_ref::<NoAnswer>() {
            return *known;
        }
        cause = error.source();
    }
    NoAnswer::NoConnection
}

fn connector(reach: Reach) -> HttpConnector<Judged> {
    let mut connector = HttpConnector::new_with_resolver(Judged(reach));
    connector.enforce_http(false);
    connector.set_nodelay(true);
    connector.set_connect_timeout(Some(CONNECT));
    connector
}

/// Finds the addresses of a name, and gives none away that may not be called.
#[derive(Debug, Clone, Copy)]
struct Judged(Reach);

impl tower::Service<Name> for Judged {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = NoAnswer;
    type Future = BoxFuture<'static, Result<Self::Response, NoAnswer>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), NoAnswer>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let reach = self.0;
        Box::pin(async move {
            let found =
                tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|_| NoAnswer::NoSuchName)?;
            let found: Vec<SocketAddr> = found.collect();
            // One that may not be called speaks against the name, not only against itself.
            if found.iter().any(|address| !reach.allows(*address)) {
                return Err(NoAnswer::Bad(BadAddress::Private));
            }
            Ok(found.into_iter())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b_11_only_public_addresses_over_tls_are_within_reach() {
        for (text, expected) in [
            ("https://hooks.example.org/in?x=1", Ok(())),
            ("https://93.184.215.14/", Ok(())),
            ("http://hooks.example.org/", Err(BadAddress::NotHttps)),
            ("https://127.0.0.1/", Err(BadAddress::Private)),
            ("https://2130706433/", Err(BadAddress::Private)),
            ("https://0x7f.1/", Err(BadAddress::Private)),
            ("https://[::1]/", Err(BadAddress::Private)),
            ("https://[::ffff:10.0.0.1]/", Err(BadAddress::Private)),
            ("https://localhost/", Err(BadAddress::Private)),
            ("https://db/", Err(BadAddress::Private)),
            ("https://metadata.google.internal./", Err(BadAddress::Private)),
            ("https://user:secret@example.org/", Err(BadAddress::NotAnAddress)),
            ("ftp://example.org/", Err(BadAddress::NotAnAddress)),
            ("example.org", Err(BadAddress::NotAnAddress)),
            ("", Err(BadAddress::NotAnAddress)),
        ] {
            assert_eq!(Reach::Public.parse(text).map(|_| ()), expected, "{text}");
        }
        assert!(Reach::Anywhere.parse("http://127.0.0.1:9/in").is_ok());
    }

    #[tokio::test]
    async fn b_11_a_name_that_leads_to_a_private_address_leads_nowhere() {
        let name = "localhost".parse::<Name>().unwrap();

        let judged = tower::Service::call(&mut Judged(Reach::Public), name.clone()).await;
        let anywhere = tower::Service::call(&mut Judged(Reach::Anywhere), name).await;

        assert_eq!(judged.err(), Some(NoAnswer::Bad(BadAddress::Private)));
        assert!(0 < anywhere.unwrap().count());
    }
}
