use super::*;

const TOKEN: &str = "Hx7pQ.atlasv1.a-b_C~9/z+0==";

/// The same, with `@` for the token.
fn with_token(text: &str) -> String {
    text.replace('@', TOKEN)
}

#[test]
fn a_token_is_found_in_what_is_pasted_with_it() {
    for pasted in [
        "@",
        "  @\r\n",
        "\u{FEFF}\u{200B}@\u{A0}",
        "\"@\"",
        "'@',",
        "`@`",
        "“@”",
        "Bearer @",
        "bearer   @",
        "BEARER\t@\n",
        "\"Bearer @\"",
        "Authorization: Bearer @",
        "authorization:bearer @",
        "Authorization:  @",
        "-H 'Authorization: Bearer @'",
        "curl --header \"Authorization: Bearer @\" https://tfe.example/api/v2/account/details",
        "curl -H \"Authorization: Bearer @\" -H \"Content-Type: application/vnd.api+json\"",
        "Authorization: Bearer @ Content-Type: application/vnd.api+json",
        "Content-Type: application/json\nX-Atlas-Token: @\n",
        "X-Atlas-Token:@",
        "'X-Atlas-Token': '@'",
        "token = \"@\"",
        "token=\"@\"",
        "token=@",
        "  token     =   \"@\"  ",
        "\"token\": \"@\"",
        "credentials \"app.terraform.io\" {\n  token = \"@\"\n}\n",
        // As a field of one line gets it.
        "credentials \"app.terraform.io\" {   token = \"@\" }",
        "credentials \"app.terraform.io\" {  token = \"@\"}plugin_cache_dir = \"$HOME/.terraform.d\"",
        "# token of the build\ncredentials \"tfe.example\" {\n  token = \"@\"\n}",
        r#"{"credentials":{"app.terraform.io":{"token":"@"}}}"#,
        "{\n  \"credentials\": {\n    \"tfe.example:8443\": {\n      \"token\": \"@\"\n    }\n  }\n}\n",
        "TFE_TOKEN=@",
        "export TFE_TOKEN='@'",
        "TFE_TOKEN=@ TFE_ADDRESS=https://tfe.example",
        "$env:TFE_TOKEN = \"@\"",
        "TF_TOKEN_app_terraform_io=@",
        "ATLAS_TOKEN: @",
        "tfe_token: \"@\"",
        "API token: @",
        "Authorization: Token @",
        "-H \"Authorization: token @\"",
        "X-Atlas-Token @",
        "x-atlas-token: @",
        "--token @",
        "--token=@",
        "tool -token '@' --verbose",
        "tool --token @ versions list",
        "set -gx TFE_TOKEN @",
        "setx TFE_TOKEN \"@\"",
        "(@)",
        "[@]",
        "@.",
        "\"@\".",
        "(Bearer @).",
        "The token: @.",
        "token = [@]",
        // A comment beside it is none, nor is the value of another name.
        "@ # the token of the build",
        "@ # was token: another",
        "token = @ // not token = another",
        "# token = \"another\"\ntoken = \"@\"",
        "TFE_TOKEN=@ # TFE_TOKEN=another",
        "token = \"@\" # token = \"another\"",
        "\"@\" # not another",
        "# token of the build TFE_TOKEN=@",
        r#"{"note":"API token: see the wiki","token":"@"}"#,
        r#"{"token":"@","note":"say \"token: another\", it's old"}"#,
        "token = \"@\"\ndescription = “old token: another”",
        "--header=\"Authorization: Bearer @\" --data='token of the build'",
        r#"{"key":"Authorization","value":"Bearer @"}"#,
        // Twice the same is one.
        "Authorization: Bearer @\nX-Atlas-Token: @",
    ] {
        assert_eq!(clean_token(&with_token(pasted)).as_deref(), Ok(TOKEN), "{pasted:?}");
    }
}

#[test]
fn a_token_that_looks_like_something_else_is_still_one() {
    for token in ["demo-admin-token", "token", "my_token", "eyJhbGci.eyJzdWIi.c2ln-_", "at-1", "pass:word!", "a=b"] {
        assert_eq!(clean_token(token).as_deref(), Ok(token));
    }
    assert_eq!(clean_token("Bearer demo-admin-token").as_deref(), Ok("demo-admin-token"));
    assert_eq!(clean_token("X-Atlas-Token: demo-admin-token").as_deref(), Ok("demo-admin-token"));
}

#[test]
fn what_is_no_token_is_told_in_words_and_never_echoed() {
    let table = [
        ("", EMPTY),
        (" \r\n\u{200B} ", EMPTY),
        ("\"\"", EMPTY),
        ("secret value", CHARACTERS),
        ("secrét", CHARACTERS),
        ("Bearer secret value", CHARACTERS),
        ("Bearer secrét", CHARACTERS),
        ("token = \"secret value\"", CHARACTERS),
        ("token = \"secrét\"", CHARACTERS),
        ("token = \"secret", CHARACTERS),
        ("Authorization: Basic secret", CHARACTERS),
        ("TFE_TOKEN=secretTFE_ADDRESS=https://tfe.example", CHARACTERS),
        ("Bearer", NONE),
        ("X-Atlas-Token", NONE),
        ("--token", NONE),
        ("TFE_TOKEN", NONE),
        ("token: ...", NONE),
        ("token = $(cat secret)", NONE),
        ("Token secret value", CHARACTERS),
        ("Authorization:", NONE),
        ("Authorization: Bearer", NONE),
        ("Authorization: Bearer $SECRET", NONE),
        ("Authorization: Bearer ${SECRET}", NONE),
        ("Authorization: Bearer <secret>", NONE),
        ("Bearer {{ secret }}", NONE),
        ("$SECRET", NONE),
        ("<secret>", NONE),
        ("token = \"\"", NONE),
        ("{\"credentials\": {}}", NONE),
        ("{\"secret\": \"value\"}", NONE),
        ("https://secret.example/app/settings/tokens", NONE),
        ("credentials \"a\" { token = \"secret1\" } credentials \"b\" { token = \"secret2\" }", SEVERAL),
        ("credentials \"a\" { token = \"secret1\" # mine } credentials \"b\" { token = \"secret2\" }", SEVERAL),
        ("# token = \"secret1\" token = \"secret2\"", SEVERAL),
        (r#"{"credentials":{"a":{"token":"secret1"},"b":{"token":"secret2"}}}"#, SEVERAL),
    ];
    for (pasted, sentence) in table {
        assert_eq!(clean_token(pasted), Err(sentence), "{pasted:?}");
        assert!(!sentence.to_lowercase().contains("secr"), "{sentence}");
    }
}

#[test]
fn a_long_paste_is_read_in_time() {
    let long = "credentials \"a\" { ".repeat(20_000);
    assert_eq!(clean_token(&long), Err(NONE));
    assert_eq!(clean_token(&"x".repeat(1_000_000)).map(|token| token.len()), Ok(1_000_000));
    assert_eq!(clean_token(&"token ".repeat(100_000)), Err(CHARACTERS));
}
