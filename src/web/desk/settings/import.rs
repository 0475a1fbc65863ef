//! S4: a timetable is uploaded, looked at, and imported.

use aggregates::ids::BranchId;
use aggregates::values::Capacity;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use chrono::{Datelike, Days, NaiveDate};
use uuid::Uuid;

use super::{branch, number};
use crate::app::App;
use crate::app::booking::Caller;
use crate::command::{Actor, Failure};
use crate::import::uploads::{self, LARGEST, Upload};
use crate::import::{ImportError, Survey};
use crate::web::extract::Ids;
use crate::web::file_form::FileForm;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, see_other};
use crate::web::pages::dates::Calendar;
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::shell::{Along, StaffShell};
use crate::web::pages::staff::import::{Counts, ImportPage, Shown, UploadPage};
use crate::web::pages::urls;
use crate::web::widget::calendar;

/// Weeks of the longest import, two years; beyond it the command line goes.
const MOST_WEEKS: u32 = 104;

/// Notes that a page lists; a file of which every line is wrong would make a page of its size.
const NOTES: usize = 50;

/// How long an answer waits for an import: most are done by then.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(2);

pub(in crate::web::desk) async fn look(
    State(app): State<App>,
    Ids(branch_id): Ids<BranchId>,
    Asked(pairs): Asked,
) -> Answer {
    Ok(Page(StatusCode::OK, page(&app, branch_id, &pairs).await?.0).into_response())
}

async fn page(app: &App, branch_id: BranchId, pairs: &Pairs) -> Result<(ImportPage, Calendar), Sorry> {
    let (branch, _, shell) = branch(app, branch_id, pairs).await?;
    let calendar = calendar(&branch, &app.clock, shell.language);
    let page = ImportPage {
        city: calendar.city(),
        capacity: "12".to_owned(),
        first_week: monday_after(calendar.today()).to_string(),
        weeks: "12".to_owned(),
        problems: Problems::default(),
        shell,
    };
    Ok((page, calendar))
}

