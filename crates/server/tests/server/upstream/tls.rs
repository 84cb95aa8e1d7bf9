//! An installation with a certificate of a private authority.

use std::{fs, net::SocketAddr, path::PathBuf, sync::Arc};

use tfe_console_server::{AppState, Options, UpstreamOptions};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer},
};

use super::support::impatient;
use crate::support::{Server, VERSIONS};

/// Answers every request with `{}`, and returns its certificate as PEM.
async fn installation() -> (SocketAddr, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            // A client that does not trust the certificate ends it here.
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}").await.unwrap();
        }
    });
    (address, made.cert.pem())
}

fn forwarding(address: SocketAddr, authorities: Option<PathBuf>) -> Server {
    let options = impatient(&format!("https://localhost:{}", address.port()));
    Server::with(UpstreamOptions { authorities, ..options })
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused_and_the_way_out_is_named() {
    let (address, _) = installation().await;
    let answer = forwarding(address, None).get(VERSIONS).await;
    answer.is_refused_with(502);
    assert!(answer.text.contains("--upstream-ca"), "{}", answer.text);
}

#[tokio::test]
async fn a_private_authority_can_be_trusted() {
    let (address, pem) = installation().await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    fs::write(&file, pem).unwrap();
    let answer = forwarding(address, Some(file)).get(VERSIONS).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, "{}"), "{}", answer.text);
}

#[test]
fn a_file_without_certificates_is_told_at_the_start() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("ca.pem");
    let error = |file: &PathBuf| {
        let upstream = UpstreamOptions { authorities: Some(file.clone()), ..impatient("https://localhost") };
        AppState::open(&Options::from(upstream)).err().unwrap().to_string()
    };
    assert!(error(&file).starts_with("cannot read "), "{}", error(&file));
    fs::write(&file, "no certificate").unwrap();
    assert!(error(&file).starts_with("there is no PEM certificate in "), "{}", error(&file));
}
