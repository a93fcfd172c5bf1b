//! One function for each call; bodies and words are those of `linli_wire::call`.

mod begin;
mod blobs;
mod packs;
mod pages;
mod side;

use std::{path::PathBuf, sync::Arc, time::Duration};

use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse as _, Response},
    routing::{get, post, put},
};
use linli_wire::{
    CommunityId, DeviceId,
    call::{self, CONTENT_TYPE, ErrorAnswer, Protocols, code},
    limits,
};
use rusqlite::Connection;
use tokio::sync::{Semaphore, oneshot, watch};

use begin::{charter, found, open_session};
use blobs::{get_blob, head_blob, missing, put_blob};
use packs::append;
use pages::{live, pull};
use side::{
    answer, applications, apply, end_application, end_wrap, get_wrap, put_answer, put_wrap, wraps,
};

use crate::{
    address::{Addresses, Peer},
    blobs::Blobs,
    job::{Job, Refusal, busy},
    numbers::Numbers,
    operator::Operator,
    session::Sessions,
    settings::Quotas,
    shared::Shared,
    storage,
    writer::Jobs,
};

/// Most pages read from the disk at once: readers must not starve the writer.
const READERS: usize = 4;

/// Longest time for one call: the longest wait for news, and half a minute for its body.
const CALL_MAX: Duration = Duration::from_secs(limits::WAIT_S_MAX + 30);

/// Most parts of blobs written to the disk at once: the log's commits come first.
const BLOB_WRITERS: usize = 2;

/// What all calls share.
#[derive(Debug)]
pub(crate) struct App {
    pub(crate) shared: Shared,
    pub(crate) jobs: Jobs,
    pub(crate) sessions: Sessions,
    pub(crate) operator: Operator,
    pub(crate) quotas: Quotas,
    pub(crate) addresses: Addresses,
    pub(crate) database: PathBuf,
    pub(crate) blobs: Blobs,
    pub(crate) numbers: Arc<Numbers>,
    pub(crate) stopping: watch::Receiver<bool>,
    pub(crate) gates: Gates,
}

/// How many work at once, and the connections that wait for work.
#[derive(Debug)]
pub(crate) struct Gates {
    readers: Semaphore,
    blob_writers: Semaphore,
    idle: std::sync::Mutex<Vec<Connection>>,
}

impl Default for Gates {
    fn default() -> Self {
        Self {
            readers: Semaphore::new(READERS),
            blob_writers: Semaphore::new(BLOB_WRITERS),
            idle: std::sync::Mutex::default(),
        }
    }
}

type Answered = Result<Response, Refusal>;
type At = State<Arc<App>>;

