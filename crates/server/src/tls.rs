//! The server's own certificate, for those who put no proxy in front.

use std::{
    fs, io,
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use thiserror::Error;

/// Where the certificate and its key are: PEM.
#[derive(Clone, Debug)]
pub struct TlsOptions {
    /// The certificate, and then those of the authorities between it and a known one.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why there is no TLS. Reads as one line.
#[derive(Debug, Error)]
pub enum TlsError {
    /// A file cannot be read.
    #[error("cannot read {}: {}", .0.display(), .1)]
    Unreadable(PathBuf, #[source] io::Error),
    /// The file holds no certificate.
    #[error("there is no PEM certificate in {}", .0.display())]
    NoCertificate(PathBuf),
    /// The file holds no private key.
    #[error("there is no PEM private key in {}", .0.display())]
    NoKey(PathBuf),
    /// The key is not the certificate's, or neither can be used.
    #[error("the certificate and its key cannot be used: {0}")]
    Unusable(#[source] rustls::Error),
}

/// The certificate in use, which can be changed while the server runs.
#[derive(Debug)]
pub(crate) struct Tls {
    options: TlsOptions,
    config: RwLock<Arc<ServerConfig>>,
}

impl Tls {
    pub(crate) fn new(options: TlsOptions) -> Result<Self, TlsError> {
        let config = RwLock::new(options.load()?);
        Ok(Self { options, config })
    }

    /// For a new connection.
    pub(crate) fn config(&self) -> Arc<ServerConfig> {
        Arc::clone(&self.config.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Reads both files again. What was in use stays so if they are wrong. Blocks for a moment.
    pub(crate) fn read_again(&self) -> Result<(), TlsError> {
        let config = self.options.load()?;
        *self.config.write().unwrap_or_else(PoisonError::into_inner) = config;
        Ok(())
    }
}

impl TlsOptions {
    /// Reads both files.
    fn load(&self) -> Result<Arc<ServerConfig>, TlsError> {
        let read = |path: &PathBuf| fs::read(path).map_err(|error| TlsError::Unreadable(path.clone(), error));
        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&read(&self.certificate)?).collect();
        let chain = chain.ok().filter(|chain| !chain.is_empty());
        let chain = chain.ok_or_else(|| TlsError::NoCertificate(self.certificate.clone()))?;
        let key = PrivateKeyDer::from_pem_slice(&read(&self.key)?).map_err(|_| TlsError::NoKey(self.key.clone()))?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(TlsError::Unusable)?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Arc::new(config))
    }
}
