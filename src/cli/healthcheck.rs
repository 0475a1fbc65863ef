//! `healthcheck`: whether a running service says that it is ready.

use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// Whether a service answers that it is ready, on any address of this machine if it listens on all of them.
pub(super) async fn healthcheck(listen: SocketAddr) -> ExitCode {
    let asked = async {
        let port = listen.port();
        let address =
            if listen.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], port)) } else { listen };
        let mut stream = tokio::net::TcpStream::connect(address).await?;
        stream.write_all(b"GET /readyz HTTP/1.0\r\nHost: localhost\r\n\r\n").await?;
        let mut answer = vec![];
        stream.read_to_end(&mut answer).await?;
        Ok::<_, std::io::Error>(answer.split(|byte| *byte == b' ').nth(1) == Some(b"200"))
    };
    match tokio::time::timeout(Duration::from_secs(3), asked).await {
        Ok(Ok(true)) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}
