// Drafts: what is typed survives reload and back in the tab's own history, which ends with the tab and needs nobody's
// consent; it is stored on the device only for those who ask for it. Takes the page and its fields.
//
// Several tabs may have the same form open. Each knows which draft of the device it last read or wrote, by its mark, and
// writes only over that one: a draft that another tab has changed is newer, and one that is gone was sent or removed.

/** Names and values as they may be stored, and the step; null for anything else. Whatever stands in a store is only data. */
function asDraft(content) {
  const isPair = (pair) => Array.isArray(pair) && pair.length === 2 && pair.every((text) => typeof text === "string");
  if (typeof content !== "object" || !Array.isArray(content?.pairs) || !content.pairs.every(isPair)) return null;
  return { ...content, step: Number.isInteger(content.step) && content.step > 0 ? content.step : 0 };
}

/** Drafts on the device. A browser may forbid the store altogether, as some do in private windows or for files. */
const draftStore = {
  /** The draft with its days; null where there is none, or something that is none. */
  get(key) {
    try {
      const draft = asDraft(JSON.parse(localStorage.getItem(key)));
      const isDay = (time) => typeof time === "number" && !Number.isNaN(new Date(time).getTime());
      if (!draft || !isDay(draft.saved) || !isDay(draft.expires)) return null;
      return { ...draft, mark: String(draft.mark ?? draft.saved) };
    } catch {
      return null;
    }
  },
  /** True when the draft is stored. */
  set(key, draft) {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  },
  /** The keys that begin so. */
  keys(start) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(start));
    } catch {
      return [];
    }
  },
  /** Removes the drafts whose key and content are such. */
  removeWhere(isUnwanted) {
    for (const key of this.keys("utsikt-svar:")) if (isUnwanted(key, this.get(key))) localStorage.removeItem(key);
  },
};

