//! Reads a printed file again: its text as it can be copied, its pages as pictures, their QR codes.

use std::{
    path::{Path, PathBuf},
    process::Command,
    sync::OnceLock,
};

use hayro::{
    PixmapSettings, RenderCache, RenderSettings,
    hayro_interpret::{
        BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps,
        InterpreterCache, InterpreterSettings, SoftMask, font::GlyphRun, hayro_cmap::BfString,
        interpret_page, util::TransformExt as _,
    },
    hayro_syntax::Pdf,
    kurbo::{BezPath, Rect},
    render,
    vello_cpu::color::palette::css::WHITE,
};

use super::given::{Files, linli};

/// Pixels a point: a code's module is three pixels wide, as a good camera sees it.
const SCALE: f32 = 3.0;

/// Where cargo builds.
fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap().to_owned()
}

/// The font of the tests, the same on every machine: it is fetched where there is none.
#[expect(clippy::disallowed_methods, reason = "a machine without Debian's packages names its own")]
pub(crate) fn font() -> &'static str {
    static FONT: OnceLock<String> = OnceLock::new();
    FONT.get_or_init(|| {
        if let Ok(named) = std::env::var("LINLI_FONT") {
            return named;
        }
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fonts.sh");
        let output = Command::new("sh").arg(script).arg(target()).output().unwrap();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{said}; or name Noto Sans CJK in LINLI_FONT");
        Path::new(said.trim()).join("NotoSansCJK-Regular.ttc").to_str().unwrap().to_owned()
    })
}

/// A file as it was written.
pub(crate) struct Printed(Pdf);

/// A page as a printer draws it: the brightness of each pixel.
pub(crate) struct Picture {
    width: usize,
    luma: Vec<u8>,
}

/// Prints with the font of the tests.
pub(crate) fn print(language: &str, arguments: &[&str]) -> Printed {
    let files = Files::new();
    let output = files.path("paper.pdf");
    let words = [&["print"], arguments, &["-o", &output, "--font", font()]].concat();
    let ran = linli(language, &words);
    assert!(ran.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&ran.stderr));
    assert!(ran.stdout.is_empty());
    Printed::read(&output)
}

impl Printed {
    pub(crate) fn read(path: &str) -> Self {
        Self(Pdf::new(std::fs::read(path).unwrap()).unwrap())
    }

    pub(crate) fn pages(&self) -> usize {
        self.0.pages().len()
    }

    /// What is written on a page, in the order it was drawn: a line for each piece of text.
    pub(crate) fn text(&self, page: usize) -> String {
        let page = &self.0.pages()[page];
        let (width, height) = page.render_dimensions();
        let (transform, around) = (page.initial_transform(true).to_kurbo(), (width, height));
        let around = Rect::new(0.0, 0.0, around.0.into(), around.1.into());
        let cache = InterpreterCache::new();
        let settings = InterpreterSettings::default();
        let mut context = Context::new(transform, around, &cache, page.xref(), settings);
        let mut text = Text(String::new());
        interpret_page(page, &mut context, &mut text);
        text.0
    }

    /// All that is written.
    pub(crate) fn all_text(&self) -> String {
        (0..self.pages()).map(|page| self.text(page)).collect()
    }

    /// Draws a page, and leaves it as a picture for people to look at.
    pub(crate) fn picture(&self, page: usize, name: &str) -> Picture {
        let settings = PixmapSettings { x_scale: SCALE, y_scale: SCALE, bg_color: WHITE };
        let pixmap = render(
            &self.0.pages()[page],
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &settings,
        );
        let width = usize::from(pixmap.width());
        // Green is most of what an eye, or a camera, sees as bright.
        let luma = pixmap.data_as_u8_slice().chunks(4).map(|pixel| pixel[1]).collect();
        let folder = target().join("print");
        std::fs::create_dir_all(&folder).unwrap();
        let file = folder.join(format!("{name}-{}.png", page + 1));
        std::fs::write(file, pixmap.into_png().unwrap()).unwrap();
        Picture { width, luma }
    }
}

impl Picture {
    /// A part of it, as a camera is pointed at: from a place on, so wide and so high (mm).
    pub(crate) fn within(&self, at: (usize, usize), size: (usize, usize)) -> Self {
        // 210 mm are all of its width.
        let pixels = |mm: usize| mm * self.width / 210;
        let (left, width) = (pixels(at.0), pixels(size.0));
        let rows = self.luma.chunks(self.width).skip(pixels(at.1)).take(pixels(size.1));
        let luma = rows.flat_map(|row| row[left..left + width].iter().copied()).collect();
        Self { width, luma }
    }

    /// The texts of the QR codes, from top to bottom.
    pub(crate) fn codes(&self) -> Vec<String> {
        let height = self.luma.len() / self.width;
        let at = |x: usize, y: usize| self.luma[y * self.width + x];
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(self.width, height, at);
        let mut grids = image.detect_grids();
        grids.sort_by_key(|grid| (grid.bounds[0].y, grid.bounds[0].x));
        grids.iter().filter_map(|grid| grid.decode().ok()).map(|(_, text)| text).collect()
    }

    /// Dark pixels of a thousand.
    pub(crate) fn ink(&self) -> usize {
        self.luma.iter().filter(|pixel| **pixel < 128).count() * 1_000 / self.luma.len()
    }
}

/// A device that keeps what is written.
struct Text(String);

impl<'a> Device<'a> for Text {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, _: DrawProps<'a>, mode: &DrawMode) {
        // A strong letter is filled, then edged.
        if matches!(mode, DrawMode::Stroke(_)) {
            return;
        }
        for glyph in run.glyphs() {
            match glyph.as_unicode() {
                Some(BfString::Char(char)) => self.0.push(char),
                Some(BfString::String(text)) => self.0.push_str(&text),
                // What cannot be copied cannot be searched: the tests that read on will miss it.
                None => self.0.push('\u{fffd}'),
            }
        }
        self.0.push('\n');
    }
}
