//! The server with a certificate of its own.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::PathBuf,
    process::Stdio,
    sync::Arc,
    time::Duration,
};

use rustix::process::{Pid, Signal, kill_process};
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

use crate::program::{Program, SOON, command};

/// A certificate for `localhost` with its key, as an operator has them.
pub struct Certificate {
    folder: TempDir,
    certificate: CertificateDer<'static>,
}

impl Certificate {
    pub fn new() -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("cert.pem"), made.cert.pem()).unwrap();
        fs::write(folder.path().join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        Self { folder, certificate: made.cert.der().clone() }
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn options(&self) -> Options {
        let tls = TlsOptions { certificate: self.file("cert.pem"), key: self.file("key.pem") };
        Options { tls: Some(tls), ..Options::default() }
    }

    /// A connection of a client that trusts the certificate.
    pub async fn connect(&self, server: &Running) -> TlsStream<TcpStream> {
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

#[tokio::test]
async fn browsers_are_told_to_ask_over_tls_alone_where_it_speaks_tls() {
    let certificate = Certificate::new();
    let server = start(certificate.options()).await.unwrap();
    for path in ["/healthz", "/api/nothing", "/"] {
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        let answer = certificate.ask(&server, &request).await;
        assert!(answer.contains("\r\nstrict-transport-security: max-age=31536000\r\n"), "{answer}");
    }
    let plain = crate::support::Server::demo().get("/healthz").await;
    assert_eq!(plain.header("strict-transport-security"), "");
}

#[tokio::test]
async fn a_new_certificate_is_taken_without_a_restart_and_a_wrong_one_is_not() {
    let (mut certificate, renewed) = (Certificate::new(), Certificate::new());
    let server = start(certificate.options()).await.unwrap();
    let mut before = certificate.connect(&server).await;
    for file in ["cert.pem", "key.pem"] {
        fs::copy(renewed.file(file), certificate.file(file)).unwrap();
    }
    assert!(server.read_certificate_again().await.unwrap());
    certificate.certificate = renewed.certificate.clone();
    let request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert!(certificate.ask(&server, request).await.ends_with("ok\n"));
    fs::write(certificate.file("key.pem"), "half a k").unwrap();
    let error = server.read_certificate_again().await.unwrap_err().to_string();
    assert!(error.starts_with("there is no PEM private key in "), "{error}");
    assert!(certificate.ask(&server, request).await.ends_with("ok\n"));
    before.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    before.read_to_string(&mut answer).await.unwrap();
    assert!(answer.ends_with("ok\n"), "a connection that is open goes on: {answer}");
}

#[test]
fn sighup_has_the_program_read_the_certificate_again() {
    let certificate = Certificate::new();
    let mut command = command();
    command.args(["--listen", "127.0.0.1:0", "--tls-cert"]).arg(certificate.file("cert.pem"));
    command.arg("--tls-key").arg(certificate.file("key.pem")).stderr(Stdio::piped());
    let mut program = Program::spawn(&mut command);
    let mut told = BufReader::new(program.child.stderr.take().unwrap()).lines();
    let pid = Pid::from_child(&program.child);
    for (key, line) in [
        (fs::read_to_string(certificate.file("key.pem")).unwrap(), "read the certificate again"),
        ("nothing".to_owned(), "the certificate stays as it was: there is no PEM private key in "),
    ] {
        fs::write(certificate.file("key.pem"), key).unwrap();
        kill_process(pid, Signal::HUP).unwrap();
        let said = told.next().unwrap().unwrap();
        assert!(said.contains(line), "{said}");
    }
    assert_eq!(program.end(Signal::TERM).0, Some(0));
}

#[test]
fn sighup_ends_no_program_without_a_certificate() {
    let mut command = command();
    let mut program = Program::spawn(command.args(["--listen", "127.0.0.1:0"]).stderr(Stdio::piped()));
    let mut told = BufReader::new(program.child.stderr.take().unwrap()).lines();
    kill_process(Pid::from_child(&program.child), Signal::HUP).unwrap();
    assert!(told.next().unwrap().unwrap().contains("there is no certificate to read again"));
    assert_eq!(program.end(Signal::TERM).0, Some(0));
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
