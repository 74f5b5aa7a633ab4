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

  /** Makes these names and values the only ones filled in. */
  function fill(newPairs) {
    const valuesOf = (name) => newPairs.filter(([key]) => key === name).map(([, value]) => value);
    for (const input of byName("response")) input.value = valuesOf("response")[0] || input.value;
    for (const input of visible) {
      const newValues = valuesOf(input.name);
      if (isCheckable(input)) input.checked = newValues.includes(input.value);
      else input.value = newValues[0] ?? "";
    }
    form.dispatchEvent(new Event("refill"));
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
    questions: units.filter((unit) => unit.dataset.question),
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
    rows: (question) => [...question.querySelectorAll("[data-item]")],
    itemName: (row) => row.querySelector("legend, label").textContent.trim(),
    sum: (unit) => inputsIn(unit).reduce((sum, field) => sum + Number(field.value), 0),
  };
}
