//! Requests, parsed: what is wrong is named by a JSON pointer, and nothing unparsed goes further.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::access::Visitor;
use super::problem::{FieldError, Problem};
use crate::app::App;
use crate::app::booking::Caller;
use crate::capability::{Kind, Token};
use crate::command::Actor;

/// The largest request body, in bytes: commands are small.
pub const LARGEST_BODY: usize = 64 << 10;

/// How long a body may take to arrive, a form with a file included.
const ARRIVES_IN: Duration = Duration::from_secs(15);

/// What arrives, if it does so in time: whoever sends byte after byte keeps a connection and no more.
///
/// # Errors
///
/// 408 if it does not.
pub async fn in_time<T>(arriving: impl Future<Output = T>) -> Result<T, Problem> {
    tokio::time::timeout(ARRIVES_IN, arriving).await.map_err(|_| {
        let detail = format!("a request has to arrive in {} seconds", ARRIVES_IN.as_secs());
        Problem::new(StatusCode::REQUEST_TIMEOUT, "too-slow", detail)
    })
}

/// A JSON body.
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let json =
            request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).is_some_and(
                |kind| {
                    kind.split(';')
                        .next()
                        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
                },
            );
        if !json {
            let detail = "send the request as application/json";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not-json", detail));
        }
        let body = body(request, state).await?;
        // serde would also read the fields from an array, in their order.
        if body.trim_ascii_start().first() == Some(&b'[') {
            return Err(Problem::malformed("malformed", "", "a request is a JSON object"));
        }
        let mut json = serde_json::Deserializer::from_slice(&body);
        let parsed = serde_path_to_error::deserialize(&mut json).map_err(|error| {
            let pointer = pointer(error.path());
            Problem::malformed("malformed", pointer, error.inner().to_string())
        })?;
        json.end().map_err(|error| Problem::malformed("malformed", "", error.to_string()))?;
        Ok(Self(parsed))
    }
}

/// The bytes of a body that is not too large.
///
/// # Errors
///
/// 413 if it is, 408 if it does not arrive in time, 400 if it breaks off.
pub async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    in_time(Bytes::from_request(request, state)).await?.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            let detail = format!("a request has up to {LARGEST_BODY} bytes");
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail)
        } else {
            Problem::malformed("malformed", "", "the request broke off")
        }
    })
}

/// A path within a document as a JSON Pointer (RFC 6901).
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let mut pointer = String::new();
    for segment in path {
        let text = match segment {
            Segment::Seq { index } => index.to_string(),
            Segment::Map { key } => key.replace('~', "~0").replace('/', "~1"),
            Segment::Enum { variant } => variant.clone(),
            Segment::Unknown => continue,
        };
        pointer.push('/');
        pointer.push_str(&text);
    }
    pointer
}

/// A query; a wrong or unknown parameter is named.
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::parse(parts.uri.query().unwrap_or_default())
    }
}

impl<T: DeserializeOwned> Query<T> {
    /// # Errors
    ///
    /// 400 if a parameter is not what its name promises, or nobody knows it.
    pub fn parse(query: &str) -> Result<Self, Problem> {
        let pairs = form_urlencoded::parse(query.as_bytes());
        let deserializer =
            serde::de::value::MapDeserializer::new(pairs.map(|(name, value)| (name, Loose(value))));
        serde_path_to_error::deserialize(deserializer).map(Self).map_err(
            |error: serde_path_to_error::Error<_>| {
                let error_text: &serde::de::value::Error = error.inner();
                Problem::malformed("malformed-query", pointer(error.path()), error_text.to_string())
            },
        )
    }
}

/// A query value, which becomes whatever is asked for.
struct Loose<'a>(std::borrow::Cow<'a, str>);

impl<'de> serde::de::IntoDeserializer<'de> for Loose<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! loosely {
    ($($method:ident $visit:ident)+) => {$(
        fn $method<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
            match self.0.parse() {
                Ok(value) => visitor.$visit(value),
                Err(_) => visitor.visit_str(&self.0),
            }
        }
    )+};
}

impl<'de> serde::Deserializer<'de> for Loose<'de> {
    type Error = serde::de::value::Error;

    loosely!(deserialize_u8 visit_u8 deserialize_u16 visit_u16 deserialize_u32 visit_u32 deserialize_bool visit_bool);

    fn deserialize_any<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_str(&self.0)
    }

    fn deserialize_option<V: serde::de::Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: serde::de::Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: serde::de::Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        visitor.visit_enum(serde::de::IntoDeserializer::into_deserializer(self.0))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i64 i128 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple
        tuple_struct map struct identifier ignored_any
    }
}

/// Ids of a path; one that is no id opens nothing.
pub struct Ids<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned + Send> FromRequestParts<S> for Ids<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(ids)) => Ok(Self(ids)),
            Err(_) => Err(Problem::not_found("thing at this address")),
        }
    }
}

/// Everything that is wrong with a request, collected.
#[derive(Debug, Default)]
pub struct Wrong(Vec<FieldError>);

