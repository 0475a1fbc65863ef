//! Requests over the network, by whomever the header of a proxy says.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "shared by tests, each of which uses a part"
)]

use std::collections::HashMap;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};

use crate::running::Serving;

/// The public listener of a service, and the staff's.
pub struct Door {
    client: Client,
    public: String,
    staff: String,
    branch: String,
    link: String,
    pub widget: String,
}

/// Somebody who asks.
pub struct By<'a> {
    door: &'a Door,
    whom: Option<String>,
}

#[derive(Debug)]
pub struct Asked {
    pub status: u16,
    pub headers: HashMap<String, String>,
    cookies: Vec<String>,
    pub body: String,
}

pub struct Cart {
    pub path: String,
    pub token: String,
}

impl Door {
    pub fn of(service: &Serving) -> Self {
        let client = Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let text = |name| service.address(name).to_owned();
        let widget = text("widget").trim_start_matches(&text("listen")).to_owned();
        let (public, staff) = (text("listen"), text("staff_listen"));
        Self { client, public, staff, branch: text("branch_id"), link: text("link_id"), widget }
    }

    pub fn by(&self, whom: &str) -> By<'_> {
        By { door: self, whom: Some(whom.to_owned()) }
    }

    /// Somebody on this machine.
    pub fn here(&self) -> By<'_> {
        By { door: self, whom: None }
    }

    pub fn sign_in(&self) -> String {
        format!("/account/{}/sign-in", self.branch)
    }

    pub fn code(&self) -> String {
        format!("/account/{}/code", self.branch)
    }

    fn at(&self, below: &str) -> String {
        format!("/api/v1/branches/{}{below}", self.branch)
    }

    /// The dates that can be booked.
    pub async fn dates(&self) -> Vec<String> {
        let listed = self.here().get(&self.at(&format!("/links/{}/activities?limit=100", self.link))).await;
        let items = listed.json()["items"].as_array().unwrap().clone();
        let yoga = items.iter().filter(|item| item["service"] == "Yoga" && item["bookable"] != false);
        yoga.map(|item| item["activity_id"].as_str().unwrap().to_owned()).collect()
    }

    pub async fn cart(&self, whom: &str) -> Cart {
        let dates = self.dates().await;
        self.cart_with(whom, &dates[..1]).await
    }

    pub async fn cart_with(&self, whom: &str, dates: &[String]) -> Cart {
        let events: Value = dates.iter().map(|id| json!({"activity_id": id})).collect();
        let body = json!({"link_id": self.link, "events": events});
        let opened = self.by(whom).json("POST", &self.at("/carts"), &body, &[]).await;
        opened.is(201);
        let opened = opened.json();
        let id = opened["cart_id"].as_str().unwrap();
        let token = format!("Bearer {}", opened["token"].as_str().unwrap());
        Cart { path: self.at(&format!("/carts/{id}")), token }
    }

    pub async fn confirm(&self, whom: &str, cart: &Cart, phone: &str) -> Asked {
        let (path, body) =
            (format!("{}/confirmation", cart.path), json!({"name": "Anna Berg", "phone": phone}));
        let headers = [("authorization", cart.token.as_str()), ("idempotency-key", cart.path.as_str())];
        self.by(whom).json("PUT", &path, &body, &headers).await
    }

    /// A cart of the link, once it asks for a code.
    pub async fn cart_that_needs_a_code(&self, whom: &str) -> Cart {
        let path = self.at(&format!("/links/{}/settings", self.link));
        let found = self.client.get(format!("{}{path}", self.staff)).send().await.unwrap();
        let etag = found.headers()["etag"].to_str().unwrap().to_owned();
        let found: Value = serde_json::from_str(&found.text().await.unwrap()).unwrap();
        let mut settings = found.get("settings").unwrap_or(&found).clone();
        settings["phone_code"] = true.into();
        let request = self.client.put(format!("{}{path}", self.staff)).header("if-match", etag);
        let saved = request.header(CONTENT_TYPE, "application/json").body(settings.to_string()).send().await;
        let saved = saved.unwrap();
        assert!(saved.status().is_success(), "{}", saved.text().await.unwrap());
        self.cart(whom).await
    }

    pub async fn ask_for_code(&self, whom: &str, cart: &Cart) -> Asked {
        let body = json!({"name": "Anna Berg", "phone": "030 23125 014"});
        let path = format!("{}/confirmation/code", cart.path);
        self.by(whom).json("POST", &path, &body, &[("authorization", &cart.token)]).await
    }
}

