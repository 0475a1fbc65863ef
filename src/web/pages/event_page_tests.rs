#[path = "event_page_tests/chosen.rs"]
mod chosen;
#[path = "event_page_tests/listed.rs"]
mod listed;

use super::super::date_row::Standing;
use super::super::language::Language;
use super::super::samples::{HOSTILE, activity, assert_sound, event_page, offer, starts};
use super::super::shell::{Along, Theme};
use super::*;

fn html(page: &EventPage) -> String {
    let html = page.render().unwrap();
    assert_sound(&html);
    html
}

/// The tag of the box of the n-th date.
fn tick_box(html: &str, n: u128) -> Option<&str> {
    let start = html.find(&format!("<input type=\"checkbox\" id=\"b-{}\"", activity(100 + n)))?;
    html[start..].split('>').next()
}

fn is_ticked(html: &str, n: u128) -> bool {
    tick_box(html, n).is_some_and(|tag| tag.ends_with(" checked"))
}

fn page_address() -> String {
    let shell = super::super::samples::shell();
    urls::event_list(shell.branch, shell.link).to_string()
}