impl App {
    /// Reads on a connection of its own, off the network threads.
    async fn read<T: Send + 'static>(
        self: &Arc<Self>,
        job: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Refusal> {
        let failed = || Refusal::new(500, code::FAILED, "the relay could not read");
        let _permit = self.gates.readers.acquire().await.map_err(|_| failed())?;
        let app = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            let idle = app.gates.idle.lock().ok().and_then(|mut idle| idle.pop());
            let connection = match idle {
                Some(connection) => connection,
                None => storage::open(&app.database)?,
            };
            let value = job(&connection);
            if let Ok(mut idle) = app.gates.idle.lock() {
                idle.push(connection);
            }
            value
        })
        .await
        .map_err(|_| failed())?
        .map_err(|_: rusqlite::Error| failed())
    }

    async fn write<T>(
        &self,
        job: impl FnOnce(oneshot::Sender<Result<T, Refusal>>) -> Job,
    ) -> Result<T, Refusal> {
        let (reply, answer) = oneshot::channel();
        self.jobs.send(job(reply))?;
        answer.await.map_err(|_| busy("the relay is stopping"))?
    }

    /// Finds whose session a call belongs to.
    fn device(&self, community: &CommunityId, headers: &HeaderMap) -> Result<DeviceId, Refusal> {
        let token = bearer(headers).unwrap_or_default();
        self.sessions
            .device_of(community, token)
            .ok_or_else(|| Refusal::new(401, code::NO_SESSION, "open a session first"))
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// Builds the routes.
pub(crate) fn routes(app: Arc<App>) -> Router {
    let numbers = Arc::clone(&app.numbers);
    let small = || DefaultBodyLimit::max(limits::SMALL_BODY_BYTES_MAX);
    Router::new()
        .route("/v1/session", post(open_session).layer(small()))
        .route("/v1/c/{community}", put(found).get(charter).layer(small()))
        .route(
            "/v1/c/{community}/log",
            post(append).layer(DefaultBodyLimit::max(limits::APPEND_BYTES_MAX)).get(pull),
        )
        .route("/v1/c/{community}/live", get(live))
        .route(
            "/v1/c/{community}/application",
            post(apply)
                .layer(DefaultBodyLimit::max(limits::APPLICATION_BYTES_MAX))
                .get(applications),
        )
        .route(
            "/v1/c/{community}/application/{invite}",
            get(answer)
                .put(put_answer)
                .delete(end_application)
                .layer(DefaultBodyLimit::max(limits::APPLICATION_BYTES_MAX)),
        )
        .route("/v1/c/{community}/wraps", get(wraps))
        .route(
            "/v1/c/{community}/wraps/{circle}/{key_epoch}/{device}",
            put(put_wrap)
                .get(get_wrap)
                .delete(end_wrap)
                .layer(DefaultBodyLimit::max(limits::WRAP_BYTES_MAX)),
        )
        .route("/v1/c/{community}/blob/missing", post(missing).layer(small()))
        .route(
            "/v1/c/{community}/blob/{hash}",
            put(put_blob)
                .layer(DefaultBodyLimit::max(limits::BLOB_BYTES_MAX))
                .get(get_blob)
                .head(head_blob),
        )
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .layer(middleware::from_fn(move |request, next| {
            in_time(Arc::clone(&numbers), request, next)
        }))
        .with_state(app)
}

/// Ends a call whose body does not come: a phone that sends a byte a minute holds nobody's place.
///
/// Also gives every refusal its word and counts it, those too that the router makes by itself.
async fn in_time(numbers: Arc<Numbers>, request: Request, next: Next) -> Response {
    let late = || Refusal::new(408, code::BAD_REQUEST, "the body did not come in time");
    let ours = request.uri().path().starts_with("/v1/");
    let answered = tokio::time::timeout(CALL_MAX, next.run(request)).await;
    let mut response = answered.unwrap_or_else(|_| late().into());
    let status = response.status();
    if !ours || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    if response.extensions().get::<Word>().is_none() {
        let (word, why) = match status {
            StatusCode::PAYLOAD_TOO_LARGE => (code::TOO_LARGE, "the body is larger than allowed"),
            StatusCode::NOT_FOUND => (code::NOT_FOUND, "no such call"),
            _ => (code::BAD_REQUEST, "the call cannot be read"),
        };
        response = Refusal::new(status.as_u16(), word, why).into();
    }
    if let Some(Word(word)) = response.extensions().get() {
        numbers.refuse(word);
    }
    response
}

/// The word of a refusal, for whoever counts it.
#[derive(Clone, Copy)]
struct Word(&'static str);

impl From<Refusal> for Response {
    fn from(refusal: Refusal) -> Self {
        refused(&refusal, None)
    }
}

impl axum::response::IntoResponse for Refusal {
    fn into_response(self) -> Response {
        self.into()
    }
}

fn refused(refusal: &Refusal, appended: Option<call::Appended>) -> Response {
    let answer = ErrorAnswer {
        code: refusal.code.to_owned(),
        detail: refusal.detail.clone(),
        expected: refusal.expected,
        appended,
        protocols: (refusal.code == code::VERSION).then_some(Protocols::OURS),
    };
    let status = StatusCode::from_u16(refusal.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = bytes(status, answer.encode().unwrap_or_default());
    response.extensions_mut().insert(Word(refusal.code));
    if let Some(after_s) = refusal.retry_after_s {
        response.headers_mut().insert(header::RETRY_AFTER, after_s.into());
    }
    response
}

fn bytes(status: StatusCode, body: Vec<u8>) -> Response {
    (status, [(header::CONTENT_TYPE, CONTENT_TYPE)], body).into_response()
}

fn bad_request(why: impl ToString) -> Refusal {
    Refusal::new(400, code::BAD_REQUEST, why.to_string())
}

fn not_found(what: &str) -> Refusal {
    Refusal::new(404, code::NOT_FOUND, format!("no such {what}"))
}

fn not_allowed(why: impl ToString) -> Refusal {
    Refusal::new(403, code::NOT_ALLOWED, why.to_string())
}

fn community_id(text: &str) -> Result<CommunityId, Refusal> {
    CommunityId::from_hex(text).ok_or_else(|| bad_request("the community's id is malformed"))
}

fn chance<const N: usize>() -> Result<[u8; N], Refusal> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|_| Refusal::new(500, code::FAILED, "the relay has no chance to draw from"))?;
    Ok(bytes)
}

async fn ready(State(app): At) -> StatusCode {
    if *app.stopping.borrow() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK }
}

/// Shows the figures to the operator; for all others there are none.
async fn metrics(
    State(app): At,
    Extension(Peer(peer)): Extension<Peer>,
    head: HeaderMap,
) -> Response {
    if app.addresses.is_operator(peer, &head) {
        app.numbers.text().into_response()
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}
