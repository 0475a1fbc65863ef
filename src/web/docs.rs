//! `/api/docs`: the API as people read it, and try it. Nothing of it is loaded from elsewhere.

use axum::Router;
use axum::http::{HeaderValue, header};
use tower_http::set_header::SetResponseHeaderLayer;
use utoipa_swagger_ui::{Config, SwaggerUi};

/// Where the document stands that is shown.
const DOCUMENT: &str = "/api/v1/openapi.json";

/// Swagger UI draws its icons from `data:` addresses and sets styles on its elements.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(super) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    let config =
        Config::from(DOCUMENT).doc_expansion("list").default_models_expand_depth(0).validator_url("none");
    let routes: Router<S> = SwaggerUi::new("/api/docs").config(config).into();
    routes.layer(SetResponseHeaderLayer::overriding(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static(POLICY),
    ))
}
