//! Reading the log: at once, or held back until there is news.

use std::{sync::Arc, time::Duration};

use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
};
use linli_wire::{
    CircleId, CommunityId, DeviceId,
    call::{Content, Entry, Page},
    limits,
};
use serde::Deserialize;

use super::{Answered, App, At, bad_request, bytes, community_id, not_allowed, not_found};
use crate::{numbers::Numbers, storage};

#[derive(Debug, Default, Deserialize)]
pub(super) struct Stretch {
    after: Option<u64>,
    wait: Option<u64>,
    circle: Option<String>,
}

pub(super) async fn pull(
    State(app): At,
    Path(id): Path<String>,
    Query(stretch): Query<Stretch>,
    head: HeaderMap,
) -> Answered {
    let community = community_id(&id)?;
    let device = app.device(&community, &head)?;
    page(&app, community, device, &stretch).await
}

pub(super) async fn live(
    State(app): At,
    Path(id): Path<String>,
    Query(stretch): Query<Stretch>,
    head: HeaderMap,
) -> Answered {
    let community = community_id(&id)?;
    let device = app.device(&community, &head)?;
    // A thousand phones wait here: what is of no more use goes, and what comes after the wait
    // takes no memory before it.
    drop(head);
    let after = stretch.after.unwrap_or_default();
    let mut news = {
        let shared = app.shared.read();
        let seen = shared.get(&community).ok_or_else(|| not_found("community"))?;
        seen.access.may_read(&device).map_err(not_allowed)?;
        seen.news.subscribe()
    };
    let wait = Duration::from_secs(stretch.wait.unwrap_or_default().min(limits::WAIT_S_MAX));
    let mut stopping = app.stopping.clone();
    let arrived = async {
        // The channel ends with the relay: then there is no more to wait for.
        let _ = news.wait_for(|last| *last > after).await;
    };
    let counted = Numbers::wait(&app.numbers);
    tokio::select! {
        () = arrived => {}
        _ = stopping.wait_for(|stopping| *stopping) => {}
        () = tokio::time::sleep(wait) => {}
    }
    drop(counted);
    Box::pin(page(&app, community, device, &stretch)).await
}

/// Reads a stretch of the log as one device may see it.
async fn page(
    app: &Arc<App>,
    community: CommunityId,
    device: DeviceId,
    stretch: &Stretch,
) -> Answered {
    let after = stretch.after.unwrap_or_default();
    let only = match &stretch.circle {
        Some(circle) => {
            Some(CircleId::from_hex(circle).ok_or_else(|| bad_request("the circle is malformed"))?)
        }
        None => None,
    };
    let (no, epoch, last, access) = {
        let shared = app.shared.read();
        let seen = shared.get(&community).ok_or_else(|| not_found("community"))?;
        let access = seen.access.may_read(&device).map_err(not_allowed)?.clone();
        (seen.no, seen.epoch, seen.last, access)
    };
    if only.is_some_and(|circle| !access.circles.contains(&circle)) {
        return Err(not_allowed("the circle is not listed for this device"));
    }
    let (stored, before) = app
        .read(move |connection| {
            let entries = (limits::PAGE_BYTES_TARGET, limits::PAGE_ENTRIES_MAX);
            let stored = storage::read(connection, no, after, entries.0, entries.1)?;
            Ok((stored, storage::head_at(connection, no, after)?))
        })
        .await?;
    let start = linli_wire::head::start(&community, &epoch);
    let head = stored.last().map(|entry| entry.head).or(before).unwrap_or(start);
    let last = stored.last().map_or(last, |entry| last.max(entry.seq));
    let entries = stored
        .into_iter()
        .map(|entry| {
            let mine = match only {
                Some(circle) => entry.circle == circle || entry.circle.its_group() == circle,
                None => entry.access || access.reads(&entry.circle),
            };
            let content =
                if mine { Content::Whole(entry.bytes) } else { Content::Foreign(entry.hash) };
            Entry { seq: entry.seq, stamp: entry.stamp, content }
        })
        .collect();
    let page = Page { epoch, last, head, entries };
    Ok(bytes(StatusCode::OK, page.encode().map_err(bad_request)?))
}
