//! For tests: a server that speaks the gRPC protocol of EventStoreDB over a store in memory, and does on request what
//! servers do on bad days.
//!
//! It stands in for the vendor's server, which the tests can be pointed at instead; that it behaves alike is what its
//! documentation and three of its clients say, not something that was verified against it.

mod cluster;
pub mod faults;
pub mod proto;
pub mod store;
mod streams;

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::watch;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::TcpListenerStream;
use tokio_util::sync::{CancellationToken, DropGuard};
use tonic::transport;

use cluster::Cluster;
use faults::Faults;
use proto::event_store::client::gossip::gossip_server::GossipServer;
use proto::event_store::client::server_features::server_features_server::ServerFeaturesServer;
use proto::event_store::client::streams::streams_server::StreamsServer;
use store::Store;
use streams::Streams;

/// How much one append may hold, in bytes, unless a server is told otherwise: what EventStoreDB allows by default.
pub const MAX_APPEND_SIZE: usize = 1 << 20;

/// A store that several requests share, and that tells when something was stored.
#[derive(Debug, Clone)]
pub(crate) struct Shared {
    store: Arc<Mutex<Store>>,
    changed: watch::Sender<()>,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Store> {
        self.store.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A server at a port of this machine, until it is dropped.
///
/// Connections reach it through a front, which breaks them and closes the port on request; what was stored stays, as on
/// a disk.
#[derive(Debug)]
pub struct Server {
    at: SocketAddr,
    /// Bound and never listening: the port is nobody else's while the front is closed.
    _own: TcpSocket,
    behind: SocketAddr,
    shared: Shared,
    faults: Arc<Faults>,
    front: Mutex<Option<DropGuard>>,
    _stop: DropGuard,
}

impl Server {
    /// Starts a server at a port that is free.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub async fn start() -> std::io::Result<Self> {
        Self::start_with(MAX_APPEND_SIZE).await
    }

    /// Starts a server that takes no more than so many bytes in one append.
    ///
    /// # Errors
    ///
    /// If no port is free.
    pub async fn start_with(max_append_size: usize) -> std::io::Result<Self> {
        Self::start_at(0, max_append_size).await
    }

    /// The same, at that port of this machine; 0 is any.
    ///
    /// # Errors
    ///
    /// If somebody else has the port.
    pub async fn start_at(port: u16, max_append_size: usize) -> std::io::Result<Self> {
        let inner = TcpListener::bind("127.0.0.1:0").await?;
        let own = TcpSocket::new_v4()?;
        own.set_reuseaddr(true)?;
        own.bind((Ipv4Addr::LOCALHOST, port).into())?;
        let (at, behind) = (own.local_addr()?, inner.local_addr()?);
        let front = TcpListener::bind(at).await?;
        let faults = Arc::new(Faults::default());
        let shared = Shared { store: Arc::default(), changed: watch::Sender::new(()) };
        let cluster = Cluster { at, faults: Arc::clone(&faults) };
        let streams = Streams::new(shared.clone(), Arc::clone(&faults), max_append_size);
        let stop = CancellationToken::new();
        let serving = transport::Server::builder()
            .add_service(StreamsServer::new(streams))
            .add_service(GossipServer::new(cluster.clone()))
            .add_service(ServerFeaturesServer::new(cluster))
            .serve_with_incoming(TcpListenerStream::new(inner).map(|taken| {
                // Nothing small waits for what is large.
                taken.and_then(|stream| stream.set_nodelay(true).map(|()| stream))
            }));
        tokio::spawn(stop.clone().run_until_cancelled_owned(serving));
        let server =
            Self { at, _own: own, behind, shared, faults, front: Mutex::default(), _stop: stop.drop_guard() };
        server.open(front);
        Ok(server)
    }

    /// Where clients reach it: `esdb://…`. They wait as long as that interval before they connect.
    #[must_use]
    pub fn url(&self) -> String {
        format!("esdb://{}?tls=false&discoveryInterval=20", self.at)
    }

    /// The port that it listens on.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.at.port()
    }

    /// What goes wrong.
    #[must_use]
    pub fn faults(&self) -> &Faults {
        &self.faults
    }

    /// Everything that is stored.
    pub fn store(&self) -> MutexGuard<'_, Store> {
        self.shared.lock()
    }

    /// Breaks every connection and takes no new one, as if the process had been killed.
    pub fn go_down(&self) {
        drop(self.front.lock().unwrap_or_else(PoisonError::into_inner).take());
        self.faults.drop_connections();
    }

    /// Listens again, at the same port.
    ///
    /// # Errors
    ///
    /// If this machine cannot listen.
    pub async fn come_back(&self) -> std::io::Result<()> {
        self.open(TcpListener::bind(self.at).await?);
        Ok(())
    }

    fn open(&self, listener: TcpListener) {
        let closed = CancellationToken::new();
        let serving = front(listener, self.behind, Arc::clone(&self.faults));
        tokio::spawn(closed.clone().run_until_cancelled_owned(serving));
        *self.front.lock().unwrap_or_else(PoisonError::into_inner) = Some(closed.drop_guard());
    }
}

/// Brings connections to the server behind, until they are to break.
async fn front(listener: TcpListener, behind: SocketAddr, faults: Arc<Faults>) {
    while let Ok((mut client, _)) = listener.accept().await {
        let broken = faults.connections();
        tokio::spawn(broken.run_until_cancelled_owned(async move {
            let mut server = TcpStream::connect(behind).await?;
            client.set_nodelay(true)?;
            server.set_nodelay(true)?;
            copy_bidirectional(&mut client, &mut server).await
        }));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests")]
mod tests {
    use std::io::ErrorKind;

    use super::*;

    #[tokio::test]
    async fn while_it_is_down_it_refuses_and_its_port_is_nobody_elses() {
        let server = Server::start().await.unwrap();
        server.go_down();
        let refused = async || TcpStream::connect(server.at).await.map_err(|error| error.kind()).err();
        while refused().await != Some(ErrorKind::ConnectionRefused) {
            tokio::task::yield_now().await;
        }
        let taken = TcpSocket::new_v4().unwrap().bind(server.at).unwrap_err();
        assert_eq!(taken.kind(), ErrorKind::AddrInUse);

        server.come_back().await.unwrap();
        TcpStream::connect(server.at).await.unwrap();
    }
}
