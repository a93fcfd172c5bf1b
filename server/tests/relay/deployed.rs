//! What is shipped for running the relay is read by the relay, or by rules that it has to keep.

use std::{collections::BTreeMap, fs, path::PathBuf};

use linli_relay::settings::{Asked, Settings};
use linli_wire::limits;

fn shipped(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("deploy");
    fs::read_to_string(folder.join(name)).unwrap()
}

/// The sections of a unit: each key with its values.
fn unit(name: &str) -> BTreeMap<String, Vec<String>> {
    let mut section = String::new();
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in shipped(name).lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(named) = line.strip_prefix('[') {
            section = named.trim_end_matches(']').to_owned();
            continue;
        }
        let (key, value) = line.split_once('=').unwrap();
        keys.entry(format!("{section}.{key}")).or_default().push(value.to_owned());
    }
    keys
}

/// Every key that our units use, as systemd 252 knows it: a slip of the pen would be ignored there.
const KNOWN: &str = "
    Unit: Description Documentation After Wants StartLimitIntervalSec StartLimitBurst
    Service: Type ExecStart ExecReload Restart RestartSec TimeoutStopSec LimitNOFILE Nice
    Service: IOSchedulingClass DynamicUser SupplementaryGroups StateDirectory StateDirectoryMode
    Service: ConfigurationDirectory EnvironmentFile UMask AmbientCapabilities
    Service: CapabilityBoundingSet NoNewPrivileges ProtectSystem ReadWritePaths ProtectHome
    Service: ProtectClock ProtectHostname ProtectControlGroups ProtectKernelLogs
    Service: ProtectKernelModules ProtectKernelTunables ProtectProc ProcSubset PrivateDevices
    Service: PrivateNetwork PrivateTmp RestrictAddressFamilies RestrictNamespaces RestrictRealtime
    Service: RestrictSUIDSGID LockPersonality MemoryDenyWriteExecute RemoveIPC KeyringMode
    Service: SystemCallArchitectures SystemCallFilter SystemCallErrorNumber
    Timer: OnCalendar RandomizedDelaySec Persistent
    Install: WantedBy";

#[test]
fn the_units_use_keys_that_systemd_knows_and_shut_the_relay_in() {
    let known: Vec<String> = KNOWN
        .lines()
        .filter_map(|line| line.trim().split_once(": "))
        .flat_map(|(section, keys)| keys.split(' ').map(move |key| format!("{section}.{key}")))
        .collect();
    let names = ["linli-relay.service", "linli-relay-backup.service", "linli-relay-backup.timer"];
    for name in names {
        for key in unit(name).keys() {
            assert!(known.contains(key), "{name}: {key}");
        }
    }
    let relay = unit("linli-relay.service");
    for (key, value) in [
        ("DynamicUser", "yes"),
        ("NoNewPrivileges", "yes"),
        ("ProtectSystem", "strict"),
        ("ProtectHome", "yes"),
        ("PrivateDevices", "yes"),
        ("PrivateTmp", "yes"),
        ("MemoryDenyWriteExecute", "yes"),
        ("RestrictNamespaces", "yes"),
        ("RestrictAddressFamilies", "AF_INET AF_INET6"),
        ("CapabilityBoundingSet", "CAP_NET_BIND_SERVICE"),
        ("StateDirectoryMode", "0700"),
        ("UMask", "0077"),
    ] {
        assert_eq!(relay[&format!("Service.{key}")], [value], "{key}");
    }
}

/// The arguments of a command line, without the program.
fn arguments(command: &str) -> Vec<String> {
    command.split_whitespace().skip(1).map(str::to_owned).collect()
}

#[test]
fn the_shipped_command_lines_and_settings_are_understood() {
    let settings = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("deploy/relay.toml");
    let relay = unit("linli-relay.service")["Service.ExecStart"][0]
        .replace("/etc/linli-relay/relay.toml", settings.to_str().unwrap());
    let Ok(Asked::Run(relay)) = Settings::read(&arguments(&relay), |_| None) else {
        unreachable!("the relay's command line")
    };
    assert!(relay.listen.ip().is_loopback() && relay.operator_tokens.is_some());
    assert!(relay.quotas.blob_mib < u64::MAX && relay.max_mib.is_some(), "the disk is shared out");
    let backup = &unit("linli-relay-backup.service")["Service.ExecStart"][0];
    assert!(matches!(Settings::read(&arguments(backup), |_| None), Ok(Asked::Backup { .. })));
    let image = shipped("Containerfile");
    let entry = image.lines().find_map(|line| line.strip_prefix("ENTRYPOINT ")).unwrap();
    let entry = entry.replace(['[', '"', ','], "").replace("::]", "[::]");
    let entry = arguments(entry.trim_end_matches(']'));
    assert!(matches!(Settings::read(&entry, |_| None), Ok(Asked::Run(_))), "{entry:?}");
}

#[test]
fn the_shipped_proxies_wait_longer_than_the_relay_and_let_its_bodies_through() {
    let number = |text: &str, before: &str| -> u64 {
        let rest = text.split(before).nth(1).unwrap().trim_start();
        rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
    };
    let (nginx, caddy) = (shipped("nginx.conf"), shipped("Caddyfile"));
    for waits in [number(&nginx, "proxy_read_timeout"), number(&caddy, "response_header_timeout")] {
        assert!(waits > limits::WAIT_S_MAX + 30, "{waits} s");
    }
    let largest = u64::try_from(limits::APPEND_BYTES_MAX).unwrap();
    for mib in [number(&nginx, "client_max_body_size"), number(&caddy, "max_size")] {
        assert!(mib * 1_000_000 > largest, "{mib} MB");
    }
    for (proxy, text) in [("nginx", nginx), ("caddy", caddy)] {
        assert!(text.contains("127.0.0.1:8787"), "{proxy}");
    }
}
