// One part at a time: buttons and keys to go between them, the round, and starting over. Takes the page and the state.

function createScreens(page, state) {
  const { say } = page;
  const place = make("p", { className: "room-place" });
  const back = page.button(say("back"), () => go(state.get().screen - 1));
  const next = page.button(say("next"), () => go(state.get().screen + 1));
  const steps = make("nav", { className: "room-steps", "aria-label": say("parts") }, back, place, next);
  const screens = () => page.screens.filter((screen) => screen.isConnected);

  const rounds = make("fieldset", { className: "rounds" }, make("legend", {}, say("round")));
  for (const round of ["before", "after"]) {
    const choice = make("input", { type: "radio", name: "round", id: `r.${round}`, value: round });
    choice.addEventListener("change", () => state.change((now) => (now.round = round)));
    rounds.append(make("span", {}, choice, " ", make("label", { htmlFor: choice.id }, say(round))));
  }

  function show() {
    const shown = screens()[state.get().screen] ?? screens()[0];
    for (const screen of page.screens) screen.hidden = screen !== shown;
    const isVote = shown.classList.contains("vote");
    rounds.hidden = !isVote;
    rounds.querySelector(`[value=${state.get().round}]`).checked = true;
    place.textContent = say("place", { n: screens().indexOf(shown) + 1, total: screens().length });
    back.disabled = shown === screens()[0];
    next.disabled = shown === screens().at(-1);
  }

  /** Shows a part and puts the keys where one writes: in its first box, else at its heading. */
  function go(number) {
    if (number < 0 || number >= screens().length) return;
    state.change((now) => (now.screen = number));
    const shown = screens()[number];
    const heading = shown.querySelector("h1, h2");
    heading.tabIndex = -1;
    (shown.querySelector(".hands input") ?? heading).focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }

  function onKey(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const inText = event.target.closest("textarea, [type=text], [type=date]");
    const inBox = event.target.closest("[type=number]");
    const { screen } = state.get();
    if (event.key === "Enter" && inBox) {
      const boxes = [...inBox.closest(".screen").querySelectorAll("[type=number]")];
      const following = boxes[boxes.indexOf(inBox) + 1];
      if (following) following.focus();
      else go(screen + 1);
    } else if (!inText && event.key === "PageDown") go(screen + 1);
    else if (!inText && event.key === "PageUp") go(screen - 1);
    else return;
    event.preventDefault();
  }

  document.querySelector(".room-head").append(rounds);
  page.main.append(steps);
  document.addEventListener("keydown", onKey);
  state.onChange(show);
  return { go, show };
}

/** Starting over asks once more: nobody gets a count back. */
function createClearing(page, state, go) {
  const sure = make("span", { hidden: true });
  const ask = page.button(page.say("clear"), () => {
    sure.hidden = false;
    sure.querySelector("button").focus();
  }, { className: "button button-second" });
  const leave = () => {
    sure.hidden = true;
    ask.focus();
  };
  const clear = () => {
    sure.hidden = true;
    state.clear();
    go(0);
  };
  sure.append(page.button(page.say("clear_sure"), clear), " ", page.button(page.say("clear_not"), leave, { className: "button button-second" }));
  page.screen("first").append(make("p", { className: "room-actions" }, ask, " ", sure));
}
