//! Every operation of `openapi.json` with nonsense: a clear problem each time, never a fault of ours.

use axum::body::Body;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::studio::http::{Answered, anna, at, send};
use crate::studio::{BRANCH, LINK, SOFIE, Studio, YOGA};

struct Operation {
    id: String,
    method: String,
    path: String,
    for_clients: bool,
    has_body: bool,
    has_query: bool,
}

fn operations() -> Vec<Operation> {
    let document: Value = serde_json::from_str(&std::fs::read_to_string("openapi.json").unwrap()).unwrap();
    let mut operations = vec![];
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let parameters: Vec<_> = operation["parameters"].as_array().into_iter().flatten().collect();
            operations.push(Operation {
                id: operation["operationId"].as_str().unwrap().to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                for_clients: operation["tags"][0] == "widget",
                has_body: operation.get("requestBody").is_some(),
                has_query: parameters.iter().any(|parameter| parameter["in"] == "query"),
            });
        }
    }
    operations
}

impl Operation {
    async fn ask(
        &self,
        studio: &Studio,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Answered {
        let routes = if self.for_clients { studio.public() } else { studio.staff_routes() };
        let body = body.map(|body| Body::from(body.to_vec()));
        let answer = send(routes, &self.method, path, headers, body).await;
        assert!(answer.status.as_u16() < 500, "{} {path}: {} {}", self.id, answer.status, answer.body);
        if !answer.status.is_success() {
            let code = answer.json()["code"].as_str().unwrap().to_owned();
            answer.problem(answer.status.as_u16(), &code);
        }
        answer
    }
}

#[tokio::test]
async fn the_operations_have_the_names_that_callers_rely_on() {
    let mut names: Vec<_> = operations().into_iter().map(|operation| operation.id).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();

    assert_eq!(names.len(), count, "each name once");
    for name in [
        "open_cart",
        "get_cart",
        "select_events",
        "set_spots",
        "dry_run_confirmation",
        "confirm_multi_booking",
        "get_offer",
        "list_events",
        "get_appointment",
        "cancel_appointment",
        "reschedule_appointment",
        "list_journal",
        "change_branch_rules",
        "list_links",
        "create_link",
        "change_link",
        "schedule_activities",
        "cancel_activity",
        "move_activity",
        "replace_team_member",
    ] {
        assert!(names.contains(&name.to_owned()), "{name}");
    }
}

#[tokio::test]
async fn no_operation_breaks_on_ids_that_are_none_or_nobodys() {
    let studio = Studio::open().await;
    let there = studio.another_branch().await;
    let head = studio.head().await;
    let (nil, far) = (Uuid::nil().to_string(), Uuid::max().to_string());
    let [own, foreign] = [BRANCH.to_string(), there.branch.to_string()];
    let headers = [("if-match", "\"v1\""), ("idempotency-key", "k"), ("authorization", "Bearer x")];

    for operation in operations().iter().filter(|operation| operation.path.contains('{')) {
        for (branch, id) in [
            (own.as_str(), nil.as_str()),
            (own.as_str(), far.as_str()),
            (own.as_str(), "none"),
            (own.as_str(), "%00"),
            (own.as_str(), "%FF%FE"),
            (own.as_str(), "..%2f"),
            (foreign.as_str(), nil.as_str()),
            (nil.as_str(), nil.as_str()),
            ("none", nil.as_str()),
            ("%F0%28%8C%28", "'%20or%201=1"),
        ] {
            let path = operation.path.replace("{branch}", branch);
            let path = path.split('/').map(|part| if part.starts_with('{') { id } else { part });
            let path = path.collect::<Vec<_>>().join("/");
            let body = operation.has_body.then_some(&b"{}"[..]);
            let answer = operation.ask(&studio, &path, &headers, body).await;
            let of_a_branch = !operation.path.replace("{branch}", "").contains('{');
            let of_the_branch_itself = of_a_branch && (branch == own || branch == foreign);
            if !of_the_branch_itself && !operation.has_body {
                answer.problem(404, "not-found");
            }
        }
    }
    assert_eq!(studio.head().await, head);
}

#[tokio::test]
async fn no_operation_breaks_on_nonsense_in_its_body_its_query_or_its_headers() {
    let studio = Studio::open().await;
    let cart = studio.cart(&studio.yoga[..1]).await;
    let appointment = studio.book(&studio.yoga[1..2], anna()).await.remove(0);
    let webhook = json!({"url": "https://hooks.example.org/in"});
    let webhook = studio.ask_staff("POST", &at("/webhooks"), &[], Some(webhook)).await.accepted();
    let head = studio.head().await;
    let ids = [
        ("{webhook}", webhook["webhook_id"].as_str().unwrap().to_owned()),
        ("{branch}", BRANCH.to_string()),
        ("{link}", LINK.to_string()),
        ("{service}", YOGA.to_string()),
        ("{team_member}", SOFIE.to_string()),
        ("{activity}", studio.yoga[0].to_string()),
        ("{cart}", cart.id.clone()),
        ("{appointment}", appointment.id.clone()),
        ("{client}", Uuid::nil().to_string()),
        ("{kind}", "carts".to_owned()),
        ("{id}", cart.id.clone()),
    ];
    let long = json!({"name": "a".repeat(60_000)}).to_string();

    for operation in operations() {
        let path = ids.iter().fold(operation.path.clone(), |path, (name, id)| path.replace(name, id));
        let token = if path.contains("/carts/") { &cart.token } else { &appointment.token };
        let good = [("if-match", "\"v9\""), ("idempotency-key", "k"), ("authorization", token.as_str())];
        if operation.has_body {
            for body in [
                &b""[..],
                b"{",
                b"null",
                b"[[]]",
                b"\xff",
                b"{\"\": 1}",
                b"{\"events\": [{}]}",
                b"1e999",
                b"{\"name\": \"\\u0000\"}",
                b"{\"spots\": 1e20}",
                long.as_bytes(),
            ] {
                let answer = operation.ask(&studio, &path, &good, Some(body)).await;
                assert!([400, 422].contains(&answer.status.as_u16()), "{} {}", operation.id, answer.body);
            }
        }
        if operation.has_query {
            for query in ["limit=%00", "cursor=%FF", "weekday=1e1", "from=99999999999", "&&&=", "%", "a=b=c"]
            {
                let answer = operation.ask(&studio, &format!("{path}?{query}"), &good, None).await;
                assert!([200, 400].contains(&answer.status.as_u16()), "{query} {}", answer.body);
            }
        }
        if operation.method != "GET" {
            for bad in [
                [("if-match", "v1"), ("idempotency-key", "k"), ("authorization", "Bearer")],
                [("if-match", "*"), ("idempotency-key", ""), ("authorization", token.as_str())],
                [("if-match", "W/\"v1\""), ("idempotency-key", "é"), ("authorization", token.as_str())],
                [("if-match", "\"v99999999999999999999\""), ("idempotency-key", "k"), ("authorization", "é")],
            ] {
                operation.ask(&studio, &path, &bad, operation.has_body.then_some(&b"{}"[..])).await;
            }
        }
    }
    assert_eq!(studio.head().await, head);
}
