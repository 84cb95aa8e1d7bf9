//! The cases of Terraform's documentation and of go-slug's own tests, and what a hostile file may hold.

mod go_slug;

use std::time::Instant;

use super::Rules;

/// The paths that are left out with these rules.
fn left_out<'a>(file: &str, paths: &[&'a str]) -> Vec<&'a str> {
    let (mut rules, _) = Rules::read(file.as_bytes());
    paths.iter().copied().filter(|path| rules.leave_out(path)).collect()
}

#[test]
fn terraforms_own_rules_always_count() {
    let paths = [
        ".git/config",
        "modules/a/.git/HEAD",
        ".gitignore",
        ".terraform/providers/aws",
        ".terraform/modules/vpc/main.tf",
        ".terraform/modules.json",
        "sub/.terraform/plugins/x",
        "sub/.terraform/modules/m/main.tf",
        ".terraform.lock.hcl",
        "terraform.tfstate",
        "main.tf",
    ];
    let gone = [
        ".git/config",
        "modules/a/.git/HEAD",
        ".terraform/providers/aws",
        ".terraform/modules.json",
        "sub/.terraform/plugins/x",
    ];
    assert_eq!(left_out("", &paths), gone);
    assert_eq!(left_out("# nothing\n\n", &paths), gone);
    // They may be taken back.
    assert_eq!(left_out("!.git/\n", &[".git/config"]), [""; 0]);
}

#[test]
fn rules_match_as_terraform_documents_them() {
    let table: [(&str, &str, bool); 34] = [
        ("*.log", "a.log", true),
        ("*.log", "deep/er/a.log", true),
        ("*.log", "a.log.txt", false),
        ("/*.log", "a.log", true),
        ("/*.log", "deep/a.log", false),
        ("logs/", "logs/a", true),
        ("logs/", "logs/b/c", true),
        ("logs/", "deep/logs/a", true),
        ("logs/", "logs", false),
        ("/logs/", "deep/logs/a", false),
        ("logs", "logs", true),
        ("logs/*", "logs/a", true),
        ("logs/**/x", "logs/x", true),
        ("logs/**/x", "logs/a/b/x", true),
        ("**/foo/bar", "a/foo/bar", true),
        ("foo/bar", "a/foo/bar", true),
        ("foo?.tf", "foo1.tf", true),
        ("foo?.tf", "foo/.tf", false),
        ("foo?.tf", "foo12.tf", false),
        ("[ab].tf", "a.tf", true),
        ("[ab].tf", "c.tf", false),
        ("[^ab].tf", "c.tf", true),
        ("[a-c].tf", "b.tf", true),
        ("*.tf\n!main.tf", "main.tf", false),
        ("*.tf\n!main.tf", "other.tf", true),
        ("!main.tf\n*.tf", "main.tf", true),
        ("\\#a", "#a", true),
        ("#a", "#a", false),
        ("\\!a", "!a", true),
        ("  a.tf  \r", "a.tf", true),
        ("A.tf", "a.tf", false),
        ("a.b", "axb", false),
        ("größe/", "größe/x", true),
        ("**", "anything/at/all", true),
    ];
    for (rules, path, is_out) in table {
        assert_eq!(!left_out(rules, &[path]).is_empty(), is_out, "{rules:?} on {path}");
    }
}

#[test]
fn a_rule_that_cannot_be_read_is_reported_and_has_no_effect() {
    let (mut rules, problems) = Rules::read(b"ok.tf\n[abc\n!\nsecret.tf\n");
    assert_eq!(problems.len(), 2, "{problems:?}");
    assert!(problems.iter().any(|problem| problem.contains("Line 2")), "{problems:?}");
    assert!(rules.leave_out("ok.tf") && rules.leave_out("secret.tf") && !rules.leave_out("a"));
}

#[test]
fn no_rule_makes_it_slow() {
    let stars = "*a".repeat(40) + "b";
    let deep = "**/".repeat(300) + "x";
    let path = "a".repeat(200) + "/" + &"a/".repeat(100) + "a";
    let began = Instant::now();
    for _ in 0..20 {
        assert_eq!(left_out(&format!("{stars}\n{deep}\n"), &[&path]), [""; 0]);
    }
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

#[test]
fn no_number_of_ways_to_match_makes_it_slow() {
    // Without a text that every match contains, so that each way is followed.
    let ways = "(a|aa|*)".repeat(200) + "[bc]{100}";
    let began = Instant::now();
    assert_eq!(left_out(&ways, &["a".repeat(2000).as_str()]), [""; 0]);
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

#[test]
fn a_rule_of_any_length_and_depth_is_read_or_refused() {
    for rule in
        ["(".repeat(60_000), "(".repeat(30_000) + &")".repeat(30_000), "a{1000}".repeat(9_000), "[".repeat(60_000)]
    {
        let (mut rules, problems) = Rules::read(rule.as_bytes());
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(!rules.leave_out("a"));
    }
    let deepest = "(".repeat(100) + "a|b" + &")+".repeat(100);
    assert_eq!(left_out(&deepest, &["a", "c"]), ["a"]);
}
