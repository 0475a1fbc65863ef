//! W3: contact details, and the confirmation; the pencil leads back with everything kept.

use aggregates::Obstacle;
use aggregates::branch::MembershipBooking;
use aggregates::cart::{Candidates, CartRefusal, CartTerms, Changed, Mode, Pick, Seen, Value};
use aggregates::ids::{ActivityId, CartId};
use aggregates::values::Spots;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use projections::availability::AvailabilityRow;
use projections::carts::CartRow;
use uuid::Uuid;

use super::choosing::{event_page, names, picks};
use super::{calendar, price, shell};
use crate::app::App;
use crate::app::booking::Asked as Confirmation;
use crate::capability::{Kind, Token};
use crate::command::{Actor, Answer as Answered, Command, Failure, ItemOutcome, Refusal};
use crate::web::api::carts::parse_contact;
use crate::web::html::{Answer, Asked, Form, OrSorry, Page, Sorry, Visit, see_other};
use crate::web::pages::contact::{ContactPage, Fix, Line, Refused, Typed};
use crate::web::pages::event_page::Origin;
use crate::web::pages::event_query::EventPageQuery;
use crate::web::pages::form::Pairs;
use crate::web::pages::problem::Problems;
use crate::web::pages::{urls, words};
use crate::web::shop::Shop;

/// A cart that a token opened.
struct Open {
    token: Token,
    shop: Shop,
    row: CartRow,
}

async fn open(app: &App, visit: &Visit, capability: &str) -> Result<Open, Sorry> {
    let token: Token = capability.parse().ok().or_sorry(visit)?;
    let opened = token.open(app.ledger.as_ref()).await.or_sorry(visit)?.or_sorry(visit)?;
    if opened.kind != Kind::Cart {
        return Err(visit.not_found());
    }
    let row = app.cart(opened.branch, CartId(opened.id)).await.or_sorry(visit)?.or_sorry(visit)?;
    let shop = Shop::find(app, opened.branch, row.link_id).await.or_sorry(visit)?;
    Ok(Open { token, shop, row })
}

impl Open {
    async fn events(&self, app: &App, visit: &Visit) -> Result<Vec<AvailabilityRow>, Sorry> {
        let ids = self.row.selected.iter().map(|it| it.activity_id);
        app.activities(self.shop.branch_id, ids).await.or_sorry(visit)
    }

    fn spots(&self, activity: ActivityId) -> Spots {
        let selected = self.row.selected.iter().find(|it| it.activity_id == activity);
        selected.map_or(Spots::ONE, |it| it.spots)
    }

    /// The page of a cart that is confirmed: its result.
    async fn result(&self, app: &App, visit: &Visit) -> Answer {
        let tokens =
            app.tokens_of(self.shop.branch_id, self.row.cart_id).await.or_sorry(visit)?.or_sorry(visit)?;
        Ok(see_other(&urls::mine(&tokens.result.to_string())))
    }
}

/// The contact step.
pub(super) async fn look(
    State(app): State<App>,
    visit: Visit,
    Path(capability): Path<String>,
    Asked(pairs): Asked,
) -> Answer {
    let cart = open(&app, &visit, &capability).await?;
    if cart.row.confirmed.is_some() {
        return cart.result(&app, &visit).await;
    }
    let page = page(&app, &visit, &cart, &pairs).await?;
    Ok(Page(StatusCode::OK, page).into_response())
}

