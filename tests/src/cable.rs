//! A cable between a phone and the relay: it keeps every byte that passed, and it can be cut.

use std::{
    io::{Read as _, Write as _},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    thread,
};

/// What passed, in both directions.
type Passed = Arc<Mutex<Vec<u8>>>;

/// The calls that are under way, and whether there can be any.
#[derive(Debug, Default)]
struct Calls {
    cut: bool,
    ends: Vec<Weak<TcpStream>>,
}

/// A cable.
#[derive(Debug)]
pub struct Cable {
    /// The address that the phone takes for the relay.
    pub address: SocketAddr,
    passed: Passed,
    calls: Arc<Mutex<Calls>>,
}

impl Cable {
    /// Lays a cable to a relay.
    ///
    /// # Errors
    /// [`std::io::Error`] if there is no free port.
    pub fn lay(relay: SocketAddr) -> std::io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let (passed, calls) = (Passed::default(), Arc::<Mutex<Calls>>::default());
        let cable = Self { address, passed: Arc::clone(&passed), calls: Arc::clone(&calls) };
        thread::spawn(move || {
            for phone in listener.incoming() {
                let Ok(phone) = phone else { return };
                let mut calls = lock(&calls);
                if calls.cut {
                    continue;
                }
                let Ok(relay) = TcpStream::connect(relay) else { return };
                let (phone, relay) = (Arc::new(phone), Arc::new(relay));
                calls.ends.retain(|end| end.strong_count() > 0);
                calls.ends.extend([&phone, &relay].map(Arc::downgrade));
                for (from, to) in [(&phone, &relay), (&relay, &phone)] {
                    let (from, to) = (Arc::clone(from), Arc::clone(to));
                    let passed = Arc::clone(&passed);
                    thread::spawn(move || carry(&from, &to, &passed));
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

    /// Cuts it: calls that are under way break off, new ones come to nothing.
    pub fn cut(&self) {
        let mut calls = lock(&self.calls);
        calls.cut = true;
        for end in calls.ends.drain(..).filter_map(|end| end.upgrade()) {
            // It may have hung up by itself.
            let _ = end.shutdown(Shutdown::Both);
        }
    }

    /// Mends it.
    pub fn mend(&self) {
        lock(&self.calls).cut = false;
    }
}

fn lock(calls: &Mutex<Calls>) -> MutexGuard<'_, Calls> {
    calls.lock().unwrap_or_else(PoisonError::into_inner)
}

fn carry(mut from: &TcpStream, mut to: &TcpStream, passed: &Passed) {
    let mut buffer = [0; 16 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        let bytes = buffer.get(..read).unwrap_or_default();
        passed.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        if to.write_all(bytes).is_err() {
            return;
        }
    }
    // The other side learns that this one is done; it may be gone already.
    let _ = to.shutdown(Shutdown::Write);
}
