// Answers: everything that was answered, in words, to check and to keep. Takes the page and its fields; gives a function
// that lists the answers of every step.

function createAnswerList(page, fields) {
  const { say } = page;
  const { byName, inputsIn, isCheckable, isFilled, itemName, nameOf, rows, value } = fields;

  const labelOf = (input) => (input.labels[0].querySelector("span") ?? input.labels[0]).textContent.trim();

  function textOf(input) {
    if (isCheckable(input)) return labelOf(input);
    return input.tagName === "SELECT" ? input.selectedOptions[0].textContent : input.value;
  }

  /** What is filled in, in words. `other` among radio buttons says nothing: the field beside it does. */
  const textsOf = (inputs) =>
    inputs.filter((input) => isFilled(input) && (input.value !== "other" || input.type !== "radio")).map(textOf);

  /** The lines of an answer; none when the unit is unanswered. */
  function linesOf(unit) {
    const { kind, question: id } = unit.dataset;
    if (kind === "number" && value(id)) {
      const measure = unit.querySelector(".number-unit")?.textContent ?? "";
      // A unit is written for many: 1 (gånger).
      return [`${value(id)} ${measure && Number(value(id)) === 1 ? `(${measure})` : measure}`.trim()];
    }
    if (kind === "choice") return value(id) === "other" ? [value(`${id}.other`) ?? ""] : textsOf(byName(id));
    if (!rows(unit).length) return textsOf(inputsIn(unit));
    const rowTexts = rows(unit)
      .map((row) => [row, textsOf(inputsIn(row))[0]])
      .filter(([, text]) => text !== undefined);
    if (kind === "ranking") rowTexts.sort((a, b) => a[1] - b[1]);
    const word = { ranking: "rank", points: "points" }[kind] ?? "row";
    return rowTexts.map(([row, text]) => say(word, { item: itemName(row), n: text, answer: text }));
  }

  function answerOf(unit, links) {
    const label = unit.querySelector(".question-text") ?? unit.querySelector("label");
    const lines = linesOf(unit).map((line) => make("p", { dir: "auto" }, line));
    const answer = make(
      "dd",
      {},
      ...(lines.length ? lines : [make("p", { className: "unanswered" }, say("unanswered"))]),
    );
    if (links) {
      const field = inputsIn(unit)[0];
      const change = makeLink(`#${field.id}`, say("change"), () => links.change(field));
      change.setAttribute("aria-label", say("change_what", { question: nameOf(unit) }));
      answer.append(change);
    }
    const language = label.querySelector("[lang]")?.lang ?? "";
    const asked = label.textContent.trim().replace(/\s+/g, " ");
    return make("div", {}, make("dt", language ? { lang: language } : {}, asked), answer);
  }

  /** Questions and answers by step; with `links`, {change(field), open(step)}, each has its way back. */
  return (links) =>
    page.steps.flatMap((section, step) => {
      const title = section.querySelector("h2").textContent;
      const units = fields.units.filter((unit) => section.contains(unit));
      const list = make("dl", { className: "answers" }, ...units.map((unit) => answerOf(unit, links)));
      if (!links) return [make("h3", {}, title), list];
      const back = makeLink("#", say("go", { title }), () => links.open(step));
      return [make("h3", {}, title), make("p", { className: "step-link" }, back), list];
    });
}
