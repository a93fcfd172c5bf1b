use super::arguments::{FoundCommand, With, read};

fn read_words(words: &str) -> Result<FoundCommand, String> {
    read(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
}

#[test]
fn every_step_is_read_and_what_does_not_belong_is_named() {
    let command =
        read_words("--roster r.csv --name 和园 --desk d --founders 2/3 --keys a --keys b");
    let Ok(FoundCommand::Begin { rules, with, .. }) = command else { panic!("{command:?}") };
    assert_eq!(rules, "cn");
    let keys = vec!["a".into(), "b".into()];
    assert_eq!(with, With::Others { threshold: 2, founders: 3, keys });
    for good in [
        "--roster r --name n --desk d --rules cn-hangzhou --trial --relay u --operator-token t",
        "keys --desk d",
        "sign draft.txt --desk d",
        "finish --desk d --relay u --operator-token t --signature a --signature b",
        "enter charter.txt --desk d",
    ] {
        assert!(read_words(good).is_ok(), "{good}: {:?}", read_words(good));
    }
    for (bad, why) in [
        ("", "--desk"),
        ("--desk d --name n --trial", "--roster"),
        ("--roster r --name n --desk d", "either --trial or --founders"),
        ("--roster r --name n --desk d --trial --founders 2/3", "either --trial or --founders"),
        ("--roster r --name n --desk d --trial", "--relay"),
        ("--roster r --name n --desk d --founders 1/3", "at least two"),
        ("--roster r --name n --desk d --founders 4/3", "at least two"),
        ("--roster r --name n --desk d --founders 2/3 --relay u", "--relay does not belong"),
        ("--roster r --name n --desk d --rules us --founders 2/3", "cn or cn-hangzhou"),
        ("sign --desk d", "draft's file"),
        ("keys --desk d --trial", "--trial does not belong"),
        ("keys --desk", "needs a value"),
        ("dance --desk d", "unknown step"),
    ] {
        assert!(read_words(bad).unwrap_err().contains(why), "{bad}: {:?}", read_words(bad));
    }
}
