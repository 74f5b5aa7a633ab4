// Makes the parts and runs them.

const main = document.querySelector("main.room");
if (main) begin(createPage(main));

function begin(page) {
  document.body.classList.add("has-script");
  const state = createState(page);
  const counting = createCounting(page, state, createBars(page));
  const trade = createTrade(page, state);
  const summary = createSummary(page, state, createBars(page), trade);
  if (page.screen("notes").querySelector(".note, p") === null) page.screen("notes").remove();
  page.screens = page.screens.filter((screen) => screen.isConnected);
  const { go, show } = createScreens(page, state);
  createProtocol(page, state, counting, summary, go);
  createClearing(page, state, go);

  const warning = make("p", { className: "room-notice", role: "status" });
  page.screen("first").append(warning);
  const keep = (edit) => (warning.textContent = state.change(edit) ? "" : page.say("not_kept"));
  for (const [name, input] of Object.entries(page.facts)) {
    input.addEventListener("input", () =>
      keep((now) => {
        const number = Number(input.value);
        const isCount = input.value !== "" && Number.isInteger(number) && number >= 0 && number <= 9999;
        now[name] = name === "present" ? (isCount ? number : null) : input.value;
      }),
    );
  }
  for (const field of page.notes) {
    field.addEventListener("input", () => keep((now) => (now.notes[field.dataset.note] = field.value)));
  }
  function fill() {
    const now = state.get();
    for (const [name, input] of Object.entries(page.facts)) {
      const value = String(now[name] ?? "");
      if (document.activeElement !== input && input.value !== value) input.value = value;
    }
    for (const field of page.notes) {
      const value = now.notes[field.dataset.note] ?? "";
      if (document.activeElement !== field && field.value !== value) field.value = value;
    }
  }
  state.onChange(fill);
  fill();
  show();
}
