//! The server as a process, to try a mirror with: `cargo run --package eventstore-server -- PORT`. It keeps everything in memory.

use std::process::ExitCode;

use eventstore_server::{MAX_APPEND_SIZE, Server};

/// Where EventStoreDB listens.
const PORT: u16 = 2113;

#[tokio::main]
async fn main() -> ExitCode {
    let port = std::env::args().nth(1).map_or(Ok(PORT), |port| port.parse());
    let Ok(port) = port else {
        eprintln!("usage: eventstore-server [PORT]");
        return ExitCode::from(2);
    };
    match Server::start_at(port, MAX_APPEND_SIZE).await {
        Ok(server) => {
            println!("{}", server.url());
            std::future::pending::<()>().await;
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("port {port} cannot be listened on: {error}");
            ExitCode::FAILURE
        }
    }
}
