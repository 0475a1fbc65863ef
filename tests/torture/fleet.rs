//! Clients and staff who book, ask again, cancel, move, and change what they sell.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use aggregates::ids::{ActivityId, AppointmentId, BranchId, CartId};
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};
use reqwest::{Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::checker::Shown;
use crate::crowd::Shop;
use crate::faults::{Endpoint, Endpoints};
use crate::notebook::{Note, Told, What};

/// How long a client waits before it believes that nobody listens.
const TIMEOUT: Duration = Duration::from_secs(35);

/// How many appointments a client keeps at most.
const KEPT: usize = 10;

/// Appointments that are looked at again in the end, at most.
const LOOKED_AT: usize = 5_000;

/// How often a client asks before it gives up.
const TRIES: usize = 400;

#[derive(Clone)]
pub struct Fleet {
    http: reqwest::Client,
    endpoints: Endpoints,
    shops: Arc<Vec<Shop>>,
    began: Instant,
    over: Arc<AtomicBool>,
    phones: Arc<AtomicU64>,
    /// Everything that anybody ever booked.
    held: Arc<Mutex<Vec<(Shop, Held)>>>,
}

/// An appointment that a client holds, and with what it opens.
#[derive(Debug, Clone)]
struct Held {
    appointment: AppointmentId,
    activity: ActivityId,
    token: String,
}

impl Fleet {
    pub fn new(endpoints: Endpoints, shops: Vec<Shop>) -> Self {
        let http = reqwest::Client::builder().no_proxy().timeout(TIMEOUT).build().unwrap();
        Self {
            http,
            endpoints,
            shops: Arc::new(shops),
            began: Instant::now(),
            over: Arc::default(),
            phones: Arc::default(),
            held: Arc::default(),
        }
    }

    /// Clients may cancel and move until the start.
    pub async fn allow_changes(&self, random: &mut StdRng) {
        for shop in self.shops.iter() {
            let path = format!("branches/{}/rules", shop.branch);
            let version = self.version(&path, random).await.unwrap();
            let (_, mut rules) = self.insist(random, |to| self.staff(to, Method::GET, &path)).await;
            let allowed = json!({"allowed": true, "notice_minutes": 0});
            (rules["cancellation"], rules["rescheduling"]) = (allowed.clone(), allowed);
            let put =
                |to: &Endpoint| self.staff(to, Method::PUT, &path).header("if-match", &version).json(&rules);
            let (status, answer) = self.insist(random, put).await;
            assert_eq!(status, StatusCode::OK, "{answer}");
        }
    }

    /// Everybody finishes what they began.
    pub fn call_home(&self) {
        self.over.store(true, Ordering::Relaxed);
    }

    /// One client after another with this one's luck. What was asked and told.
    pub async fn live(self, seed: u64) -> Vec<Note> {
        let mut random = StdRng::seed_from_u64(seed);
        let mut notes = vec![];
        let mut kept = VecDeque::new();
        while !self.over.load(Ordering::Relaxed) {
            let shop = self.shops.choose(&mut random).unwrap().clone();
            match random.random_range(0..12) {
                0 => self.change_capacity(&shop, &mut random).await,
                1 if random.random_bool(0.05) => notes.extend(self.cancel_event(&shop, &mut random).await),
                1 => self.change_settings(&shop, &mut random).await,
                _ => kept.extend(self.book(&shop, &mut random, &mut notes).await),
            }
            // There is room again for others: however long this takes, events do not stay full.
            while KEPT < kept.len() {
                let Some((shop, held)) = kept.pop_front() else { break };
                notes.push(self.cancel(&shop, &held, &mut random).await);
            }
        }
        notes
    }

    /// What the service shows of what was booked, or of a part of it.
    pub async fn look_again(&self) -> Vec<Shown> {
        let mut random = StdRng::seed_from_u64(0);
        let mut shown = vec![];
        let held = self.held.lock().unwrap().clone();
        for (shop, held) in held.sample(&mut random, LOOKED_AT) {
            let path = format!("branches/{}/appointments/{}", shop.branch, held.appointment);
            let get = |to: &Endpoint| self.public(to, Method::GET, &path).bearer_auth(&held.token);
            let (status, answer) = self.insist(&mut random, get).await;
            assert_eq!(status, StatusCode::OK, "{answer}");
            shown.push(Shown {
                branch: BranchId(shop.branch.parse().unwrap()),
                appointment: held.appointment,
                activity: ActivityId(id(&answer["activity_id"])),
                cancelled: answer["status"] == "cancelled",
            });
        }
        shown
    }

    /// Books some dates, mostly the first ones of the busiest series, and changes some of them. Gives what is kept.
    async fn book(&self, shop: &Shop, random: &mut StdRng, notes: &mut Vec<Note>) -> Vec<(Shop, Held)> {
        let crowded = random.random_bool(0.7);
        let dates = &shop.series[if crowded { 0 } else { random.random_range(0..shop.series.len()) }];
        let first = random.random_range(0..if crowded { 4 } else { dates.len() });
        let events: Vec<Value> = dates
            .iter()
            .skip(first)
            .take(random.random_range(1..=6))
            .map(|id| json!({"activity_id": id}))
            .collect();
        let path = format!("branches/{}/carts", shop.branch);
        let body = json!({"link_id": shop.link, "events": events});
        let asked = self.began.elapsed();
        let (status, cart) = self.insist(random, |to| self.public(to, Method::POST, &path).json(&body)).await;
        if status != StatusCode::CREATED {
            notes.push(self.note(shop, asked, What::Select, refusal(&cart)));
            return vec![];
        }
        let cart_id = id(&cart["cart_id"]);
        let path = format!("branches/{}/carts/{cart_id}/confirmation", shop.branch);
        let person = json!({"name": "Anna Berg", "phone": self.phone()});
        let token = cart["token"].as_str().unwrap().to_owned();
        let key = random.random::<u64>().to_string();
        let asked = self.began.elapsed();
        let put = |to: &Endpoint| {
            self.public(to, Method::PUT, &path)
                .bearer_auth(&token)
                .header("idempotency-key", &key)
                .json(&person)
        };
        let (status, answer) = if random.random_bool(0.2) {
            // A double click, perhaps on two processes.
            let mut other = StdRng::seed_from_u64(random.random());
            let (one, two) = tokio::join!(self.insist(random, put), self.insist(&mut other, put));
            if one.0 == StatusCode::OK { one } else { two }
        } else {
            self.insist(random, put).await
        };
        let held = appointments(&answer);
        let told = match status {
            StatusCode::OK => Told::Done(held.iter().map(|held| (held.appointment, held.activity)).collect()),
            StatusCode::UNPROCESSABLE_ENTITY => refusal(&answer),
            _ => Told::Nothing,
        };
        let what = What::Confirm { cart: CartId(cart_id) };
        notes.push(self.note(shop, asked, what, told));
        self.held.lock().unwrap().extend(held.iter().map(|held| (shop.clone(), held.clone())));
        let mut kept = vec![];
        for held in held {
            match random.random_range(0..4) {
                0 => notes.push(self.cancel(shop, &held, random).await),
                1 => {
                    notes.push(self.reschedule(shop, &held, dates, random).await);
                    kept.push((shop.clone(), held));
                }
                _ => kept.push((shop.clone(), held)),
            }
        }
        kept
    }

    async fn cancel(&self, shop: &Shop, held: &Held, random: &mut StdRng) -> Note {
        let path = format!("branches/{}/appointments/{}/cancellation", shop.branch, held.appointment);
        let key = random.random::<u64>().to_string();
        let asked = self.began.elapsed();
        let (status, answer) = self
            .insist(random, |to| {
                let post = self.public(to, Method::POST, &path);
                post.bearer_auth(&held.token).header("idempotency-key", &key)
            })
            .await;
        self.note(shop, asked, What::Cancel { appointment: held.appointment }, plainly(status, &answer))
    }

    async fn reschedule(&self, shop: &Shop, held: &Held, dates: &[String], random: &mut StdRng) -> Note {
        let path = format!("branches/{}/appointments/{}/rescheduling", shop.branch, held.appointment);
        let to: ActivityId = ActivityId(dates.choose(random).unwrap().parse().unwrap());
        let (key, body) = (random.random::<u64>().to_string(), json!({"activity_id": to}));
        let asked = self.began.elapsed();
        let (status, answer) = self
            .insist(random, |endpoint| {
                let post = self.public(endpoint, Method::POST, &path).bearer_auth(&held.token);
                post.header("idempotency-key", &key).json(&body)
            })
            .await;
        // To the event that it is for already, it is done without a change.
        let told = match plainly(status, &answer) {
            Told::Done(_) if to == held.activity => Told::Declined("the same".to_owned()),
            told => told,
        };
        self.note(shop, asked, What::Reschedule { appointment: held.appointment, to }, told)
    }

    async fn change_capacity(&self, shop: &Shop, random: &mut StdRng) {
        let dates = &shop.series[0];
        let activity = &dates[random.random_range(0..dates.len().min(6))];
        let path = format!("branches/{}/activities/{activity}", shop.branch);
        let Some(version) = self.version(&path, random).await else { return };
        let capacity = random.random_range(2..8);
        let body = json!({"capacity": capacity});
        let path = format!("{path}/capacity");
        self.insist(random, |to| self.staff(to, Method::PUT, &path).header("if-match", &version).json(&body))
            .await;
    }

    async fn cancel_event(&self, shop: &Shop, random: &mut StdRng) -> Option<Note> {
        let activity = shop.series.last()?.choose(random)?.clone();
        let path = format!("branches/{}/activities/{activity}", shop.branch);
        let version = self.version(&path, random).await?;
        let (path, key) = (format!("{path}/cancellation"), random.random::<u64>().to_string());
        let asked = self.began.elapsed();
        let (status, answer) = self
            .insist(random, |to| {
                let post = self.staff(to, Method::POST, &path).header("if-match", &version);
                post.header("idempotency-key", &key)
            })
            .await;
        let what = What::CancelEvent { activity: ActivityId(activity.parse().unwrap()) };
        Some(self.note(shop, asked, what, plainly(status, &answer)))
    }

    async fn change_settings(&self, shop: &Shop, random: &mut StdRng) {
        let path = format!("branches/{}/links/{}/settings", shop.branch, shop.link);
        let Some(version) = self.version(&path, random).await else { return };
        let name = format!("Yoga {}", random.random_range(0..100));
        let most = random.random_range(3..=10);
        let body = json!({"name": name, "multiple_event_booking": {"up_to": most}});
        self.insist(random, |to| self.staff(to, Method::PUT, &path).header("if-match", &version).json(&body))
            .await;
    }

    /// What a thing has to be to be changed.
    async fn version(&self, path: &str, random: &mut StdRng) -> Option<String> {
        for _ in 0..TRIES {
            let to = self.somewhere(random);
            if let Ok(answer) = self.staff(&to, Method::GET, path).send().await
                && answer.status() == StatusCode::OK
            {
                return Some(answer.headers()["etag"].to_str().unwrap().to_owned());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        None
    }

    fn note(&self, shop: &Shop, asked: Duration, what: What, told: Told) -> Note {
        let branch = BranchId(shop.branch.parse().unwrap());
        Note { branch, asked, answered: self.began.elapsed(), what, told }
    }

    fn phone(&self) -> String {
        let n = self.phones.fetch_add(1, Ordering::Relaxed);
        format!("+49 30 23{n:06}")
    }

    fn somewhere(&self, random: &mut StdRng) -> Endpoint {
        self.endpoints.lock().unwrap().choose(random).unwrap().clone()
    }

    fn public(&self, to: &Endpoint, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}/{path}", to.api))
    }

    fn staff(&self, to: &Endpoint, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, format!("{}/{path}", to.staff_api))
    }

    /// Asks one process after another, until one says yes or no.
    async fn insist(
        &self,
        random: &mut StdRng,
        request: impl Fn(&Endpoint) -> RequestBuilder,
    ) -> (StatusCode, Value) {
        for _ in 0..TRIES {
            let to = self.somewhere(random);
            if let Ok(answer) = request(&to).send().await
                && !answer.status().is_server_error()
            {
                let status = answer.status();
                if let Ok(body) = answer.bytes().await {
                    return (status, serde_json::from_slice(&body).unwrap_or_default());
                }
            }
            tokio::time::sleep(Duration::from_millis(random.random_range(20..200))).await;
        }
        (StatusCode::SERVICE_UNAVAILABLE, Value::Null)
    }
}

fn id(value: &Value) -> Uuid {
    value.as_str().unwrap().parse().unwrap()
}

fn appointments(answer: &Value) -> Vec<Held> {
    let booked = answer["appointments"].as_array().map_or(&[][..], Vec::as_slice);
    let held = |item: &Value| Held {
        appointment: AppointmentId(id(&item["appointment_id"])),
        activity: ActivityId(id(&item["activity_id"])),
        token: item["token"].as_str().unwrap().to_owned(),
    };
    booked.iter().map(held).collect()
}

fn refusal(answer: &Value) -> Told {
    let items = answer["items"].as_array().map_or(&[][..], Vec::as_slice);
    let full = items.iter().filter(|item| item["reason"] == "not-enough-spots");
    let full: Vec<_> = full
        .map(|item| {
            let spots = u32::try_from(item["spots_asked"].as_u64().unwrap()).unwrap();
            (ActivityId(id(&item["activity_id"])), spots)
        })
        .collect();
    if full.is_empty() { Told::Declined(code(answer)) } else { Told::Refused(full) }
}

/// Why not: of a confirmation the reasons of its events, else the problem.
fn code(answer: &Value) -> String {
    let items = answer["items"].as_array().map_or(&[][..], Vec::as_slice);
    let reasons: BTreeSet<&str> = items.iter().filter_map(|item| item["reason"].as_str()).collect();
    if reasons.is_empty() {
        return answer["code"].as_str().unwrap_or_default().to_owned();
    }
    reasons.into_iter().collect::<Vec<_>>().join(", ")
}

fn plainly(status: StatusCode, answer: &Value) -> Told {
    match status {
        status if status.is_success() => Told::Done(BTreeMap::new()),
        StatusCode::SERVICE_UNAVAILABLE => Told::Nothing,
        _ => Told::Declined(code(answer)),
    }
}
