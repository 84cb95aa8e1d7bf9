//! Why a server does not start.

use std::{io, net::SocketAddr};

use thiserror::Error;

use crate::{store::OpenError, tls::TlsError, upstream::UpstreamError};

/// Why a server does not start. Each reads as one line.
#[derive(Debug, Error)]
pub enum StartError {
    /// The data cannot be used.
    #[error(transparent)]
    Data(#[from] OpenError),
    /// There is no way to the installation.
    #[error(transparent)]
    Upstream(#[from] UpstreamError),
    /// There is no TLS.
    #[error(transparent)]
    Tls(#[from] TlsError),
    /// The address cannot be listened on, for example because another program does.
    #[error("cannot listen on {0}: {1}")]
    Listen(SocketAddr, #[source] io::Error),
}
