//! What lies beside the log: applications and wrapped keys.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use linli_wire::{
    CircleId, CommunityId, DeviceId, InviteId, KeyEpoch, Signature,
    call::{Applications, Waiting, Wrap, Wraps, code},
    cbor,
    invite::ApplicationPost,
    limits,
    sign::{self, Purpose},
};

use super::{Answered, App, At, bad_request, bytes, community_id, not_allowed, not_found};
use crate::{
    job::{Job, Refusal},
    storage::side::{self, Side},
    working::now_ms,
};

pub(super) async fn apply(State(app): At, Path(id): Path<String>, body: Bytes) -> Answered {
    let community = community_id(&id)?;
    let application = ApplicationPost::decode(&body).map_err(bad_request)?;
    let certificate = &application.certificate;
    if certificate.community != community {
        return Err(bad_request("an invitation of another community"));
    }
    let no = {
        let shared = app.shared.read();
        let seen = shared.get(&community).ok_or_else(|| not_found("community"))?;
        seen.access.may_list(&certificate.issuer).map_err(not_allowed)?;
        if seen.stamp.max(now_ms()) > certificate.until {
            return Err(not_allowed("the invitation has run out"));
        }
        seen.no
    };
    let waiting = app.read(move |connection| side::applications(connection, no)).await?;
    let (invite, issuer) = (certificate.invite, certificate.issuer);
    if let Some((_, _, sealed)) = waiting.iter().find(|(known, _, _)| *known == invite) {
        let same = *sealed == application.sealed.0;
        let used = || Refusal::new(409, code::CONFLICT, "the invitation was used already");
        return if same { Ok(bytes(StatusCode::OK, Vec::new())) } else { Err(used()) };
    }
    if waiting.len() >= limits::APPLICATIONS_MAX {
        return Err(Refusal::new(429, code::QUOTA, "too many applications wait already"));
    }
    let side = Side::Apply { invite, issuer, sealed: application.sealed.0 };
    if app.write(|reply| Job::Side { community, side, reply }).await? == 0 {
        return Err(Refusal::new(409, code::CONFLICT, "the invitation was used already"));
    }
    Ok(bytes(StatusCode::CREATED, Vec::new()))
}

/// Checks that a call comes from a member who may list others; returns the community's number.
fn reviewer(app: &App, community: &CommunityId, head: &HeaderMap) -> Result<i64, Refusal> {
    let device = app.device(community, head)?;
    let shared = app.shared.read();
    let seen = shared.get(community).ok_or_else(|| not_found("community"))?;
    seen.access.may_list(&device).map_err(not_allowed)?;
    Ok(seen.no)
}

/// Checks that a call comes from a member who may read; returns the number and the device.
pub(super) fn member(
    app: &App,
    community: &CommunityId,
    head: &HeaderMap,
) -> Result<(i64, DeviceId), Refusal> {
    let device = app.device(community, head)?;
    let shared = app.shared.read();
    let seen = shared.get(community).ok_or_else(|| not_found("community"))?;
    seen.access.may_read(&device).map_err(not_allowed)?;
    Ok((seen.no, device))
}

pub(super) async fn applications(
    State(app): At,
    Path(id): Path<String>,
    head: HeaderMap,
) -> Answered {
    let community = community_id(&id)?;
    let no = reviewer(&app, &community, &head)?;
    let waiting = app.read(move |connection| side::applications(connection, no)).await?;
    let waiting = waiting
        .into_iter()
        .map(|(invite, issuer, sealed)| Waiting { invite, issuer, sealed: cbor::Bytes(sealed) })
        .collect();
    let body = Applications { waiting }.encode().map_err(bad_request)?;
    Ok(bytes(StatusCode::OK, body))
}

fn invite_id(text: &str) -> Result<InviteId, Refusal> {
    InviteId::from_hex(text).ok_or_else(|| bad_request("the invitation's id is malformed"))
}

pub(super) async fn answer(State(app): At, Path((id, invite)): Path<(String, String)>) -> Answered {
    let (community, invite) = (community_id(&id)?, invite_id(&invite)?);
    let no = app.shared.read().get(&community).map(|seen| seen.no);
    let no = no.ok_or_else(|| not_found("community"))?;
    let found = app.read(move |connection| side::application(connection, no, &invite)).await?;
    let answer = found.and_then(|(_, answer)| answer).ok_or_else(|| not_found("answer"))?;
    Ok(bytes(StatusCode::OK, answer))
}

