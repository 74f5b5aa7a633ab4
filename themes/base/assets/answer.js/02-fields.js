// Fields: what is filled in. Takes the form; gives its units, their values and their names. A unit is a question, or a
// field about who answers. Says nothing of whether a value is right, which is for `checks`.

function createFields(form) {
  const inputs = [...form.querySelectorAll("input[name], select[name], textarea[name]")];
  const units = [...form.querySelectorAll("[data-question], [data-field]")];
  // The field for machines that fill in everything they find is left alone.
  const visible = inputs.filter((input) => input.type !== "hidden" && input.name !== "webbplats");

  const isCheckable = (input) => input.type === "radio" || input.type === "checkbox";
  const isFilled = (input) => (isCheckable(input) ? input.checked : input.value.trim() !== "");
  const byName = (name) => inputs.filter((input) => input.name === name);
  const inputsIn = (element) => inputs.filter((input) => element.contains(input));
  const values = (name) =>
    byName(name)
      .filter(isFilled)
      .map((input) => input.value);

  /** Names and values of what is filled in, and the answer's id: what the tab and a draft remember. */
  function pairs() {
    const filled = inputs.filter((input) => input.name === "response" || (visible.includes(input) && isFilled(input)));
    return filled.map((input) => [input.name, input.value]);
  }

  /**
   * Makes these names and values the only ones filled in; gives those that no field took. What a field takes is for the
   * browser to say: it empties a date that is none, and lets go of one radio button for another.
   */
  function fill(newPairs) {
    const valuesOf = (name) => newPairs.filter(([key]) => key === name).map(([, value]) => value);
    // Anything may stand in a file or a store: only what can be an id becomes the answer's.
    const isSuited = (input, text) => input.type !== "number" || Number.isFinite(Number(text));
    const id = valuesOf("response").find((text) => /^[\w-]{1,64}$/.test(text));
    for (const input of byName("response")) input.value = id ?? input.value;
    for (const input of visible) {
      const newValues = valuesOf(input.name);
      if (isCheckable(input)) input.checked = newValues.includes(input.value);
      else input.value = newValues.find((text) => isSuited(input, text)) ?? "";
    }
    form.dispatchEvent(new Event("refill"));
    const unified = (text) => text.replace(/\r\n?/g, "\n").trim();
    const isTaken = ([name, text]) => values(name).some((value) => unified(value) === unified(text));
    return newPairs.filter((pair) => pair[0] !== "response" && pair[1].trim() && !isTaken(pair));
  }

  /** True when an element with this id is called so, today or formerly. */
  const isCalled = ({ dataset }, id, name) => id === name || (dataset.formerly ?? "").split(" ").includes(name);
  const questions = units.filter((unit) => unit.dataset.question);
  const rows = (question) => [...question.querySelectorAll("[data-item]")];
  /** The question or row that is called so, today or formerly. */
  const questionCalled = (id) => questions.find((question) => isCalled(question, question.dataset.question, id));
  const rowCalled = (question, item) => rows(question).find((row) => isCalled(row, row.dataset.item, item));

  /** A field's name in any version of the questions, by today's ids. */
  function currentName(name) {
    const [id, ...rest] = name.split(".");
    const question = questionCalled(id);
    if (!question) return name;
    const part = rest.join(".");
    return [question.dataset.question, ...(part ? [rowCalled(question, part)?.dataset.item ?? part] : [])].join(".");
  }

  /** Name and value by today's ids: an option may be called something else than before. */
  function currentPair([name, text]) {
    const today = currentName(name);
    const option = byName(today).find((input) => isCheckable(input) && isCalled(input, input.value, text));
    return [today, option?.value ?? text];
  }

  /** The short text of a question, or the label of a field without its marks. */
  function nameOf(unit) {
    if (unit.dataset.short) return unit.dataset.short;
    const label = unit.querySelector("legend, label").cloneNode(true);
    for (const mark of label.querySelectorAll(".optional")) mark.remove();
    return label.textContent.trim();
  }

  return {
    inputs,
    units,
    questions,
    isCheckable,
    isFilled,
    byName,
    inputsIn,
    /** Every value filled in under a name; the first of them, or undefined. */
    values,
    value: (name) => values(name)[0],
    isAnswered: () => units.some((unit) => inputsIn(unit).some(isFilled)),
    pairs,
    fill,
    nameOf,
    /** The rows of a question that asks about several items. */
    rows,
    questionCalled,
    rowCalled,
    currentPair,
    itemName: (row) => row.querySelector("legend, label").textContent.trim(),
    sum: (unit) => inputsIn(unit).reduce((sum, field) => sum + Number(field.value), 0),
  };
}
