//! The files that give both shells their colours, sizes and words.

use std::{error::Error, fs, path::Path};

use crate::{
    Generated,
    tokens::{self, Tokens},
    words::{self, Words},
};

const TOKENS: &str = "shared/look/tokens.toml";
const ZH: &str = "shared/i18n/zh-Hans.toml";
const EN: &str = "shared/i18n/en.toml";

const KOTLIN: &str = "shell_android/screens/src/main/kotlin/cn/linli/look";
const SWIFT: &str = "shell_ios/LinliKit/Sources/LinliUI";
const ANDROID: &str = "shell_android/app/src/main/res";
const IOS: &str = "shell_ios/Linli";
const ASSETS: &str = "shell_ios/Linli/Assets.xcassets";
const MARK: &str = "shared/look/wordmark.svg";

/// Reads tokens and words, and generates every file that holds them.
pub(crate) fn generate(root: &Path) -> Result<Vec<Generated>, Box<dyn Error>> {
    let (tokens, words) = read(root)?;
    let groups = tokens.groups();
    let files = [
        (format!("{KOTLIN}/Tokens.kt"), crate::kotlin::tokens(&groups)),
        (format!("{KOTLIN}/Words.kt"), crate::kotlin::words(&words.screens)),
        (format!("{SWIFT}/Tokens.swift"), crate::swift::tokens(&groups)),
        (format!("{SWIFT}/Words.swift"), crate::swift::words(&words.screens)),
        (format!("{ANDROID}/values/strings.xml"), crate::resources::android(&words.platform, "en")),
        (
            format!("{ANDROID}/values-zh/strings.xml"),
            crate::resources::android(&words.platform, "zh"),
        ),
        (format!("{IOS}/Localizable.xcstrings"), crate::resources::localizable(&words.platform)),
        (format!("{IOS}/InfoPlist.xcstrings"), crate::resources::info_plist(&words.platform)?),
    ];
    let files = files.into_iter().chain(assets(root, &tokens)?);
    let generated = |(path, content): (String, String)| Generated { path, content: content.into() };
    Ok(files.map(generated).collect())
}

/// Returns what the iOS app's asset catalogue has of the look; its icon alone is drawn by hand.
fn assets(root: &Path, tokens: &Tokens) -> Result<Vec<(String, String)>, Box<dyn Error>> {
    let palette = |wanted: &str| {
        let found = tokens.palettes.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, palette)| palette).ok_or_else(|| format!("{TOKENS}: no [color.{wanted}]"))
    };
    let (light, dark) = (palette("light")?, palette("dark")?);
    let drawing =
        fs::read_to_string(root.join(MARK)).map_err(|error| format!("{MARK}: {error}"))?;
    let mark = |file: &str| format!("{ASSETS}/Wordmark.imageset/{file}");
    let color = |name: &str| format!("{ASSETS}/{name}.colorset/Contents.json");
    Ok(vec![
        (color("AccentColor"), crate::assets::color("accent", light, dark)?),
        (color("LaunchBackground"), crate::assets::color("background", light, dark)?),
        (mark("Contents.json"), crate::assets::mark()),
        (mark("light.svg"), crate::assets::by_day(&drawing)),
        (mark("dark.svg"), crate::assets::by_night(&drawing, light, dark)?),
    ])
}

fn read(root: &Path) -> Result<(Tokens, Words), Box<dyn Error>> {
    let text = |path: &str| {
        fs::read_to_string(root.join(path)).map_err(|error| format!("{path}: {error}"))
    };
    let tokens = tokens::read(&text(TOKENS)?).map_err(|error| format!("{TOKENS}: {error}"))?;
    let words = words::read(&text(ZH)?, &text(EN)?)
        .map_err(|error| format!("the words in shared/i18n: {error}"))?;
    Ok((tokens, words))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_shells_files_of_colours_sizes_and_words_are_current() {
        let root = crate::root().unwrap();
        for file in super::generate(&root).unwrap() {
            let committed = std::fs::read(root.join(&file.path)).unwrap_or_default();
            assert!(committed == file.content, "{} is stale: `cargo run -p bindgen`", file.path);
        }
    }
}