pub(super) async fn put_answer(
    State(app): At,
    Path((id, invite)): Path<(String, String)>,
    head: HeaderMap,
    body: Bytes,
) -> Answered {
    let (community, invite) = (community_id(&id)?, invite_id(&invite)?);
    reviewer(&app, &community, &head)?;
    let side = Side::Answer { invite, answer: body.to_vec() };
    let changed = app.write(|reply| Job::Side { community, side, reply }).await?;
    if changed == 0 {
        return Err(not_found("application"));
    }
    Ok(bytes(StatusCode::OK, Vec::new()))
}

pub(super) async fn end_application(
    State(app): At,
    Path((id, invite)): Path<(String, String)>,
    head: HeaderMap,
    body: Bytes,
) -> Answered {
    let (community, invite) = (community_id(&id)?, invite_id(&invite)?);
    // Who holds the invitation ends its application, once it is of no more use.
    let signed = Signature::from_slice(&body).is_some_and(|signature| {
        let parts: [&[u8]; 1] = [&community.0];
        sign::verify(&invite.0, Purpose::EndApplication, &parts, &signature).is_ok()
    });
    if !signed {
        reviewer(&app, &community, &head)?;
    }
    let side = Side::EndApplication { invite };
    app.write(|reply| Job::Side { community, side, reply }).await?;
    Ok(bytes(StatusCode::OK, Vec::new()))
}

pub(super) async fn wraps(State(app): At, Path(id): Path<String>, head: HeaderMap) -> Answered {
    let community = community_id(&id)?;
    let (no, device) = member(&app, &community, &head)?;
    let wraps = app.read(move |connection| side::wraps(connection, no, &device)).await?;
    let wraps = wraps
        .into_iter()
        .take(limits::WRAPS_PER_DEVICE_MAX)
        .map(|(circle, key_epoch, wrapped)| Wrap {
            circle,
            key_epoch,
            wrapped: cbor::Bytes(wrapped),
        })
        .collect();
    Ok(bytes(StatusCode::OK, Wraps { wraps }.encode().map_err(bad_request)?))
}

type WrapPath = Path<(String, String, String, String)>;

fn wrap_path(
    path: (String, String, String, String),
) -> Result<(CommunityId, CircleId, KeyEpoch, DeviceId), Refusal> {
    let malformed = || bad_request("the path of the wrap is malformed");
    Ok((
        community_id(&path.0)?,
        CircleId::from_hex(&path.1).ok_or_else(malformed)?,
        KeyEpoch::from_hex(&path.2).ok_or_else(malformed)?,
        DeviceId::from_hex(&path.3).ok_or_else(malformed)?,
    ))
}

pub(super) async fn put_wrap(
    State(app): At,
    Path(path): WrapPath,
    head: HeaderMap,
    body: Bytes,
) -> Answered {
    let (community, circle, key_epoch, device) = wrap_path(path)?;
    member(&app, &community, &head)?;
    let wrapped = body.to_vec();
    // Any member may hand on a key it holds, such as a neighbour in the same home. Only who may
    // list puts out of place what lies there: else one hostile member could lock all others out.
    let side = if reviewer(&app, &community, &head).is_ok() {
        Side::PutWrap { device, circle, key_epoch, wrapped }
    } else {
        Side::AddWrap { device, circle, key_epoch, wrapped }
    };
    if app.write(|reply| Job::Side { community, side, reply }).await? == 0 {
        return Err(Refusal::new(409, code::CONFLICT, "a wrap lies there already, or too many do"));
    }
    Ok(bytes(StatusCode::OK, Vec::new()))
}

pub(super) async fn get_wrap(State(app): At, Path(path): WrapPath, head: HeaderMap) -> Answered {
    let (community, circle, key_epoch, device) = wrap_path(path)?;
    let (no, asking) = member(&app, &community, &head)?;
    if asking != device {
        return Err(not_allowed("a wrap is given only to its device"));
    }
    let wraps = app.read(move |connection| side::wraps(connection, no, &device)).await?;
    let found = wraps.into_iter().find(|(c, epoch, _)| (*c, *epoch) == (circle, key_epoch));
    let (_, _, wrapped) = found.ok_or_else(|| not_found("wrap"))?;
    Ok(bytes(StatusCode::OK, wrapped))
}

pub(super) async fn end_wrap(State(app): At, Path(path): WrapPath, head: HeaderMap) -> Answered {
    let (community, circle, key_epoch, device) = wrap_path(path)?;
    let (_, asking) = member(&app, &community, &head)?;
    if asking != device {
        reviewer(&app, &community, &head)?;
    }
    let side = Side::EndWrap { device, circle, key_epoch };
    app.write(|reply| Job::Side { community, side, reply }).await?;
    Ok(bytes(StatusCode::OK, Vec::new()))
}
