//! The thread that owns SQLite and the documents.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc,
    thread::JoinHandle,
};

use linli_app::operation::{ReplicaOp, ReplicaOut};

use super::{LanesError, PhoneConfig, Reply, phone::Phone};

enum Message {
    Op(Box<ReplicaOp>, Reply<ReplicaOut>),
    Stop,
}

/// Hands operations to the replica's thread, in order.
#[derive(Debug)]
pub(crate) struct ReplicaLane {
    sender: mpsc::Sender<Message>,
    thread: Option<JoinHandle<()>>,
}

impl ReplicaLane {
    /// Opens the phone's files and starts the thread.
    pub(crate) fn start(config: PhoneConfig) -> Result<Self, LanesError> {
        let mut phone = Phone::open(config).map_err(LanesError::Phone)?;
        let (sender, receiver) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("linli-replica".to_owned())
            .spawn(move || run(&mut phone, &receiver))?;
        Ok(Self { sender, thread: Some(thread) })
    }

    pub(crate) fn submit(&self, op: ReplicaOp, reply: Reply<ReplicaOut>) {
        if let Err(mpsc::SendError(Message::Op(_, reply))) =
            self.sender.send(Message::Op(Box::new(op), reply))
        {
            reply(ReplicaOut::Failed("app.failed".to_owned()));
        }
    }
}

impl Drop for ReplicaLane {
    fn drop(&mut self) {
        // The thread may have ended by itself; then there is nobody to tell.
        let _ = self.sender.send(Message::Stop);
        let Some(thread) = self.thread.take() else { return };
        if thread.thread().id() != std::thread::current().id() {
            let _ = thread.join();
        }
    }
}

fn run(phone: &mut Phone, receiver: &mpsc::Receiver<Message>) {
    while let Ok(message) = receiver.recv() {
        let Message::Op(op, reply) = message else { break };
        // A panic in here would leave every screen waiting for ever.
        let out = catch_unwind(AssertUnwindSafe(|| phone.take(*op)));
        reply(out.unwrap_or_else(|_| ReplicaOut::Failed("app.failed".to_owned())));
    }
    phone.close();
    while let Ok(Message::Op(_, reply)) = receiver.try_recv() {
        reply(ReplicaOut::Failed("app.failed".to_owned()));
    }
}
