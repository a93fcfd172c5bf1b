//! How often one address may open sessions: the one limit by address, as nobody is known yet.
//!
//! Thousands of phones share one address of a mobile network, so it is wide; it keeps one machine
//! from having the relay check signatures all day.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

use axum::http::HeaderMap;

/// Most addresses that are told apart in a minute; all further ones share one count.
const ADDRESSES_MAX: usize = 65_536;

/// The other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Counts calls of addresses in the present minute.
#[derive(Debug, Default)]
pub(crate) struct Addresses {
    counted: Mutex<(u64, BTreeMap<IpAddr, u64>)>,
    /// A proxy elsewhere that may name the phone's address; one on this machine always may.
    proxy: Option<IpAddr>,
}

impl Addresses {
    pub(crate) fn behind(proxy: Option<IpAddr>) -> Self {
        Self { proxy, ..Self::default() }
    }

    /// Finds the phone's address: what the proxy before the relay says, if there is one.
    ///
    /// Only the last address counts: those before it are what the phone claims.
    pub(crate) fn of(&self, peer: IpAddr, head: &HeaderMap) -> IpAddr {
        if !peer.is_loopback() && self.proxy != Some(peer) {
            return peer;
        }
        let named = head.get_all("x-forwarded-for").iter().next_back();
        named
            .and_then(|value| value.to_str().ok())
            .and_then(|value| value.rsplit(',').next())
            .and_then(|last| last.trim().parse().ok())
            .unwrap_or(peer)
    }

    /// Tells whether the operator calls: from this machine or the proxy's, and on nobody's behalf.
    pub(crate) fn is_operator(&self, peer: IpAddr, head: &HeaderMap) -> bool {
        let near = peer.is_loopback() || self.proxy == Some(peer);
        near && !head.contains_key("x-forwarded-for")
    }

    /// Counts a call at a second; returns how many there were from this address in its minute.
    pub(crate) fn count(&self, address: IpAddr, now_s: u64) -> u64 {
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let minute = now_s / 60;
        if counted.0 != minute {
            *counted = (minute, BTreeMap::new());
        }
        let known = counted.1.contains_key(&network(address));
        let one = if known || counted.1.len() < ADDRESSES_MAX {
            network(address)
        } else {
            IpAddr::V6(Ipv6Addr::UNSPECIFIED)
        };
        let count = counted.1.entry(one).or_default();
        *count = count.saturating_add(1);
        *count
    }
}

/// An IPv6 household has a whole /64 to call from.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        address @ IpAddr::V4(_) => address,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    fn head(values: &[&str]) -> HeaderMap {
        values
            .iter()
            .map(|value| ("x-forwarded-for".parse().unwrap(), value.parse().unwrap()))
            .collect()
    }

    #[test]
    fn only_a_proxy_may_say_who_calls_and_only_its_own_word_counts() {
        let (this, proxy, phone) =
            (address("127.0.0.1"), address("192.0.2.9"), address("198.51.100.7"));
        let forwarded = head(&["203.0.113.1, 198.51.100.7"]);
        let addresses = Addresses::behind(Some(proxy));
        assert_eq!(addresses.of(this, &forwarded), phone);
        assert_eq!(addresses.of(proxy, &forwarded), phone);
        assert_eq!(addresses.of(proxy, &head(&["203.0.113.1", "198.51.100.7"])), phone);
        assert_eq!(addresses.of(address("192.0.2.8"), &forwarded), address("192.0.2.8"));
        assert_eq!(addresses.of(this, &head(&["unknown"])), this);
        assert_eq!(addresses.of(this, &head(&[])), this);
        let none = head(&[]);
        assert!(addresses.is_operator(this, &none) && addresses.is_operator(proxy, &none));
        assert!(!addresses.is_operator(phone, &none) && !addresses.is_operator(this, &forwarded));
    }

    #[test]
    fn a_minute_is_counted_for_each_address_and_a_household_is_one() {
        let addresses = Addresses::default();
        let (one, other) = (address("198.51.100.7"), address("198.51.100.8"));
        assert_eq!((addresses.count(one, 60), addresses.count(one, 119)), (1, 2));
        assert_eq!(addresses.count(other, 119), 1);
        assert_eq!(addresses.count(address("::ffff:198.51.100.7"), 119), 3);
        assert_eq!(addresses.count(one, 120), 1, "a new minute");
        assert_eq!(addresses.count(address("2001:db8:0:1::1"), 120), 1);
        assert_eq!(addresses.count(address("2001:db8:0:1:ffff::2"), 120), 2);
        assert_eq!(addresses.count(address("2001:db8:0:2::1"), 120), 1);
    }
}
