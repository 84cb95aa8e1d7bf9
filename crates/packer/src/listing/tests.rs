use super::*;

/// What is sent of these files, as the worker asks for it.
fn list(paths: &[&str], ignore: Option<&[u8]>) -> Listing {
    let mut sieve = Sieve::new(ignore);
    let taken = paths.iter().enumerate().filter(|(_, path)| sieve.takes(path));
    let found: Vec<Found> =
        taken.map(|(index, path)| Found { path: (*path).to_owned(), size: 10, is_script: false, index }).collect();
    sieve.list(found, Vec::new())
}

fn paths(listing: &Listing) -> Vec<&str> {
    listing.entries.iter().map(|entry| entry.path.as_str()).collect()
}

/// What is told, each with its path.
fn told(listing: &Listing) -> Vec<String> {
    listing.problems.iter().map(|(path, reason)| format!("{path}: {reason}")).collect()
}

#[test]
fn what_is_sent_is_sorted_and_free_of_what_terraform_leaves_out() {
    let files = [
        "app/z.tf",
        "app/main.tf",
        "app/.git/config",
        "app/.git/objects/a/b",
        "app/.terraform/providers/x",
        "app/.terraform/modules/m/main.tf",
        "app/modules/a/.git/HEAD",
        "app/B.tf",
    ];
    let listing = list(&files, None);
    assert_eq!(paths(&listing), [".terraform/modules/m/main.tf", "B.tf", "main.tf", "z.tf"]);
    // Terraform looks into `.terraform`, and not into `.git`.
    assert_eq!((listing.bytes(), listing.left_out_files, listing.left_out_folders), (40, 1, 2));
    assert_eq!(listing.problems, []);
}

#[test]
fn folders_that_are_left_out_are_not_looked_into() {
    let mut sieve = Sieve::new(Some(b"node_modules/\nlogs/*\n"));
    for (folder, is_entered) in
        [("app/node_modules/", false), ("app/a/node_modules/", false), ("app/logs/", false), ("app/modules/", true)]
    {
        assert_eq!(sieve.takes(folder), is_entered, "{folder}");
    }
    let listing = sieve.list(Vec::new(), Vec::new());
    assert_eq!((listing.left_out_folders, listing.left_out_files), (3, 0));
    // A `!` rule may bring back what is in them.
    let mut sieve = Sieve::new(Some(b"node_modules/\n!keep.tf\n"));
    assert!(sieve.takes("app/node_modules/") && sieve.takes("app/node_modules/keep.tf"));
    assert!(!sieve.takes("app/node_modules/index.js"));
}

#[test]
fn a_file_list_counts_a_folder_that_is_left_out_once() {
    let files: Vec<String> = (0..500).map(|number| format!("app/node_modules/p{}/f{number}", number % 50)).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).chain(["app/main.tf"]).collect();
    let listing = list(&files, Some(b"node_modules/\n"));
    assert_eq!((listing.left_out_folders, listing.left_out_files, paths(&listing)), (1, 0, vec!["main.tf"]));
}

#[test]
fn the_ignore_file_of_the_root_counts_and_is_sent() {
    let files = ["app/sub/.terraformignore", "app/.terraformignore", "app/a.log", "app/b/c.log", "app/x.tf"];
    let listing = list(&files, Some(b"*.log\n"));
    assert_eq!(paths(&listing), [".terraformignore", "sub/.terraformignore", "x.tf"]);
    assert_eq!(listing.left_out_files, 2);
}

#[test]
fn nothing_climbs_out_of_the_folder() {
    let bad = ["app/../x", "app/a/../../x", "app//x", "app/./x", "app/a\\b", "app//", "x", "", "app/a\0b"];
    let listing = list(&bad, None);
    assert_eq!(paths(&listing), [""; 0]);
    assert_eq!(listing.problems.len(), bad.len());
}

