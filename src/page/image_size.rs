//! The size of a picture in pixels, from the first bytes of its file: PNG, GIF, JPEG, WebP and SVG.
//!
//! A page that states it does not jump when its pictures come.

use crate::html::tags;

/// Width and height; `None` where the file does not tell, or is none of these.
pub(crate) fn image_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        (number(bytes, 16, 4, true)?, number(bytes, 20, 4, true)?)
    } else if bytes.starts_with(b"GIF8") {
        (number(bytes, 6, 2, false)?, number(bytes, 8, 2, false)?)
    } else if bytes.starts_with(b"\xff\xd8") {
        jpeg(bytes)?
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp(bytes)?
    } else {
        svg(bytes)?
    };
    (size.0 > 0 && size.1 > 0).then_some(size)
}

/// The number of this many bytes at this place.
fn number(bytes: &[u8], at: usize, length: usize, big_endian: bool) -> Option<u32> {
    let digits = bytes.get(at..at + length)?.iter().copied();
    let add = |sum: u32, byte: u8| sum << 8 | u32::from(byte);
    Some(if big_endian {
        digits.fold(0, add)
    } else {
        digits.rev().fold(0, add)
    })
}

/// The size stands in the frame's header, behind other segments of any length.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        at += bytes.get(at..)?.iter().position(|byte| *byte != 0xff)?;
        match bytes[at] {
            // Tables and the like share the range with frames.
            0xc0..=0xcf if !matches!(bytes[at], 0xc4 | 0xc8 | 0xcc) => {
                return Some((number(bytes, at + 6, 2, true)?, number(bytes, at + 4, 2, true)?));
            }
            0x00 | 0x01 | 0xd0..=0xd8 => at += 1,
            0xd9 | 0xda => return None,
            _ => at += 1 + usize::try_from(number(bytes, at + 1, 2, true)?).ok()?,
        }
    }
}

/// Three forms: lossy, lossless, extended.
fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8 " => Some((
            number(bytes, 26, 2, false)? & 0x3fff,
            number(bytes, 28, 2, false)? & 0x3fff,
        )),
        b"VP8L" => {
            let bits = number(bytes, 21, 4, false)?;
            Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
        }
        b"VP8X" => Some((number(bytes, 24, 3, false)? + 1, number(bytes, 27, 3, false)? + 1)),
        _ => None,
    }
}

/// Width and height in pixels, else those of the view box.
fn svg(bytes: &[u8]) -> Option<(u32, u32)> {
    let text = std::str::from_utf8(bytes).ok()?;
    let tag = tags(text).find(|tag| tag.opens("svg"))?;
    let pixels = |text: &str| text.trim().trim_end_matches("px").parse::<f64>().ok();
    let stated = |name: &str| tag.attribute(name).and_then(|attribute| pixels(attribute.value));
    let (width, height) = if let (Some(width), Some(height)) = (stated("width"), stated("height")) {
        (width, height)
    } else {
        let view = tag.attribute("viewBox")?.value;
        let mut sides = view.split([' ', ',']).filter(|side| !side.is_empty()).skip(2);
        (pixels(sides.next()?)?, pixels(sides.next()?)?)
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is too large or below zero saturates"
    )]
    Some((width.round() as u32, height.round() as u32))
}

#[cfg(test)]
mod tests {
    use super::image_size;

    #[test]
    fn each_format_tells_its_size() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x2c\0\0\0\xc8";
        assert_eq!(image_size(png), Some((300, 200)));
        assert_eq!(image_size(b"GIF89a\x2c\x01\xc8\0"), Some((300, 200)));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc4\0\x03c\xff\xc2\0\x11\x08\0\xc8\x01\x2c\x03";
        assert_eq!(image_size(jpeg), Some((300, 200)));
        let lossy = b"RIFF\0\0\0\0WEBPVP8 \0\0\0\0abc\x9d\x01\x2a\x2c\x01\xc8\0";
        assert_eq!(image_size(lossy), Some((300, 200)));
        let lossless = b"RIFF\0\0\0\0WEBPVP8L\0\0\0\0\x2f\x2b\xc1\x31\0";
        assert_eq!(image_size(lossless), Some((300, 200)));
        let extended = b"RIFF\0\0\0\0WEBPVP8X\0\0\0\0\0\0\0\0\x2b\x01\0\xc7\0\0";
        assert_eq!(image_size(extended), Some((300, 200)));
        assert_eq!(
            image_size(b"<?xml?><svg width='300' height=\"200px\">"),
            Some((300, 200))
        );
        assert_eq!(
            image_size(b"<svg width='100%' viewBox='0 0 300 200'>"),
            Some((300, 200))
        );
    }

    #[test]
    fn a_file_that_breaks_off_has_no_size() {
        let files: [&[u8]; 4] = [
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01",
            b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0",
            b"RIFF\0\0\0\0WEBPVP8X",
            b"<svg>",
        ];
        assert!(files.into_iter().all(|file| image_size(file).is_none()));
        assert_eq!(image_size(b""), None);
    }
}
