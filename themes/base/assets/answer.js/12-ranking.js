// Ranking: buttons that move an item up and down. Takes the page, its fields and a question. The lists beside the buttons
// hold the ranks, and stay: only they can let items share one.

function createRanking(page, fields, question) {
  const { form, say } = page;
  const rows = fields.rows(question);
  const select = (row) => row.querySelector("select");
  const lowest = select(rows[0]).options.length - 1;
  /** 1 is the highest rank, 0 is none. */
  const rank = (row) => Number(select(row).value);
  const setRank = (row, to) => {
    select(row).value = to >= 1 && to <= lowest ? String(to) : "";
  };
  const status = make("p", { className: "visually-hidden", role: "status" });
  question.querySelector("fieldset").append(status);

  /** Moves a row one rank: `way` is -1 for up, 1 for down. */
  function move(row, way) {
    const others = rows.filter((other) => other !== row && rank(other));
    const ranks = others.map(rank);
    const here = rank(row);
    if (!here) {
      if (way > 0) return;
      const end = Math.max(0, ...ranks) + 1;
      if (end > lowest) for (const other of others) if (rank(other) === lowest) setRank(other, 0);
      setRank(row, Math.min(end, lowest));
    } else if (ranks.includes(here)) {
      // It leaves those it shared with, and those below make room.
      for (const other of others) {
        if (rank(other) > here || (way < 0 && rank(other) === here)) setRank(other, rank(other) + 1);
      }
      if (way > 0) setRank(row, here + 1);
    } else {
      const beyond = ranks.filter((other) => (other - here) * way > 0);
      if (!beyond.length && way < 0) return;
      const there = way < 0 ? Math.max(...beyond) : Math.min(...beyond);
      for (const other of others) if (rank(other) === there) setRank(other, here);
      setRank(row, beyond.length ? there : 0);
    }
  }

  const setOff = (row, name, isOff) => row.querySelector(`.move-${name}`).setAttribute("aria-disabled", String(isOff));

  /** Puts the rows in the order of their ranks, those without one last. */
  function arrange() {
    const place = (row) => rank(row) || lowest + 1;
    const order = [...rows].sort((a, b) => place(a) - place(b) || rows.indexOf(a) - rows.indexOf(b));
    for (const row of order) status.before(row);
    for (const row of rows) {
      const isAloneFirst = rank(row) === 1 && rows.every((other) => other === row || rank(other) !== 1);
      setOff(row, "up", isAloneFirst);
      setOff(row, "down", !rank(row));
    }
  }

  function tell(row) {
    const n = rank(row);
    const isShared = rows.some((other) => other !== row && rank(other) === n);
    const word = !n ? "unranked" : isShared ? "ranked_shared" : "ranked";
    status.textContent = say(word, { item: fields.itemName(row), n, total: lowest });
  }

  function moveButton(row, name, way) {
    const press = ({ currentTarget }) => {
      move(row, way);
      arrange();
      // Moving a row takes the focus away.
      currentTarget.focus();
      tell(row);
      form.dispatchEvent(new Event("input"));
    };
    const button = page.button(`${name}_short`, press, { className: `button button-second move move-${name}` });
    button.setAttribute("aria-label", say(name, { item: fields.itemName(row) }));
    return button;
  }

  for (const row of rows) {
    row.querySelector(".row-line").append(moveButton(row, "up", -1), moveButton(row, "down", 1));
    select(row).addEventListener("change", () => {
      for (const other of rows) setOff(other, "down", !rank(other));
    });
  }
  form.addEventListener("refill", arrange);
  arrange();
}
