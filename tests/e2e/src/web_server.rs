//! A real nginx or Caddy with the configuration of `deploy/`, on a port of its own.
//!
//! Only what differs between a test and an operator's machine is changed in the configuration: where it listens, without
//! TLS, where the files are, and where the API is.

use std::{
    env,
    fs::{self, File},
    net::{SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use tempfile::{Builder, TempDir};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    process::{Child, Command},
    time::{Instant, sleep, timeout},
};

use crate::{Host, project};

/// How long a web server may take to listen.
const START_LIMIT: Duration = Duration::from_secs(30);

/// How long somebody else on the port may keep silent.
const ANSWER_LIMIT: Duration = Duration::from_secs(5);

/// How long it takes to look whether it does.
const GLANCE: Duration = Duration::from_millis(10);

/// How often another port is tried when somebody else took the one that was free.
const ATTEMPTS: usize = 5;

/// A web server that ends with this.
#[derive(Debug)]
pub struct WebServer {
    address: SocketAddr,
    folder: TempDir,
    _process: Child,
}

impl WebServer {
    /// Starts [`Host::Nginx`] or [`Host::Caddy`], which serves `assets` and passes the API on to `api`.
    pub async fn start(host: Host, assets: &Path, api: SocketAddr) -> Self {
        let mut said = String::new();
        for _ in 0..ATTEMPTS {
            match Self::try_start(host, assets, api).await {
                Ok(started) => return started,
                Err(output) => said = output,
            }
        }
        panic!("{host:?} did not start {ATTEMPTS} times, and last said: {said}");
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything it wrote so far, into all its logs.
    pub fn logs(&self) -> String {
        logs_in(self.folder.path())
    }

    async fn try_start(host: Host, assets: &Path, api: SocketAddr) -> Result<Self, String> {
        let folder = Builder::new().prefix("e2e-").tempdir().expect("there is room for a web server's files");
        let address = free_address();
        let mut command = match host {
            Host::Caddy => caddy(folder.path(), assets, address, api),
            _ => nginx(folder.path(), assets, address, api),
        };
        let log = || File::create(folder.path().join("output.log")).expect("there is room for a log");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(log()).kill_on_drop(true);
        let mut process = command.spawn().unwrap_or_else(|error| panic!("{host:?} does not start: {error}"));
        let end = Instant::now() + START_LIMIT;
        while !is_served(address, folder.path()).await {
            let has_ended = !matches!(process.try_wait(), Ok(None));
            if has_ended || Instant::now() > end {
                return Err(logs_in(folder.path()));
            }
            sleep(GLANCE).await;
        }
        Ok(Self { address, folder, _process: process })
    }
}

fn nginx(folder: &Path, assets: &Path, address: SocketAddr, api: SocketAddr) -> Command {
    let site = changed(
        &read(&deployed("nginx/tfe-console.conf")),
        &[
            ("listen 443 ssl http2;", &format!("listen {address};")),
            ("    listen [::]:443 ssl http2;\n", ""),
            ("    ssl_certificate /etc/ssl/console.example.com.pem;\n", ""),
            ("    ssl_certificate_key /etc/ssl/private/console.example.com.key;\n", ""),
            ("/srv/tfe-console/dist", &assets.display().to_string()),
            ("127.0.0.1:8080", &api.to_string()),
            ("/var/log/nginx/tfe-console.log", &folder.join("access.log").display().to_string()),
        ],
    );
    let snippets = folder.join("snippets");
    fs::create_dir(&snippets).expect("there is room for a folder");
    let headers = "tfe-console-headers.conf";
    fs::copy(deployed("nginx/snippets").join(headers), snippets.join(headers)).expect("there is room for a file");
    write(&folder.join("site.conf"), &site);
    // As Debian's nginx.conf, but as one process without rights of its own.
    let (program, root) = program("TFE_CONSOLE_NGINX", "usr/sbin/nginx");
    let modules = ["usr/lib", "usr/lib64"].map(|lib| root.join(lib).join("nginx/modules"));
    let modules = modules.map(|folder| folder.join("ngx_http_brotli_static_module.so"));
    let module = modules.iter().find(|file| file.is_file()).expect("nginx has its module brotli_static");
    let types = root.join("etc/nginx/mime.types");
    let here = folder.display();
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|name| format!("{name}_temp_path {here}/{name};\n"))
        .concat();
    write(
        &folder.join("nginx.conf"),
        &format!(
            "daemon off;\nmaster_process off;\npid {here}/pid;\nerror_log {here}/error.log;\nload_module {};\n\
             events {{}}\nhttp {{\ninclude {};\ndefault_type application/octet-stream;\n{temporary}include site.conf;\n}}\n",
            module.display(),
            types.display()
        ),
    );
    let mut command = Command::new(program);
    command.arg("-e").arg(folder.join("error.log")).arg("-p").arg(folder).args(["-c", "nginx.conf"]);
    command
}

fn caddy(folder: &Path, assets: &Path, address: SocketAddr, api: SocketAddr) -> Command {
    let file = changed(
        &read(&deployed("caddy/Caddyfile")),
        &[
            ("\n{\n", "\n{\n\tadmin off\n"),
            ("console.example.com {", &format!("http://{address} {{")),
            ("/srv/tfe-console/dist", &assets.display().to_string()),
            ("reverse_proxy 127.0.0.1:8080", &format!("reverse_proxy {api}")),
        ],
    );
    write(&folder.join("Caddyfile"), &file);
    let (program, _) = program("TFE_CONSOLE_CADDY", "usr/bin/caddy");
    let mut command = Command::new(program);
    command.args(["run", "--adapter", "caddyfile", "--config"]).arg(folder.join("Caddyfile"));
    for variable in ["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        command.env(variable, folder);
    }
    command
}

/// Whether this web server answers there, which its own log tells: another program may have taken the port meanwhile.
async fn is_served(address: SocketAddr, folder: &Path) -> bool {
    let Ok(mut connection) = TcpStream::connect(address).await else { return false };
    let request = format!("HEAD / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let mut answer = Vec::new();
    let asked = async {
        connection.write_all(request.as_bytes()).await?;
        connection.read_to_end(&mut answer).await
    };
    timeout(ANSWER_LIMIT, asked).await.is_ok_and(|asked| asked.is_ok()) && logs_in(folder).contains("HEAD")
}

/// The program that the variable names, and the root of the package that it is in.
fn program(variable: &str, place: &str) -> (PathBuf, PathBuf) {
    let program = env::var_os(variable).map(PathBuf::from);
    let program = program.unwrap_or_else(|| panic!("{variable} names no program: run `cargo xtask test --only e2e`"));
    let root = program.ancestors().nth(Path::new(place).components().count()).map(Path::to_owned);
    (program, root.unwrap_or_else(|| PathBuf::from("/")))
}

/// The configuration with other texts in the place of some, each of which must be there once.
fn changed(configuration: &str, changes: &[(&str, &str)]) -> String {
    let mut text = configuration.to_owned();
    for (old, new) in changes {
        assert_eq!(text.matches(old).count(), 1, "how often the configuration has {old:?}");
        text = text.replace(old, new);
    }
    text
}

/// A port that was free a moment ago.
fn free_address() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    listener.local_addr().expect("a listener has an address")
}

fn deployed(path: &str) -> PathBuf {
    project().join("deploy").join(path)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

fn logs_in(folder: &Path) -> String {
    let names = ["access.log", "error.log", "output.log"];
    names.iter().filter_map(|name| fs::read_to_string(folder.join(name)).ok()).collect()
}
