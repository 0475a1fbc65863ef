//! What a link looks like, on the page that dresses it: the widget's first page in a frame of its own.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::Response;

use crate::app::App;
use crate::web::extract::Ids;
use crate::web::html::{Answer, Asked, policy};
use crate::web::widget::choosing;

/// W1 with looks that are not saved yet: `accent`, `theme` and `lang`, as a site around the widget sets them.
pub(in crate::web::desk) async fn look(
    app: State<App>,
    link: Ids<(uuid::Uuid, uuid::Uuid)>,
    looks: Asked,
) -> Answer {
    let mut page = choosing::look(app, link, looks).await?;
    set_policy(&mut page, "frame-ancestors 'self'");
    page.headers_mut().insert(header::X_FRAME_OPTIONS, HeaderValue::from_static("SAMEORIGIN"));
    Ok(page)
}

/// A page that shows the preview.
pub(super) fn beside(mut page: Response) -> Response {
    set_policy(&mut page, "frame-src 'self'; frame-ancestors 'none'");
    page
}

fn set_policy(page: &mut Response, frames: &str) {
    if let Ok(policy) = HeaderValue::from_str(&policy(frames)) {
        page.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    }
}
