#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use super::*;

fn parse(line: &str) -> Outcome<Invocation> {
    let args: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
    Invocation::parse(&args, None)
}

fn command(line: &str) -> Command {
    parse(line).unwrap().command
}

fn complaint(line: &str) -> String {
    let failure = parse(line).unwrap_err();
    assert_eq!(failure.code(), 2, "{line}");
    failure.to_string()
}

#[test]
fn no_command_and_every_call_for_help_print_the_help() {
    for line in ["", "help", "--help", "-h", "demo --help"] {
        assert_eq!(command(line), Command::Help, "{line}");
    }
}

#[test]
fn the_demo_listens_on_loopback_unless_told_otherwise_and_passes_options_on() {
    let listen = SocketAddr::from(([127, 0, 0, 1], 8080));
    assert_eq!(command("demo"), Command::Demo { listen, server_options: Vec::new() });

    let listen = SocketAddr::from(([127, 0, 0, 1], 9000));
    let server_options = vec!["--seed".to_owned(), "empty".to_owned()];
    assert_eq!(command("demo --listen=127.0.0.1:9000 -- --seed empty"), Command::Demo { listen, server_options });
}

#[test]
fn options_belong_to_their_commands() {
    let (only, cargo_options) = (Some(Part::Web), Vec::new());
    assert_eq!(command("test --only web"), Command::Test { only, cargo_options });
    let cargo_options = vec!["--test".to_owned(), "web_list".to_owned()];
    assert_eq!(command("test --only web -- --test web_list"), Command::Test { only, cargo_options });
    assert_eq!(command("build"), Command::Build { public_url: PublicUrl::default() });
    let public_url = PublicUrl::parse("/console/").unwrap();
    assert_eq!(command("package --public-url /console"), Command::Package { public_url });
    assert_eq!(command("size --build"), Command::Size { build: true });
    assert_eq!(command("bench inventory"), Command::Bench);
    assert_eq!(command("setup --for build"), Command::Setup(Purpose::Build));
    assert!(complaint("lint --build").contains("takes no --build"));
    for line in ["build -- x", "test -- x", "test --only lint -- x"] {
        assert!(complaint(line).contains("nothing after --"), "{line}");
    }
}

#[test]
fn a_mistake_is_one_clear_line() {
    assert!(complaint("test --only web --only e2e").contains("given once"));
    assert!(complaint("build --public-url https://a.example/").contains("a path such as"));
    assert!(complaint("tset").contains("no command tset"));
    assert!(complaint("test --olny web").contains("no option --olny"));
    assert!(complaint("test --only").contains("needs a value"));
    assert!(complaint("test --only all").contains("not all"));
    assert!(complaint("demo --listen here").contains("not an address"));
    assert!(complaint("test web").contains("Unexpected argument web"));
    for line in ["bench", "bench lists"] {
        assert!(complaint(line).contains("bench inventory"), "{line}");
    }
}

#[test]
fn the_way_to_the_wasm_target_can_be_forced_by_flag_or_variable() {
    let args = ["setup".to_owned()];
    assert_eq!(Invocation::parse(&args, Some("debian")).unwrap().way, Some(Way::Debian));
    assert_eq!(Invocation::parse(&args, Some("")).unwrap().way, None);
    assert_eq!(Invocation::parse(&args, Some("nix")).unwrap_err().code(), 2);
    assert_eq!(parse("build --wasm-target rustup").unwrap().way, Some(Way::Rustup));
}