fn monday_after(day: NaiveDate) -> NaiveDate {
    let days = 7 - u64::from(day.weekday().num_days_from_monday());
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// *Preview*: keeps the file, unless nothing in it can be used.
pub(in crate::web::desk) async fn upload(
    State(app): State<App>,
    Ids(branch_id): Ids<BranchId>,
    FileForm { pairs, file }: FileForm,
) -> Answer {
    let (mut page, _) = page(&app, branch_id, &pairs.without_fields()).await?;
    page.capacity = pairs.text("capacity");
    page.first_week = pairs.text("first_week");
    page.weeks = pairs.text("repeat_weeks");
    let language = page.shell.language;
    let mut problems = Problems::default();
    if file.is_empty() {
        problems.add(language.say("choose-file"), "file");
    } else if LARGEST < file.len() {
        problems.add(language.say("file-too-large"), "file");
    }
    let capacity = number::<Capacity>(&page.capacity);
    if capacity.is_none() {
        problems.add(language.say("capacity-1-to-65535"), "capacity");
    }
    let first_week = pairs.read::<NaiveDate>("first_week");
    if first_week.is_none() {
        problems.add(language.say("date-please"), "first_week");
    }
    let weeks = pairs.read::<u32>("repeat_weeks").filter(|weeks| (1..=MOST_WEEKS).contains(weeks));
    if weeks.is_none() {
        problems.add(language.say("weeks-1-to-104"), "repeat_weeks");
    }
    if let (true, Some(capacity), Some(first_week), Some(weeks)) =
        (problems.is_empty(), capacity, first_week, weeks)
    {
        let now = app.clock.now();
        let upload = Upload {
            branch: branch_id,
            id: Uuid::now_v7(),
            file: file.to_vec(),
            capacity,
            first_week,
            weeks,
            uploaded_at: now,
            state: uploads::State::Preview,
            changed_at: now,
            events: 0,
        };
        match upload.survey(&app).await {
            Ok(_) => {
                app.uploads.keep(&upload).await.or_sorry()?;
                let preview = urls::import_upload(branch_id, upload.id);
                return Ok(see_other(&preview.along(&Along::parse(&pairs))));
            }
            Err(error) => match language.not_imported(&error) {
                Some(sentence) => problems.add(sentence, "file"),
                None => return Err(sorry(error)),
            },
        }
    }
    page.problems = problems;
    Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The preview, or how far the import has come.
pub(in crate::web::desk) async fn see(
    State(app): State<App>,
    Ids((branch_id, id)): Ids<(BranchId, Uuid)>,
    Asked(pairs): Asked,
) -> Answer {
    let Some(upload) = find(&app, branch_id, id).await? else { return ended(&app, branch_id, &pairs).await };
    let (branch, _, shell) = branch(&app, branch_id, &pairs).await?;
    let survey = match upload.survey(&app).await {
        Ok(survey) => survey,
        Err(error) => return in_the_way(&app, branch_id, &pairs, error).await,
    };
    let calendar = calendar(&branch, &app.clock, shell.language);
    Ok(Page(StatusCode::OK, shown(&app, &upload, &survey, &calendar, shell)).into_response())
}

fn shown(app: &App, upload: &Upload, survey: &Survey, calendar: &Calendar, shell: StaffShell) -> UploadPage {
    let report = &survey.report;
    let (new, of) = (survey.missing(), upload.events);
    let done = of - new.min(of);
    let mut notes: Vec<_> = report.skipped.iter().chain(&report.shifted).collect();
    notes.sort_by_key(|note| note.line);
    UploadPage {
        upload: upload.id,
        shown: match upload.state {
            uploads::State::Preview => Shown::Preview(Counts {
                events: report.events,
                new,
                closed: report.closed,
                skipped: report.skipped.len(),
            }),
            uploads::State::Running => {
                Shown::Running { done, of, may_begin: upload.may_begin(app.clock.now()) }
            }
            uploads::State::Stopped => Shown::Stopped { done, of },
            uploads::State::Done => Shown::Done {
                events: of,
                journal: urls::journal_day(upload.branch, upload.first_week)
                    .with("view", "week")
                    .along(&shell.along),
            },
        },
        notes: notes.iter().take(NOTES).map(|note| calendar.line_note(note)).collect(),
        more: notes.len().saturating_sub(NOTES),
        shell,
    }
}

async fn find(app: &App, branch: BranchId, id: Uuid) -> Result<Option<Upload>, Sorry> {
    let upload = app.uploads.find(branch, id).await.or_sorry()?;
    Ok(upload.filter(|upload| !upload.has_ended(app.clock.now())))
}

/// 410, since the address will not work again.
async fn ended(app: &App, branch_id: BranchId, pairs: &Pairs) -> Answer {
    once_more(app, branch_id, pairs, StatusCode::GONE, pairs.language().say("preview-ended")).await
}

/// What keeps a file from being imported now, although it could be when it was uploaded: the branch has changed.
async fn in_the_way(app: &App, branch_id: BranchId, pairs: &Pairs, error: ImportError) -> Answer {
    match pairs.language().not_imported(&error) {
        Some(why) => once_more(app, branch_id, pairs, StatusCode::UNPROCESSABLE_ENTITY, why).await,
        None => Err(sorry(error)),
    }
}

/// The form, with what stands in the way of the file.
async fn once_more(app: &App, branch_id: BranchId, pairs: &Pairs, status: StatusCode, why: String) -> Answer {
    let (mut page, _) = page(app, branch_id, &pairs.without_fields()).await?;
    page.problems.add(why, "file");
    Ok(Page(status, page).into_response())
}

/// *Import*. It goes on if the page is left.
pub(in crate::web::desk) async fn import(
    State(app): State<App>,
    visit: Visit,
    Ids((branch_id, id)): Ids<(BranchId, Uuid)>,
    Form(pairs): Form,
) -> Answer {
    let Some(upload) = find(&app, branch_id, id).await? else { return ended(&app, branch_id, &pairs).await };
    let work = tokio::spawn(run(app.clone(), visit.caller(Actor::Staff), upload));
    if let Ok(Ok(Err(error))) = tokio::time::timeout(PATIENCE, work).await {
        return in_the_way(&app, branch_id, &pairs, error).await;
    }
    Ok(see_other(&urls::import_upload(branch_id, id).along(&Along::parse(&pairs))))
}

async fn run(app: App, caller: Caller, upload: Upload) -> Result<(), ImportError> {
    let (branch, id) = (upload.branch, upload.id);
    let imported = upload.import(&app, &caller).await;
    if let Err(error) = &imported {
        tracing::error!(%error, %branch, upload = %id, "an import stopped");
    }
    imported.map(drop)
}

fn sorry(error: ImportError) -> Sorry {
    match error {
        ImportError::Store(error) => Sorry::from(error),
        ImportError::Refused { failure, .. } => Sorry::from(failure),
        other => Sorry::from(Failure::Broken(other.to_string())),
    }
}
