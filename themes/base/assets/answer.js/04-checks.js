// Checks: what is wrong, told beside each field and in a summary before the form, in the same words. Takes the page and its
// fields. Where a link in the summary leads is for whoever asks for the check: `steps` knows how to show a field.

function createChecks(page, fields) {
  const { form, say } = page;
  const { inputsIn, isFilled, itemName, nameOf, rows, sum, value, values } = fields;

  function numberError({ min, max, validity }) {
    if (validity.badInput) return say("number");
    if (!validity.rangeUnderflow && !validity.rangeOverflow) return null;
    return say(min && max ? "between" : min ? "least" : "most", { least: min, most: max });
  }

  /** What is wrong with a field about who answers, or null. */
  function contactError(field, isEmpty, isRequired) {
    if (field.hasAttribute("data-body") && isEmpty && !value("respondent.other")) return say("required.body");
    if (field.validity.badInput) return say("date");
    if (field.validity.typeMismatch) return say("email");
    return isRequired && isEmpty ? say("required.field") : null;
  }

  /** What is wrong with a question that is answered, by its kind: [error, field], or null. */
  const faults = {
    text({ dataset }, [field]) {
      const over = dataset.longest ? field.value.length - dataset.longest : 0;
      return over > 0 ? [say("too_long", { n: over }), field] : null;
    },
    number(question, [field]) {
      const error = numberError(field);
      return error && [error, field];
    },
    choice({ dataset: { question: id } }, all) {
      return value(id) === "other" && !value(`${id}.other`) ? [say("other"), all.at(-1)] : null;
    },
    choices({ dataset: { question: id, atMost } }, [field]) {
      const chosen = values(id).length + values(`${id}.other`).length;
      return atMost && chosen > atMost ? [say("too_many", { n: atMost, chosen }), field] : null;
    },
    points(question, all) {
      const isWrong = ({ validity }) => validity.badInput || validity.stepMismatch || validity.rangeUnderflow;
      const wrongField = all.find(isWrong);
      if (wrongField) return [say("whole"), wrongField];
      const { total } = question.dataset;
      return sum(question) === Number(total) ? null : [say("sum", { sum: sum(question), total }), all[0]];
    },
  };

  /** All that is wrong with a question or field: [error, field]. */
  function errorsOf(unit) {
    const all = inputsIn(unit);
    const { kind, total } = unit.dataset;
    const isRequired = "required" in unit.dataset || all.some((field) => field.required);
    const isEmpty = !all.some((field) => isFilled(field) || field.validity.badInput);
    if (!kind) {
      const error = contactError(all[0], isEmpty, isRequired);
      return error ? [[error, all[0]]] : [];
    }
    if (isRequired && (kind === "grid" || kind === "direction")) {
      const emptyRows = rows(unit).filter((row) => !inputsIn(row).some(isFilled));
      return emptyRows.map((row) => [say("required.rows", { item: itemName(row) }), inputsIn(row)[0]]);
    }
    if (isEmpty) {
      const word = kind === "scale" ? "choice" : kind;
      return isRequired ? [[say(`required.${word}`, { n: total }), all[0]]] : [];
    }
    const fault = faults[kind]?.(unit, all);
    return fault ? [fault] : [];
  }

  const summary = make("div", { className: "errors", tabIndex: -1, hidden: true, role: "alert" });
  document.querySelector("main").prepend(summary);

  function clear() {
    summary.hidden = true;
    for (const error of form.querySelectorAll(".error")) error.remove();
    for (const element of form.querySelectorAll("[data-described]")) {
      element.removeAttribute("aria-invalid");
      if (element.dataset.described) element.setAttribute("aria-describedby", element.dataset.described);
      else element.removeAttribute("aria-describedby");
      delete element.dataset.described;
    }
  }

  /** Tells the error beside its field, and ties the two. */
  function mark({ unit, field, text }, id) {
    const group = unit.matches("fieldset") ? unit : unit.querySelector("fieldset");
    const above =
      [...unit.querySelectorAll(".error")].at(-1) ??
      unit.querySelector(".question-help") ??
      unit.querySelector("legend, label");
    above.after(
      make("p", { className: "error", id }, make("span", { className: "visually-hidden" }, say("error_mark")), text),
    );
    // A radio button cannot be invalid, its group can.
    const targets = field.type === "radio" ? [field.closest("fieldset")] : group ? [field, group] : [field];
    for (const element of targets) {
      const descriptions = element.getAttribute("aria-describedby") ?? "";
      element.dataset.described ??= descriptions;
      element.setAttribute("aria-describedby", `${id} ${descriptions}`.trim());
      if (!element.matches("fieldset:not([role])")) element.setAttribute("aria-invalid", "true");
    }
  }

  /** Tells what is wrong in these sections; true when nothing is. `goTo(field)` shows the field of an error. */
  function check(sections, goTo) {
    clear();
    const units = fields.units.filter((unit) => sections.some((section) => section.contains(unit)));
    const errors = units.flatMap((unit) => {
      const question = nameOf(unit).replace(/[?.!:]+$/, "");
      return errorsOf(unit).map(([error, field]) => ({ unit, field, text: say("error_at", { question, error }) }));
    });
    if (!errors.length) return true;
    errors.forEach((error, at) => mark(error, `q..error.${at}`));
    const links = errors.map(({ field, text }) =>
      make(
        "li",
        {},
        makeLink(`#${field.id}`, text, () => goTo(field)),
      ),
    );
    summary.replaceChildren(make("h2", {}, say("errors", { n: errors.length })), make("ul", {}, ...links));
    summary.hidden = false;
    document.title = `${say("title_error")}${page.title}`;
    summary.focus();
    return false;
  }

  return { check, clear, hasErrors: () => !summary.hidden };
}