async fn page(app: &App, visit: &Visit, cart: &Open, pairs: &Pairs) -> Result<ContactPage, Sorry> {
    let Open { shop, row, token } = cart;
    let now = app.clock.now();
    let calendar = calendar(&shop.branch, &app.clock);
    let events = cart.events(app, visit).await?;
    let rules = shop.branch.rules();
    let lines = events
        .iter()
        .map(|event| {
            let spots = cart.spots(event.activity_id);
            let starts_at = event.vacancy.plan.starts_at;
            Line {
                activity: event.activity_id,
                starts: calendar.at(starts_at),
                spots: spots.get(),
                cancel_until: rules
                    .cancellation
                    .deadline(starts_at)
                    .filter(|until| now <= *until)
                    .map(|until| calendar.at(until)),
                trouble: shop.obstacle(event, spots, now).map(|obstacle| trouble(&obstacle)),
            }
        })
        .collect();
    let first = events.first().map(|event| event.vacancy.plan);
    let (service, team_member) = first.map_or_else(Default::default, |plan| names(shop, &plan));
    let settings = &shop.link.settings;
    let seen = seen(shop, row, &events, now);
    Ok(ContactPage {
        shell: shell(shop.branch_id, &shop.branch, shop.link_id, pairs),
        calendar,
        capability: token.to_string(),
        price: first.map_or(price(&shop.branch, aggregates::ids::ServiceId(Uuid::nil())), |plan| {
            price(&shop.branch, plan.service_id)
        }),
        membership: first
            .and_then(|plan| shop.branch.service(plan.service_id))
            .map_or(MembershipBooking::Off, |service| service.membership_booking),
        service,
        team_member,
        max_spots: rules.multiple_spots.max_spots().get(),
        lines,
        typed: Typed::parse(pairs),
        email: settings.email,
        comment: settings.comment,
        consent: settings.consent.clone().map(|text| (shop.link.consent_version, text)),
        key: pairs.last("key").map_or_else(|| Uuid::new_v4().to_string(), str::to_owned),
        seen: serde_json::to_string(&seen).unwrap_or_default(),
        cancels_online: rules.cancellation.allowed,
        refused: None,
        problems: Problems::default(),
    })
}

/// What this page shows, for the answer to say what changed since.
fn seen(shop: &Shop, row: &CartRow, events: &[AvailabilityRow], now: chrono::DateTime<chrono::Utc>) -> Seen {
    let candidates: Candidates = events
        .iter()
        .map(|event| {
            let candidate = aggregates::cart::Candidate::new(event.vacancy, &shop.branch, &shop.link, now);
            (event.activity_id, candidate)
        })
        .collect();
    let terms = CartTerms::new(shop.branch.rules(), &shop.link, now);
    Seen::of(&terms, row.selected.iter().map(|it| &it.activity_id), &candidates)
}

fn trouble(obstacle: &Obstacle) -> String {
    match obstacle {
        Obstacle::NotEnoughSpots { left: 0, .. } => "Sold out.".to_owned(),
        Obstacle::NotEnoughSpots { left, .. } => format!("{}.", words::spots_left(*left)),
        Obstacle::ActivityCancelled => "Cancelled by the studio.".to_owned(),
        Obstacle::AlreadyBooked => "You already have this date.".to_owned(),
        Obstacle::NoMembership => "No membership applies.".to_owned(),
        Obstacle::ActivityMoved { .. } => "Moved by the studio.".to_owned(),
        Obstacle::TooManySpots { max } => format!("Up to {}.", words::spots_count(usize::from(max.get()))),
        Obstacle::BookingClosed
        | Obstacle::AlreadyStarted
        | Obstacle::TooSoon
        | Obstacle::TooFarAhead
        | Obstacle::NotOffered => "Booking has closed.".to_owned(),
    }
}

