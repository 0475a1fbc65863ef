//! A browser of staff, without scripts, that keeps cookies.

use aggregates::ids::BranchId;
use axum::http::{StatusCode, header};
use cartwheel::staff::{Added, Login, Password, Role, UserId};

use crate::studio::cookies::{self, Cookies};
use crate::studio::http::{Answered, call};
use crate::studio::pages::FORM;
use crate::studio::{BRANCH, Studio};

pub const PASSWORD: &str = "correct horse battery";

pub fn journal() -> String {
    format!("/journal/{BRANCH}")
}

pub fn settings(below: &str) -> String {
    format!("/settings/{BRANCH}/{below}")
}

/// Somebody with that role and [`PASSWORD`].
pub async fn hire(studio: &Studio, login: &str, role: Role) -> UserId {
    hire_in(studio, BRANCH, login, role).await
}

pub async fn hire_in(studio: &Studio, branch: BranchId, login: &str, role: Role) -> UserId {
    let name = format!("{login} of the team").try_into().unwrap();
    let login: Login = login.parse().unwrap();
    let password: Password = PASSWORD.parse().unwrap();
    let now = studio.clock.now();
    let added = studio.app.staff.add(branch, (&login, &name), role, Some(&password), now).await.unwrap();
    match added.unwrap() {
        Added::Known(user) | Added::Invited(user, _) => user,
    }
}

pub struct Browser<'a> {
    pub studio: &'a Studio,
    pub cookies: Cookies,
    pub host: &'static str,
    pub name: &'static str,
}

impl<'a> Browser<'a> {
    pub fn of(studio: &'a Studio) -> Self {
        Self { studio, cookies: Cookies::new(), host: "localhost:8081", name: "Firefox on Linux" }
    }

    /// One that somebody has signed in with.
    pub async fn signed_in(studio: &'a Studio, login: &str) -> Self {
        let mut browser = Self::of(studio);
        assert_eq!(location(&browser.type_password(login, PASSWORD).await), "/staff");
        browser
    }

    pub async fn ask(&mut self, method: &str, path: &str, form: Option<&str>) -> Answered {
        let sent = cookies::header(&self.cookies);
        let mut headers = vec![("host", self.host), ("user-agent", self.name)];
        headers.extend(form.map(|_| FORM));
        headers.extend(sent.as_deref().map(|sent| ("cookie", sent)));
        let answer = call(self.studio.staff_routes(), method, path, &headers, form.map(str::to_owned)).await;
        cookies::take(&mut self.cookies, &answer);
        answer
    }

    pub async fn see(&mut self, path: &str) -> Answered {
        self.ask("GET", path, None).await
    }

    pub async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.ask("POST", path, Some(&form)).await
    }

    pub async fn type_password(&mut self, login: &str, password: &str) -> Answered {
        self.submit("/staff/sign-in", &[("login", login), ("password", password)]).await
    }

    /// Whether the journal opens.
    pub async fn is_in(&mut self) -> bool {
        self.see(&journal()).await.status == StatusCode::OK
    }
}

/// Where an answer sends the browser.
#[track_caller]
pub fn location(answer: &Answered) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}
