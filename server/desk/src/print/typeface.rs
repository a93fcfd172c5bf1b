//! Which font is taken, and what is said where none will do.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::paper::{
    Font,
    font::Unfit,
    pdf::NotWritten,
    search::{folders, fonts},
};
use crate::office::{
    Trouble,
    text::{Text, unread},
};

/// Most characters of a font that are named as missing.
const MISSING_SHOWN: usize = 20;

/// Makes a file with the font that is named, else with the best one of this computer that has every
/// character.
///
/// # Errors
/// Which fonts were tried, and what was wrong with the first.
pub(super) fn with_font(
    named: Option<&Path>,
    text: &Text,
    make: impl Fn(&Font<'_>) -> Result<Vec<u8>, NotWritten>,
) -> Result<Vec<u8>, Trouble> {
    let places = folders();
    let tried = named.map_or_else(|| fonts(&places), |named| vec![named.to_owned()]);
    let mut first = None;
    for path in &tried {
        match attempt(path, text, &make) {
            Ok(made) => return Ok(made),
            // The best font's own reason is the one to tell.
            Err(why) => first = first.or(Some(why)),
        }
    }
    Err(first.unwrap_or_else(|| Trouble::Failed(none_found(&places, text))))
}

fn attempt(
    path: &Path,
    text: &Text,
    make: &impl Fn(&Font<'_>) -> Result<Vec<u8>, NotWritten>,
) -> Result<Vec<u8>, Trouble> {
    let name = path.display();
    let bytes = fs::read(path).map_err(|error| Trouble::Usage(unread(path, &error, text)))?;
    let font = Font::of(&bytes).map_err(|unfit| {
        let (zh, en) = match unfit {
            Unfit::NoFont => ("这不是字体文件", "this is no font"),
            Unfit::Shapes => (
                "这个字体的轮廓格式读不了（CFF2 或点阵）",
                "the shapes of this font are in a form that is not read (CFF2, bitmaps)",
            ),
            Unfit::Licence => (
                "这个字体的许可不允许嵌入文件",
                "the licence of this font does not allow it in documents",
            ),
        };
        Trouble::Failed(format!("{name}: {}{}", text.pick(zh, en), advice(text)))
    })?;
    make(&font).map_err(|why| match why {
        NotWritten::Lacks(chars) => {
            let chars = shown(&chars);
            let (zh, en) = (format!("这个字体缺少：{chars}"), format!("this font lacks: {chars}"));
            Trouble::Failed(format!("{name}: {}{}", text.pick(&zh, &en), advice(text)))
        }
        NotWritten::Font(why) => Trouble::Failed(format!("{name}: {why}{}", advice(text))),
        NotWritten::Deflate(error) => Trouble::Failed(error.to_string()),
    })
}

/// Names characters, also those that a terminal cannot show.
fn shown(chars: &BTreeSet<char>) -> String {
    let named = chars.iter().map(|char| format!("{char} (U+{:04X})", u32::from(*char)));
    let more = if chars.len() > MISSING_SHOWN { ", …" } else { "" };
    named.take(MISSING_SHOWN).collect::<Vec<_>>().join(", ") + more
}

const fn advice(text: &Text) -> &str {
    text.pick(
        "。请用 --font 指定另一个中文字体文件（.ttf、.otf、.ttc），例如思源黑体（Noto Sans CJK）。",
        "; name another font for Chinese with --font FILE (.ttf, .otf, .ttc), such as Noto Sans CJK.",
    )
}

fn none_found(places: &[PathBuf], text: &Text) -> String {
    let places: Vec<String> = places.iter().map(|place| place.display().to_string()).collect();
    let places = places.join(text.pick("、", ", "));
    let zh = format!(
        "没有找到中文字体。找过的目录：{places}。请安装思源黑体（Noto Sans CJK；Debian：fonts-noto-cjk），\
         或用 --font 文件 指定一个（.ttf、.otf、.ttc）。什么也没有写出。"
    );
    let en = format!(
        "no font for Chinese was found in {places}; install Noto Sans CJK (Debian: fonts-noto-cjk), or name \
         one with --font FILE (.ttf, .otf, .ttc). Nothing was written."
    );
    text.pick(&zh, &en).to_owned()
}

#[cfg(test)]
mod tests {
    use linli_relay::settings::Language;

    use super::*;

    #[test]
    fn a_computer_without_a_font_says_where_it_looked_and_what_to_do() {
        let empty = tempfile::tempdir().unwrap();
        let places = [empty.path().to_owned(), empty.path().join("no")];
        assert_eq!(fonts(&places), Vec::<PathBuf>::new());
        for (language, advice) in [(Language::Zh, "fonts-noto-cjk"), (Language::En, "--font FILE")]
        {
            let said = none_found(&places, &Text::of(language));
            assert!(said.contains(advice), "{said}");
            assert!(said.contains(&places[1].display().to_string()), "{said}");
        }
    }

    #[test]
    fn the_best_font_comes_first_wherever_it_lies() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("opentype/noto");
        fs::create_dir_all(&deep).unwrap();
        for name in ["simsun.ttc", "NotoSansCJK-Bold.ttc", "DejaVuSans.ttf", "NotoSansCJK.txt"] {
            fs::write(folder.path().join(name), "").unwrap();
        }
        fs::write(deep.join("NotoSansCJK-Regular.ttc"), "").unwrap();
        let found = fonts(&[folder.path().to_owned()]);
        let names: Vec<&str> =
            found.iter().map(|path| path.file_name().unwrap().to_str().unwrap()).collect();
        assert_eq!(names, ["NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", "simsun.ttc"]);
    }
}
