//! Sealed parts of blobs: put, asked for, read.

use std::{io, sync::Arc};

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::IntoResponse as _,
};
use linli_wire::{
    CommunityId, DeviceId, Hash,
    call::{self, code},
};

use super::{
    Answered, App, At, bad_request, bytes, community_id, not_allowed, not_found, side::member,
};
use crate::{
    job::{Job, Refusal, Step},
    numbers::Numbers,
    storage::blobs,
    working::now_ms,
};

fn name(text: &str) -> Result<Hash, Refusal> {
    Hash::from_hex(text).ok_or_else(|| bad_request("the name of the part is malformed"))
}

/// Checks that a call comes from a device that may append; returns the community's number.
fn writer(
    app: &App,
    community: &CommunityId,
    head: &HeaderMap,
) -> Result<(i64, DeviceId), Refusal> {
    let device = app.device(community, head)?;
    let shared = app.shared.read();
    let seen = shared.get(community).ok_or_else(|| not_found("community"))?;
    seen.access.may_append(&device, seen.stamp.max(now_ms())).map_err(not_allowed)?;
    Ok((seen.no, device))
}

pub(super) async fn put_blob(
    State(app): At,
    Path((id, hash)): Path<(String, String)>,
    head: HeaderMap,
    body: Bytes,
) -> Answered {
    let (community, hash) = (community_id(&id)?, name(&hash)?);
    let (_, device) = writer(&app, &community, &head)?;
    let failed = || Refusal::new(500, code::FAILED, "the relay could not write");
    let bytes_of = body.clone();
    let given = tokio::task::spawn_blocking(move || Hash::of(&bytes_of));
    if body.is_empty() || given.await.map_err(|_| failed())? != hash {
        let why = "the bytes do not hash to the name, or there are none";
        return Err(Refusal::new(422, code::BAD_BLOB, why));
    }
    let step = |step| {
        let app = &app;
        async move { app.write(|reply| Job::Blob { community, hash, step, reply }).await }
    };
    let count = u64::try_from(body.len()).unwrap_or(u64::MAX);
    if step(Step::Reserve { device, bytes: count }).await? {
        return Ok(bytes(StatusCode::OK, Vec::new()));
    }
    let written = {
        let _permit = app.gates.blob_writers.acquire().await.map_err(|_| failed())?;
        let files = app.blobs.clone();
        tokio::task::spawn_blocking(move || files.write(&community, &hash, &body)).await
    };
    match written.map_err(|_| failed())? {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::StorageFull => {
            return Err(Refusal::new(507, code::DISK_FULL, "the relay's disk is full"));
        }
        Err(_) => return Err(failed()),
    }
    step(Step::Hold).await?;
    Numbers::add(&app.numbers.blob_bytes_in, count);
    Ok(bytes(StatusCode::CREATED, Vec::new()))
}

pub(super) async fn head_blob(
    State(app): At,
    Path((id, hash)): Path<(String, String)>,
    head: HeaderMap,
) -> Answered {
    let (community, hash) = (community_id(&id)?, name(&hash)?);
    let (no, _) = member(&app, &community, &head)?;
    let part = app.read(move |connection| blobs::part(connection, no, &hash)).await?;
    let part = part.filter(|part| part.held).ok_or_else(|| not_found("part"))?;
    let length = [
        (header::CONTENT_TYPE, call::CONTENT_TYPE.to_owned()),
        (header::CONTENT_LENGTH, part.bytes.to_string()),
    ];
    Ok((StatusCode::OK, length).into_response())
}

pub(super) async fn get_blob(
    State(app): At,
    Path((id, hash)): Path<(String, String)>,
    head: HeaderMap,
) -> Answered {
    let (community, hash) = (community_id(&id)?, name(&hash)?);
    let (no, _) = member(&app, &community, &head)?;
    let files = app.blobs.clone();
    let (held, read) = app
        .read(move |connection| {
            let held = blobs::part(connection, no, &hash)?.is_some_and(|part| part.held);
            Ok((held, if held { files.read(&community, &hash) } else { Ok(None) }))
        })
        .await?;
    match read {
        Ok(Some(part)) => {
            let count = u64::try_from(part.len()).unwrap_or_default();
            Numbers::add(&app.numbers.blob_bytes_out, count);
            Ok(bytes(StatusCode::OK, part))
        }
        Ok(None) => {
            if held {
                lose(&app, community, hash).await?;
            }
            Err(not_found("part"))
        }
        Err(_) => Err(Refusal::new(500, code::FAILED, "the relay could not read")),
    }
}

/// Forgets a part whose file is gone or damaged: whoever has it still is told to bring it again.
async fn lose(app: &Arc<App>, community: CommunityId, hash: Hash) -> Result<(), Refusal> {
    let step = Step::Lose;
    if app.write(|reply| Job::Blob { community, hash, step, reply }).await? {
        Numbers::add(&app.numbers.blobs_lost, 1);
    }
    Ok(())
}

pub(super) async fn missing(
    State(app): At,
    Path(id): Path<String>,
    head: HeaderMap,
    body: Bytes,
) -> Answered {
    let community = community_id(&id)?;
    let (no, _) = writer(&app, &community, &head)?;
    let asked = call::Blobs::decode(&body).map_err(bad_request)?;
    let missing = move |connection: &_| blobs::missing(connection, no, asked.hashes);
    let hashes = app.read(missing).await?;
    Ok(bytes(StatusCode::OK, call::Blobs { hashes }.encode().map_err(bad_request)?))
}
