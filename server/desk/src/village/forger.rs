//! A forger with the keys of a lost phone, who signs a pack in another's name.

use std::{net::SocketAddr, path::Path};

use linli_io::{RelayClient, SystemChance, keys};
use linli_replica::http::{HttpCall, Method};
use linli_seal::{Chance as _, body};
use linli_wire::{
    CircleId, CommunityId, DeviceId, Hash, KeyEpoch,
    call::{SessionAnswer, SessionAsk, SessionProof, join_packs, path},
    cbor::Bytes,
    pack::{Header, Kind, Seen},
    sign::Purpose,
};

use super::{Step, phone::Trouble};

fn other(error: impl ToString) -> Trouble {
    Trouble::Other(error.to_string())
}

/// Hands the relay a pack that claims to be by `victim`, signed with the thief's key. Returns the
/// relay's status.
pub(crate) fn forge(
    thief: &Path,
    community: CommunityId,
    victim: DeviceId,
    relay: SocketAddr,
) -> Step<u16> {
    let keys = keys::open_or_make(&thief.join("keys/0.key"), None).map_err(other)?;
    let client = RelayClient::new(&format!("http://{relay}"), None).map_err(other)?;
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(other)?;
    runtime.block_on(async {
        let send = async |path: String, token: Option<String>, body: Vec<u8>| {
            let call = HttpCall { method: Method::Post, path, token, body, wait_s: 0 };
            client.send(&call).await.map_err(other)
        };
        let device = keys.id();
        let ask = SessionAsk::new(community, device, None).encode().map_err(other)?;
        let reply = send(path::SESSION.to_owned(), None, ask).await?;
        let challenge = SessionAnswer::decode(&reply.body).map_err(other)?.challenge.0;
        let signature = keys.sign(Purpose::Session, &[&community.0, &device.0, &challenge]);
        let answer = Some(SessionProof { challenge: Bytes(challenge), signature });
        let ask = SessionAsk::new(community, device, answer).encode().map_err(other)?;
        let reply = send(path::SESSION.to_owned(), None, ask).await?;
        let token = SessionAnswer::decode(&reply.body).map_err(other)?.token;
        let header = Header {
            kind: Kind::Change,
            community,
            circle: CircleId::named(&community, "community"),
            key_epoch: KeyEpoch(SystemChance.draw()),
            device: victim,
            n: 1_000,
            prev: Hash(SystemChance.draw()),
            cn: 1_000,
            cprev: Hash(SystemChance.draw()),
            seen: Seen::NOTHING,
            time: linli_io::clock::now().0,
            nonce: SystemChance.draw(),
        };
        let pack = body::sign(header, b"in another's name", &keys).map_err(other)?;
        let body = join_packs([pack.bytes()]).map_err(other)?;
        Ok(send(path::log(&community), Some(token), body).await?.status)
    })
}
