//! The server's own certificate, for those who put no proxy in front.

use std::{fmt, fs, io, path::PathBuf, sync::Arc};

use axum_server::tls_rustls::RustlsConfig;
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};

/// Where the certificate and its key are: PEM.
#[derive(Clone, Debug)]
pub struct TlsOptions {
    /// The certificate, and then those of the authorities between it and a known one.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why there is no TLS. Reads as one line.
#[derive(Debug)]
pub enum TlsError {
    /// A file cannot be read.
    Unreadable(PathBuf, io::Error),
    /// The file holds no certificate.
    NoCertificate(PathBuf),
    /// The file holds no private key.
    NoKey(PathBuf),
    /// The key is not the certificate's, or neither can be used.
    Unusable(rustls::Error),
}

impl TlsOptions {
    /// Reads both files.
    pub(crate) fn load(&self) -> Result<RustlsConfig, TlsError> {
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
        Ok(RustlsConfig::from_config(Arc::new(config)))
    }
}

impl fmt::Display for TlsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(path, error) => write!(formatter, "cannot read {}: {error}", path.display()),
            Self::NoCertificate(path) => write!(formatter, "there is no PEM certificate in {}", path.display()),
            Self::NoKey(path) => write!(formatter, "there is no PEM private key in {}", path.display()),
            Self::Unusable(error) => write!(formatter, "the certificate and its key cannot be used: {error}"),
        }
    }
}

impl std::error::Error for TlsError {}
