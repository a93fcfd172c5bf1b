use super::*;

/// A grey JPEG of 8 by 8 pixels, baseline, as an encoder writes it, without APP segments.
fn plain() -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8];
    segment(&mut bytes, 0xDB, &[&[0][..], &[16; 64]].concat());
    segment(&mut bytes, 0xC0, &[8, 0, 8, 0, 8, 1, 1, 0x11, 0]);
    segment(&mut bytes, 0xC4, &[&[0][..], &[0, 1, 0, 0, 0, 0, 0, 0], &[0; 8], &[0]].concat());
    segment(&mut bytes, 0xC4, &[&[0x10][..], &[0, 1, 0, 0, 0, 0, 0, 0], &[0; 8], &[0]].concat());
    segment(&mut bytes, 0xDA, &[1, 1, 0, 0, 63, 0]);
    bytes.extend([0x2A, 0xFF, 0x00, 0xFF, 0xD0, 0x7F, 0xFF, 0xD9]);
    bytes
}

fn segment(bytes: &mut Vec<u8>, kind: u8, content: &[u8]) {
    bytes.extend([0xFF, kind]);
    bytes.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
    bytes.extend(content);
}

/// An EXIF segment with orientation, maker and a position in Hangzhou.
fn exif(turn: u16) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08\0\x02".to_vec();
    tiff.extend([0x01, 0x12, 0, 3, 0, 0, 0, 1]);
    tiff.extend(turn.to_be_bytes());
    tiff.extend([0, 0]);
    tiff.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0GPS 30.2741N 120.1551E PhoneMaker 9");
    [b"Exif\0\0".to_vec(), tiff].concat()
}

/// A phone's photo: EXIF, a comment, a colour profile, and a second picture behind the end.
fn of_a_phone() -> Vec<u8> {
    let plain = plain();
    let mut bytes = plain[..2].to_vec();
    segment(&mut bytes, 0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    segment(&mut bytes, 0xE1, &exif(6));
    segment(&mut bytes, 0xE2, b"ICC_PROFILE\0 PhoneMaker 9");
    segment(&mut bytes, 0xFE, b"PhoneMaker 9");
    bytes.extend(&plain[2..]);
    let mut second = vec![0xFF, 0xD8];
    segment(&mut second, 0xE1, &exif(1));
    bytes.extend(second);
    bytes
}

fn photo(bytes: &[u8]) -> Result<Picture, PictureError> {
    clean(AttachmentKind::Photo, bytes)
}

#[test]
fn a_photo_keeps_its_picture_and_how_it_is_turned_and_nothing_else() {
    let cleaned = photo(&of_a_phone()).unwrap();
    assert_eq!(cleaned.bytes, plain());
    assert_eq!(cleaned.turn, 6);
    let text = String::from_utf8_lossy(&cleaned.bytes).into_owned();
    for trace in ["Exif", "GPS", "PhoneMaker", "ICC", "JFIF"] {
        assert!(String::from_utf8_lossy(&of_a_phone()).contains(trace), "{trace} was there");
        assert!(!text.contains(trace), "{trace}");
    }
    assert_eq!(photo(&cleaned.bytes).unwrap().bytes, cleaned.bytes, "nothing more to take out");
}

#[test]
fn the_colours_of_adobe_stay_and_a_forged_segment_goes() {
    let plain = plain();
    let with = |content: &[u8]| {
        let mut bytes = plain[..2].to_vec();
        segment(&mut bytes, 0xEE, content);
        bytes.extend(&plain[2..]);
        photo(&bytes).unwrap().bytes.len() - plain.len()
    };
    assert_eq!(with(b"Adobe\0\x64\0\0\0\0\x01"), 16);
    assert_eq!(with(b"Adobe\0\x64\0\0\0\0\x01 and where I live"), 0);
}

#[test]
fn a_photo_cut_anywhere_is_refused_and_never_a_panic() {
    let whole = of_a_phone();
    let end = whole.windows(2).rposition(|pair| pair == [0xFF, 0xD9]).unwrap() + 2;
    for length in 0..end {
        let cut = photo(&whole[..length]);
        assert!(matches!(cut, Err(PictureError::Broken | PictureError::Foreign)), "{length}");
    }
    assert!(photo(&whole[..end]).is_ok());
}

#[test]
fn any_altered_byte_is_no_panic_and_leaves_no_position() {
    let whole = of_a_phone();
    for at in 0..whole.len() {
        for value in [0, 1, 0x7F, 0xD8, 0xE1, 0xFF] {
            let mut bytes = whole.clone();
            bytes[at] = value;
            if let Ok(picture) = photo(&bytes) {
                let text = String::from_utf8_lossy(&picture.bytes).into_owned();
                assert!(!text.contains("GPS"), "byte {at} as {value}");
            }
        }
    }
}

#[test]
fn what_is_no_photo_is_refused_with_its_reason() {
    assert_eq!(photo(b""), Err(PictureError::Foreign));
    assert_eq!(photo(b"\x89PNG\r\n\x1a\n"), Err(PictureError::Foreign));
    assert_eq!(photo(b"<svg onload=alert(1)>"), Err(PictureError::Foreign));
    assert_eq!(photo(&[0xFF, 0xD8, 0xFF, 0xD9]), Err(PictureError::Broken), "no frame");
    let mut large = plain();
    let frame = large.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    large[frame + 5..frame + 9].fill(0xFF);
    assert_eq!(photo(&large), Err(PictureError::TooLarge), "65,535 by 65,535 pixels");
    large[frame + 5..frame + 9].fill(0);
    assert_eq!(photo(&large), Err(PictureError::Broken));
    let mut heavy = plain();
    let end = heavy.len() - 2;
    heavy.splice(end..end, vec![0x11; usize::try_from(ATTACHMENT_BYTES_MAX).unwrap()]);
    assert_eq!(photo(&heavy), Err(PictureError::TooLarge));
}

#[test]
fn a_voice_note_is_mpeg_4_or_ogg() {
    let voice = |bytes: &[u8]| clean(AttachmentKind::Voice, bytes).map(|picture| picture.turn);
    assert_eq!(voice(b"\0\0\0\x18ftypM4A "), Ok(1));
    assert_eq!(voice(b"OggS\0\x02"), Ok(1));
    assert_eq!(voice(b"ID3\x03"), Err(PictureError::Foreign));
    assert_eq!(voice(&plain()), Err(PictureError::Foreign));
}

#[test]
fn a_file_that_is_not_there_or_too_large_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let missing = read(AttachmentKind::Photo, &folder.path().join("none.jpg"));
    assert_eq!(missing, Err(PictureError::Unreadable));
    let huge = folder.path().join("huge.jpg");
    let file = File::create(&huge).unwrap();
    file.set_len(2 * ATTACHMENT_BYTES_MAX + 1).unwrap();
    assert_eq!(read(AttachmentKind::Photo, &huge), Err(PictureError::TooLarge));
    let good = folder.path().join("good.jpg");
    std::fs::write(&good, of_a_phone()).unwrap();
    assert_eq!(read(AttachmentKind::Photo, &good).unwrap().bytes, plain());
}
