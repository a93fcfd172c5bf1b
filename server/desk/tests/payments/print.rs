//! Paper: what is printed can be read again by people, by programs and by a camera.

use super::{
    given::{linli, orders},
    paper::print,
};

#[test]
fn every_sample_is_printed_in_both_languages() {
    let orders: Vec<_> = orders().into_iter().filter(|(words, _)| words[0] == "print").collect();
    assert_eq!(orders.len(), 4);
    for (words, name) in orders {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let words = &words[1..words.len() - 2];
        for language in ["zh", "en"] {
            let title = ["--title", if language == "zh" { "和园小区" } else { "Heyuan" }];
            let printed = print(language, &[words, &title].concat());
            for page in 0..printed.pages() {
                let name = format!("{}-{language}", name.trim_end_matches(".pdf"));
                let picture = printed.picture(page, &name);
                assert!(picture.ink() > 2, "{name}: {} of a thousand", picture.ink());
                assert!(!picture.codes().is_empty(), "{name}");
            }
        }
    }
    assert!(linli("en", &["print", "--help"]).status.success());
}
