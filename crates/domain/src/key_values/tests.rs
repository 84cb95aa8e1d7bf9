//! What people paste.

use super::*;

fn pairs(text: &str) -> Vec<(String, String)> {
    match read_pasted(text) {
        Some(Ok(pasted)) => pasted.pairs,
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
fn a_sign_inside_a_value_is_never_taken_for_a_comment_in_silence() {
    let kept = [
        ("TOKEN_HINT=a #b is part of it", "a #b is part of it"),
        ("COLOUR=#ff0000", "#ff0000"),
        ("EMPTY= # or not", "# or not"),
        ("URL=http://a //b", "http://a //b"),
        ("a=12 apples # 3", "12 apples # 3"),
    ];
    for (text, value) in kept {
        match read_pasted(text) {
            Some(Ok(Pasted { pairs, notes })) => {
                assert_eq!((pairs.first().map(|it| it.1.as_str()), notes.len()), (Some(value), 0), "{text}");
            }
            other => assert!(other.is_none(), "{text}: {other:?}"),
        }
    }
    for (text, value, comment) in [
        ("count = 5 // so many", "5", "// so many"),
        ("a=1\non=true\t# yes", "true", "# yes"),
        ("n=-1.5e3 #", "-1.5e3", "#"),
        ("a=\"x # y\" # z", "x # y", "# z"),
        ("a='x # y'\t// z", "x # y", "// z"),
        ("a=\"x\ny\" # z", "x\ny", "# z"),
    ] {
        let pasted = read_pasted(text).and_then(Result::ok).unwrap_or_default();
        assert_eq!(pasted.pairs.last().map(|it| it.1.as_str()), Some(value), "{text}");
        assert!(
            pasted.notes.concat().starts_with(&["Line ", &text.lines().count().to_string()].concat()),
            "{pasted:?}"
        );
        assert!(pasted.notes.concat().contains(&["“", comment, "” was taken for a comment."].concat()), "{pasted:?}");
    }
}

#[test]
fn a_value_over_several_lines_is_read_or_refused_by_name() {
    let key = "-----BEGIN MADE-UP BLOCK-----\nbWFkZSB1cCBsaW5l\nbWFkZSB1cA==\n-----END MADE-UP BLOCK-----";
    for quote in ["\"", "'", ""] {
        let text = ["REGION=eu-west-1\nKEY=", quote, key, quote, "\nAFTER=1\n"].concat();
        expect(&text, &[("REGION", "eu-west-1"), ("KEY", key), ("AFTER", "1")]);
        expect(&text.replace('\n', "\r\n"), &[("REGION", "eu-west-1"), ("KEY", key), ("AFTER", "1")]);
    }
    for between in ["\n", "\n\n"] {
        let chain = [key, key, key].join(between);
        expect(&["CHAIN=", &chain, "\n\nAFTER=1\n"].concat(), &[("CHAIN", &chain), ("AFTER", "1")]);
    }
    expect("a=\"one  \n  two \\\"x\\\"\n\" # end\nb=2", &[("a", "one  \n  two \"x\"\n"), ("b", "2")]);
    for text in ["A=1\nKEY=\"open\nb=2", "A=1\nKEY='open", "A=1\nKEY=-----BEGIN X-----\nabc==", "A=1\nKEY=\"a\nb\" c"] {
        let outcome = read_pasted(text);
        let is_named = |problem: &str| problem.starts_with("line 2 ") && problem.contains("the value of KEY");
        assert!(matches!(&outcome, Some(Err(problem)) if is_named(problem)), "{text}: {outcome:?}");
    }
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
        ("a = 'open\nb = 1", "line 1"),
        ("a = 'closed' more", "line 1"),
        ("a=1\nA=\"b\"#c", "line 2"),
        ("a=1\nA='b'//c", "line 2"),
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
    assert!(matches!(read_pasted(&["a=\"", &"b\n".repeat(3_000_000)].concat()), Some(Err(_))));
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
