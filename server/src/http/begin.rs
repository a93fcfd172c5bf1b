//! Founding, and opening sessions.

use axum::{
    Extension,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use linli_wire::{
    LogEpoch,
    call::{Protocols, SessionAnswer, SessionAsk, code},
    cbor,
    charter::SignedCharter,
    sign::{self, Purpose},
};

use super::{
    Answered, At, bad_request, bearer, bytes, chance, community_id, not_allowed, not_found,
};
use crate::{
    address::Peer,
    job::{Job, Refusal},
    operator::Right,
    session,
};

pub(super) async fn found(
    State(app): At,
    Path(id): Path<String>,
    head: HeaderMap,
    body: Bytes,
) -> Answered {
    let id = community_id(&id)?;
    let (operator, given) = (app.operator.clone(), bearer(&head).unwrap_or_default().to_owned());
    let right = tokio::task::spawn_blocking(move || operator.right(&given)).await;
    let once = match right {
        Ok(Ok(Some(Right::Always))) => None,
        Ok(Ok(Some(Right::Once(token)))) => Some(token),
        Ok(Ok(None)) => {
            return Err(Refusal::new(401, code::NO_SESSION, "founding takes the operator's token"));
        }
        _ => {
            let why = "the relay cannot read its operator's tokens";
            return Err(Refusal::new(500, code::FAILED, why));
        }
    };
    let signed = SignedCharter::decode(&body).map_err(bad_request)?;
    if signed.charter.id().map_err(bad_request)? != id {
        return Err(bad_request("the charter is not this community's"));
    }
    let epoch = LogEpoch(chance()?);
    let charter = body.to_vec();
    let new = app.write(|reply| Job::Found { id, charter, epoch, once, reply }).await?;
    Ok(bytes(if new { StatusCode::CREATED } else { StatusCode::OK }, Vec::new()))
}

pub(super) async fn charter(State(app): At, Path(id): Path<String>) -> Answered {
    let id = community_id(&id)?;
    let charter = app.shared.read().get(&id).map(|seen| seen.charter.clone());
    Ok(bytes(StatusCode::OK, charter.ok_or_else(|| not_found("community"))?))
}

pub(super) async fn open_session(
    State(app): At,
    Extension(Peer(peer)): Extension<Peer>,
    head: HeaderMap,
    body: Bytes,
) -> Answered {
    let now_s = session::now_s();
    let calls = app.addresses.count(app.addresses.of(peer, &head), now_s);
    if calls > app.quotas.sessions_minute {
        let mut refusal = Refusal::new(429, code::QUOTA, "too many sessions from this address");
        refusal.retry_after_s = Some(60 - now_s % 60);
        return Err(refusal);
    }
    let ask = SessionAsk::decode(&body).map_err(bad_request)?;
    let (community, device) = (ask.community, ask.device);
    let protocols = Protocols::OURS;
    if !protocols.include(ask.protocol) {
        let Protocols { oldest, newest } = protocols;
        let (app, theirs) = (ask.app, ask.protocol);
        let why =
            format!("app {app:.20} speaks protocol {theirs}, this relay {oldest} to {newest}");
        return Err(Refusal::new(426, code::VERSION, why));
    }
    {
        let shared = app.shared.read();
        let seen = shared.get(&community).ok_or_else(|| not_found("community"))?;
        seen.access.may_append(&device, seen.stamp).map_err(not_allowed)?;
    }
    let answer = match ask.answer {
        None => {
            let challenge = cbor::Bytes(app.sessions.challenge(&community, &device));
            SessionAnswer { challenge, token: String::new(), holds_s: 0, protocols }
        }
        Some(proof) => {
            let challenge = &proof.challenge.0;
            let parts: [&[u8]; 3] = [&community.0, &device.0, challenge];
            let signed = sign::verify(&device.0, Purpose::Session, &parts, &proof.signature);
            if signed.is_err() || !app.sessions.is_challenge(&community, &device, challenge) {
                return Err(Refusal::new(401, code::NO_SESSION, "the challenge is not answered"));
            }
            let token = app.sessions.token(&community, &device);
            SessionAnswer {
                challenge: cbor::Bytes::default(),
                token,
                holds_s: session::TOKEN_HOLDS_S,
                protocols,
            }
        }
    };
    Ok(bytes(StatusCode::OK, answer.encode().map_err(bad_request)?))
}
