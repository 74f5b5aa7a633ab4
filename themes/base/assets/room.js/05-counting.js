// Counting hands: boxes, the check against those present, and the bar, which is drawn at every stroke. Takes the page, the
// state and the bars.

function createCounting(page, state, bars) {
  const { say } = page;

  /** The number in a box: null where it is empty, NaN where it is none. */
  function numberIn(input) {
    if (input.validity.badInput) return NaN;
    const written = input.value.trim();
    if (written === "") return null;
    return /^\d{1,4}$/.test(written) ? Number(written) : NaN;
  }

  const present = () => state.get().present;

  /** What is wrong with the hands of a thing in a round; empty: nothing. */
  function fault(vote, round) {
    const counts = state.counted(vote, round);
    if (!counts || !present()) return "";
    const hands = tally.hands(Object.values(counts), vote.isSeveral);
    return hands > present() ? say("surplus", { hands, present: present() }) : "";
  }

  function checkLine(vote, counts, error) {
    if (error || !counts) return error;
    if (!present()) return say("none_present");
    const hands = tally.hands(Object.values(counts), vote.isSeveral);
    return hands === present() ? say("all", { present: hands }) : say("some", { hands, present: present() });
  }

  for (const vote of page.votes) {
    const check = make("p", { className: "hands-check", role: "status", id: `check.${state.nameOf(vote)}` });
    const picture = make("div", { className: "balance" });
    vote.section.querySelector(".vote-count").append(check, picture);

    function read() {
      state.change((now) => {
        const numbers = vote.inputs.map((input) => [input.dataset.answer, numberIn(input)]);
        const known = numbers.filter(([, number]) => Number.isInteger(number));
        const round = now.counts[now.round];
        if (known.length > 0) round[state.nameOf(vote)] = Object.fromEntries(known);
        else delete round[state.nameOf(vote)];
      });
    }

    function show() {
      const { round, counts } = state.get();
      const stored = counts[round][state.nameOf(vote)] ?? {};
      const bad = vote.inputs.filter((input) => Number.isNaN(numberIn(input)));
      for (const input of vote.inputs) {
        const value = String(stored[input.dataset.answer] ?? "");
        if (!bad.includes(input) && input.value !== value) input.value = value;
      }
      const error = bad.length > 0 ? say("whole") : fault(vote, round);
      for (const input of vote.inputs) {
        input.setAttribute("aria-describedby", check.id);
        if (error) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      }
      const counted = state.counted(vote, round);
      const line = checkLine(vote, counted, error);
      if (check.textContent !== line) check.textContent = line;
      check.classList.toggle("is-wrong", error !== "");
      draw(counted, round);
    }

    function draw(counted, round) {
      picture.replaceChildren();
      if (!vote.isDirection) return;
      const before = round === "after" ? state.counted(vote, "before") : null;
      if (counted) {
        picture.append(
          make("p", { className: "balance-net" }, `${say("net")} ${page.signed(tally.net(counted))}`),
          bars.bar(counted, present() ?? 0),
          make("p", { className: "balance-words" }, bars.words(counted)),
        );
      }
      if (before) {
        const words = say("net_before", { net: page.signed(tally.net(before)) });
        picture.append(make("div", { className: "balance-before" }, bars.bar(before, present() ?? 0), make("p", {}, words)));
      }
    }

    for (const input of vote.inputs) {
      input.addEventListener("input", read);
      // A wheel that turns under the pointer must not count hands.
      input.addEventListener("wheel", () => input.blur(), { passive: true });
    }
    state.onChange(show);
    show();
  }

  return { fault };
}
