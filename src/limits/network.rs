//! Whose request it is, as far as an address tells. What a proxy says of it is believed only from proxies of ours.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::str::FromStr;

use ipnet::IpNet;

/// Whoever is counted together: an IPv4 address, or an IPv6 network of 64 bits, of which one household or machine has as
/// many addresses as it likes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Network(IpAddr);

impl Network {
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        Self(match address.to_canonical() {
            IpAddr::V4(address) => IpAddr::V4(address),
            IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
        })
    }

    #[must_use]
    pub fn bytes(self) -> [u8; 16] {
        match self.0 {
            IpAddr::V4(address) => address.to_ipv6_mapped().octets(),
            IpAddr::V6(address) => address.octets(),
        }
    }
}

/// Whether somebody on this machine asks, by its own name for itself. The other addresses of 127.0.0.0/8 are nobody's in
/// particular, and counted like any.
#[must_use]
pub fn is_this_machine(address: IpAddr) -> bool {
    [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)].contains(&address.to_canonical())
}

/// The header in which proxies say for whom they ask. Only one is read: the other might come from anybody, untouched by
/// a proxy that does not know it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProxyHeader {
    #[default]
    XForwardedFor,
    /// RFC 7239.
    Forwarded,
}

impl ProxyHeader {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::XForwardedFor => "x-forwarded-for",
            Self::Forwarded => "forwarded",
        }
    }
}

/// The proxies that are believed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies {
    pub networks: Vec<IpNet>,
    pub header: ProxyHeader,
}

/// This is neither an address nor a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a proxy is an address or a network, like 10.0.0.5 or 10.0.0.0/8")]
pub struct NoProxy;

/// Reads a network, or an address by itself.
///
/// # Errors
///
/// If it is neither.
pub fn proxy(text: &str) -> Result<IpNet, NoProxy> {
    let network = IpNet::from_str(text).ok();
    network.or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from)).ok_or(NoProxy)
}

impl TrustedProxies {
    #[must_use]
    pub fn include(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.networks.iter().any(|network| network.contains(&address))
    }

    /// Who asks, where this connection comes from and the header says these lines; `None` for somebody on this machine,
    /// who is not counted.
    pub fn who<'a>(&self, peer: IpAddr, lines: impl DoubleEndedIterator<Item = &'a str>) -> Option<Network> {
        let mut lines = lines.peekable();
        if lines.peek().is_none() && is_this_machine(peer) {
            return None;
        }
        if !self.include(peer) {
            return Some(Network::of(peer));
        }
        let mut nearest = peer;
        for hop in lines.rev().flat_map(|line| line.rsplit(',')) {
            // What cannot be read was not written by a proxy of ours: the one that passed it on is answered for.
            let Some(address) = self.address(hop) else { break };
            nearest = address;
            if !self.include(address) {
                break;
            }
        }
        Some(Network::of(nearest))
    }

    fn address(&self, hop: &str) -> Option<IpAddr> {
        match self.header {
            ProxyHeader::XForwardedFor => address(hop.trim()),
            ProxyHeader::Forwarded => hop.split(';').find_map(|pair| {
                let (name, value) = pair.trim().split_once('=')?;
                name.eq_ignore_ascii_case("for").then(|| address(value.trim().trim_matches('"')))?
            }),
        }
    }
}

/// An address, perhaps with a port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = || text.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    text.parse().ok().or_else(|| Some(text.parse::<SocketAddr>().ok()?.ip())).or_else(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn who(trusted: &[&str], header: ProxyHeader, peer: &str, lines: &[&str]) -> Option<IpAddr> {
        let networks = trusted.iter().map(|text| proxy(text).unwrap()).collect();
        let proxies = TrustedProxies { networks, header };
        proxies.who(peer.parse().unwrap(), lines.iter().copied()).map(|Network(address)| address)
    }

    #[test]
    fn a_network_is_an_address_or_64_bits_of_one() {
        let network = |text: &str| Network::of(text.parse().unwrap());

        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }

    #[test]
    fn what_strangers_say_of_themselves_is_not_believed() {
        let address = |text: &str| Some(text.parse().unwrap());
        let xff = ProxyHeader::XForwardedFor;

        assert_eq!(who(&[], xff, "192.0.2.7", &["198.51.100.1"]), address("192.0.2.7"));
        assert_eq!(who(&["10.0.0.0/8"], xff, "192.0.2.7", &["198.51.100.1"]), address("192.0.2.7"));
        // Nor what somebody says to a proxy that no one named.
        assert_eq!(who(&[], xff, "127.0.0.1", &["198.51.100.1"]), address("127.0.0.1"));
    }

    #[test]
    fn the_rightmost_address_that_is_no_proxy_of_ours_is_whose_request_it_is() {
        let address = |text: &str| Some(text.parse().unwrap());
        let (trusted, xff) = (["10.0.0.0/8", "127.0.0.1"], ProxyHeader::XForwardedFor);
        let asked = |lines: &[&str]| who(&trusted, xff, "127.0.0.1", lines);

        assert_eq!(asked(&["198.51.100.1"]), address("198.51.100.1"));
        assert_eq!(asked(&["203.0.113.9, 198.51.100.1, 10.2.3.4"]), address("198.51.100.1"));
        assert_eq!(asked(&["203.0.113.9", "198.51.100.1", "10.2.3.4"]), address("198.51.100.1"));
        assert_eq!(asked(&["198.51.100.1:51234"]), address("198.51.100.1"));
        assert_eq!(asked(&["[2001:db8::7]:443"]), address("2001:db8::"));
        assert_eq!(asked(&["2001:db8::7"]), address("2001:db8::"));
        assert_eq!(asked(&["198.51.100.1, unknown, 10.2.3.4"]), address("10.2.3.4"));
        assert_eq!(asked(&["10.9.9.9, 10.2.3.4"]), address("10.9.9.9"));
    }

    #[test]
    fn forwarded_is_read_where_it_was_asked_for_and_nothing_else_then() {
        let address = |text: &str| Some(text.parse().unwrap());
        let asked = |lines: &[&str]| who(&["127.0.0.1"], ProxyHeader::Forwarded, "127.0.0.1", lines);

        assert_eq!(asked(&["for=203.0.113.9, for=198.51.100.1;proto=https"]), address("198.51.100.1"));
        assert_eq!(asked(&["proto=https;For=\"[2001:db8::7]:4711\""]), address("2001:db8::"));
        assert_eq!(asked(&["for=_hidden"]), address("127.0.0.1"));
        assert_eq!(ProxyHeader::Forwarded.name(), "forwarded");
    }

    #[test]
    fn somebody_on_this_machine_is_not_counted_unless_somebody_else_asks_through_it() {
        let xff = ProxyHeader::XForwardedFor;

        assert_eq!(who(&[], xff, "127.0.0.1", &[]), None);
        assert_eq!(who(&["127.0.0.1"], xff, "::1", &[]), None);
        assert!(who(&[], xff, "127.0.0.2", &[]).is_some());
        assert!(who(&["127.0.0.1"], xff, "127.0.0.1", &["127.0.0.1"]).is_some());
    }

    #[test]
    fn a_proxy_is_an_address_or_a_network() {
        assert_eq!(proxy("10.0.0.5"), proxy("10.0.0.5/32"));
        assert!(proxy("2001:db8::/32").is_ok());
        assert_eq!(proxy("everybody"), Err(NoProxy));
    }
}
