//! Words that point out a person: addresses of e-mail, telephone numbers, Swedish personal identity numbers.
//!
//! Takes text that is to be published; gives the first such piece. Names are not looked for: nobody can tell them from words.

/// The first piece of text that is an address, a telephone number or a personal identity number.
pub(super) fn personal(text: &str) -> Option<&str> {
    let is_edge = |letter: char| !letter.is_alphanumeric();
    let words = text.split_whitespace().map(|word| word.trim_matches(is_edge));
    words
        .into_iter()
        .find(|word| is_email(word))
        .or_else(|| numbers(text).find(|piece| is_person(piece) || is_phone(piece)))
}

/// The text with `[…]` in place of every such piece.
pub(crate) fn without_personal(text: &str) -> String {
    let (mut out, mut rest) = (String::new(), text);
    while let Some(piece) = personal(rest) {
        // The piece is a part of the text, so it is found; an empty one would never end.
        let Some(at) = rest.find(piece).filter(|_| !piece.is_empty()) else {
            break;
        };
        out.push_str(&rest[..at]);
        out.push_str("[…]");
        rest = &rest[at + piece.len()..];
    }
    out + rest
}

fn is_email(word: &str) -> bool {
    word.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host
                .split_once('.')
                .is_some_and(|(one, two)| !one.is_empty() && !two.is_empty())
    })
}

/// Pieces of digits with what is written between them: `070-123 45 67`.
fn numbers(text: &str) -> impl Iterator<Item = &str> {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '+' | '-' | ' ' | '\u{a0}');
    text.split(move |letter| !is_part(letter))
        .map(|piece| piece.trim_matches([' ', '\u{a0}', '-']))
}

fn digits(piece: &str) -> Vec<u32> {
    piece.chars().filter_map(|letter| letter.to_digit(10)).collect()
}

/// A number with area code, or with the country's.
fn is_phone(piece: &str) -> bool {
    let digits = digits(piece);
    match digits.as_slice() {
        [0, second, ..] => *second != 0 && (9..=10).contains(&digits.len()),
        _ => piece.starts_with('+') && (10..=13).contains(&digits.len()),
    }
}

/// A day of birth, four digits more, and a check digit that is right (the Luhn formula, as the Swedish Tax Agency has
/// it); days of coordination numbers are 60 higher.
fn is_person(piece: &str) -> bool {
    let digits = digits(piece);
    let Some(ten) = digits
        .len()
        .checked_sub(10)
        .filter(|century| [0, 2].contains(century))
        .map(|at| &digits[at..])
    else {
        return false;
    };
    let (month, day) = (ten[2] * 10 + ten[3], ten[4] * 10 + ten[5]);
    let weighed = ten
        .iter()
        .zip([2, 1].into_iter().cycle())
        .map(|(digit, weight)| digit * weight);
    let sum: u32 = weighed.map(|product| product / 10 + product % 10).sum();
    (1..=12).contains(&month) && ((1..=31).contains(&day) || (61..=91).contains(&day)) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_points_out_a_person_is_found() {
        let found = [
            "Skriv till anna@example.se.",
            "Ring 070-174 06 05!",
            "Jag är 19121212-1212, född här",
            "+46 70 174 06 05",
        ];
        let expected = ["anna@example.se", "070-174 06 05", "19121212-1212", "+46 70 174 06 05"];
        assert_eq!(found.map(personal), expected.map(Some));
    }

    #[test]
    fn what_points_out_a_person_is_left_out() {
        let text = "Skriv till anna@example.se eller ring 070-174 06 05, 2026-03-17.";
        assert_eq!(without_personal(text), "Skriv till […] eller ring […], 2026-03-17.");
    }

    #[test]
    fn other_numbers_are_left_in_peace() {
        for text in [
            "2017–2024",
            "1 250 000 kronor",
            "RS 2026/1234567890",
            "@ortens vänner",
            "Mellan 10 och 20 år",
            "2026-03-17",
        ] {
            assert_eq!(personal(text), None);
        }
    }
}
