// The page: its sentences, its parts, and elements to add to it.

/** An element with properties or attributes, and its content. */
function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

function createPage(main) {
  const words = JSON.parse(main.dataset.words);
  const language = document.documentElement.lang;

  /** A sentence with its gaps filled; of two forms the one that the number `n` asks for. */
  function say(path, values = {}) {
    let text = path.split(".").reduce((tree, key) => tree[key], words);
    if (typeof text === "object") text = Number(values.n) === 1 ? text.one : text.many;
    return text.replace(/\{(\w+)\}/g, (gap, key) => values[key] ?? gap);
  }

  const button = (text, onclick, properties = {}) =>
    make("button", { type: "button", className: "button", textContent: text, onclick, ...properties });

  return {
    main,
    say,
    button,
    id: main.dataset.consultation,
    version: main.dataset.version,
    language,
    /** The things to raise hands for, in their order. */
    votes: [...main.querySelectorAll(".vote")].map(readVote),
    notes: [...main.querySelectorAll("[data-note]")],
    facts: Object.fromEntries([...main.querySelectorAll("[data-fact]")].map((input) => [input.dataset.fact, input])),
    screens: [...main.querySelectorAll(".screen")],
    screen: (name) => main.querySelector(`[data-screen="${name}"]`),
    /** A whole number with its sign, the minus of the page's language. */
    signed: (number) => (number > 0 ? `+${number}` : String(number).replace("-", "−")),
    /** Names in a row: “a”, “b” and “c”. */
    list(names) {
      const quoted = names.map((text) => say("quoted", { text }));
      return new Intl.ListFormat(language, { type: "conjunction" }).format(quoted);
    },
    /** A day in words; as it is written where it is no day. */
    day(date) {
      const moment = new Date(`${date}T12:00:00`);
      return Number.isNaN(moment.getTime()) ? date : moment.toLocaleDateString(language, { dateStyle: "long" });
    },
  };
}

/** A section with its boxes. */
function readVote(section) {
  const { question, item, kind, name } = section.dataset;
  const inputs = [...section.querySelectorAll("[data-answer]")];
  return {
    section,
    question,
    item,
    kind,
    name,
    inputs,
    answers: inputs.map((input) => input.dataset.answer),
    isDirection: kind === "direction",
    isSeveral: kind === "choices",
  };
}
