//! What people paste.

use super::*;

fn pairs(text: &str) -> Vec<(String, String)> {
    match read_pasted(text) {
        Some(Ok(pairs)) => pairs,
        other => vec![("not read".to_owned(), format!("{other:?}"))],
    }
}

fn expect(text: &str, expected: &[(&str, &str)]) {
    let expected: Vec<(String, String)> =
        expected.iter().map(|(key, value)| ((*key).into(), (*value).into())).collect();
    assert_eq!(pairs(text), expected, "{text}");
}

#[test]
fn a_single_word_is_pasted_as_it_is() {
    for text in ["", "ami_id", " ami_id ", "ami-123456"] {
        assert_eq!(read_pasted(text), None, "{text}");
    }
}

#[test]
fn lines_of_an_environment_fill_rows() {
    expect(
        "\u{FEFF}# comment\r\nAMI=ami-1\r\n\r\nexport REGION=us-east-1\nURL=https://a/b?c=d#e\nEMPTY=\nQUOTED=\"a \\\"b\\\"\"\nSINGLE='a b'\n",
        &[
            ("AMI", "ami-1"),
            ("REGION", "us-east-1"),
            ("URL", "https://a/b?c=d#e"),
            ("EMPTY", ""),
            ("QUOTED", "a \"b\""),
            ("SINGLE", "a b"),
        ],
    );
    expect("a=b", &[("a", "b")]);
}

#[test]
fn assignments_of_a_tfvars_file_fill_rows() {
    expect(
        "region = \"us-east-1\" # where\ncount=5 // so many\non   = true\n/* long\ncomment */\nzones = [\n  \"a\", # ]\n  \"b]\",\n]\ntags = { a = \"b\" }\nuser_data = <<-EOT\n    #!/bin/sh\n      echo\n    EOT\nraw = <<EOT\n  kept\nEOT\n",
        &[
            ("region", "us-east-1"),
            ("count", "5"),
            ("on", "true"),
            ("zones", "[\n  \"a\", # ]\n  \"b]\",\n]"),
            ("tags", "{ a = \"b\" }"),
            ("user_data", "#!/bin/sh\n  echo\n"),
            ("raw", "  kept\n"),
        ],
    );
}

#[test]
fn a_json_object_fills_rows_and_keeps_the_spelling_of_numbers() {
    expect(
        "{\"z\": \"te\\nxt\", \"a\": 1.10, \"big\": 12345678901234567890123, \"on\": true, \"none\": null, \"list\": [1, {\"x\": 2}]}",
        &[
            ("z", "te\nxt"),
            ("a", "1.10"),
            ("big", "12345678901234567890123"),
            ("on", "true"),
            ("none", ""),
            ("list", "[1, {\"x\": 2}]"),
        ],
    );
}

#[test]
fn what_is_not_understood_is_named_by_its_line() {
    let table = [
        ("a=1\nnonsense\n", "line 2"),
        ("=1", "line 1"),
        ("two words = 1", "line 1"),
        ("a = \"open\nb = 1", "line 1"),
        ("a = \"closed\" more", "line 1"),
        ("a = [\n1,", "line 1"),
        ("a = <<EOT\nnever", "line 1"),
        ("a=1\n/* never", "line 2"),
        ("{\"a\": 1,\n \"b\" }", "line 2"),
        ("{", "line 1"),
        ("{\"a\": 1} more", "line 1"),
    ];
    for (text, line) in table {
        let outcome = read_pasted(text);
        assert!(matches!(&outcome, Some(Err(problem)) if problem.contains(line)), "{text}: {outcome:?}");
    }
}

#[test]
fn huge_pastes_are_quick() {
    assert!(matches!(read_pasted(&"a=b\n".repeat(3_000_000)), Some(Err(_))));
    assert_eq!(pairs(&"a=b\n".repeat(1_000_000)).len(), 1_000_000);
    assert!(matches!(read_pasted(&format!("a = {}", "[".repeat(1_000_000))), Some(Err(_))));
    assert!(matches!(read_pasted(&"{\"a\":".repeat(100_000)), Some(Err(_))));
}

#[test]
fn rows_with_problems_are_told_with_their_field() {
    let row = |key: &str, value: &str| (key.to_owned(), value.to_owned());
    let rows = [
        row("a", "1"),
        row(" a ", "2"),
        row("", "3"),
        row("b", &"x".repeat(262_144)),
        row("c", &"x".repeat(262_145)),
        row("d\ne", ""),
        row(" ", ""),
    ];
    let found: Vec<(usize, KeyOrValue)> = problems(&rows).into_iter().map(|(row, part, _)| (row, part)).collect();
    use KeyOrValue::{Key, Value};
    assert_eq!(found, [(0, Key), (1, Key), (2, Key), (4, Value), (5, Key), (6, Key)]);
    assert_eq!(problems(&[row("a", ""), row("A", "")]), []);
}
