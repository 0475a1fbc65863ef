//! The audit: what happened to one thing, how it stood, what changed between two moments, and what was refused.

use aggregates::ids::{ActivityId, AppointmentId, BranchId, CartId, ClientId, LinkId, TeamMemberId};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use serde_json::Value;
use uuid::Uuid;

use super::branch;
use crate::app::App;
use crate::audit::{self, Differences, HistoryEntry, NotCompared, Subject, When, leaves};
use crate::ledger::Position;
use crate::staff::names;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, OrSorry, Page, Sorry};
use crate::web::pages::dates::Calendar;
use crate::web::pages::form::{Choice, Pairs};
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::StaffShell;
use crate::web::pages::staff::audit::{
    AuditPage, DifferenceLine, Looked, RefusalLine, RefusalsPage, Signed, ValueLine,
};
use crate::web::pages::staff::journal::{HistoryLine, Names};
use crate::web::widget::calendar;

/// Lines on one page.
const SHOWN: usize = 50;

/// Kinds of things, by their names in addresses.
const KINDS: [&str; 6] = ["cart", "activity", "appointment", "client", "link", "branch"];

/// What somebody wants to know.
struct Wanted {
    kind: String,
    subject: Option<Subject>,
    from: Option<When>,
    to: Option<When>,
    after: Position,
}

impl Wanted {
    fn parse(pairs: &Pairs, problems: &mut Problems, shell: &StaffShell) -> Self {
        let kind = pairs.text("what");
        let mut when = |name| {
            let typed = pairs.text(name);
            if typed.trim().is_empty() {
                return None;
            }
            let read = typed.parse().ok();
            if read.is_none() {
                problems.add(shell.say("audit-moment-please"), name);
            }
            read
        };
        let (from, to) = (when("from"), when("to"));
        let id = pairs.read::<Uuid>("id");
        let subject = match (kind.as_str(), id) {
            ("branch", _) => Some(Subject::Branch),
            ("cart", Some(id)) => Some(Subject::Cart(CartId(id))),
            ("activity", Some(id)) => Some(Subject::Activity(ActivityId(id))),
            ("appointment", Some(id)) => Some(Subject::Appointment(AppointmentId(id))),
            ("client", Some(id)) => Some(Subject::Client(ClientId(id))),
            ("link", Some(id)) => Some(Subject::Link(LinkId(id))),
            _ => None,
        };
        if subject.is_none() && !kind.is_empty() {
            problems.add(shell.say("audit-id-please"), "id");
        }
        Self { kind, subject, from, to, after: pairs.read("after").unwrap_or(0) }
    }
}

/// Whose things facts name: ids, since an audit looks behind names.
struct Known<'a>(&'a aggregates::branch::Branch);

impl Names for Known<'_> {
    fn client(&self, appointment: AppointmentId) -> String {
        appointment.to_string()
    }

    fn team_member(&self, id: TeamMemberId) -> String {
        self.0.team().get(&id).map_or_else(|| id.to_string(), ToString::to_string)
    }
}

pub(super) async fn look(
    State(app): State<App>,
    Ids(branch_id): Ids<BranchId>,
    Asked(pairs): Asked,
) -> Answer {
    let (branch, _, shell) = branch(&app, branch_id, &pairs).await?;
    let calendar = calendar(&branch, &app.clock, shell.language);
    let mut problems = Problems::default();
    let wanted = Wanted::parse(&pairs, &mut problems, &shell);
    let ledger = app.ledger.as_ref();
    let from = audit::position_at(ledger, branch_id, Some(wanted.from.unwrap_or(When::Position(0))));
    let to = audit::position_at(ledger, branch_id, wanted.to);
    let (from, to) = (from.await.or_sorry()?, to.await.or_sorry()?);
    let mut page = AuditPage {
        kinds: KINDS
            .map(|kind| Choice {
                value: kind.to_owned(),
                name: shell.language.audit_kind(kind),
                chosen: kind == wanted.kind,
            })
            .into(),
        id: pairs.text("id"),
        from: pairs.text("from"),
        to: pairs.text("to"),
        looked: None,
        signed: signed(&app, branch_id, &calendar).await?,
        problems,
        shell,
    };
    if page.problems.is_empty() {
        if let Some(subject) = wanted.subject {
            let looked = looked(&app, branch_id, &branch, subject, &wanted, [from, to], &calendar).await?;
            page.looked = Some(looked);
        } else if wanted.from.is_some() {
            match audit::differences(ledger, branch_id, from, to).await {
                Ok(found) => page.looked = Some(Looked::differing(&found, lines(&found))),
                Err(NotCompared::History(error)) => return Err(error.into()),
                Err(NotCompared::TooMany { .. }) => {
                    page.problems.add(page.shell.say("audit-too-much"), "from");
                }
            }
        }
    }
    let status = if page.problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(Page(status, page).into_response())
}

