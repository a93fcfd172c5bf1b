//! Appending packs: read, verified, handed to the writer.

use axum::{
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
};
use linli_wire::{
    CommunityId, Hash,
    call::{self, code},
    pack::Pack,
};

use super::{Answered, At, bad_request, bytes, community_id, refused};
use crate::job::{Job, Refusal, bad_pack};

pub(super) async fn append(
    State(app): At,
    Path(id): Path<String>,
    head: HeaderMap,
    body: Bytes,
) -> Answered {
    let community = community_id(&id)?;
    let carrier = app.device(&community, &head)?;
    let checked = tokio::task::spawn_blocking(move || check_packs(&community, &body))
        .await
        .map_err(|_| Refusal::new(500, code::FAILED, "the relay could not check"))?;
    let (packs, bad) = checked?;
    if packs.is_empty() {
        return Err(bad.unwrap_or_else(|| bad_request("no packs")));
    }
    let (appended, refusal) =
        app.write(|reply| Job::Append { community, carrier, packs, reply }).await?;
    match refusal.or(bad) {
        Some(refusal) => Ok(refused(&refusal, Some(appended))),
        None => Ok(bytes(StatusCode::OK, appended.encode().map_err(bad_request)?)),
    }
}

type Checked = (Vec<(Pack, Hash)>, Option<Refusal>);

/// Reads and verifies packs until one is bad; those before it stand.
fn check_packs(community: &CommunityId, body: &[u8]) -> Result<Checked, Refusal> {
    let mut packs = Vec::new();
    for bytes in call::split_packs(body).map_err(bad_request)? {
        let pack = match Pack::decode(bytes) {
            Ok(pack) if pack.header.community == *community => pack,
            Ok(_) => {
                return Ok((
                    packs,
                    Some(Refusal::new(422, code::BAD_PACK, "a pack of another community")),
                ));
            }
            Err(error) => return Ok((packs, Some(bad_pack(&error)))),
        };
        if let Err(error) = pack.verify() {
            return Ok((packs, Some(bad_pack(&error))));
        }
        let hash = pack.hash();
        packs.push((pack, hash));
    }
    Ok((packs, None))
}
