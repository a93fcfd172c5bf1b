//! QR codes: drawn for an invitation, read from a camera's picture. No platform's service is needed.

/// Longest side of a picture that is searched (pixels): more costs time and finds no more.
const SIDE_MAX: usize = 4096;

/// A QR code as a square of dark and light modules, without its quiet zone.
#[derive(Clone, Debug, PartialEq, Eq, uniffi::Record)]
pub struct QrCode {
    /// Modules a side.
    pub side: u32,
    /// Row by row: 1 for dark, 0 for light.
    pub modules: Vec<u8>,
}

/// Draws a text; `None` if it is too long for any code.
#[must_use]
#[uniffi::export]
pub fn draw_qr(text: &str) -> Option<QrCode> {
    let code = qrcode::QrCode::new(text).ok()?;
    let side = u32::try_from(code.width()).ok()?;
    let dark = |color: qrcode::Color| u8::from(color == qrcode::Color::Dark);
    Some(QrCode { side, modules: code.into_colors().into_iter().map(dark).collect() })
}

/// Finds a QR code in the brightness of a picture, a byte a pixel, row by row; `None` if there is
/// none that can be read, or the picture does not fit its size.
#[must_use]
#[uniffi::export]
pub fn read_qr(luma: &[u8], width: u32, height: u32) -> Option<String> {
    let (width, height) = (usize::try_from(width).ok()?, usize::try_from(height).ok()?);
    let fits = (1..=SIDE_MAX).contains(&width) && (1..=SIDE_MAX).contains(&height);
    if !fits || luma.len() < width.checked_mul(height)? {
        return None;
    }
    let at = |x: usize, y: usize| luma.get(y * width + x).copied().unwrap_or_default();
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, at);
    picture.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paints a code as a camera would see it: each module some pixels wide, with its quiet zone.
    fn photo(code: &QrCode, scale: usize) -> (Vec<u8>, u32) {
        let side = usize::try_from(code.side).unwrap();
        let width = (side + 8) * scale;
        let module = |x: usize, y: usize| {
            let (x, y) = ((x / scale).checked_sub(4)?, (y / scale).checked_sub(4)?);
            (x < side && y < side).then(|| code.modules[y * side + x])
        };
        let luma = (0..width * width).map(|at| match module(at % width, at / width) {
            Some(1) => 30,
            _ => 220,
        });
        (luma.collect(), u32::try_from(width).unwrap())
    }

    #[test]
    fn what_is_drawn_is_read() {
        let text = "LINLI1:".to_owned() + &"0123456789abcdef".repeat(20);
        let (luma, width) = photo(&draw_qr(&text).unwrap(), 4);
        assert_eq!(read_qr(&luma, width, width).as_deref(), Some(&*text));
    }

    #[test]
    fn nothing_and_nonsense_are_no_code() {
        assert_eq!(read_qr(&[], 0, 0), None);
        assert_eq!(read_qr(&[0; 10], 100, 100), None);
        assert_eq!(read_qr(&[127; 100 * 100], 100, 100), None);
        assert_eq!(read_qr(&[0; 10], u32::MAX, u32::MAX), None);
        assert_eq!(draw_qr(&"x".repeat(8_000)), None);
    }
}
