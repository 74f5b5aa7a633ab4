// The rules of Swedish typography that a machine can check, as a list.
// A rule has a name, a pattern for what is wrong, and what is right although the pattern finds it.
// Based on Myndigheternas skrivregler: decimal comma, real minus, en dash between years, ” on both sides,
// and a space that does not break before % and between groups of three digits. `~` stands for that space below.

const digits = "[0-9]";

export const rules = [
  {
    name: "decimal point; Swedish has a comma",
    wrong: new RegExp(`(?<![\\w.,/-])${digits}+\\.${digits}+(?![\\w.]|\\.${digits}|[\\s~]+\\p{Lu})`, "gu"),
    // Versions of licences and standards are names, and so is the number of a section before its heading.
    right: /(?:avsnitt|section|CC\S*|BY(?:-SA)?|WCAG|AP|version|v|HTML|EN|ODbL)[\s~]*$/iu,
  },
  {
    name: "hyphen for minus; use −",
    wrong: new RegExp(`(?<=^|[\\s~(:;=])-${digits}`, "gu"),
  },
  {
    name: "hyphen between years or numbers; use –",
    wrong: new RegExp(
      `(?<![\\w-])(?:${digits}{4}-${digits}{4}|${digits}{1,3}-${digits}{1,3}(?=[\\s~](?:år|procent|%)|-?åring))(?![\\w-])`,
      "gu",
    ),
  },
  { name: "straight or foreign quotation marks; use ”", wrong: /["“„«»‟]/gu },
  { name: "straight apostrophe; use ’", wrong: /(?<=\p{L})'(?=\p{L})|(?<=[\s~(])'(?=\p{L})/gu },
  { name: "no space before %", wrong: new RegExp(`${digits}[%‰]`, "gu") },
  {
    name: "a space that breaks before % or a unit",
    wrong: new RegExp(`${digits} (?:%|‰|°C|(?:kr|tkr|mnkr|km|kg|ton|procent|procentenhet\\p{L}*)(?!\\p{L}))`, "gu"),
  },
  {
    name: "a space that breaks inside a number",
    wrong: new RegExp(`(?<![\\d,.~–-])${digits}{1,3}(?: ${digits}{3})+(?![\\d,~])`, "gu"),
  },
  {
    name: "point or comma inside a large number",
    wrong: new RegExp(`(?<![\\d.,])${digits}{1,3}(?:[.,]${digits}{3}){2,}(?!\\d)`, "gu"),
  },
  { name: "hyphen for a dash; use –", wrong: /(?<=\S) - (?=\S)/gu },
  { name: "two hyphens for a dash", wrong: /(?<!-)--(?!-)/gu },
  { name: "three points; use …", wrong: /\.\.\./gu },
  { name: "space before a punctuation mark", wrong: /(?<=\p{L}) [,;:!?](?=\s|$)|(?<=\p{L}) \.(?=\s|$)/gu },
  { name: "a letter or sign lost in a wrong encoding", wrong: /\uFFFD|Ã[\u0080-¿]|â€/gu },
  { name: "a word of the machine", wrong: /\b(?:undefined|NaN|null|None|\[object|Infinity)\b|\{[a-z_]+\}|\{\{|\}\}/gu },
];

/** What is wrong in a piece of text: {name, excerpt}. Space that may break is one blank; space that may not is `~`. */
export function faults(text) {
  const plain = text
    .replace(/[\u00A0\u202F\u2007]/g, "~")
    .replace(/\s+/g, " ")
    .trim();
  return rules.flatMap(({ name, wrong, right }) =>
    [...plain.matchAll(wrong)]
      .filter((match) => !right?.test(plain.slice(0, match.index)))
      .map((match) => ({
        name,
        excerpt: plain.slice(Math.max(0, match.index - 15), match.index + match[0].length + 12),
      })),
  );
}
