//! TLS without a proxy: the certificate and its key from two files, read again on demand.

use std::{path::PathBuf, sync::Arc, time::Duration};

use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{self, PemObject as _},
    },
};
use tokio::{io, net::TcpStream, sync::watch, time};
use tokio_rustls::{TlsAcceptor, server::TlsStream};

/// Longest time for a handshake: a slow phone needs two seconds, one that dawdles holds a place.
const HANDSHAKE_MAX: Duration = Duration::from_secs(5);

/// Why TLS cannot begin, or why the new files are not used.
#[derive(Debug, thiserror::Error)]
pub enum TlsError {
    /// A file cannot be read, or is no PEM.
    #[error("{path}: {why}")]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        why: pem::Error,
    },
    /// The two do not belong together, or are of a kind that is not spoken.
    #[error("the certificate and the key cannot be used: {0}")]
    Unusable(#[from] rustls::Error),
}

/// The certificate in use, and where a newer one will lie.
#[derive(Debug)]
pub(crate) struct Tls {
    files: (PathBuf, PathBuf),
    current: watch::Sender<Arc<ServerConfig>>,
}

impl Tls {
    pub(crate) fn open(certificate: PathBuf, key: PathBuf) -> Result<Self, TlsError> {
        let files = (certificate, key);
        let current = watch::channel(read(&files)?).0;
        Ok(Self { files, current })
    }

    /// Reads the files again; connections that stand keep what they began with.
    pub(crate) fn reload(&self) -> Result<(), TlsError> {
        self.current.send_replace(read(&self.files)?);
        Ok(())
    }

    pub(crate) async fn accept(&self, stream: TcpStream) -> io::Result<TlsStream<TcpStream>> {
        let acceptor = TlsAcceptor::from(Arc::clone(&self.current.borrow()));
        time::timeout(HANDSHAKE_MAX, acceptor.accept(stream)).await?
    }
}

fn read((certificate, key): &(PathBuf, PathBuf)) -> Result<Arc<ServerConfig>, TlsError> {
    let wrong = |path: &PathBuf| {
        let path = path.clone();
        move |why| TlsError::File { path, why }
    };
    let chain = CertificateDer::pem_file_iter(certificate)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(wrong(certificate))?;
    let key = PrivateKeyDer::from_pem_file(key).map_err(wrong(key))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}
