//! What go-slug 0.18.3 does with careless and strange rules, as it was asked for each.

use super::{Rules, left_out};

/// Rules, and what they leave out of some files.
struct Case {
    name: &'static str,
    file: &'static [u8],
    paths: &'static [&'static str],
    sent: &'static [&'static str],
}

const CASES: [Case; 7] = [
    Case {
        name: "a rule in composed form, and names in decomposed form",
        file: "geheim-gr\u{f6}\u{df}e/\n*.caf\u{e9}\n".as_bytes(),
        paths: &["geheim-gro\u{308}\u{df}e/id.pem", "notes.cafe\u{301}", "main.tf"],
        sent: &["main.tf"],
    },
    Case {
        name: "a rule in decomposed form, and names in composed form",
        file: "geheim-gro\u{308}\u{df}e/\n*.cafe\u{301}\n".as_bytes(),
        paths: &["geheim-gr\u{f6}\u{df}e/id.pem", "notes.caf\u{e9}", "main.tf"],
        sent: &["main.tf"],
    },
    Case {
        name: "a `!` rule that cannot be read still ends the skipping of whole folders",
        file: b"logs/*\n![abc\n",
        paths: &["logs/a.txt", "logs/sub/deep.txt", "main.tf"],
        sent: &["logs/sub/deep.txt", "main.tf"],
    },
    Case {
        name: "UTF-16 with a byte order mark, as some shells write it",
        file: b"\xff\xfe*\0.\0p\0e\0m\0\r\0\n\0s\0e\0c\0r\0e\0t\0s\0/\0\r\0\n\0",
        paths: &["key.pem", "secrets/prod.tfvars", "main.tf"],
        sent: &["key.pem", "secrets/prod.tfvars", "main.tf"],
    },
    Case {
        name: "`./` in front",
        file: b"./secrets/\n./terraform.tfstate\n",
        paths: &["secrets/a.pem", "terraform.tfstate", "main.tf"],
        sent: &["secrets/a.pem", "terraform.tfstate", "main.tf"],
    },
    Case {
        name: "Terraform's issue 28110 as reported",
        file: b"*\n!rel/deployment/**.*\n!rel/deployment\n",
        paths: &[
            "rel/deployment/terraform/main.tf",
            "rel/deployment/terraform/variables.tf",
            "rel/deployment/.env",
            "apps/web/package.json",
        ],
        sent: &["rel/deployment/.env"],
    },
    Case {
        name: "Terraform's issue 28110 as advised",
        file: b"*\n!rel/deployment/**/*.*\n!rel/deployment\n",
        paths: &["rel/deployment/terraform/main.tf", "rel/deployment/Makefile", "apps/web/package.json"],
        sent: &["rel/deployment/terraform/main.tf"],
    },
];

#[test]
fn what_users_have_reported_comes_out_as_with_terraform() {
    for Case { name, file, paths, sent } in CASES {
        let (mut rules, _) = Rules::read(file);
        let kept: Vec<&str> = paths.iter().copied().filter(|path| !rules.leave_out(path)).collect();
        assert_eq!(kept, sent, "{name}");
    }
}

#[test]
fn lines_at_which_terraform_crashes_are_reported_and_the_others_count() {
    let (mut rules, problems) = Rules::read(b"\r\n\n   \n*.pem\n \t\r\n!\n");
    assert!(rules.leave_out("key.pem") && !rules.leave_out("main.tf"));
    assert_eq!(problems.len(), 3, "{problems:?}");
    for (problem, line) in problems.iter().zip(["Line 3 ", "Line 5 ", "Line 6,"]) {
        assert!(problem.starts_with(line) && problem.ends_with("at which Terraform crashes."), "{problem}");
    }
}

