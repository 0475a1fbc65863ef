//! Many clients who book over HTTP at once, most of them the same few dates.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "shared by tests, each of which uses a part"
)]

pub mod books;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// A studio as its widget shows it.
#[derive(Debug, Clone)]
pub struct Shop {
    pub branch: String,
    pub link: String,
    /// Dates of the same service and team member, by start.
    pub series: Vec<Vec<String>>,
}

/// What somebody tried to book, and what they were told.
#[derive(Debug, Clone)]
pub struct Attempt {
    pub branch: String,
    pub cart: String,
    token: String,
    key: String,
    phone: String,
    pub told: Told,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// Appointments with their events.
    Booked(BTreeMap<String, String>),
    /// Nothing was booked.
    Refused,
    /// Nothing: the connection broke, or nobody asked.
    Nothing { asked: bool },
}

/// The way into a running service.
#[derive(Debug, Clone)]
pub struct Crowd {
    http: reqwest::Client,
    api: String,
    shops: Arc<Vec<Shop>>,
    /// Gives every attempt a telephone number of its own: nobody may book the same event twice.
    phones: Arc<AtomicU64>,
}

impl Crowd {
    /// Looks around in these branches with their links.
    pub async fn before(api: &str, links: &[(String, String)]) -> Self {
        let http = reqwest::Client::builder().no_proxy().timeout(Duration::from_mins(1)).build().unwrap();
        let mut crowd = Self { http, api: api.to_owned(), shops: Arc::default(), phones: Arc::default() };
        let mut shops = vec![];
        for (branch, link) in links {
            shops.push(crowd.look_around(branch, link).await);
        }
        shops.retain(|shop| !shop.series.is_empty());
        crowd.shops = Arc::new(shops);
        crowd
    }

    /// What they have seen.
    pub fn shops(&self) -> Vec<Shop> {
        self.shops.to_vec()
    }

    /// The same people before a service that was started again elsewhere.
    pub fn moved_to(&self, api: &str) -> Self {
        Self { api: api.to_owned(), ..self.clone() }
    }

