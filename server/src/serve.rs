//! Sockets: start, answer, stop without losing what was acknowledged.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use hyper::{
    Request,
    body::Incoming,
    service::{Service as _, service_fn},
};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    service::TowerToHyperService,
};
use linli_wire::LogEpoch;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
};

use crate::{
    address::{Addresses, Peer},
    blobs::Blobs,
    http::{App, Gates, routes},
    numbers::{Counted, Numbers},
    operator::Operator,
    session::Sessions,
    settings::Settings,
    shared::Shared,
    storage::{
        self,
        blobs::{self, Held},
    },
    tls::{Tls, TlsError},
    writer::{self, Pause},
};

/// Bytes of a connection's buffers: a thousand waiting phones must fit a small box.
const BUFFER_BYTES: usize = 8 * 1024;

/// Most connections at a time.
const CONNECTIONS_MAX: usize = 20_000;

/// Longest time for a request's head, also after the last answer. Phones close an idle connection
/// after half a minute; one that says nothing for a whole one holds a place for nothing.
const HEAD_MAX: Duration = Duration::from_secs(60);

/// Longest time that stopping waits for calls under way; phones ask again.
const STOP_MAX: Duration = Duration::from_secs(3);

/// Pause after a connection could not be accepted, most likely for want of file descriptors.
const ACCEPT_PAUSE: Duration = Duration::from_millis(20);

/// Why the relay could not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The folder cannot be made.
    #[error("cannot use the folder {path}: {why}")]
    Folder {
        /// The folder.
        path: String,
        /// The system's words.
        why: std::io::Error,
    },
    /// The database cannot be opened.
    #[error("cannot open the database {path}: {why}")]
    Database {
        /// The file.
        path: String,
        /// SQLite's words.
        why: rusqlite::Error,
    },
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {why}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// The system's words.
        why: std::io::Error,
    },
    /// The operator's tokens cannot be read.
    #[error("cannot use the operator's tokens: {0}")]
    Tokens(std::io::Error),
    /// The certificate or its key cannot be used.
    #[error("cannot speak TLS: {0}")]
    Tls(#[from] TlsError),
    /// The system gives no random bytes.
    #[error("the system gives no random bytes: {0}")]
    Chance(getrandom::Error),
}

/// A relay that runs.
#[derive(Debug)]
pub struct Relay {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    failed: watch::Receiver<bool>,
    tls: Option<Arc<Tls>>,
    accepting: tokio::task::JoinHandle<()>,
    writer: std::thread::JoinHandle<()>,
}

impl Relay {
    /// Opens the database, begins to listen and to answer.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start(settings: Settings) -> Result<Self, StartError> {
        Self::start_with(settings, None).await
    }

    /// Starts a relay that calls back before every commit: for tests that kill it there.
    ///
    /// # Errors
    /// [`StartError`].
    pub async fn start_with(settings: Settings, pause: Option<Pause>) -> Result<Self, StartError> {
        std::fs::create_dir_all(&settings.data)
            .map_err(|why| StartError::Folder { path: settings.data.display().to_string(), why })?;
        let database = settings.data.join("relay.db");
        let blobs = Blobs::open(&settings.data).map_err(|why| StartError::Folder {
            path: settings.data.join("blobs").display().to_string(),
            why,
        })?;
        let tls = settings.tls.clone().map(|(certificate, key)| Tls::open(certificate, key));
        let tls = tls.transpose()?.map(Arc::new);
        let connection = open(&database, &blobs, &settings)?;
        let listener = TcpListener::bind(settings.listen)
            .await
            .map_err(|why| StartError::Listen { address: settings.listen, why })?;
        let address = listener
            .local_addr()
            .map_err(|why| StartError::Listen { address: settings.listen, why })?;
        let sessions = Sessions::new().map_err(StartError::Chance)?;
        let (stop, stopping) = watch::channel(false);
        let (fail, failed) = watch::channel(false);
        let (shared, numbers) = (Shared::default(), Arc::new(Numbers::default()));
        let desk = writer::Desk {
            shared: shared.clone(),
            numbers: Arc::clone(&numbers),
            quotas: settings.quotas,
            blobs: blobs.clone(),
        };
        let (jobs, thread) = writer::start(connection, desk, fail, pause)
            .map_err(|why| database_error(&database, why))?;
        let operator =
            Operator { general: settings.operator_token, file: settings.operator_tokens };
        operator.listed().map_err(StartError::Tokens)?;
        let app = App {
            shared,
            jobs,
            sessions,
            operator,
            quotas: settings.quotas,
            addresses: Addresses::behind(settings.proxy),
            database,
            blobs,
            numbers,
            stopping: stopping.clone(),
            gates: Gates::default(),
        };
        let accepting = tokio::spawn(accept(listener, Arc::new(app), tls.clone(), stopping));
        Ok(Self { address, stop, failed, tls, accepting, writer: thread })
    }

    /// Returns the address it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Tells whether it speaks TLS.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.tls.is_some()
    }

    /// Reads certificate and key again; connections that stand go on as they are.
    ///
    /// # Errors
    /// [`TlsError`]; then the old ones stay in use.
    pub fn reload(&self) -> Result<(), TlsError> {
        self.tls.as_ref().map_or(Ok(()), |tls| tls.reload())
    }

    /// Waits until the writer had to stop because the disk failed.
    pub async fn failed(&mut self) {
        // The channel also ends when the writer thread is gone.
        let _ = self.failed.wait_for(|failed| *failed).await;
    }

    /// Stops: no new calls, waiting ones are answered, what was taken is written.
    pub async fn stop(self) {
        self.stop.send_replace(true);
        let _ = self.accepting.await;
        // Every sender of jobs is gone now, so the writer ends after its last commit.
        let _ = tokio::task::spawn_blocking(move || self.writer.join()).await;
    }
}

