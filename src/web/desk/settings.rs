//! S1 to S4: booking links, branch rules, catalogue and team, each with one form and one Save; the timetable.

pub(super) mod catalogue;
pub(super) mod import;
pub(super) mod link;
pub(super) mod links;
mod looks;
pub(super) mod people;
pub(super) mod preview;
pub(super) mod rules;
pub(super) mod team;
pub(super) mod tokens;
pub(super) mod webhooks;

use aggregates::ids::BranchId;
use aggregates::values::Notice;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use super::branch;
use crate::app::App;
use crate::audit::{HistoryEntry, Save};
use crate::command::{Actor, Answer as Answered, Command, Done, Failure, Refusal, Reply};
use crate::web::html::{Page, Sorry, Visit, see_other};
use crate::web::pages::dates::Calendar;
use crate::web::pages::form::Pairs;
use crate::web::pages::language::Language;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::Along;
use crate::web::pages::staff::settings::SaveLine;
use crate::web::pages::urls::Address;

const MINUTES: u32 = 60;

/// How many saves a page lists; the API lists all.
const SAVES: usize = 20;

/// Asks for a change of staff, and gives the version after it; a refusal is told on the page.
async fn ask(
    app: &App,
    visit: &Visit,
    branch_id: BranchId,
    command: Command,
    version: Option<u64>,
) -> Result<Result<u64, Refusal>, Sorry> {
    let mut envelope = app.envelope(&visit.caller(Actor::Staff), branch_id, command);
    envelope.if_match = version;
    match app.ask(envelope).await {
        Ok(Reply { answer: Answered::Done(Done { version }), .. }) => Ok(Ok(version)),
        Ok(_) => Err(Sorry::from(Failure::Broken("a save was answered with something else".to_owned()))),
        Err(Failure::Refused(refusal)) => Ok(Err(*refusal)),
        Err(failure) => Err(Sorry::from(failure)),
    }
}

/// What the page says after a save: `before` is the version that the form was based on.
fn after_save(page: Address, before: u64, version: u64, pairs: &Pairs) -> Response {
    see_other(&page.with("saved", u8::from(before != version)).along(&Along::parse(pairs)))
}

fn saved(pairs: &Pairs) -> Option<String> {
    let name = match pairs.last("saved") {
        Some("1") => "saved",
        Some("0") => "nothing-to-save",
        _ => return None,
    };
    Some(pairs.language().say(name))
}

fn not_saved<P: askama::Template>(
    language: Language,
    mut page: P,
    refusal: &Refusal,
    mut problems: Problems,
    tell: impl Fn(&mut P, Problems),
) -> Response {
    let status = match refusal {
        Refusal::Stale { .. } => {
            let changed = language.say("changed-meanwhile");
            problems.add_general(format!("{changed} {}", language.say("open-again")));
            StatusCode::PRECONDITION_FAILED
        }
        other => {
            problems.add_general(language.because("not-saved-because", language.refusal(other)));
            StatusCode::UNPROCESSABLE_ENTITY
        }
    };
    tell(&mut page, problems);
    Page(status, page).into_response()
}

/// "24", or "1:30" if it is not whole hours.
fn hours(notice: Notice) -> String {
    match (notice.get() / MINUTES, notice.get() % MINUTES) {
        (hours, 0) => hours.to_string(),
        (hours, minutes) => format!("{hours}:{minutes:02}"),
    }
}

/// Reads what [`hours`] writes.
fn notice(text: &str) -> Option<Notice> {
    let (hours, minutes) = text.trim().split_once(':').unwrap_or((text.trim(), "0"));
    let minutes = minutes.parse::<u32>().ok().filter(|minutes| *minutes < MINUTES)?;
    Notice::try_from(hours.parse::<u32>().ok()?.checked_mul(MINUTES)?.checked_add(minutes)?).ok()
}

fn number<T: TryFrom<u32>>(text: &str) -> Option<T> {
    T::try_from(text.trim().parse::<u32>().ok()?).ok()
}

/// Who asked for something, in words.
pub(super) fn who(language: Language, entry: &HistoryEntry) -> String {
    match (entry.actor_name.as_ref(), entry.actor.as_str()) {
        (Some(name), _) => name.clone(),
        (None, "staff") => language.say("who-staff"),
        (None, "client") => language.say("who-client"),
        (None, "import") => language.say("who-import"),
        (None, "demonstration") => language.say("who-demonstration"),
        (None, actor) if Actor::of_staff(actor).is_some() => language.say("who-former-staff"),
        (None, other) => other.to_owned(),
    }
}

/// Who saved these settings, as the page says it.
fn lines<'a>(saves: impl IntoIterator<Item = &'a Save>, calendar: &Calendar) -> Vec<SaveLine> {
    let language = calendar.language;
    let line = |save: &Save| SaveLine {
        at: calendar.at(save.entry.at),
        who: who(language, &save.entry),
        changes: save.changes.iter().map(|change| language.change(change)).collect(),
    };
    saves.into_iter().take(SAVES).map(line).collect()
}
