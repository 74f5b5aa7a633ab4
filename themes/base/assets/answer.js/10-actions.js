// Actions: the buttons below the form, as the step and the day allow. Takes the page, the steps, the files and the sending.
// Holds nothing itself: every button calls another part.

function createActions(page, steps, files, sending) {
  const { button, data, form, state } = page;
  const hasEndpoint = data("endpoint") !== null;
  const actions = make("div", { className: "actions" });
  page.box.prepend(actions);

  const main = { className: "button" };
  const ifComplete = (act) => () => {
    if (steps.isComplete()) act();
  };

  function draw() {
    const buttons = [];
    if (state.step > 0) buttons.push(button("back", steps.back));
    if (!steps.isLast()) {
      const isBeforeLast = state.step === page.steps.length - 1;
      buttons.push(button(isBeforeLast ? "check" : "next", steps.next, main));
    } else {
      if (hasEndpoint && !sending.isClosed()) buttons.push(button("send", ifComplete(sending.send), main));
      // Where nothing can be sent, the file is what the form is for.
      if (files.isOffered) buttons.push(button("save", ifComplete(files.save), hasEndpoint ? {} : main));
      buttons.push(button("print", () => window.print()));
    }
    actions.replaceChildren(...buttons);
  }

  form.addEventListener("step", draw);
  form.addEventListener("unsent", draw);
  form.addEventListener("sending", () => {
    for (const control of actions.children) control.disabled = true;
  });
}
