//! Somebody else's server, which takes webhooks, or behaves badly.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    reason = "shared by tests, each of which uses a part"
)]

use std::net::SocketAddr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures::StreamExt;
use serde_json::Value;
use standardwebhooks::Webhook;

/// How it answers.
#[derive(Debug, Clone)]
pub enum Behaviour {
    Answers(u16),
    /// Fails so many times, then takes everything.
    Fails(Arc<AtomicUsize>),
    Hangs,
    RedirectsTo(String),
    /// Says yes, and then never stops talking.
    TalksForEver,
}

/// One request, as it came.
#[derive(Debug, Clone)]
pub struct Came {
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Came {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    pub fn header(&self, name: &str) -> String {
        self.headers[name].to_str().unwrap().to_owned()
    }

    pub fn id(&self) -> String {
        self.header("webhook-id")
    }

    pub fn kind(&self) -> String {
        self.json()["type"].as_str().unwrap().to_owned()
    }

    /// Whether one of its signatures is that of the reference implementation, made with this secret.
    pub fn is_signed_with(&self, secret: &str) -> bool {
        let timestamp = self.header("webhook-timestamp").parse().unwrap();
        let expected = Webhook::new(secret).unwrap().sign(&self.id(), timestamp, &self.body).unwrap();
        self.header("webhook-signature").split(' ').any(|signature| signature == expected)
    }
}

#[derive(Clone)]
pub struct Receiver {
    pub at: SocketAddr,
    came: Arc<Mutex<Vec<Came>>>,
    behaviour: Arc<Mutex<Behaviour>>,
    /// Chunks of an endless answer that were asked for.
    pub chunks: Arc<AtomicUsize>,
}

impl Receiver {
    pub async fn start(behaviour: Behaviour) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let receiver = Self {
            at: listener.local_addr().unwrap(),
            came: Arc::default(),
            behaviour: Arc::new(Mutex::new(behaviour)),
            chunks: Arc::default(),
        };
        let routes = Router::new().fallback(take).with_state(receiver.clone());
        tokio::spawn(async move { axum::serve(listener, routes).await.unwrap() });
        receiver
    }

    pub fn url(&self) -> String {
        format!("http://{}/hooks", self.at)
    }

    pub fn behaves(&self, behaviour: Behaviour) {
        *self.behaviour.lock().unwrap() = behaviour;
    }

    pub fn came(&self) -> Vec<Came> {
        self.came.lock().unwrap().clone()
    }

    pub fn forget(&self) {
        self.came.lock().unwrap().clear();
    }

    /// Waits until so many requests came.
    #[track_caller]
    pub fn has(&self, count: usize) -> impl Future<Output = Vec<Came>> + '_ {
        let caller = std::panic::Location::caller();
        async move {
            let began = Instant::now();
            loop {
                let came = self.came();
                if count <= came.len() {
                    return came;
                }
                assert!(
                    began.elapsed() < Duration::from_secs(30),
                    "{caller}: {} of {count} came",
                    came.len()
                );
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
    }
}

async fn take(State(receiver): State<Receiver>, headers: HeaderMap, body: Bytes) -> Response {
    receiver.came.lock().unwrap().push(Came { headers, body });
    let behaviour = receiver.behaviour.lock().unwrap().clone();
    match behaviour {
        Behaviour::Answers(status) => StatusCode::from_u16(status).unwrap().into_response(),
        Behaviour::Fails(left) => {
            let failed = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
            if failed.is_ok() { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::OK }.into_response()
        }
        Behaviour::Hangs => std::future::pending().await,
        Behaviour::RedirectsTo(to) => {
            (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, to)]).into_response()
        }
        Behaviour::TalksForEver => {
            let chunks = Arc::clone(&receiver.chunks);
            let talk = futures::stream::repeat(Bytes::from_static(&[b'x'; 4096])).map(move |chunk| {
                chunks.fetch_add(1, Ordering::SeqCst);
                Ok::<_, std::convert::Infallible>(chunk)
            });
            Body::from_stream(talk).into_response()
        }
    }
}
