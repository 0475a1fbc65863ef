//! A browser without scripts that keeps cookies, and the mailbox that its owner looks into.

use axum::http::{StatusCode, header};

use crate::studio::cookies::{self, Cookies};
use crate::studio::http::{Answered, call};
use crate::studio::pages::FORM;
use crate::studio::{BRANCH, Studio};

/// Anna's number, as she types it; it is free for fiction.
pub const ANNA: &str = "030 23125014";

pub fn account(below: &str) -> String {
    format!("/account/{BRANCH}{below}")
}

/// A studio that can send messages.
pub async fn open() -> Studio {
    let mut studio = Studio::open().await;
    studio.app = studio.app.clone().with_mailbox();
    studio
}

pub struct Browser<'a> {
    pub studio: &'a Studio,
    pub cookies: Cookies,
    pub host: &'static str,
}

impl<'a> Browser<'a> {
    pub fn of(studio: &'a Studio) -> Self {
        Self { studio, cookies: Cookies::new(), host: "localhost:8080" }
    }

    pub async fn ask(&mut self, method: &str, path: &str, form: Option<&str>) -> Answered {
        let sent = cookies::header(&self.cookies);
        let mut headers = vec![("host", self.host)];
        headers.extend(form.map(|_| FORM));
        headers.extend(sent.as_deref().map(|sent| ("cookie", sent)));
        let answer = call(self.studio.public(), method, path, &headers, form.map(str::to_owned)).await;
        cookies::take(&mut self.cookies, &answer);
        answer
    }

    pub async fn see(&mut self, path: &str) -> Answered {
        self.ask("GET", path, None).await
    }

    pub async fn submit(&mut self, path: &str, form: &str) -> Answered {
        self.ask("POST", path, Some(form)).await
    }

    /// Types a number, and gives the address of what follows.
    pub async fn type_phone(&mut self, phone: &str) -> Answered {
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("phone", phone).finish();
        self.submit(&account("/sign-in"), &form).await
    }

    pub async fn type_code(&mut self, code: &str) -> Answered {
        self.submit(&account("/code"), &format!("code={code}")).await
    }

    /// Signs in with the code that is in the mailbox.
    pub async fn sign_in(&mut self, phone: &str) {
        assert_eq!(location(&self.type_phone(phone).await), account("/code"));
        let code = newest_code(self.studio);
        assert_eq!(location(&self.type_code(&code).await), account(""));
    }
}

/// Where an answer sends the browser.
#[track_caller]
pub fn location(answer: &Answered) -> String {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.headers[header::LOCATION].to_str().unwrap().to_owned()
}

/// The texts that were sent, the newest first.
pub fn sent(studio: &Studio) -> Vec<String> {
    let messages = studio.app.mailbox.as_ref().unwrap().messages();
    messages.into_iter().map(|message| message.text).collect()
}

pub fn newest_code(studio: &Studio) -> String {
    let text = sent(studio).remove(0);
    text.split(' ').next().unwrap().to_owned()
}

/// Another code than this.
pub fn wrong(code: &str) -> &'static str {
    if code == "000000" { "111111" } else { "000000" }
}