impl By<'_> {
    pub async fn get(&self, path: &str) -> Asked {
        self.send(self.door.client.get(self.url(path))).await
    }

    pub async fn get_with(&self, path: &str, token: &str) -> Asked {
        self.send(self.door.client.get(self.url(path)).header(AUTHORIZATION, token)).await
    }

    pub async fn page(&self, path: &str) -> Asked {
        self.send(self.door.client.get(self.url(path)).header(ACCEPT, "text/html")).await
    }

    /// A page of somebody who is signed in.
    pub async fn account(&self, path: &str, cookie: &str) -> Asked {
        self.send(self.door.client.get(self.url(path)).header(ACCEPT, "text/html").header(COOKIE, cookie))
            .await
    }

    pub async fn form(&self, path: &str, typed: &str) -> Asked {
        self.form_with(path, typed, "").await
    }

    /// A form of the staff listener.
    pub async fn staff_form(&self, path: &str, typed: &str) -> Asked {
        let request = self.door.client.post(format!("{}{path}", self.door.staff)).header(ACCEPT, "text/html");
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(typed.to_owned())).await
    }

    pub async fn form_with(&self, path: &str, typed: &str, cookie: &str) -> Asked {
        let request = self.door.client.post(self.url(path)).header(ACCEPT, "text/html");
        let request = request.header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = if cookie.is_empty() { request } else { request.header(COOKIE, cookie) };
        self.send(request.body(typed.to_owned())).await
    }

    pub async fn json(&self, method: &str, path: &str, body: &Value, headers: &[(&str, &str)]) -> Asked {
        let request = self.door.client.request(method.parse().unwrap(), self.url(path));
        let request = request.header(CONTENT_TYPE, "application/json").body(body.to_string());
        self.send(headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))).await
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.door.public)
    }

    async fn send(&self, request: RequestBuilder) -> Asked {
        let request = match &self.whom {
            Some(whom) => request.header("x-forwarded-for", whom),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let text = |value: &reqwest::header::HeaderValue| value.to_str().unwrap_or_default().to_owned();
        let cookies = answer.headers().get_all("set-cookie").iter().map(text).collect();
        let headers = answer.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect();
        Asked { cookies, status: answer.status().as_u16(), headers, body: answer.text().await.unwrap() }
    }
}

impl Asked {
    #[track_caller]
    pub fn is(&self, status: u16) {
        assert_eq!(self.status, status, "{}", self.body);
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_default()
    }

    /// Too much, with problem details and a time to come again, at most so many seconds from now.
    #[track_caller]
    pub fn is_limited(&self, at_most: u32) {
        self.is(429);
        assert_eq!(self.headers["content-type"], "application/problem+json");
        assert_eq!(self.json()["code"], "too-many-requests");
        assert!((1..=at_most).contains(&self.retry_after()), "{}", self.retry_after());
    }

    /// Too much, told on a page.
    #[track_caller]
    pub fn is_one_moment(&self) {
        self.is(429);
        assert!(self.headers["content-type"].starts_with("text/html"));
        assert!(self.body.contains("<h1>One moment, please</h1>"), "{}", self.body);
        assert!(self.body.contains("Many requests came from your connection. Nothing was changed."));
        assert!(self.body.contains("Please try again in "), "{}", self.body);
        assert!(self.body.contains("Try again"), "{}", self.body);
        assert!(0 < self.retry_after());
    }

    fn retry_after(&self) -> u32 {
        self.headers["retry-after"].parse().unwrap()
    }

    /// What a browser would send back.
    pub fn cookie(&self) -> String {
        let mut cookies = self.cookies.iter().filter_map(|cookie| cookie.split(';').next());
        cookies.find(|cookie| !cookie.ends_with('=')).unwrap().to_owned()
    }
}