function createDrafts(page, fields) {
  const { data, form, say, state } = page;
  const { pairs } = fields;
  const day = 24 * 60 * 60 * 1000;
  const start = `utsikt-svar:${data("consultation")}:`;
  const key = start + data("version");
  const expires = data("last-day") ? Date.parse(data("last-day")) + 15 * day : page.openedAt + 90 * day;
  let timer = 0;
  /** Mark of the stored draft that this tab last read or wrote; null: none. */
  let mark = null;
  /** Whether anything has been typed since then. */
  let isChanged = false;

  const choice = make("input", { type: "checkbox", id: "q..keep" });
  const status = make("div", { className: "note-after", role: "status" });
  const forgetButton = page.button("forget", forget, { hidden: true });
  const section = make(
    "section",
    { className: "keeping step" },
    make("h2", { className: "heading-small" }, say("keep")),
    make("p", { className: "option" }, choice, " ", make("label", { htmlFor: choice.id }, say("keep_here"))),
    make("p", { className: "note-after measure" }, say("keep_warn")),
    status,
    forgetButton,
  );
  page.box.append(section);

  function showKept(isKept, ...content) {
    choice.checked = isKept;
    forgetButton.hidden = !isKept;
    status.replaceChildren(...content.map((part) => (typeof part === "string" ? make("p", {}, part) : part)));
  }

  /** Tells that the device has another draft than this tab; true when it has. Only the reader can choose between the two. */
  function isOvertaken() {
    const stored = draftStore.get(key);
    if ((stored?.mark ?? null) === mark) return false;
    if (!stored) {
      mark = null;
      showKept(false, say("removed_elsewhere"));
      return true;
    }
    const take = page.button("take_newer", () => use(stored));
    const replace = page.button("replace_newer", () => {
      mark = stored.mark;
      keep();
    });
    const buttons = make("p", {}, take, " ", replace);
    showKept(false, say("newer_elsewhere", { time: page.inWords(stored.saved) }), buttons);
    return true;
  }

  /** The tab's history remembers; so does the device where that is asked for. */
  function remember() {
    clearTimeout(timer);
    if (state.isSent) return;
    if (choice.checked && !isOvertaken() && isChanged) keep();
    try {
      const of = { of: data("consultation"), version: data("version") };
      const answer = { ...of, pairs: pairs(), step: state.step, mark, isChanged };
      history.replaceState({ ...history.state, answer }, "");
    } catch {
      // Too often: the next change remembers this too.
    }
  }

  function keep() {
    const now = Date.now();
    // A code is a key: it does not stay on a device.
    const draftPairs = pairs().filter(([name]) => name !== "respondent.code");
    const draft = { mark: randomId(), saved: now, expires, pairs: draftPairs, step: state.step };
    const isKept = draftStore.set(key, draft);
    if (isKept) {
      mark = draft.mark;
      isChanged = false;
      state.isUnsaved = false;
    }
    showKept(isKept, isKept ? say("kept", { time: page.inWords(now) }) : say("not_kept"));
  }

  function forget() {
    draftStore.removeWhere((other) => other === key);
    mark = null;
    isChanged = fields.isAnswered();
    state.isUnsaved = isChanged;
    showKept(false, say("forgotten"));
    choice.focus();
  }

  /** Fills in a draft of any version; gives what of it no field takes, in words. */
  function fillIn(draft) {
    const untaken = fields.fill(draft.pairs.map(fields.currentPair));
    return page.listMisfits(untaken.map(([name, text]) => `${name}: ${text.slice(0, 300)}`));
  }

  /** Fills in the draft that is stored for these questions. */
  function use(draft) {
    const misfits = fillIn(draft);
    mark = draft.mark;
    isChanged = false;
    state.isUnsaved = false;
    showKept(true, say("restored", { time: page.inWords(draft.saved) }), ...misfits);
  }

  /** Offers the newest draft of another version of the questions, if there is one. */
  function offerFormer() {
    const others = draftStore.keys(start).filter((other) => other !== key);
    const drafts = others.map((other) => ({ ...draftStore.get(other), key: other })).filter((draft) => draft.saved);
    const [former] = drafts.sort((a, b) => b.saved - a.saved);
    if (!former) return;
    const version = former.key.slice(start.length);
    const take = page.button("take_former", () => {
      if (fields.isAnswered() && !window.confirm(say("former_replaces"))) return;
      const misfits = fillIn(former);
      isChanged = true;
      state.isUnsaved = fields.isAnswered();
      showKept(false, say("former_taken"), ...misfits);
    });
    const drop = page.button("forget", () => {
      draftStore.removeWhere((other) => other === former.key);
      showKept(false, say("forgotten"));
      choice.focus();
    });
    const offer = say("former", { time: page.inWords(former.saved), version });
    status.append(make("p", {}, offer), make("p", {}, take, " ", drop));
  }

  /** Fills in what this tab or the device remembers, and calls `show` with the step it was on. */
  function restore(show) {
    const answer = history.state?.answer;
    const tabDraft = answer?.of === data("consultation") ? asDraft(answer) : null;
    const isSameVersion = answer?.version === data("version");
    const tabMark = (isSameVersion && tabDraft?.mark) || null;
    const stored = draftStore.get(key);
    // What a tab remembers and has not changed is no newer than what the device has.
    const isOwn = tabDraft && (tabDraft.isChanged === true || !stored || stored.mark === tabMark);
    if (isOwn) {
      const misfits = fillIn(tabDraft);
      mark = tabMark;
      isChanged = tabDraft.isChanged === true;
      state.isUnsaved = (isChanged || !stored) && fields.isAnswered();
      if (!isOvertaken()) {
        const lines = stored ? [say("restored", { time: page.inWords(stored.saved) })] : [];
        showKept(Boolean(stored), ...lines, ...misfits);
      }
    } else if (stored) use(stored);
    if (!stored) offerFormer();
    show((isOwn ? tabDraft : stored)?.step ?? 0);
  }

  /** Nothing of an answer that is sent is remembered, in any version or tab. */
  function end() {
    clearTimeout(timer);
    draftStore.removeWhere((other) => other.startsWith(start));
    history.replaceState(null, "");
  }

  choice.addEventListener("change", () => {
    if (!choice.checked) forget();
    else if (!isOvertaken()) keep();
  });
  form.addEventListener("step", remember);
  form.addEventListener("input", () => {
    state.isUnsaved = true;
    isChanged = true;
    clearTimeout(timer);
    timer = setTimeout(remember, 300);
  });
  window.addEventListener("storage", (event) => {
    if (!state.isSent && mark !== null && (event.key === key || event.key === null)) isOvertaken();
  });
  window.addEventListener("beforeunload", (event) => {
    remember();
    if (state.isUnsaved && !state.isSent) event.preventDefault();
  });

  return { section, remember, restore, end };
}
