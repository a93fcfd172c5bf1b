//! HTTP to the relay.
//!
//! TLS with the roots bundled in the program (the platform's verifier panics on Android without
//! JNI set-up), or with the certificate that the invitation pins. Plain HTTP only to this machine.

use std::{net::IpAddr, sync::Once, time::Duration};

use linli_replica::http::{HttpCall, HttpReply, Method, Unreachable};
use linli_wire::{call::CONTENT_TYPE, limits};
use reqwest::{Certificate, Client, Url, redirect};

/// Longest wait for a connection.
const CONNECT: Duration = Duration::from_secs(10);

/// Longest wait for an answer, beside what the relay may hold back.
const ANSWER: Duration = Duration::from_secs(20);

/// A client for one relay.
#[derive(Clone, Debug)]
pub struct RelayClient {
    client: Client,
    base: Url,
}

fn unreachable(why: impl ToString) -> Unreachable {
    Unreachable { why: why.to_string() }
}

impl RelayClient {
    /// Makes a client; `pin` is the relay's own certificate in DER, if it has one.
    ///
    /// # Errors
    /// [`Unreachable`] if the address is not one, or is plain HTTP to another machine.
    pub fn new(relay: &str, pin: Option<&[u8]>) -> Result<Self, Unreachable> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Fails only if another part of the program installed one before: then that one serves.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let base: Url = relay.parse().map_err(unreachable)?;
        if base.scheme() != "https" && !(base.scheme() == "http" && is_this_machine(&base)) {
            return Err(unreachable("plain HTTP is for this machine only; the relay needs https"));
        }
        let client = Client::builder()
            .tls_certs_only(roots(pin)?)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .pool_idle_timeout(Duration::from_secs(30))
            .build()
            .map_err(unreachable)?;
        Ok(Self { client, base })
    }

    /// Sends one call and reads the whole answer, within its limits.
    ///
    /// # Errors
    /// [`Unreachable`] if no answer comes, or one that is too large.
    pub async fn send(&self, call: &HttpCall) -> Result<HttpReply, Unreachable> {
        let url = self.base.join(&call.path).map_err(unreachable)?;
        let method = match call.method {
            Method::Get => reqwest::Method::GET,
            Method::Head => reqwest::Method::HEAD,
            Method::Put => reqwest::Method::PUT,
            Method::Post => reqwest::Method::POST,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut request = self
            .client
            .request(method, url)
            .timeout(ANSWER + Duration::from_secs(call.wait_s))
            .header("content-type", CONTENT_TYPE)
            .body(call.body.clone());
        if let Some(token) = &call.token {
            request = request.bearer_auth(token);
        }
        let mut response = request.send().await.map_err(unreachable)?;
        let status = response.status().as_u16();
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(unreachable)? {
            if body.len() + piece.len() > limits::PAGE_BYTES_MAX {
                return Err(unreachable("the answer is larger than any honest one"));
            }
            body.extend_from_slice(&piece);
        }
        Ok(HttpReply { status, body })
    }
}

fn roots(pin: Option<&[u8]>) -> Result<Vec<Certificate>, Unreachable> {
    match pin {
        Some(pin) => Ok(vec![Certificate::from_der(pin).map_err(unreachable)?]),
        None => webpki_root_certs::TLS_SERVER_ROOT_CERTS
            .iter()
            .map(|root| Certificate::from_der(root).map_err(unreachable))
            .collect(),
    }
}

fn is_this_machine(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let host = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use std::{
        io::{Read as _, Write as _},
        net::TcpListener,
        sync::Arc,
    };

    use super::*;

    fn call(path: &str) -> HttpCall {
        HttpCall {
            method: Method::Get,
            path: path.to_owned(),
            token: None,
            body: Vec::new(),
            wait_s: 0,
        }
    }

    fn send(client: &RelayClient) -> Result<HttpReply, Unreachable> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(client.send(&call("/healthz")))
    }

    /// A TLS server with a certificate of its own; returns its address and the certificate.
    fn server() -> (String, Vec<u8>) {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let certificate = made.cert.der().clone();
        let key =
            rustls::pki_types::PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let config = rustls::ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![certificate.clone()], key)
            .unwrap();
        let config = Arc::new(config);
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        std::thread::spawn(move || {
            for stream in listener.incoming().take(4) {
                let Ok(mut stream) = stream else { continue };
                let Ok(mut tls) = rustls::ServerConnection::new(Arc::clone(&config)) else {
                    continue;
                };
                let mut tls = rustls::Stream::new(&mut tls, &mut stream);
                let mut request = [0; 2048];
                if tls.read(&mut request).is_ok() {
                    let _ = tls.write_all(
                        b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\n",
                    );
                    let body: &[u8] = if request.starts_with(b"HEAD") { b"" } else { b"ok" };
                    let _ = tls.write_all(body);
                    let _ = tls.flush();
                }
            }
        });
        (format!("https://localhost:{port}"), certificate.to_vec())
    }

    #[test]
    fn a_pinned_certificate_is_accepted_and_any_other_refused() {
        let (address, certificate) = server();
        let pinned = RelayClient::new(&address, Some(&certificate)).unwrap();
        assert_eq!(send(&pinned).unwrap(), HttpReply { status: 200, body: b"ok".to_vec() });
        let public = RelayClient::new(&address, None).unwrap();
        assert!(send(&public).is_err(), "a certificate that nobody vouches for");
        let (_, other) = server();
        let wrong = RelayClient::new(&address, Some(&other)).unwrap();
        assert!(send(&wrong).is_err(), "another certificate is pinned");
    }

    #[test]
    fn whether_something_is_there_is_told_without_its_bytes() {
        let (address, certificate) = server();
        let client = RelayClient::new(&address, Some(&certificate)).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let call = HttpCall { method: Method::Head, ..call("/healthz") };
        let reply = runtime.block_on(client.send(&call)).unwrap();
        assert_eq!(reply, HttpReply { status: 200, body: Vec::new() });
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for relay in ["http://127.0.0.1:1", "http://localhost:1", "http://[::1]:1"] {
            assert!(RelayClient::new(relay, None).is_ok(), "{relay}");
        }
        for relay in ["http://192.0.2.1", "http://relay.example", "ftp://127.0.0.1", "relay"] {
            assert!(RelayClient::new(relay, None).is_err(), "{relay}");
        }
    }
}
