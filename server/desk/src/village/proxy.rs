//! The cable between one phone and the relay: it can be cut without the phone being told, it keeps
//! what passed for the canary scan, and it can be made to lie.

use std::{
    io::{self, Read, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use linli_wire::call::Page;

use super::lie::{LieState, Told};

/// Most bytes kept of what passed; a village day is far below.
const CAPTURE_MAX: usize = 64 * 1024 * 1024;

/// Most bytes of one message's head.
const HEAD_MAX: usize = 64 * 1024;

#[derive(Debug)]
struct State {
    cut: bool,
    upstream: SocketAddr,
    captured: Vec<u8>,
    lie: Option<LieState>,
}

/// One phone's cable.
#[derive(Clone, Debug)]
pub(crate) struct Proxy {
    address: SocketAddr,
    state: Arc<(Mutex<State>, Condvar)>,
}

impl Proxy {
    /// Begins to listen on this machine.
    pub(crate) fn start(upstream: SocketAddr, lie: Option<LieState>) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let state = State { cut: false, upstream, captured: Vec::new(), lie };
        let proxy = Self { address, state: Arc::new((Mutex::new(state), Condvar::new())) };
        let accepting = proxy.clone();
        std::thread::Builder::new().name("proxy".to_owned()).spawn(move || {
            for stream in listener.incoming() {
                let (Ok(stream), proxy) = (stream, accepting.clone()) else { continue };
                let serve = move || {
                    // Either side may go at any time: that ends this connection, nothing else.
                    let _ = proxy.serve(stream);
                };
                if std::thread::Builder::new().spawn(serve).is_err() {
                    return;
                }
            }
        })?;
        Ok(proxy)
    }

    /// Returns the address that the phone takes for the relay.
    pub(crate) fn relay(&self) -> String {
        format!("http://{}", self.address)
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Cuts the cable: nothing passes any more, and nobody is told.
    pub(crate) fn cut(&self) {
        self.lock().cut = true;
    }

    /// Tells whether the cable is cut.
    pub(crate) fn is_cut(&self) -> bool {
        self.lock().cut
    }

    /// Mends the cable.
    pub(crate) fn mend(&self) {
        self.lock().cut = false;
        self.state.1.notify_all();
    }

    /// Tells the lie, once it was told.
    pub(crate) fn told(&self) -> Option<Told> {
        self.lock().lie.as_ref().and_then(LieState::told)
    }

    /// Tells the lying cable whose packs to lie about.
    pub(crate) fn aim(&self, device: linli_wire::DeviceId) {
        if let Some(lie) = &mut self.lock().lie {
            lie.aim(device);
        }
    }

    /// Returns what passed, and its length.
    pub(crate) fn captured(&self) -> Vec<u8> {
        self.lock().captured.clone()
    }

    fn wait_for_cable(&self) {
        let mut state = self.lock();
        while state.cut {
            state = self.state.1.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn keep(&self, bytes: &[u8]) {
        let captured = &mut self.lock().captured;
        if captured.len() + bytes.len() <= CAPTURE_MAX {
            captured.extend_from_slice(bytes);
        }
    }

    fn serve(&self, mut phone: TcpStream) -> io::Result<()> {
        phone.set_nodelay(true)?;
        let mut relay: Option<TcpStream> = None;
        while let Some(request) = read_message(&mut phone)? {
            self.wait_for_cable();
            self.keep(&request.head);
            self.keep(&request.body);
            let upstream = self.lock().upstream;
            let stream = match relay.take() {
                Some(stream) => stream,
                None => TcpStream::connect(upstream)?,
            };
            let mut stream = stream;
            stream.set_nodelay(true)?;
            stream.write_all(&request.head)?;
            stream.write_all(&request.body)?;
            let Some(mut answer) = read_message(&mut stream)? else { return Ok(()) };
            self.wait_for_cable();
            self.falsify(&request, &mut answer);
            self.keep(&answer.head);
            self.keep(&answer.body);
            phone.write_all(&answer.head)?;
            phone.write_all(&answer.body)?;
            relay = Some(stream);
        }
        Ok(())
    }

    /// Lies about a stretch of the log, if this cable lies.
    fn falsify(&self, request: &Message, answer: &mut Message) {
        let Some(path) = request.path() else { return };
        let is_page = path.contains("/log?") || path.contains("/live?");
        if !request.head.starts_with(b"GET ") || !is_page || !answer.is_ok() {
            return;
        }
        let mut state = self.lock();
        let Some(lie) = &mut state.lie else { return };
        let Ok(page) = Page::decode(&answer.body) else { return };
        if let Ok(body) = lie.bend(&path, page).encode() {
            answer.replace(body);
        }
    }
}

/// One HTTP/1.1 message with a known length.
struct Message {
    head: Vec<u8>,
    body: Vec<u8>,
}

impl Message {
    fn path(&self) -> Option<String> {
        let head = String::from_utf8_lossy(&self.head);
        head.split(' ').nth(1).map(str::to_owned)
    }

    fn is_ok(&self) -> bool {
        self.head.starts_with(b"HTTP/1.1 200")
    }

    fn replace(&mut self, body: Vec<u8>) {
        let head = String::from_utf8_lossy(&self.head).into_owned();
        let lines = head.lines().filter(|line| {
            !line.to_ascii_lowercase().starts_with("content-length:") && !line.is_empty()
        });
        let mut new: String = lines.map(|line| format!("{line}\r\n")).collect();
        new.push_str(&format!("content-length: {}\r\n\r\n", body.len()));
        self.head = new.into_bytes();
        self.body = body;
    }
}

/// Reads one message; `None` when the other side is done.
fn read_message(stream: &mut impl Read) -> io::Result<Option<Message>> {
    let mut head = Vec::new();
    let mut byte = [0; 1];
    while !head.ends_with(b"\r\n\r\n") {
        if stream.read(&mut byte)? == 0 {
            return Ok(None);
        }
        head.extend_from_slice(&byte);
        if head.len() > HEAD_MAX {
            return Err(io::Error::other("the head is too long"));
        }
    }
    let text = String::from_utf8_lossy(&head).to_ascii_lowercase();
    let length = text
        .lines()
        .find_map(|line| line.strip_prefix("content-length:"))
        .and_then(|length| length.trim().parse().ok())
        .unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(Some(Message { head, body }))
}