async fn looked(
    app: &App,
    branch_id: BranchId,
    branch: &aggregates::branch::Branch,
    subject: Subject,
    wanted: &Wanted,
    [from, to]: [Position; 2],
    calendar: &Calendar,
) -> Result<Looked, Sorry> {
    let ledger = app.ledger.as_ref();
    let facts = match subject {
        Subject::Client(client) => audit::of_client(ledger, branch_id, client).await,
        subject => audit::facts(ledger, branch_id, subject).await,
    };
    let facts = facts.or_sorry()?;
    let after = wanted.after.max(from);
    let shown = facts.iter().filter(|(entry, _)| after < entry.position && entry.position <= to);
    let mut shown: Vec<_> = shown.take(SHOWN + 1).collect();
    let more = SHOWN < shown.len();
    shown.truncate(SHOWN);
    let language = calendar.language;
    let line = |(entry, fact): &&(HistoryEntry, aggregates::Fact)| {
        let history = HistoryLine {
            at: calendar.at(entry.at),
            sentence: language.fact(fact, &Known(branch), calendar),
            who: language.actor(&entry.actor, entry.actor_name.as_deref()),
            why: format!("{}, {}", language.cause(&entry.cause), entry.request),
        };
        (entry.position, history)
    };
    let state = audit::state(ledger, branch_id, subject, to).await.or_sorry()?;
    let values = state.iter().flat_map(|state| leaves(&state.state)).map(|(path, value)| ValueLine {
        path,
        was: None,
        is: said(&value),
    });
    Ok(Looked {
        from,
        to,
        next: shown.last().filter(|_| more).map(|(entry, _)| entry.position),
        history: Some(shown.iter().map(line).collect()),
        state: values.collect(),
        differences: vec![],
        facts: vec![],
        more: 0,
    })
}

fn lines(found: &Differences) -> Vec<DifferenceLine> {
    let value = |value: &audit::ChangedValue| ValueLine {
        path: value.path.clone(),
        was: Some(value.was.as_ref().map_or_else(|| "…".to_owned(), said)),
        is: value.is.as_ref().map_or_else(|| "…".to_owned(), said),
    };
    let line = |thing: &audit::Changed| DifferenceLine {
        kind: thing.kind.clone(),
        id: thing.id,
        values: thing.values.iter().map(value).collect(),
    };
    found.things.iter().map(line).collect()
}

fn said(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// What the last checkpoint says.
async fn signed(app: &App, branch: BranchId, calendar: &Calendar) -> Result<Option<Signed>, Sorry> {
    let standing = audit::standing(app.ledger.as_ref(), branch).await.or_sorry()?;
    Ok(standing.map(|standing| Signed {
        at: calendar.at(standing.statement.signed_at),
        position: standing.statement.position,
        differs: standing.difference.map(|difference| difference.to_string()),
    }))
}

/// What was refused lately, and why.
pub(super) async fn refusals(
    State(app): State<App>,
    Ids(branch_id): Ids<BranchId>,
    Asked(pairs): Asked,
) -> Answer {
    let (branch, _, shell) = branch(&app, branch_id, &pairs).await?;
    let calendar = calendar(&branch, &app.clock, shell.language);
    let (id, before) = (pairs.read::<Uuid>("id"), pairs.read::<Uuid>("before"));
    let limit = u32::try_from(SHOWN + 1).unwrap_or(u32::MAX);
    let mut found = app.refusals.newest(branch_id, id, before, limit).await.or_sorry()?;
    let more = SHOWN < found.len();
    found.truncate(SHOWN);
    let actors = found.iter().map(|refused| refused.actor.as_str());
    let names = names(app.ledger.as_ref(), branch_id, actors).await.or_sorry()?;
    let lines = found.iter().map(|refused| RefusalLine {
        at: calendar.at(refused.at),
        what: refused.command.clone(),
        code: refused.code.clone(),
        reasons: refused.reasons.as_array().into_iter().flatten().map(reason).collect(),
        of: refused.subject.clone(),
        who: shell.language.actor(&refused.actor, names.get(&refused.actor).map(String::as_str)),
        request: refused.request.clone(),
    });
    let page = RefusalsPage {
        lines: lines.collect(),
        id: pairs.text("id"),
        next: found.last().filter(|_| more).map(|refused| refused.id),
        shell,
    };
    Ok(Page(StatusCode::OK, page).into_response())
}

/// "not-enough-spots, `spots_left` 0".
fn reason(reason: &Value) -> String {
    let fields = leaves(reason).into_iter().filter(|(name, _)| name != "code");
    let code = reason.get("code").map(said).unwrap_or_default();
    fields.fold(code, |all, (name, value)| format!("{all}, {name} {}", said(&value)))
}

impl From<NotCompared> for Sorry {
    fn from(why: NotCompared) -> Self {
        match why {
            NotCompared::History(error) => error.into(),
            NotCompared::TooMany { .. } => Self::malformed("malformed-query", "/from", why.to_string()),
        }
    }
}
