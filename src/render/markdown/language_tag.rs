//! Tags of languages (BCP 47), as `lang` has them.

/// The two-letter codes of ISO 639-1.
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en \
    eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj \
    kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc \
    oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to \
    tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Whether this is the tag of a language (BCP 47): a language that exists, then script, region and variants in their forms.
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default().to_ascii_lowercase();
    let is_known = match language.len() {
        2 => LANGUAGES.split(' ').any(|code| code == language),
        3 => language.bytes().all(|byte| byte.is_ascii_lowercase()),
        _ => language == "x" || language == "i",
    };
    is_known
        && parts.all(|part| {
            let is_word = part.bytes().all(|byte| byte.is_ascii_alphanumeric());
            is_word && (1..=8).contains(&part.len())
        })
}

#[cfg(test)]
mod tests {
    use super::is_language;

    #[test]
    fn languages_are_those_there_are() {
        for tag in ["sv", "en-GB", "sr-Latn", "se", "smj", "sv-x-lattlast", "zh-Hant-TW"] {
            assert!(is_language(tag), "{tag}");
        }
        for tag in ["svenska", "xx", "sv_SE", "sv-", "engelska", "s"] {
            assert!(!is_language(tag), "{tag}");
        }
    }
}
