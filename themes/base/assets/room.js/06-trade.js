// For each ▲ one ▼: what is to get more asks for something that gets less. Those that most want less of count; others can be
// pointed out. Takes the page and the state.

function createTrade(page, state) {
  const { say } = page;
  const directions = page.votes.filter((vote) => vote.isDirection);
  const section = page.screen("trade");
  const list = make("ul", { className: "trade-list" });
  const balance = make("p", { className: "trade-balance", role: "status" });
  section.querySelector(".trade-paper").replaceWith(list, balance);

  /** Things with their final counts, as the page of results orders them: those nobody counted are left out. */
  function ordered(votes = directions) {
    const counted = votes.map((vote) => ({ vote, counts: state.final(vote) })).filter(({ counts }) => counts);
    return counted.sort((a, b) => tally.compare(a.counts, b.counts));
  }

  const leaningTo = (way) => ordered().filter(({ counts }) => tally.leaning(counts) === way);
  const isPointedOut = ({ vote, counts }) =>
    state.get().yields[state.nameOf(vote)] === true && !["up", "down"].includes(tally.leaning(counts));

  /** How many are to get more and less, and what is pointed out beside those that most want less of. */
  function outcome() {
    const pointedOut = ordered().filter(isPointedOut);
    const [more, less] = [leaningTo("up").length, leaningTo("down").length + pointedOut.length];
    return { more, less, pointedOut, missing: Math.max(0, more - less) };
  }

  function row(entry) {
    const { vote, counts } = entry;
    const way = tally.leaning(counts);
    const number = page.signed(tally.net(counts));
    const name = make("span", { className: "trade-name" }, vote.name);
    const net = make("span", { className: "trade-net" }, `${say("net")} ${number}`);
    if (way === "up") return make("li", {}, name, net, make("span", { className: "trade-more" }, say("gets_more")));
    const box = make("input", {
      type: "checkbox",
      id: `y.${state.nameOf(vote)}`,
      checked: way === "down" || isPointedOut(entry),
      disabled: way === "down",
    });
    box.addEventListener("change", () =>
      state.change((now) => {
        if (box.checked) now.yields[state.nameOf(vote)] = true;
        else delete now.yields[state.nameOf(vote)];
      }),
    );
    const words = make("label", { htmlFor: box.id }, say("yields"), make("span", { className: "visually-hidden" }, `: ${vote.name}`));
    return make("li", {}, name, net, make("span", { className: "trade-less" }, box, " ", words));
  }

  function show() {
    const focused = document.activeElement?.id;
    list.replaceChildren(...ordered().map(row));
    if (focused?.startsWith("y.")) document.getElementById(focused)?.focus();
    balance.textContent = sentences().join(" ");
  }

  /** How far each ▲ has its ▼. */
  function sentences() {
    const { more, less, missing } = outcome();
    if (more === 0) return [say("no_more")];
    const rest = missing > 0 ? say("missing", { n: missing }) : say("balanced");
    return [say("balance", { more, less }), rest];
  }

  if (directions.length === 0) section.remove();
  state.onChange(show);
  show();
  return { ordered, outcome, sentences, directions };
}