/// A rule; what it leaves out; what it does not; whether it cannot be read.
type Row = (&'static str, &'static [&'static str], &'static [&'static str], bool);

/// Where the languages of Go's `regexp` and of `regex-lite` differ, or could.
const ROWS: [Row; 74] = [
    ("copy(1).tf", &["copy1.tf"], &["copy(1).tf"], false),
    ("a+.tf", &["a.tf", "aa.tf"], &["a+.tf"], false),
    ("a|b", &["a", "b", "x/b", "xb", "a/c"], &[], false),
    ("a{2}", &["aa"], &["a", "a{2}"], false),
    ("a{,2}", &["a{,2}"], &["a", "aa"], false),
    ("a{02}", &["a{02}"], &["aa"], false),
    ("{a,b}.tf", &["{a,b}.tf"], &["a.tf"], false),
    ("a{2", &["a{2"], &["aa"], false),
    ("a{1001}", &[], &["a"], true),
    ("a{3,2}", &[], &["aa", "aaa"], true),
    ("(a{30}){40}", &[], &["a"], true),
    ("(b{500}){0}a", &["a"], &[], false),
    ("a**+", &[], &["a", "ab"], true),
    ("a*+", &[], &["a", "a+"], true),
    ("/+a", &["a"], &["+a"], false),
    ("+a", &[], &["a", "+a"], true),
    ("(+a)", &[], &["a"], true),
    ("(a", &[], &["a", "(a"], true),
    ("a)", &[], &["a", "a)"], true),
    ("()a", &["a"], &[], false),
    ("[*]", &["[]", "/]"], &["*", "["], false),
    ("[?]", &["[]", "^]"], &["?", "a]"], false),
    ("[.]", &["."], &[".a", "x.", "\\"], false),
    ("[a[b]c", &["ac", "[c", "bc"], &[], false),
    ("[a&&b]", &["a", "&", "b"], &[], false),
    ("[a--b]", &[], &["a", "-", "b"], true),
    ("[+--]", &["+", ",", "-"], &["."], false),
    ("[~~]", &["~"], &[], false),
    ("[]a]", &["]", "a"], &[], false),
    ("[^]a]", &["b"], &["]", "a"], false),
    ("[z-a]", &[], &["z"], true),
    ("[a\\]b]", &["]", "a"], &["\\"], false),
    ("[!a]", &["!", "a"], &["b"], false),
    ("[[:alpha:]]", &["a"], &["1"], false),
    ("[[:^digit:]]", &["a"], &["1"], false),
    ("[[:foo:]]", &[], &[":", "f"], true),
    ("[[:a]", &["[", ":", "a"], &["b"], false),
    ("[\\d-z]", &["5", "-", "z"], &["y"], false),
    ("[a-\\d]", &[], &["a", "5"], true),
    ("\\d", &["5"], &["d", "٥"], false),
    ("\\w", &["a"], &["é", "-"], false),
    ("a\\sb", &["a b"], &["a\u{b}b", "asb"], false),
    ("a\\Sb", &["a\u{b}b", "asb"], &["a b"], false),
    ("\\bab", &["ab", "x/ab"], &[], false),
    ("a\\b{2}b", &[], &["ab"], false),
    ("a\\b-", &["a-"], &[], false),
    ("\\<a\\>", &["<a>"], &["a"], false),
    ("\\x41\\x{42}", &["AB"], &["x41x{42}"], false),
    ("\\x{110000}", &[], &["a"], true),
    ("\\x4", &[], &["x4"], true),
    ("\\101", &["A"], &["101"], false),
    ("\\1", &[], &["1"], true),
    ("\\8", &[], &["8"], true),
    ("\\_a", &["_a"], &[], false),
    ("\\Qa+b\\E", &["a+b"], &["aab"], false),
    ("\\Qab\\E+", &["abb"], &["ab+"], false),
    ("\\q", &[], &["q"], true),
    ("\\é", &[], &["é"], true),
    ("a\\", &["a$"], &["a", "a\\"], false),
    ("/\\Aa\\z", &["a"], &[], false),
    ("^a", &["a"], &["b/a", "^a"], false),
    ("a^", &[], &["a", "a^"], false),
    ("a$", &["a$"], &["a"], false),
    ("a-b#c,d~e&f", &["a-b#c,d~e&f"], &[], false),
    ("/\u{feff}a", &["a"], &["\u{feff}a"], false),
    ("\u{feff}a", &["\u{feff}a"], &["a"], false),
    ("a*b", &["a\nb", "a\u{2028}b"], &[], false),
    ("a/**/b", &["a/xy/b"], &["a/x\ny/b"], false),
    ("/", &["a", "b/c"], &[], false),
    ("\u{a0}a\u{2003}", &["a"], &[], false),
    ("**a", &["a", "b/a"], &["ba", "b/ca"], false),
    ("a**b", &["ab", "a/b", "ax/b"], &["axb"], false),
    ("a/**", &["a/b", "c/a/b"], &["a"], false),
    ("***", &["a", "a/b"], &[], false),
];

#[test]
fn expressions_are_read_as_go_reads_them() {
    for (rule, gone, kept, is_refused) in ROWS {
        let paths: Vec<&str> = gone.iter().chain(kept).copied().collect();
        assert_eq!(left_out(rule, &paths), gone, "{rule:?}");
        let (_, problems) = Rules::read(rule.as_bytes());
        assert_eq!(
            problems.iter().any(|problem| problem.contains("has no effect")),
            is_refused,
            "{rule:?}: {problems:?}"
        );
    }
}

#[test]
fn classes_of_unicode_are_refused_and_reported() {
    // The only rules that Terraform can read and the console cannot.
    for rule in [r"\pL", r"\p{Greek}a", r"[\PN]"] {
        let (mut rules, problems) = Rules::read(rule.as_bytes());
        assert!(!rules.leave_out("a"));
        assert!(matches!(problems.as_slice(), [only] if only.contains("class of Unicode")), "{problems:?}");
    }
}
