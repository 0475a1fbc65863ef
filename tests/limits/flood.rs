//! A thousand connections that only hold on, and a flood of attempts: others book as if nothing were.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpSocket, TcpStream};

use super::asking::Door;
use super::behind_a_proxy;
use crate::running::{Kept, Serving};

/// Connections that send half a head, and that read nothing of an answer.
const HALF_OPEN: usize = 500;
const SLOW_READERS: usize = 500;

/// How long such a connection is held at most: its patience, and how often that is looked at.
const LONGEST: Duration = Duration::from_secs(25);

/// The sockets of a service that serves only the flood.
const FEW: usize = 40;

const BOOKINGS: usize = 60;

/// How long one of them, cart and confirmation, may take on a busy machine with a program that is not optimized.
const BOOKED_WITHIN: Duration = Duration::from_secs(3);

const MEMORY: u64 = 256 << 20;

/// A connection from another address of this machine's own network, of which each may have its share.
async fn connect_from(last: u8, to: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    // Little is read ahead by this side's system.
    socket.set_recv_buffer_size(4 << 10).unwrap();
    socket.bind(SocketAddr::from(([127, 0, 0, last], 0))).unwrap();
    socket.connect(to).await.unwrap()
}

fn address(service: &Serving) -> SocketAddr {
    service.address("listen").trim_start_matches("http://").parse().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn others_book_while_a_thousand_connections_hold_on_and_attempts_flood_in() {
    const HALF: &str = "GET / HTTP/1.1\r\nhost: localhost\r\nx-slow: ";
    const LARGE: &str = "GET /api/v1/openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let kept = Kept::in_sqlite();
    let service = behind_a_proxy(&kept, &[]);
    let (door, to) = (Arc::new(Door::of(&service)), address(&service));
    let dates = door.dates().await;
    let idle = service.memory();

    let mut holding = vec![];
    for n in 0..HALF_OPEN + SLOW_READERS {
        let from = 2 + u8::try_from(n / 10).unwrap();
        let mut stream = connect_from(from, to).await;
        // The second more often than the system takes over from the service.
        let said = if n < HALF_OPEN { HALF.to_owned() } else { LARGE.repeat(40) };
        stream.write_all(said.as_bytes()).await.unwrap();
        holding.push(stream);
    }
    let began = Instant::now();
    let (over, limited) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
    let flood: Vec<_> = (0..4)
        .map(|n| tokio::spawn(attempts(Arc::clone(&door), n, Arc::clone(&over), Arc::clone(&limited))))
        .collect();

    let (mut latencies, mut most) = (vec![], 0);
    for n in 0..BOOKINGS {
        let whom = format!("198.51.100.{}", n % 10);
        let began = Instant::now();
        let cart = door.cart_with(&whom, &dates[n % dates.len()..][..1]).await;
        door.confirm(&whom, &cart, &format!("030 23125 {n:03}")).await.is(200);
        latencies.push(began.elapsed());
        most = most.max(service.memory());
    }
    let at_most = service.sockets();
    while FEW < service.sockets() && began.elapsed() < LONGEST * 2 {
        most = most.max(service.memory());
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    let longest = began.elapsed();
    most = most.max(service.memory());
    over.store(true, Ordering::Relaxed);
    for flood in flood {
        flood.await.unwrap();
    }

    latencies.sort_unstable();
    let (median, slowest) = (latencies[BOOKINGS / 2], latencies[BOOKINGS - 1]);
    println!(
        "{BOOKINGS} bookings beside {} connections: median {median:?}, slowest {slowest:?}; {} attempts were told \
         429; all of them were given up within {longest:?}; memory {} MiB idle, {} MiB at most",
        holding.len(),
        limited.load(Ordering::Relaxed),
        idle >> 20,
        most >> 20
    );
    assert!(slowest < BOOKED_WITHIN, "{slowest:?}");
    assert!(100 < limited.load(Ordering::Relaxed));
    assert!(HALF_OPEN + SLOW_READERS <= at_most, "{at_most} sockets");
    assert!(longest < LONGEST, "{longest:?}");
    assert!(most < idle + MEMORY, "{idle} {most}");
    assert_eq!(service.stop().code(), Some(0));
}

/// Asks for codes for ever other numbers, and types codes, as fast as there are answers.
async fn attempts(door: Arc<Door>, n: usize, over: Arc<AtomicBool>, limited: Arc<AtomicU64>) {
    let by = door.by(&format!("203.0.113.{n}"));
    let mut number = 0_u32;
    while !over.load(Ordering::Relaxed) {
        number += 1;
        let asked = by.form(&door.sign_in(), &format!("phone=030+4{number:06}")).await;
        let typed = by.form(&door.code(), &format!("code={number:06}")).await;
        for answer in [asked, typed] {
            if answer.status == 429 {
                assert!(answer.headers.contains_key("retry-after"));
                limited.fetch_add(1, Ordering::Relaxed);
            }
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// What a connection is told to its first request.
async fn told(mut stream: TcpStream) -> String {
    let asked = b"GET /api/v1/openapi.json HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let _ = stream.write_all(asked).await;
    let (mut answer, mut part) = (vec![], [0; 1024]);
    while let Ok(read @ 1..) = stream.read(&mut part).await {
        answer.extend_from_slice(&part[..read]);
        if answer.windows(4).any(|end| end == b"\r\n\r\n") {
            break;
        }
    }
    String::from_utf8_lossy(&answer).to_lowercase()
}

/// What is answered once the service has noticed who came and who went.
async fn told_at_last(last: u8, to: SocketAddr, status: &str) -> String {
    let mut answer = String::new();
    for _ in 0..25 {
        answer = told(connect_from(last, to).await).await;
        if answer.starts_with(status) {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("no {status}, but {answer}");
}

#[tokio::test]
async fn connections_beyond_the_bounds_are_told_to_come_later_and_places_are_given_back() {
    let kept = Kept::in_sqlite();
    let service = behind_a_proxy(&kept, &["--connections", "12", "--connections-per-address", "8"]);
    let to = address(&service);
    let mut held = vec![];
    for _ in 0..8 {
        held.push(connect_from(2, to).await);
    }

    let ninth = told_at_last(2, to, "http/1.1 429").await;
    assert!(ninth.contains("retry-after: 5"), "{ninth}");
    assert!(ninth.contains("connection: close"), "{ninth}");
    assert!(told(connect_from(3, to).await).await.starts_with("http/1.1 200"));
    for _ in 0..4 {
        held.push(connect_from(4, to).await);
    }
    let full = told_at_last(3, to, "http/1.1 503").await;
    assert!(full.contains("retry-after: 5"), "{full}");

    drop(held);
    told_at_last(2, to, "http/1.1 200").await;
    service.stop();
}

#[tokio::test]
async fn a_head_that_is_too_large_is_not_read_to_its_end() {
    let kept = Kept::in_sqlite();
    let service = behind_a_proxy(&kept, &[]);
    let mut stream = TcpStream::connect(address(&service)).await.unwrap();
    let line = format!("GET / HTTP/1.1\r\nhost: localhost\r\nx-large: {}\r\n\r\n", "a".repeat(40 << 10));

    let _ = stream.write_all(line.as_bytes()).await;
    let mut answer = [0; 64];
    let read = stream.read(&mut answer).await.unwrap_or_default();

    let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
    assert!(answer.starts_with("HTTP/1.1 431"), "{answer}");
    service.stop();
}

#[tokio::test]
async fn a_body_that_arrives_byte_by_byte_is_given_up() {
    let kept = Kept::in_sqlite();
    let service = behind_a_proxy(&kept, &[]);
    let door = Door::of(&service);
    let mut stream = TcpStream::connect(address(&service)).await.unwrap();
    let head = format!(
        "POST {} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: 1000\r\naccept: text/plain\r\n\r\nphone=",
        door.sign_in()
    );
    stream.write_all(head.as_bytes()).await.unwrap();

    let began = Instant::now();
    let mut answer = [0; 32];
    let read = loop {
        tokio::select! {
            read = stream.read(&mut answer) => break read.unwrap(),
            () = tokio::time::sleep(Duration::from_secs(1)) => stream.write_all(b"1").await.unwrap(),
        }
    };

    assert!(String::from_utf8_lossy(&answer[..read]).starts_with("HTTP/1.1 408"), "{answer:?}");
    assert!(began.elapsed() < Duration::from_secs(20));
    service.stop();
}
