//! From Crux effects to lanes and back. A lane always answers; if it is dropped with its question,
//! the question still gets an answer, or the command behind it would end without a word.

use std::sync::{Arc, OnceLock, Weak};

use crux_core::{
    Request,
    capability::Operation,
    effects::{EffectRouter, ResolveSink, Routes},
};
use linli_app::{
    Linli,
    operation::{ClockOp, NetOp, PictureOp, ReplicaOp, ReplicaOut},
};
use linli_io::lanes::{Lanes, Reply};
use linli_replica::http::Unreachable;

pub(crate) type Router = EffectRouter<Linli, LaneRoutes>;

/// The lanes, put in right after the router is made, before the first event.
#[derive(Clone)]
pub(crate) struct LaneRoutes {
    router: Weak<Router>,
    lanes: Arc<OnceLock<Lanes>>,
}

impl Routes<Linli> for LaneRoutes {
    fn new(router: Weak<Router>) -> Self {
        Self { router, lanes: Arc::default() }
    }
}

impl LaneRoutes {
    pub(crate) fn install(&self, lanes: Lanes) {
        // Only the first is kept; there is only one.
        let _ = self.lanes.set(lanes);
    }

    pub(crate) fn replica(&self, request: Request<ReplicaOp>) {
        let op = request.operation.clone();
        let failed = || ReplicaOut::Failed("app.failed".to_owned());
        let reply = self.reply(request, failed);
        if let Some(lanes) = self.lanes.get() {
            lanes.replica(op, reply);
        }
    }

    pub(crate) fn net(&self, request: Request<NetOp>) {
        let op = request.operation.clone();
        let gone = || Err(Unreachable { why: "the app is closing".to_owned() });
        let reply = self.reply(request, gone);
        if let Some(lanes) = self.lanes.get() {
            lanes.net(op, reply);
        }
    }

    pub(crate) fn clock(&self, request: Request<ClockOp>) {
        let op = request.operation;
        let reply = self.reply(request, || ());
        if let Some(lanes) = self.lanes.get() {
            lanes.clock(op, reply);
        }
    }

    pub(crate) fn picture(&self, request: Request<PictureOp>) {
        let op = request.operation.clone();
        let reply = self.reply(request, || Err("app.failed".to_owned()));
        if let Some(lanes) = self.lanes.get() {
            lanes.picture(op, reply);
        }
    }

    fn reply<Op>(
        &self,
        request: Request<Op>,
        otherwise: impl FnOnce() -> Op::Output + Send + 'static,
    ) -> Reply<Op::Output>
    where
        Op: Operation,
        Router: ResolveSink<Op>,
    {
        let mut question = Question {
            request: Some((request, self.router.clone())),
            otherwise: Some(Box::new(otherwise)),
        };
        Box::new(move |answer| question.answer(answer))
    }
}

type Otherwise<T> = Box<dyn FnOnce() -> T + Send>;

/// A question that is answered even if it is dropped.
struct Question<Op: Operation>
where
    Router: ResolveSink<Op>,
{
    request: Option<(Request<Op>, Weak<Router>)>,
    otherwise: Option<Otherwise<Op::Output>>,
}

impl<Op: Operation> Question<Op>
where
    Router: ResolveSink<Op>,
{
    fn answer(&mut self, answer: Op::Output) {
        let Some((mut request, router)) = self.request.take() else { return };
        if let Some(router) = router.upgrade() {
            // Fails only for a request that was answered before.
            let _ = router.resolve_request(&mut request, answer);
        }
    }
}

impl<Op: Operation> Drop for Question<Op>
where
    Router: ResolveSink<Op>,
{
    fn drop(&mut self) {
        if self.request.is_some()
            && let Some(otherwise) = self.otherwise.take()
        {
            self.answer(otherwise());
        }
    }
}