/// *Confirm booking*, and the buttons of an answer that changes the selection first.
pub(super) async fn confirm(
    State(app): State<App>,
    visit: Visit,
    Path(capability): Path<String>,
    Form(pairs): Form,
) -> Answer {
    let mut cart = open(&app, &visit, &capability).await?;
    if cart.row.confirmed.is_none() && fix(&app, &visit, &cart, &pairs).await? {
        cart = open(&app, &visit, &capability).await?;
        if pairs.last("fix") != Some("drop") {
            let page = page(&app, &visit, &cart, &pairs).await?;
            return Ok(Page(StatusCode::OK, page).into_response());
        }
    }
    let typed = Typed::parse(&pairs);
    let shop = &cart.shop;
    let country = shop.branch.details().or_sorry(&visit)?.country;
    let (email, comment) = (Some(typed.email.as_str()), Some(typed.comment.clone()));
    let contact = match parse_contact(typed.name.clone(), &typed.phone, email, comment, country) {
        Ok(contact) => contact,
        Err(wrong) => {
            let mut page = page(&app, &visit, &cart, &pairs).await?;
            for error in wrong.problem().errors {
                let field = error.pointer.trim_start_matches('/');
                page.problems.add(sentence(field, &error.code), field);
            }
            return Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let asked = Confirmation {
        contact,
        mode: Mode::AllOrNothing,
        with_membership: typed.membership,
        consent: typed.consent,
        seen: pairs.last("seen").and_then(|seen| serde_json::from_str(seen).ok()),
    };
    let key = pairs.last("key").filter(|key| (1..=64).contains(&key.len())).map(str::to_owned);
    let key = key.unwrap_or_else(|| Uuid::new_v4().to_string());
    let caller = visit.caller(Actor::Client);
    let failure = match app.confirm(&caller, shop.branch_id, cart.row.cart_id, key, asked).await {
        Ok(reply) => match reply.answer {
            Answered::Confirmed(confirmed) => {
                return Ok(see_other(&urls::mine(&confirmed.result.to_string())));
            }
            _ => return Err(visit.not_found()),
        },
        Err(failure) => failure,
    };
    let Failure::Refused(refusal) = failure else { return Err(visit.sorry(failure)) };
    if matches!(&*refusal, Refusal::Cart { refusal: CartRefusal::AlreadyConfirmed, .. }) {
        return cart.result(&app, &visit).await;
    }
    let mut page = page(&app, &visit, &cart, &pairs).await?;
    explain(&app, &visit, &cart, &mut page, *refusal).await?;
    Ok(Page(StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn sentence(field: &str, code: &str) -> &'static str {
    match (field, code) {
        ("name", _) => "Please enter a name.",
        ("phone", _) => "Please enter a phone number, like 030 23125 014 or +49 30 23125 014.",
        ("email", "email-missing") => "Please enter an e-mail address; the studio asks for one.",
        ("email", _) => "This e-mail address looks incomplete.",
        ("comment", "too-long") => "Please shorten the comment to 2000 characters.",
        ("comment", _) => "Please add a comment; the studio asks for one.",
        _ => "Please check this.",
    }
}

/// Carries out the button that was pressed, if it changes the selection.
async fn fix(app: &App, visit: &Visit, cart: &Open, pairs: &Pairs) -> Result<bool, Sorry> {
    let mut picks: Vec<Pick> =
        cart.row.selected.iter().map(|it| Pick { activity: it.activity_id, spots: Some(it.spots) }).collect();
    let before = picks.clone();
    if pairs.last("fix") == Some("drop") {
        let failed: Vec<ActivityId> = pairs.all("failed").filter_map(|id| id.parse().ok()).collect();
        picks.retain(|pick| !failed.contains(&pick.activity));
    }
    if let Some((from, to)) = pairs.last("swap").and_then(|swap| swap.split_once(':'))
        && let (Ok(from), Ok(to)) = (from.parse::<ActivityId>(), to.parse())
    {
        picks.iter_mut().filter(|pick| pick.activity == from).for_each(|pick| pick.activity = to);
    }
    if let Some((activity, spots)) = pairs.last("fewer").and_then(|fewer| fewer.split_once(':'))
        && let (Ok(activity), Ok(spots)) = (activity.parse::<ActivityId>(), spots.parse::<u32>())
    {
        let spots = Spots::try_from(spots).ok();
        picks.iter_mut().filter(|pick| pick.activity == activity).for_each(|pick| pick.spots = spots);
    }
    if picks == before {
        return Ok(false);
    }
    let command = Command::SelectEvents { cart: cart.row.cart_id, picks };
    let caller = visit.caller(Actor::Client);
    match app.ask(app.envelope(&caller, cart.shop.branch_id, command)).await {
        // What cannot be selected either shows on the page that follows.
        Ok(_) | Err(Failure::Refused(_)) => Ok(true),
        Err(failure) => Err(visit.sorry(failure)),
    }
}

/// Says what stands in the way, and offers what would help.
async fn explain(
    app: &App,
    visit: &Visit,
    cart: &Open,
    page: &mut ContactPage,
    refusal: Refusal,
) -> Result<(), Sorry> {
    let mut refused = Refused::default();
    match refusal {
        Refusal::Cart { refusal, changed } => {
            refused.sentences.extend(changes(page, &changed));
            explain_cart(page, &mut refused, &refusal);
        }
        Refusal::NotBooked { items, changed } => {
            refused.sentences.extend(changes(page, &changed));
            explain_items(app, visit, cart, page, &mut refused, &items).await?;
        }
        other => refused.sentences.push(format!("Nothing is booked yet: {other}.")),
    }
    if !refused.sentences.is_empty() {
        page.refused = Some(refused);
    }
    Ok(())
}

fn changes(page: &ContactPage, changed: &[Changed]) -> Vec<String> {
    let mut sentences: Vec<String> = changed
        .iter()
        .filter_map(|change| match (change.was, change.is) {
            (Value::Start { starts_at: was, .. }, Value::Start { starts_at: is, .. }) => {
                Some(format!("{} is now {}.", page.calendar.at(was), page.calendar.at(is)))
            }
            (Value::MaxEvents(_), Value::MaxEvents(Some(max)))
                if usize::from(max.get()) < page.lines.len() =>
            {
                Some(format!(
                    "One booking now takes up to {} dates; you have {}.",
                    max.get(),
                    page.lines.len()
                ))
            }
            (Value::Prepayment(_), Value::Prepayment(true)) if 1 < page.lines.len() => {
                Some("The studio now takes payment online, so dates are booked one at a time.".to_owned())
            }
            (Value::ConsentVersion(_), Value::ConsentVersion(Some(_))) => {
                Some("The privacy notice changed; please read it and agree again.".to_owned())
            }
            _ => None,
        })
        .collect();
    if !sentences.is_empty() {
        sentences.insert(0, "Nothing is booked yet: something changed while you were here.".to_owned());
    }
    sentences
}

fn explain_cart(page: &mut ContactPage, refused: &mut Refused, refusal: &CartRefusal) {
    match refusal {
        CartRefusal::EmailMissing => page.problems.add(sentence("email", "email-missing"), "email"),
        CartRefusal::CommentMissing => page.problems.add(sentence("comment", "comment-missing"), "comment"),
        CartRefusal::ConsentMissing | CartRefusal::ConsentChanged => {
            page.problems.add("Please agree to the privacy notice to book.", "consent");
        }
        CartRefusal::NothingSelected => refused.sentences.push("No date is selected.".to_owned()),
        CartRefusal::Expired => refused.sentences.push(
            "This selection has ended. Nothing was booked. Selections stay open for 24 hours.".to_owned(),
        ),
        other if refused.sentences.is_empty() => {
            refused.sentences.push(format!("Nothing is booked yet: {other}."));
        }
        _ => {}
    }
}

async fn explain_items(
    app: &App,
    visit: &Visit,
    cart: &Open,
    page: &mut ContactPage,
    refused: &mut Refused,
    items: &[ItemOutcome],
) -> Result<(), Sorry> {
    let date = |id: ActivityId| page.lines.iter().find(|line| line.activity == id).map(|line| line.starts);
    let in_the_way: Vec<_> = items.iter().filter_map(|it| Some((it, it.obstacle.as_ref()?))).collect();
    let full: Vec<_> = in_the_way
        .iter()
        .filter(|(_, obstacle)| matches!(obstacle, Obstacle::NotEnoughSpots { .. }))
        .filter_map(|(item, _)| date(item.activity))
        .collect();
    if !full.is_empty() {
        refused.sentences.push(words::race_lost(&full));
    }
    for (item, obstacle) in &in_the_way {
        let Some(date) = date(item.activity) else { continue };
        match obstacle {
            Obstacle::NotEnoughSpots { left, .. } if 0 < *left => refused.fixes.push(Fix {
                name: "fewer",
                value: format!("{}:{left}", item.activity),
                label: format!("Take {} on {date}", words::spots_count(usize::from(*left))),
            }),
            Obstacle::NotEnoughSpots { .. } | Obstacle::ActivityMoved { .. } => {}
            Obstacle::NoMembership => {
                let sentence = format!(
                    "Nothing is booked yet: we found no membership for {} under this number. {}",
                    page.service,
                    page.shell.studio.please_call()
                );
                if !refused.sentences.contains(&sentence) {
                    refused.sentences.push(sentence);
                }
            }
            Obstacle::AlreadyBooked => {
                refused.sentences.push(format!("Nothing is booked yet: you already have {date}."));
            }
            other => refused.sentences.push(format!("Nothing is booked yet: {date}: {}", trouble(other))),
        }
    }
    for line in &mut page.lines {
        if let Some((_, obstacle)) = in_the_way.iter().find(|(item, _)| item.activity == line.activity) {
            line.trouble = Some(trouble(obstacle));
        }
    }
    let lasting =
        |(_, obstacle): &&(&ItemOutcome, &Obstacle)| !matches!(obstacle, Obstacle::ActivityMoved { .. });
    refused.failed = in_the_way.iter().filter(lasting).map(|(item, _)| item.activity).collect();
    let others = items.len() - refused.failed.len();
    if !refused.failed.is_empty() && 0 < others {
        refused
            .fixes
            .insert(0, Fix { name: "fix", value: "drop".to_owned(), label: words::book_the_others(others) });
    }
    refused.fixes.extend(swaps(app, visit, cart, page, &refused.failed).await?);
    Ok(())
}

/// Up to two other dates in the place of the first that could not be booked.
async fn swaps(
    app: &App,
    visit: &Visit,
    cart: &Open,
    page: &ContactPage,
    failed: &[ActivityId],
) -> Result<Vec<Fix>, Sorry> {
    const MOST: usize = 2;
    let events = cart.events(app, visit).await?;
    let Some(full) = events.iter().find(|event| failed.contains(&event.activity_id)) else {
        return Ok(vec![]);
    };
    let now = app.clock.now();
    let similar = app.similar(cart.shop.branch_id, full, now).await.or_sorry(visit)?;
    let spots = cart.spots(full.activity_id);
    Ok(similar
        .iter()
        .filter(|row| !cart.row.selected.iter().any(|it| it.activity_id == row.activity_id))
        .filter(|row| cart.shop.obstacle(row, spots, now).is_none())
        .take(MOST)
        .map(|row| Fix {
            name: "swap",
            value: format!("{}:{}", full.activity_id, row.activity_id),
            label: format!("Take {} instead", page.calendar.at(row.vacancy.plan.starts_at)),
        })
        .collect())
}

/// The pencil: the selection again, with what was typed in hidden fields; its *Continue* leads back to the contact step.
pub(super) async fn change_selection(
    State(app): State<App>,
    visit: Visit,
    Path(capability): Path<String>,
    Form(pairs): Form,
) -> Answer {
    let cart = open(&app, &visit, &capability).await?;
    if cart.row.confirmed.is_some() {
        return cart.result(&app, &visit).await;
    }
    let from_contact = pairs.last("like").is_none();
    let query = if from_contact {
        let events = cart.events(&app, &visit).await?;
        let selection: Vec<_> =
            events.iter().map(|event| (event.activity_id, cart.spots(event.activity_id).get())).collect();
        EventPageQuery::of_selection(&selection)
    } else {
        EventPageQuery::parse(&pairs)
    };
    if query.opened.is_none() {
        return Ok(see_other(&urls::event_list(cart.shop.branch_id, cart.shop.link_id)));
    }
    let typed = Typed::parse(&pairs);
    let goes_on = pairs.is_on("continue");
    if goes_on && !query.ticked.is_empty() {
        let command = Command::SelectEvents { cart: cart.row.cart_id, picks: picks(&query) };
        let caller = visit.caller(Actor::Client);
        match app.ask(app.envelope(&caller, cart.shop.branch_id, command)).await {
            Ok(_) => {
                let cart = open(&app, &visit, &capability).await?;
                let page = page(&app, &visit, &cart, &pairs).await?;
                return Ok(Page(StatusCode::OK, page).into_response());
            }
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(visit.sorry(failure)),
        }
    }
    let origin = Origin::Cart { capability, typed };
    event_page(&app, &visit, &cart.shop, query, origin, &pairs, goes_on).await
}
