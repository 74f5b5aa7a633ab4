//! What minijinja says of expressions and templates → our own words for it. It tells kinds of fault apart by its sentences alone.

use crate::finding::message::{self, Key, Message};

/// How a template's error begins that asks for a file which the theme does not have.
pub(super) const NO_ASSET: &str = "the theme has no asset";
/// What function `inlined` says of an asset that cannot stand in a page.
pub(super) const NOT_INLINE: &str = "this asset would end its element:";

/// Parts of its sentences by which they are known; the first that fits is used.
const KNOWN: &[(&str, Key)] = &[
    (
        "unexpected end of input, expected expression",
        message::expression_empty,
    ),
    ("unexpected end of input", message::expression_end),
    ("unexpected end of string", message::expression_quote),
    ("unexpected input after expression", message::expression_rest),
    ("unexpected character", message::expression_character),
    ("unexpected", message::expression_unexpected),
    ("}}", message::expression_open),
    ("missing argument", message::expression_argument_missing),
    ("too many arguments", message::expression_arguments),
    ("unknown keyword argument", message::expression_keyword),
    ("filter ", message::expression_filter),
    ("is unknown", message::expression_function),
    ("is not callable", message::expression_not_function),
    ("unsupported types", message::expression_types),
    ("unable to calculate", message::expression_calculation),
    ("cannot convert", message::expression_conversion),
    ("undefined value", message::expression_name),
    ("ran out of fuel", message::beyond_budget),
    ("recursion limit", message::nested_too_deep),
    (NO_ASSET, message::template_asset),
    (NOT_INLINE, message::template_inline),
    ("is undefined", message::template_name),
    ("does not exist", message::template_missing),
];

/// Our words for a sentence of minijinja's; `None` where there are none, and its own serve.
pub(crate) fn problem(sentence: &str) -> Option<Message> {
    KNOWN
        .iter()
        .find(|(part, _)| sentence.contains(part))
        .map(|(_, message)| message())
}
