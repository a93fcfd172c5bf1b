//! A cable between a phone and the relay: it keeps every byte that passed.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

/// What passed, in both directions.
type Passed = Arc<Mutex<Vec<u8>>>;

/// A cable.
#[derive(Debug)]
pub struct Cable {
    /// The address that the phone takes for the relay.
    pub address: SocketAddr,
    passed: Passed,
}

impl Cable {
    /// Lays a cable to a relay.
    ///
    /// # Errors
    /// [`std::io::Error`] if there is no free port.
    pub fn lay(relay: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let cable = Self { address: listener.local_addr()?, passed: Passed::default() };
        let passed = Arc::clone(&cable.passed);
        thread::spawn(move || {
            for phone in listener.incoming() {
                let (Ok(phone), Ok(relay)) = (phone, TcpStream::connect(relay)) else { return };
                let (Ok(to_phone), Ok(to_relay)) = (phone.try_clone(), relay.try_clone()) else {
                    return;
                };
                for (from, to) in [(phone, to_relay), (relay, to_phone)] {
                    let passed = Arc::clone(&passed);
                    thread::spawn(move || carry(from, to, &passed));
                }
            }
        });
        Ok(cable)
    }

    /// Returns what passed so far.
    #[must_use]
    pub fn passed(&self) -> Vec<u8> {
        self.passed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn carry(mut from: TcpStream, mut to: TcpStream, passed: &Passed) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        let bytes = buffer.get(..read).unwrap_or_default();
        passed.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        if to.write_all(bytes).is_err() {
            return;
        }
    }
    // The other side learns that this one is done; it may be gone already.
    let _ = to.shutdown(std::net::Shutdown::Write);
}
