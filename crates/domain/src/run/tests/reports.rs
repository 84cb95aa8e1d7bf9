//! What the report says, and what undo makes of it.

use super::*;

#[test]
fn what_is_not_done_in_the_end_is_told_inside_of_failed() {
    let mut run = run(Action::Disable, 3);
    reads(&mut run, found(version("0", r#","beta":true"#)));
    reads(&mut run, found(enabled("1")));
    sends(&mut run, unclear());
    reads(&mut run, Reading::Failed(String::new()));
    rests(&mut run);
    reads(&mut run, Reading::Failed(String::new()));
    let _ = step(&mut run);
    assert_eq!(
        run.summary(),
        "0 done, 0 already so, 0 refused, 2 failed, 1 not tried (1 unclear, 1 changed meanwhile, 1 under way)"
    );
    assert_eq!(run.progress(), (2, 3));
}

#[test]
fn undo_takes_back_what_was_done_and_lists_what_cannot_be() {
    let mut done = run(Action::Disable, 3);
    for id in ["0", "1", "2"] {
        reads(&mut done, found(enabled(id)));
        sends(&mut done, Answer::Done(None));
    }
    let undo = done.undo(&|id| match id {
        "tool-0" => Some(disabled("0")),
        "tool-1" => Some(enabled("1")),
        _ => None,
    });
    assert_eq!(undo.heading(), "Undo 3 changes?");
    assert_eq!(undo.summary(), "1 will change, 1 already so, 1 refused");
    assert_eq!(undo.items[0].after, "Enabled");

    let mut deleted = run(Action::Delete, 1);
    reads(&mut deleted, found(enabled("0")));
    sends(&mut deleted, Answer::Done(None));
    let undo = deleted.undo(&|_| None);
    assert!(matches!(&undo.items[0].kind, Kind::Create(create) if create.sha.as_deref() == Some("aa")), "{undo:?}");
}

#[test]
fn a_report_is_copied_as_text_csv_and_json() {
    let hostile = version("7", r#","deprecated":true,"deprecated-reason":"=1+1, \"x\"""#);
    let mut run = Run::new(Plan::of_selection(Action::RemoveDeprecation, "", &[hostile, enabled("1")]), 1);
    reads(&mut run, Reading::Failed("=cmd|' /C calc'!A0, \"now\"".to_owned()));
    let report = run.report();
    assert_eq!(
        report.to_csv(),
        "Version,Id,Before,After,End,Why\r\n\
        1.7.0,tool-7,\"Deprecated: =1+1, \"\"x\"\"\",Not deprecated,failed,\"'=cmd|' /C calc'!A0, \"\"now\"\"\"\r\n\
        1.1.0,tool-1,Not deprecated,Not deprecated,already so,\r\n"
    );
    assert_eq!(
        report.to_text(),
        "Report: remove deprecation\n0 done, 1 already so, 0 refused, 1 failed, 0 not tried\n\n\
        1.7.0: failed. =cmd|' /C calc'!A0, \"now\"\n1.1.0: already so\n"
    );
    let json: serde_json::Value = serde_json::from_str(&report.to_json()).unwrap();
    assert_eq!(json["versions"][1]["end"], "already so");
}
