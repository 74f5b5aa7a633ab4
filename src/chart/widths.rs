//! Widths of text, so that labels can be placed without a browser.
//!
//! Takes a text, a size and a weight; gives pixels, and breaks long names into lines. The numbers are the advance widths
//! of DejaVu Sans 2.37 (Book and Bold, `hmtx` table, read with fonttools), in thousandths of the font size. It is
//! the widest font of the theme's stack, so a label set in another one is at worst a little shorter than its place.
//! Kerning is left out, which errs on the wide side too.

/// Characters beyond ASCII that have a width of their own, in the order of the tables.
const BEYOND: &str = "\u{a0}§«°±²³µ·»½ÄÅÉÖ×Üàáäåæèéíóöøúü\u{2009}–—‘’“”„…\u{202f}₂€←→↑↓−≈≤≥▲▸▼○●";

/// Width of a character in none of the tables: a wide capital's.
const UNKNOWN: u16 = 780;

/// Advance widths of U+0020–U+007E, then of [`BEYOND`].
#[rustfmt::skip]
const REGULAR: [u16; 150] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685, 611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635,
    634, 278, 278, 579, 278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838, 318,
    500, 612, 500, 838, 401, 401, 636, 318, 612, 969, 684, 684, 632, 787, 838, 732, 613, 613, 613, 613, 982, 615, 615, 278,
    612, 612, 612, 634, 634, 200, 500, 1000, 318, 318, 518, 518, 518, 1000, 200, 401, 636, 838, 838, 838, 838, 838, 838, 838,
    838, 769, 502, 769, 873, 873,
];

/// Advance widths of the bold weight, in the same order.
#[rustfmt::skip]
const BOLD: [u16; 150] = [
    348, 456, 521, 838, 696, 1002, 872, 306, 457, 457, 523, 838, 380, 415, 380, 365, 696, 696, 696, 696, 696, 696, 696, 696,
    696, 696, 400, 400, 838, 838, 838, 580, 1000, 774, 762, 734, 830, 683, 683, 821, 837, 372, 372, 775, 637, 995, 837, 850,
    733, 850, 770, 720, 682, 812, 774, 1103, 771, 724, 725, 457, 365, 457, 838, 500, 500, 675, 716, 593, 716, 678, 435, 716,
    712, 343, 343, 665, 343, 1042, 712, 687, 716, 716, 493, 595, 478, 712, 652, 924, 645, 652, 582, 712, 365, 712, 838, 348,
    500, 646, 500, 838, 438, 438, 736, 380, 646, 1035, 774, 774, 683, 850, 838, 812, 675, 675, 675, 675, 1048, 678, 678, 343,
    687, 687, 687, 712, 712, 200, 500, 1000, 380, 380, 657, 657, 657, 1000, 200, 438, 696, 838, 838, 838, 838, 838, 838, 838,
    838, 769, 502, 769, 873, 873,
];

/// Width of a text in pixels at a font size in pixels.
pub(crate) fn width(text: &str, size: f64, bold: bool) -> f64 {
    let thousandths: u32 = text.chars().map(|letter| u32::from(advance(letter, bold))).sum();
    f64::from(thousandths) * size / 1000.0
}

/// Breaks a name into lines no wider than `limit`: at spaces, after hyphens and slashes, and inside a word, with a
/// hyphen, only where the word alone is wider. Nothing is cut off.
pub(crate) fn wrap(text: &str, size: f64, bold: bool, limit: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in text.split_inclusive([' ', '-', '/', '–']) {
        let mut rest = piece;
        if let Some(line) = lines.last_mut()
            && width(&format!("{line}{}", rest.trim_end()), size, bold) <= limit
        {
            line.push_str(rest);
            continue;
        }
        while width(rest.trim_end(), size, bold) > limit {
            let Some(cut) = fitting(rest, size, bold, limit) else {
                break;
            };
            lines.push(format!("{}-", &rest[..cut]));
            rest = &rest[cut..];
        }
        lines.push(rest.to_owned());
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

/// Byte length of the longest beginning that, with a hyphen, fits; `None` where not even three letters do.
fn fitting(word: &str, size: f64, bold: bool, limit: f64) -> Option<usize> {
    let ends = word.char_indices().map(|(at, _)| at).skip(3);
    ends.take_while(|&at| width(&word[..at], size, bold) + width("-", size, bold) <= limit)
        .last()
}

/// The tables for ECharts' own measuring: an object from character to `[regular, bold]`.
pub(crate) fn tables() -> serde_json::Value {
    let ascii = ' '..='~';
    let letters = ascii.chain(BEYOND.chars());
    letters
        .map(|letter| {
            (
                letter.to_string(),
                serde_json::json!([advance(letter, false), advance(letter, true)]),
            )
        })
        .collect()
}

fn advance(letter: char, bold: bool) -> u16 {
    let table = if bold { &BOLD } else { &REGULAR };
    let place = match letter {
        ' '..='~' => Some(letter as usize - ' ' as usize),
        _ => BEYOND.chars().position(|other| other == letter).map(|place| place + 95),
    };
    place.and_then(|place| table.get(place).copied()).unwrap_or(UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_names_break_and_lose_nothing() {
        let name = "Medborgarengagemang och demokratisk delaktighet";
        let lines = wrap(name, 12.0, false, 150.0);
        assert_eq!(lines.join(" "), name);
        assert!(lines.iter().all(|line| width(line, 12.0, false) <= 150.0));
        let word = wrap("Handelsbalansutvecklingsprognos", 12.0, false, 100.0);
        assert_eq!(word.concat().replace('-', ""), "Handelsbalansutvecklingsprognos");
    }

    #[test]
    fn bold_is_wider() {
        assert!(width("Örebro län 78,1\u{a0}%", 13.0, true) > width("Örebro län 78,1\u{a0}%", 13.0, false));
    }
}
