//! A1: a telephone number, then the code that was sent to it. Known and unknown numbers get the same answers.

use aggregates::ids::BranchId;
use aggregates::values::Country;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::cookies::{Cookies, Kind};
use super::{SignedIn, at, with_cookie};
use crate::app::App;
use crate::codes::rules::{NotIssued, Refused};
use crate::codes::{Code, Purpose};
use crate::contact::Phone;
use crate::messenger::Message;
use crate::sessions;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, retry_after, see_other};
use crate::web::pages::account::AccountShell;
use crate::web::pages::account::sign_in::{CodePage, Greeting, SignInPage};
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::urls;
use crate::web::turnstile::Turnstile;

/// How long a sign-in may take: longer than a code works, so that whoever is late can ask for another.
const PATIENCE: TimeDelta = TimeDelta::hours(1);

/// Whose number is being proved, as their browser keeps it, sealed.
#[derive(Serialize, Deserialize)]
struct Proving {
    phone: Phone,
    since: DateTime<Utc>,
}

impl Proving {
    fn seal(&self, app: &App, branch: BranchId) -> Option<String> {
        let sealed = app.vault.cookie_key().seal(branch.0.as_bytes(), &serde_json::to_vec(self).ok()?);
        Some(URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Opens what a browser showed; nothing is there if it is too old or not ours.
    fn open(app: &App, branch: BranchId, shown: &str) -> Option<Self> {
        let sealed = URL_SAFE_NO_PAD.decode(shown).ok()?;
        let opened = app.vault.cookie_key().open(branch.0.as_bytes(), &sealed).ok()?;
        let proving: Self = serde_json::from_slice(&opened).ok()?;
        (app.clock.now() < proving.since + PATIENCE).then_some(proving)
    }
}

pub(super) async fn look(
    State(app): State<App>,
    Ids(branch): Ids<BranchId>,
    headers: HeaderMap,
    Asked(pairs): Asked,
) -> Answer {
    let (_, shell) = at(&app, branch, &pairs).await?;
    let cookies = Cookies::of(&headers, branch);
    let shown = cookies.read(&headers, Kind::Session);
    if SignedIn::find(&app, shown.as_deref(), branch).await?.is_some() {
        return Ok(see_other(&urls::account(branch).along(&shell.along)));
    }
    let greeting = Greeting::parse(&pairs);
    let page = SignInPage { greeting, is_set_up: app.sends_texts(), ..SignInPage::empty(shell) };
    Ok(Page(StatusCode::OK, page).into_response())
}

pub(super) async fn send(
    State(app): State<App>,
    turnstile: Turnstile,
    Ids(branch): Ids<BranchId>,
    headers: HeaderMap,
    Form(pairs): Form,
) -> Answer {
    let (row, shell) = at(&app, branch, &pairs).await?;
    let page = SignInPage {
        is_set_up: app.sends_texts(),
        phone: pairs.text("phone"),
        ..SignInPage::empty(shell.clone())
    };
    if !page.is_set_up {
        return Ok(Page(StatusCode::SERVICE_UNAVAILABLE, page).into_response());
    }
    let country = row.branch.details().or_sorry()?.country;
    let Ok(phone) = Phone::parse(&page.phone, country) else {
        let page = page.with_problem(|language| language.say("please-phone"));
        return Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    match issue(&app, &turnstile, &shell, &phone).await? {
        // The code before works, and whoever types a number again need not know of it.
        Ok(()) | Err(NotIssued::TooEarly { .. }) => {
            let proving = Proving { phone, since: app.clock.now() };
            let cookies = Cookies::of(&headers, branch);
            let cookie = proving.seal(&app, branch);
            let cookie = cookie.and_then(|it| cookies.keep(Kind::SignIn, it, PATIENCE.num_seconds()));
            Ok(with_cookie(see_other(&urls::code(branch).along(&shell.along)), cookie))
        }
        Err(NotIssued::EnoughForToday { seconds }) => {
            let page = page.with_problem(|language| language.say("account-enough-codes"));
            Ok(retry_after(Page(StatusCode::TOO_MANY_REQUESTS, page).into_response(), seconds))
        }
    }
}

/// Issues a code for a number and sends it, if the branch knows them. The same is done for whom it does not.
async fn issue(
    app: &App,
    turnstile: &Turnstile,
    shell: &AccountShell,
    phone: &Phone,
) -> Result<Result<(), NotIssued>, Sorry> {
    turnstile.code(app, phone, Purpose::SignIn)?;
    let (branch, now) = (shell.branch, app.clock.now());
    let known = app.vault.find(branch, phone).await.or_sorry()?.is_some();
    let issued = app.codes.issue(branch, phone, Purpose::SignIn, known, now).await.or_sorry()?;
    Ok(issued.map(|code| {
        let text = shell.language.account_message(code.as_str(), &shell.studio.name);
        let message = Message::text(now, phone.clone(), text);
        if let Some(messenger) = app.messenger.as_ref().filter(|_| known) {
            messenger.send(message);
        }
    }))
}

/// A sign-in that has begun: for whom, and what its page says.
struct Begun {
    proving: Proving,
    page: CodePage,
}

impl Begun {
    async fn find(
        app: &App,
        branch: BranchId,
        headers: &HeaderMap,
        pairs: &Pairs,
    ) -> Result<Result<Self, Response>, Sorry> {
        let (row, shell) = at(app, branch, pairs).await?;
        let shown = Cookies::of(headers, branch).read(headers, Kind::SignIn);
        let proving = shown.and_then(|shown| Proving::open(app, branch, &shown));
        let Some(proving) = proving else {
            return Ok(Err(see_other(&urls::sign_in(branch).with("again", 1).along(&shell.along))));
        };
        let country: Country = row.branch.details().or_sorry()?.country;
        let phone = proving.phone.written(country);
        Ok(Ok(Self { proving, page: CodePage { shell, phone, wait: None, problems: Problems::default() } }))
    }

    fn refused(mut self, status: StatusCode, sentence: String, field: &str) -> Response {
        self.page.problems.add(sentence, field);
        Page(status, self.page).into_response()
    }
}

pub(super) async fn ask_code(
    State(app): State<App>,
    Ids(branch): Ids<BranchId>,
    headers: HeaderMap,
    Asked(pairs): Asked,
) -> Answer {
    Ok(match Begun::find(&app, branch, &headers, &pairs).await? {
        Ok(begun) => Page(StatusCode::OK, begun.page).into_response(),
        Err(elsewhere) => elsewhere,
    })
}

pub(super) async fn take_code(
    State(app): State<App>,
    turnstile: Turnstile,
    Ids(branch): Ids<BranchId>,
    headers: HeaderMap,
    Form(pairs): Form,
) -> Answer {
    let begun = match Begun::find(&app, branch, &headers, &pairs).await? {
        Ok(begun) => begun,
        Err(elsewhere) => return Ok(elsewhere),
    };
    if pairs.is_on("again") {
        return send_again(&app, &turnstile, begun).await;
    }
    let (shell, language) = (begun.page.shell.clone(), begun.page.shell.language);
    let Some(code) = pairs.read::<Code>("code") else {
        let sentence = language.say("account-type-six");
        return Ok(begun.refused(StatusCode::UNPROCESSABLE_ENTITY, sentence, "code"));
    };
    turnstile.attempt()?;
    let (phone, now) = (&begun.proving.phone, app.clock.now());
    let checked = app.codes.check(branch, phone, Purpose::SignIn, &code, now).await.or_sorry()?;
    let client = app.vault.find(branch, phone).await.or_sorry()?;
    let refused = match (checked, client) {
        (Ok(()), Some(client)) => {
            let id = app.sessions.open(branch, client.id, now).await.or_sorry()?;
            if app.vault.find(branch, phone).await.or_sorry()?.is_none_or(|known| known.id != client.id) {
                // Erased just now, and nobody is signed in as who they were.
                app.sessions.close(branch, &id).await.or_sorry()?;
                return Ok(begun.refused(
                    StatusCode::UNPROCESSABLE_ENTITY,
                    language.say("account-ended-code"),
                    "code",
                ));
            }
            let cookies = Cookies::of(&headers, branch);
            let kept = cookies.keep(Kind::Session, id.to_string(), sessions::LIFETIME.num_seconds());
            let answer = with_cookie(see_other(&urls::account(branch).along(&shell.along)), kept);
            return Ok(with_cookie(answer, cookies.forget(Kind::SignIn)));
        }
        // The person was erased while they signed in.
        (Ok(()), None) => Refused::Ended,
        (Err(refused), _) => refused,
    };
    let sentence = match refused {
        Refused::Wrong { left } => language.account_wrong_code(left),
        Refused::Ended => language.say("account-ended-code"),
        Refused::Closed => language.say("account-closed-code"),
    };
    Ok(begun.refused(StatusCode::UNPROCESSABLE_ENTITY, sentence, "code"))
}

async fn send_again(app: &App, turnstile: &Turnstile, mut begun: Begun) -> Answer {
    let language = begun.page.shell.language;
    Ok(match issue(app, turnstile, &begun.page.shell, &begun.proving.phone).await? {
        Ok(()) => see_other(&urls::code(begun.page.shell.branch).along(&begun.page.shell.along)),
        Err(NotIssued::TooEarly { seconds }) => {
            begun.page.wait = Some(seconds);
            let sentence = language.account_wait(seconds);
            retry_after(begun.refused(StatusCode::TOO_MANY_REQUESTS, sentence, "again"), seconds)
        }
        Err(NotIssued::EnoughForToday { seconds }) => {
            let sentence = language.say("account-enough-codes");
            retry_after(begun.refused(StatusCode::TOO_MANY_REQUESTS, sentence, "again"), seconds)
        }
    })
}

pub(super) async fn sign_out(
    State(app): State<App>,
    Ids(branch): Ids<BranchId>,
    headers: HeaderMap,
    Form(pairs): Form,
) -> Answer {
    let (_, shell) = at(&app, branch, &pairs).await?;
    let cookies = Cookies::of(&headers, branch);
    let shown = cookies.read(&headers, Kind::Session);
    if let Some(id) = shown.and_then(|shown| shown.parse().ok()) {
        app.sessions.close(branch, &id).await.or_sorry()?;
    }
    let address = urls::sign_in(branch).with("out", 1).along(&shell.along);
    Ok(with_cookie(see_other(&address), cookies.forget(Kind::Session)))
}
