// Aids: what the script adds to questions of some kinds. Takes the page and its fields. Every question can be answered
// without them; rankings have a part of their own.

function createAids(page, fields) {
  const { form, say } = page;
  const { byName, inputsIn } = fields;

  /** A limit that cuts off what is pasted loses words; `checks` tells it instead. */
  function liftLimit(question) {
    const [field] = inputsIn(question);
    question.dataset.longest = field.maxLength;
    field.removeAttribute("maxlength");
  }

  /** The sum so far, under a question whose points are to be divided. */
  function showSum(question) {
    const status = make("p", { className: "sum", role: "status" });
    const count = () => {
      status.textContent = say("sum_now", { sum: fields.sum(question), total: question.dataset.total });
    };
    question.querySelector("fieldset").append(status);
    question.addEventListener("input", count);
    form.addEventListener("refill", count);
    count();
  }

  /** Radio buttons cannot be let go of; a button lets go of all of a question's. */
  function offerClearing(question) {
    const radios = inputsIn(question).filter((input) => input.type === "radio");
    const button = page.button("clear", clear, { className: "clear", hidden: true });
    button.setAttribute("aria-label", say("clear_what", { question: fields.nameOf(question) }));
    question.append(button);
    question.addEventListener("input", update);
    form.addEventListener("refill", update);

    function update() {
      button.hidden = !radios.some((radio) => radio.checked);
    }

    function clear() {
      for (const radio of radios) radio.checked = false;
      inputsIn(question)[0].focus();
      form.dispatchEvent(new Event("input"));
      update();
    }
  }

  /** Whoever writes something else has chosen it. */
  function chooseOther(radio) {
    const [field] = byName(`${radio.name}.other`);
    field.addEventListener("input", () => {
      if (field.value) radio.checked = true;
    });
  }

  for (const question of fields.questions) {
    const { kind } = question.dataset;
    if (kind === "text" && question.querySelector("[maxlength]")) liftLimit(question);
    if (kind === "points") showSum(question);
    if (question.querySelector("[type=radio]:not([required])")) offerClearing(question);
    const other = question.querySelector("[type=radio][value=other]");
    if (other) chooseOther(other);
  }
}
