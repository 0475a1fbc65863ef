//! Pages as a browser without scripts uses them.

use aggregates::ids::ActivityId;
use axum::http::{StatusCode, header};

use super::http::{Answered, call};
use super::{BRANCH, LINK, Studio};

impl Studio {
    pub async fn page(&self, path: &str) -> Answered {
        call(self.public(), "GET", path, &[], None).await
    }

    pub async fn submit(&self, path: &str, form: &str) -> Answered {
        call(self.public(), "POST", path, &[FORM], Some(form.to_owned())).await
    }

    pub async fn staff_page(&self, path: &str) -> Answered {
        call(self.staff_routes(), "GET", path, &[], None).await
    }

    pub async fn staff_submit(&self, path: &str, form: &str) -> Answered {
        call(self.staff_routes(), "POST", path, &[FORM], Some(form.to_owned())).await
    }

    /// Ticks these dates and presses *Continue*; the address of the contact step.
    pub async fn go_on(&self, events: &[ActivityId]) -> String {
        let ticked: Vec<String> = events.iter().map(|id| format!("event={id}")).collect();
        let form = format!("like={}&{}", events[0], ticked.join("&"));
        let answer = self.submit(&format!("/w/{BRANCH}/{LINK}"), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.headers[header::LOCATION].to_str().unwrap().to_owned()
    }

    /// Types contact details and confirms; the address of the result.
    pub async fn confirm_typed(&self, contact: &str) -> String {
        let answer = self.submit(contact, "name=Anna+Berg&phone=030+23125014&key=k1").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        answer.headers[header::LOCATION].to_str().unwrap().to_owned()
    }
}

pub const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

pub fn boxes(page: &str) -> usize {
    page.matches("type=\"checkbox\"").count()
}

pub fn hrefs(page: &str, ending: &str) -> Vec<String> {
    let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    links.filter(|link| link.ends_with(ending)).map(str::to_owned).collect()
}

pub fn values(page: &str, name: &str) -> Vec<String> {
    let before = format!("name=\"{name}\" value=\"");
    let fields = page.split(&before).skip(1).filter_map(|rest| rest.split('"').next());
    fields.map(str::to_owned).collect()
}

pub fn value(page: &str, name: &str) -> String {
    values(page, name).into_iter().next().unwrap_or_else(|| panic!("no field {name} in {page}"))
}

/// The contact form of a page, filled in, as a browser sends it.
pub fn confirmation(page: &str) -> String {
    let seen = value(page, "seen").replace("&#34;", "\"").replace("&quot;", "\"");
    let fields =
        [("name", "Anna Berg"), ("phone", "030 2312 5014"), ("key", &value(page, "key")), ("seen", &seen)];
    form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}
