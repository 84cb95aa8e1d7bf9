//! The server with a certificate of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use tempfile::TempDir;
use tfe_console_server::{Options, Running, TlsOptions, start};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{
    TlsConnector,
    client::TlsStream,
    rustls::{
        ClientConfig, RootCertStore,
        crypto::ring,
        pki_types::{CertificateDer, ServerName},
    },
};

use crate::program::{SOON, command};

/// A certificate for `localhost` with its key, as an operator has them.
struct Certificate {
    folder: TempDir,
    certificate: CertificateDer<'static>,
}

impl Certificate {
    fn new() -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("cert.pem"), made.cert.pem()).unwrap();
        fs::write(folder.path().join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        Self { folder, certificate: made.cert.der().clone() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn options(&self) -> Options {
        let tls = TlsOptions { certificate: self.file("cert.pem"), key: self.file("key.pem") };
        Options { tls: Some(tls), ..Options::default() }
    }

    /// A connection of a client that trusts the certificate.
    async fn connect(&self, server: &Running) -> TlsStream<TcpStream> {
        let mut roots = RootCertStore::empty();
        roots.add(self.certificate.clone()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(roots)
            .with_no_client_auth();
        let stream = TcpStream::connect(server.address()).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        TlsConnector::from(Arc::new(config)).connect(name, stream).await.unwrap()
    }

    /// The whole answer to a request over TLS.
    async fn ask(&self, server: &Running, request: &str) -> String {
        let mut stream = self.connect(server).await;
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

#[tokio::test]
async fn it_speaks_tls_and_says_so_in_its_answers() {
    let certificate = Certificate::new();
    let server = start(certificate.options()).await.unwrap();
    assert_eq!(server.url(), format!("https://{}", server.address()));
    let create = "POST /api/v1/terraform/configurations/hashicorp/atlas/versions HTTP/1.1\r\nHost: localhost\r\n\
                  X-Atlas-Token: demo-admin-token\r\nContent-Length: 14\r\nConnection: close\r\n\r\n{\"version\":{}}";
    let answer = certificate.ask(&server, create).await;
    assert!(
        answer.starts_with("HTTP/1.1 200 OK") && answer.contains("\"https://localhost/api/v1/uploads/"),
        "{answer}"
    );
    assert!(server.stop_within(Duration::from_secs(10)).await);
}

#[tokio::test]
async fn whoever_does_not_speak_tls_holds_up_nobody() {
    let certificate = Certificate::new();
    let server = start(certificate.options()).await.unwrap();
    let _silent = TcpStream::connect(server.address()).await.unwrap();
    let mut plain = TcpStream::connect(server.address()).await.unwrap();
    plain.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    // It is closed, or reset.
    plain.read_to_end(&mut answer).await.ok();
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    let request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert!(certificate.ask(&server, request).await.ends_with("ok\n"));
}

#[tokio::test]
async fn what_is_no_certificate_or_not_its_key_is_told_at_the_start() {
    let (certificate, other) = (Certificate::new(), Certificate::new());
    let empty = certificate.file("empty.pem");
    fs::write(&empty, "nothing").unwrap();
    let (good, key) = (certificate.file("cert.pem"), certificate.file("key.pem"));
    for (certificate, key, said) in [
        (certificate.file("gone.pem"), key.clone(), "cannot read "),
        (empty.clone(), key.clone(), "there is no PEM certificate in "),
        (good.clone(), empty, "there is no PEM private key in "),
        (good, other.file("key.pem"), "the certificate and its key cannot be used: "),
    ] {
        let tls = Some(TlsOptions { certificate, key });
        let error = start(Options { tls, ..Options::default() }).await.unwrap_err().to_string();
        assert!(error.starts_with(said), "{error}");
    }
}

#[tokio::test]
async fn stopping_waits_for_a_request_under_way_and_for_nobody_who_only_connected() {
    let certificate = Certificate::new();
    let server = start(certificate.options()).await.unwrap();
    let address = server.address();
    let _silent = TcpStream::connect(address).await.unwrap();
    let _idle = certificate.connect(&server).await;
    let mut busy = certificate.connect(&server).await;
    let head = "POST /api/v1/terraform/configurations/hashicorp/atlas/versions HTTP/1.1\r\nHost: localhost\r\n\
                X-Atlas-Token: demo-admin-token\r\nContent-Length: 14\r\nExpect: 100-continue\r\n\r\n";
    busy.write_all(head.as_bytes()).await.unwrap();
    let mut go_on = [0; 25];
    busy.read_exact(&mut go_on).await.unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    let stopped = tokio::spawn(server.stop_within(SOON));
    let refuses = async { while TcpStream::connect(address).await.is_ok() {} };
    timeout(SOON, refuses).await.unwrap();
    busy.write_all(b"{\"version\":{}}").await.unwrap();
    let mut answer = String::new();
    busy.read_to_string(&mut answer).await.ok();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert!(stopped.await.unwrap(), "it waited for others");
}

#[test]
fn the_program_says_that_its_address_is_https() {
    let certificate = Certificate::new();
    let mut child = command()
        .args(["--listen", "127.0.0.1:0", "--tls-cert"])
        .arg(certificate.file("cert.pem"))
        .arg("--tls-key")
        .arg(certificate.file("key.pem"))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(said.starts_with("tfe-console ") && said.contains(" on https://127.0.0.1:"), "{said}");
}

#[test]
fn a_certificate_without_its_key_makes_no_sense_and_neither_does_a_key_alone() {
    for (given, missing) in [("--tls-cert", "--tls-key <FILE>"), ("--tls-key", "--tls-cert <FILE>")] {
        let output = command().args([given, "x.pem"]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.contains(missing) && said.lines().count() == 1, "{said}");
    }
}