#[test]
fn twins_are_reported() {
    let files = ["app/a.tf", "app/a.tf", "app/README", "app/readme", "app/Mods/x", "app/mods/y", "app/mods/z"];
    let listing = list(&files, None);
    assert_eq!(paths(&listing), ["Mods/x", "README", "a.tf", "mods/y", "mods/z", "readme"]);
    let told = told(&listing);
    assert_eq!(told.len(), 3, "{told:?}");
    for expected in ["a.tf: is there twice", "readme: differs from README", "mods: differs from Mods"] {
        assert!(told.iter().any(|it| it.contains(expected)), "{expected} in {told:?}");
    }
    let listing = list(&["app/main.tf", "app/e\u{301}.tf", "app/\u{e9}.tf"], None);
    assert!(
        matches!(listing.problems.as_slice(), [(_, reason)] if reason.contains("Unicode")),
        "{:?}",
        listing.problems
    );
}

#[test]
fn what_is_no_configuration_is_reported() {
    let listing = list(&["app/main.tf", "app/._main.tf", "app/mod/._x.tf"], None);
    assert!(told(&listing).iter().all(|it| it.contains("macOS")) && listing.problems.len() == 2);
    let listing = list(&["app/app/main.tf", "app/README.md"], None);
    assert_eq!(told(&listing), [": No .tf file is directly in this folder, where Terraform looks for them."]);
    assert_eq!(told(&list(&[], None)), [""; 0]);
}

#[test]
fn what_rules_do_not_leave_out_or_bring_back_is_told_with_the_line() {
    let files = ["app/main.tf", "app/secrets/a.pem", "app/secrets/b.pem", "app/logs/x.txt", "app/logs/sub/deep.txt"];
    let table: [(&str, &[&str], &[&str]); 7] = [
        ("# \nsecrets\n", &files, &["Line 2, “secrets”, leaves out no folder: secrets/a.pem and 1 more are sent."]),
        ("secrets\nsecrets/\n", &files, &[]),
        ("secrets\n!secrets/*\n", &files, &[]),
        ("/*\n!main.tf\n", &files, &["Line 1, “/*”, leaves out no folder: secrets/a.pem and 3 more are sent."]),
        ("logs/*\n!main.tf\n", &files, &["Line 1, “logs/*”, leaves out no folder: logs/sub/deep.txt is sent."]),
        ("logs/*\n", &files, &[]),
        (
            "!*.tfstate\n!.git/\n",
            &["app/main.tf", "app/.terraform/terraform.tfstate", "app/.git/config", "app/.git/HEAD"],
            &[
                "Line 1, “!*.tfstate”, brings back what Terraform leaves out by itself: .terraform/terraform.tfstate is sent.",
                "Line 2, “!.git/”, brings back what Terraform leaves out by itself: .git/config and 1 more are sent.",
            ],
        ),
    ];
    for (rules, files, expected) in table {
        let told = told(&list(files, Some(rules.as_bytes())));
        assert_eq!(told.len(), expected.len(), "{rules:?}: {told:?}");
        for expected in expected {
            assert!(told.iter().any(|it| it.contains(expected)), "{expected} in {told:?}");
        }
    }
}

#[test]
fn problems_found_on_the_way_are_told_with_the_path_inside() {
    let listing = Sieve::new(None).list(Vec::new(), vec![("app/x/y".to_owned(), UNREADABLE.to_owned())]);
    assert_eq!(told(&listing), ["x/y: cannot be read, and is left out"]);
}

#[test]
fn the_order_of_the_browser_does_not_matter() {
    let mut files = ["app/c", "app/a/b", "app/a.b", "app/a"];
    let one = list(&files, None);
    files.reverse();
    assert_eq!(paths(&one), paths(&list(&files, None)));
    assert_eq!(paths(&one), ["a", "a.b", "a/b", "c"]);
}

#[test]
fn fifty_thousand_files_are_listed_at_once() {
    let files: Vec<String> =
        (0..50_000).map(|number| format!("app/modules/m{}/file{number}.tf", number % 500)).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    let rules = "*a*a*a*a*a*b\n**/**/**/**/x\nlogs/\n!keep/*.log\n";
    let began = std::time::Instant::now();
    assert_eq!(list(&files, Some(rules.as_bytes())).entries.len(), 50_000);
    assert!(began.elapsed().as_secs() < 30, "{:?}", began.elapsed());
}