fn database_error(path: &Path, why: rusqlite::Error) -> StartError {
    StartError::Database { path: path.display().to_string(), why }
}

fn open(
    path: &Path,
    files: &Blobs,
    settings: &Settings,
) -> Result<rusqlite::Connection, StartError> {
    let wrap = |why| database_error(path, why);
    let mut connection = storage::open(path).map_err(wrap)?;
    storage::prepare(&connection, settings.max_mib).map_err(wrap)?;
    tidy(&connection, files, settings).map_err(wrap)?;
    if settings.new_epoch {
        for community in storage::communities(&connection).map_err(wrap)? {
            let mut epoch = [0; 16];
            getrandom::fill(&mut epoch).map_err(StartError::Chance)?;
            storage::renew(&mut connection, &community, LogEpoch(epoch)).map_err(wrap)?;
        }
    }
    Ok(connection)
}

/// Forgets parts whose bytes never came and, after a restore, those that the backup lacks: phones
/// are then told to bring them again.
fn tidy(
    connection: &rusqlite::Connection,
    files: &Blobs,
    settings: &Settings,
) -> rusqlite::Result<()> {
    for (no, community, hash, _) in blobs::all(connection, Held::No)? {
        // A file that cannot be removed takes room and harms nobody.
        let _ = files.remove(&community, &hash);
        blobs::forget(connection, no, &hash)?;
    }
    if settings.new_epoch {
        for (no, community, hash, bytes) in blobs::all(connection, Held::Yes)? {
            if !files.stands(&community, &hash, bytes) {
                blobs::forget(connection, no, &hash)?;
            }
        }
    }
    Ok(())
}

async fn accept(
    listener: TcpListener,
    app: Arc<App>,
    tls: Option<Arc<Tls>>,
    mut stopping: watch::Receiver<bool>,
) {
    let numbers = Arc::clone(&app.numbers);
    let service = routes(app);
    let mut connections = JoinSet::new();
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            _ = stopping.wait_for(|stopping| *stopping) => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => continue,
        };
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(ACCEPT_PAUSE).await;
            continue;
        };
        if connections.len() < CONNECTIONS_MAX {
            let phone = (service.clone(), Peer(peer.ip()), Numbers::connect(&numbers));
            match tls.clone() {
                Some(tls) => connections.spawn(secure(stream, tls, phone, stopping.clone())),
                None => connections.spawn(begin(stream, phone, stopping.clone())),
            };
        }
    }
    let all_end = async { while connections.join_next().await.is_some() {} };
    // Who is still sending then is cut off: nothing of theirs was acknowledged.
    let _ = tokio::time::timeout(STOP_MAX, all_end).await;
}

/// What a connection is answered with, whose it is, and its place in the figures.
type Phone = (axum::Router, Peer, Counted);

async fn begin(stream: TcpStream, phone: Phone, stopping: watch::Receiver<bool>) {
    // Small answers must not wait for more to send.
    let _ = stream.set_nodelay(true);
    answer(stream, phone, stopping).await;
}

async fn secure(
    stream: TcpStream,
    tls: Arc<Tls>,
    phone: Phone,
    mut stopping: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let accepted = tokio::select! {
        accepted = tls.accept(stream) => accepted,
        _ = stopping.wait_for(|stopping| *stopping) => return,
    };
    // Who cannot shake hands, or takes too long, is hung up on.
    if let Ok(stream) = accepted {
        answer(stream, phone, stopping).await;
    }
}

async fn answer(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    (routes, peer, _counted): Phone,
    mut stopping: watch::Receiver<bool>,
) {
    let routes = TowerToHyperService::new(routes);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(peer);
        routes.call(request)
    });
    // Pinned where it is made: a name of its own would have its size kept twice for each phone.
    let mut connection = std::pin::pin!(
        hyper::server::conn::http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_MAX)
            .max_buf_size(BUFFER_BYTES)
            .serve_connection(TokioIo::new(stream), service)
    );
    tokio::select! {
        _ = connection.as_mut() => return,
        _ = stopping.wait_for(|stopping| *stopping) => connection.as_mut().graceful_shutdown(),
    }
    // A peer that went away is no fault of the relay.
    let _ = connection.await;
}
