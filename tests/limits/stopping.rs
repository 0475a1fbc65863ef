//! The service stops at once, whoever still has a connection open.

use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::behind_a_proxy;
use crate::running::Kept;

#[tokio::test]
async fn a_stop_waits_for_no_stream_no_idle_connection_and_no_half_open_head() {
    let kept = Kept::in_sqlite();
    let service = behind_a_proxy(&kept, &[]);
    let address = service.address("listen").trim_start_matches("http://").to_owned();
    let widget = service.address("widget").trim_start_matches(service.address("listen")).to_owned();
    let mut open = vec![];
    for _ in 0..20 {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        let head = format!("GET {widget}/live HTTP/1.1\r\nhost: localhost\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut begun = [0; 512];
        let read = stream.read(&mut begun).await.unwrap();
        assert!(begun[..read].starts_with(b"HTTP/1.1 200"), "{}", String::from_utf8_lossy(&begun[..read]));
        open.push(stream);
    }
    for begun in ["", "GET / HTTP/1.1\r\nhost: loc", "GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n"] {
        let mut stream = TcpStream::connect(&address).await.unwrap();
        stream.write_all(begun.as_bytes()).await.unwrap();
        open.push(stream);
    }
    tokio::time::sleep(Duration::from_millis(300)).await;

    let began = Instant::now();
    let stopped = tokio::task::spawn_blocking(|| service.stop()).await.unwrap();
    let took = began.elapsed();

    println!("stopped in {took:?} with {} connections open", open.len());
    assert_eq!(stopped.code(), Some(0));
    assert!(took < Duration::from_secs(2), "{took:?}");
}
