// What has been counted, and where it is kept: on this device alone, so that a reload loses nothing. What is found there may be
// of any shape, and only what fits is taken. Takes the page.

function createState(page) {
  const key = `utsikt-rum:${page.id}:${page.version}`;
  const listeners = [];
  const rounds = ["before", "after"];
  const isCount = (value) => Number.isInteger(value) && value >= 0 && value <= 9999;
  const text = (value) => (typeof value === "string" ? value : "");
  const object = (value) => (value !== null && typeof value === "object" ? value : {});

  function empty() {
    const today = new Date();
    const twoDigits = (number) => String(number).padStart(2, "0");
    const date = `${today.getFullYear()}-${twoDigits(today.getMonth() + 1)}-${twoDigits(today.getDate())}`;
    return { name: "", date, present: null, round: "before", screen: 0, counts: { before: {}, after: {} }, yields: {}, notes: {} };
  }

  /** What fits of something stored. */
  function sound(stored) {
    const [from, state] = [object(stored), empty()];
    state.name = text(from.name);
    if (/^\d{4}-\d{2}-\d{2}$/.test(text(from.date))) state.date = from.date;
    if (isCount(from.present)) state.present = from.present;
    if (rounds.includes(from.round)) state.round = from.round;
    if (isCount(from.screen) && from.screen < page.screens.length) state.screen = from.screen;
    for (const vote of page.votes) {
      const name = nameOf(vote);
      for (const round of rounds) {
        const found = object(object(object(from.counts)[round])[name]);
        const counts = vote.answers.filter((answer) => isCount(found[answer])).map((answer) => [answer, found[answer]]);
        if (counts.length > 0) state.counts[round][name] = Object.fromEntries(counts);
      }
      if (object(from.yields)[name] === true) state.yields[name] = true;
    }
    for (const { dataset } of page.notes) state.notes[dataset.note] = text(object(from.notes)[dataset.note]);
    return state;
  }

  function load() {
    try {
      return sound(JSON.parse(localStorage.getItem(key)));
    } catch {
      return empty();
    }
  }

  let state = load();

  /** The name of a thing to raise hands for. */
  function nameOf(vote) {
    return `${vote.question}.${vote.item}`;
  }

  const tell = () => listeners.forEach((listener) => listener());

  /** Changes the state and keeps it; gives whether the browser kept it. */
  function change(edit) {
    edit(state);
    tell();
    try {
      localStorage.setItem(key, JSON.stringify(state));
      return true;
    } catch {
      return false;
    }
  }

  function clear() {
    state = empty();
    try {
      localStorage.removeItem(key);
    } catch {
      // Then nothing was kept.
    }
    tell();
  }

  // The same meeting in another window: the newest holds.
  window.addEventListener("storage", (event) => {
    if (event.key !== key) return;
    const { screen } = state;
    state = { ...load(), screen };
    tell();
  });

  /** The counts of a thing in a round, with 0 for an answer without a number; null where nothing was counted. */
  function counted(vote, round) {
    const counts = state.counts[round][nameOf(vote)];
    return counts ? Object.fromEntries(vote.answers.map((answer) => [answer, counts[answer] ?? 0])) : null;
  }

  return {
    get: () => state,
    change,
    clear,
    nameOf,
    counted,
    /** The counts that hold: those of the second round where there are any. */
    final: (vote) => counted(vote, "after") ?? counted(vote, "before"),
    /** Whether hands were counted in the second round. */
    hasSecondRound: () => Object.keys(state.counts.after).length > 0,
    onChange: (listener) => listeners.push(listener),
  };
}
