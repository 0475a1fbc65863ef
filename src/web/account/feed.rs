//! The private address that a client's calendar app subscribes to.

use aggregates::ids::BranchId;
use axum::extract::{Extension, State};
use axum::response::IntoResponse;

use super::{SignedIn, at};
use crate::app::App;
use crate::feeds::Subject;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Form, OrSorry, see_other};
use crate::web::pages::urls;

/// *Make a new address*, and the first one.
pub(super) async fn renew(
    State(app): State<App>,
    Extension(signed_in): Extension<SignedIn>,
    Ids(branch): Ids<BranchId>,
    Form(pairs): Form,
) -> Answer {
    let (_, shell) = at(&app, branch, &pairs).await?;
    let subject = Subject::Client(signed_in.session.client);
    app.feeds.renew(branch, subject, app.clock.now()).await.or_sorry()?;
    Ok(see_other(&urls::account(branch).along(&shell.along)).into_response())
}