    async fn look_around(&self, branch: &str, link: &str) -> Shop {
        let mut series: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut cursor = String::new();
        loop {
            let path = format!("branches/{branch}/links/{link}/activities?limit=100{cursor}");
            let (status, page) = self.ask(Method::GET, &path, &[], None).await.unwrap();
            assert_eq!(status, StatusCode::OK, "{page}");
            for event in page["items"].as_array().unwrap() {
                let similar = format!("{} {}", event["service_id"], event["team_member_id"]);
                series.entry(similar).or_default().push(event["activity_id"].as_str().unwrap().to_owned());
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        let mut series: Vec<_> = series.into_values().collect();
        series.sort_by_key(|dates| std::cmp::Reverse(dates.len()));
        Shop { branch: branch.to_owned(), link: link.to_owned(), series }
    }

    async fn ask(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> reqwest::Result<(StatusCode, Value)> {
        let mut request = self.http.request(method, format!("{}/{path}", self.api));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await?;
        Ok((response.status(), response.json().await?))
    }

    /// One client after another books with this one's luck, until so many attempts were made or the service is gone.
    pub async fn keep_booking(self, client: u64, attempts: usize) -> Vec<Attempt> {
        let mut random = StdRng::seed_from_u64(client);
        let mut made = vec![];
        while made.len() < attempts {
            let Ok(mut attempt) = self.open(&mut random).await else { break };
            // Everybody types for a moment, and one in ten walks away.
            tokio::time::sleep(Duration::from_millis(random.random_range(0..300))).await;
            if !random.random_bool(0.1) {
                attempt.told = self.confirm(&attempt, &mut random).await;
            }
            let gone = attempt.told == Told::Nothing { asked: true };
            made.push(attempt);
            if gone {
                break;
            }
        }
        made
    }

    /// Opens a cart with one to ten dates, mostly the first ones of the busiest series; full ones are given up.
    async fn open(&self, random: &mut StdRng) -> reqwest::Result<Attempt> {
        loop {
            let crowded = random.random_bool(0.7);
            let shops = if crowded { &self.shops[..self.shops.len().min(4)] } else { &self.shops[..] };
            let shop = shops.choose(random).unwrap();
            let dates = if crowded { &shop.series[0] } else { shop.series.choose(random).unwrap() };
            let first = if crowded { random.random_range(0..3) } else { random.random_range(0..dates.len()) };
            let count = random.random_range(1..=10);
            let mut events: Vec<String> = dates.iter().skip(first).take(count).cloned().collect();
            while !events.is_empty() {
                let (status, cart) = self.ask_for_cart(shop, &events).await?;
                match status {
                    StatusCode::CREATED => return Ok(self.attempt(shop, &cart, random)),
                    StatusCode::SERVICE_UNAVAILABLE => tokio::time::sleep(Duration::from_millis(100)).await,
                    StatusCode::UNPROCESSABLE_ENTITY if cart["code"] == "items-refused" => {
                        let full = cart["items"].as_array().unwrap();
                        events.retain(|event| !full.iter().any(|item| item["activity_id"] == **event));
                    }
                    other => panic!("{other} {cart}"),
                }
            }
        }
    }

    async fn ask_for_cart(&self, shop: &Shop, events: &[String]) -> reqwest::Result<(StatusCode, Value)> {
        let events: Vec<Value> = events.iter().map(|id| json!({"activity_id": id})).collect();
        let body = json!({"link_id": shop.link, "events": events});
        self.ask(Method::POST, &format!("branches/{}/carts", shop.branch), &[], Some(body)).await
    }

    fn attempt(&self, shop: &Shop, cart: &Value, random: &mut StdRng) -> Attempt {
        let text = |name: &str| cart[name].as_str().unwrap().to_owned();
        Attempt {
            branch: shop.branch.clone(),
            cart: text("cart_id"),
            token: text("token"),
            key: format!("key-{}", random.random::<u64>()),
            phone: phone(self.phones.fetch_add(1, Ordering::Relaxed)),
            told: Told::Nothing { asked: false },
        }
    }

    /// Confirms; some click twice, some ask again with the same key although they were answered.
    async fn confirm(&self, attempt: &Attempt, random: &mut StdRng) -> Told {
        if random.random_bool(0.25) {
            let (one, other) = tokio::join!(self.ask_once(attempt), self.ask_once(attempt));
            return agreed(one, other);
        }
        let told = self.ask_once(attempt).await;
        if random.random_bool(0.25) {
            return agreed(told, self.ask_once(attempt).await);
        }
        told
    }

    /// Asks for the confirmation until there is an answer, always with the same key.
    pub async fn ask_once(&self, attempt: &Attempt) -> Told {
        let path = format!("branches/{}/carts/{}/confirmation", attempt.branch, attempt.cart);
        let token = format!("Bearer {}", attempt.token);
        let headers = [("authorization", token.as_str()), ("idempotency-key", attempt.key.as_str())];
        let person = json!({"name": "Anna Berg", "phone": attempt.phone});
        loop {
            let Ok((status, answer)) = self.ask(Method::PUT, &path, &headers, Some(person.clone())).await
            else {
                return Told::Nothing { asked: true };
            };
            match status {
                StatusCode::OK => return Told::Booked(booked(&answer)),
                StatusCode::UNPROCESSABLE_ENTITY => {
                    let code = answer["code"].as_str().unwrap();
                    assert!(["not-booked", "nothing-selected"].contains(&code), "{answer}");
                    return Told::Refused;
                }
                StatusCode::SERVICE_UNAVAILABLE => tokio::time::sleep(Duration::from_millis(100)).await,
                other => panic!("{other} {answer}"),
            }
        }
    }
}

/// One number after another, in several towns.
fn phone(n: u64) -> String {
    const AREAS: [u16; 8] = [406, 303, 212, 415, 206, 312, 503, 617];
    format!("+1{}555{:04}", AREAS[usize::try_from(n / 10_000).unwrap() % AREAS.len()], n % 10_000)
}

fn booked(answer: &Value) -> BTreeMap<String, String> {
    let text = |item: &Value, name: &str| item[name].as_str().unwrap().to_owned();
    answer["appointments"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| (text(item, "appointment_id"), text(item, "activity_id")))
        .collect()
}

/// The same key has one answer. Only a "no" may become another answer later, and a broken connection says nothing.
fn agreed(one: Told, other: Told) -> Told {
    match (one, other) {
        (Told::Nothing { .. }, known) | (known, Told::Nothing { .. } | Told::Refused) => known,
        (Told::Refused, later) => later,
        (one, other) => {
            assert_eq!(one, other, "e_06: the same key gave two answers");
            one
        }
    }
}

/// What many attempts came to: booked, refused, never answered.
pub fn tally(attempts: &[Attempt]) -> (usize, usize, usize) {
    let count = |is: fn(&Told) -> bool| attempts.iter().filter(|attempt| is(&attempt.told)).count();
    (
        count(|told| matches!(told, Told::Booked(_))),
        count(|told| *told == Told::Refused),
        count(|told| matches!(told, Told::Nothing { asked: true })),
    )
}

/// Every cart that somebody opened, to see that none is known twice.
pub fn carts(attempts: &[Attempt]) -> BTreeSet<&str> {
    attempts.iter().map(|attempt| attempt.cart.as_str()).collect()
}