impl Wrong {
    /// The value, or a note of what is wrong with the field.
    pub fn take<T, E: std::fmt::Display>(
        &mut self,
        pointer: &str,
        code: &str,
        parsed: Result<T, E>,
    ) -> Option<T> {
        match parsed {
            Ok(value) => Some(value),
            Err(error) => {
                self.note(pointer, code, error.to_string());
                None
            }
        }
    }

    /// A number within the range of its type.
    pub fn number<T: TryFrom<u32>>(&mut self, pointer: &str, number: u32) -> Option<T>
    where
        T::Error: std::fmt::Display,
    {
        self.take(pointer, "out-of-range", T::try_from(number))
    }

    pub fn note(&mut self, pointer: &str, code: &str, detail: impl Into<String>) {
        self.0.push(FieldError { pointer: pointer.to_owned(), code: code.to_owned(), detail: detail.into() });
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// # Errors
    ///
    /// The problem, if anything is wrong.
    pub fn check(self) -> Result<(), Problem> {
        if self.is_empty() { Ok(()) } else { Err(self.problem()) }
    }

    /// The problem that names everything that is wrong.
    #[must_use]
    pub fn problem(self) -> Problem {
        let detail = match self.0.as_slice() {
            [only] => only.detail.clone(),
            several => format!("{} fields are wrong", several.len()),
        };
        Problem { errors: self.0, ..Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-fields", detail) }
    }
}

/// The id of a request, as its first layer gave it.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

impl<S: Send + Sync> FromRequestParts<S> for RequestId {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, std::convert::Infallible> {
        let given = parts.headers.get("x-request-id").and_then(|id| id.to_str().ok());
        Ok(Self(given.map_or_else(|| Uuid::now_v7().to_string(), ToOwned::to_owned)))
    }
}

/// A client.
pub struct ByClient(pub Caller);

/// Staff, as they were let in.
pub struct ByStaff(pub Caller);

impl<S: Send + Sync> FromRequestParts<S> for ByClient {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, std::convert::Infallible> {
        let RequestId(request) = RequestId::from_request_parts(parts, state).await?;
        Ok(Self(Caller { actor: Actor::Client, request }))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for ByStaff {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, std::convert::Infallible> {
        let RequestId(request) = RequestId::from_request_parts(parts, state).await?;
        Ok(Self(Caller { actor: staff(&parts.extensions), request }))
    }
}

/// Who of staff asks.
pub(super) fn staff(extensions: &axum::http::Extensions) -> Actor {
    extensions.get::<Visitor>().map_or(Actor::Staff, |visitor| visitor.actor)
}

/// The token of the `Authorization` header, if it is one.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<Token> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") { token.trim().parse().ok() } else { None }
}

/// Refuses with 404 unless the token opens exactly this thing: an id alone opens nothing.
///
/// # Errors
///
/// 404, or 503 if the store is away.
pub async fn check_token(
    app: &App,
    headers: &HeaderMap,
    branch: aggregates::ids::BranchId,
    kind: Kind,
    id: Uuid,
) -> Result<(), Problem> {
    let not_found = || Problem::not_found("thing that this token opens");
    let token = bearer(headers).ok_or_else(not_found)?;
    let opened = app.open_capability(&token).await?.ok_or_else(not_found)?;
    if (opened.branch, opened.kind, opened.id) == (branch, kind, id) { Ok(()) } else { Err(not_found()) }
}

/// The `Idempotency-Key` of a request.
///
/// # Errors
///
/// 400 if it is no key.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    const LONGEST: usize = 255;
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    // A tab between two words is allowed in a header (RFC 9110, section 5.5), but not in a key.
    let printable = |key: &str| key.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    match value.to_str() {
        Ok(key) if (1..=LONGEST).contains(&key.len()) && printable(key) => Ok(Some(key.to_owned())),
        _ => {
            let detail = "an Idempotency-Key has 1 to 255 printable ASCII characters";
            Err(Problem::new(StatusCode::BAD_REQUEST, "malformed-idempotency-key", detail))
        }
    }
}

/// The version that a change of staff is based on: `If-Match: "v3"`.
///
/// # Errors
///
/// 428 if it is missing, 412 if it is of no version.
pub fn if_match(headers: &HeaderMap) -> Result<u64, Problem> {
    let Some(value) = headers.get(header::IF_MATCH) else {
        let detail = "send If-Match with the ETag that you last saw";
        return Err(Problem::new(StatusCode::PRECONDITION_REQUIRED, "if-match-required", detail));
    };
    let version =
        value.to_str().ok().and_then(|tag| tag.trim().strip_prefix("\"v")?.strip_suffix('"')?.parse().ok());
    version.ok_or_else(|| {
        Problem::new(StatusCode::PRECONDITION_FAILED, "stale", "this ETag is of no version of this thing")
    })
}

/// The `ETag` of a version.
#[must_use]
pub fn etag(version: u64) -> String {
    format!("\"v{version}\"")
}
