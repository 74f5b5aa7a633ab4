// Begin: runs the parts, on a form that is open and on the page that an endpoint sends its readers to.

/** What the plain form needs and the script does itself: the browser's checks, its button, and how to hand in. */
function takeOver({ form, last }, steps) {
  form.setAttribute("novalidate", "");
  for (const control of form.querySelectorAll("[type=submit]")) {
    control.disabled = false;
    if (control.tabIndex >= 0) control.hidden = true;
  }
  for (const line of last.querySelectorAll("p")) if (!line.querySelector("button")) line.classList.add("paper-only");
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!steps.isLast()) steps.next();
  });
}

function begin(form) {
  const page = createPage(form);
  const fields = createFields(form);
  const response = createResponse(page, fields);
  const checks = createChecks(page, fields);
  const listAnswers = createAnswerList(page, fields);
  const steps = createSteps(page, checks, listAnswers);
  const drafts = createDrafts(page, fields);
  const files = createFiles(page, fields, response, checks, steps, drafts.section);
  const sending = createSending(page, fields, checks, listAnswers, drafts, files);
  createActions(page, steps, files, sending);
  createAids(page, fields);
  for (const question of fields.questions) {
    if (question.dataset.kind === "ranking") createRanking(page, fields, question);
  }
  createPaper(page, fields, listAnswers);

  takeOver(page, steps);
  fields.byName("response")[0].value = randomId();
  const inAddress = () => document.getElementById(location.hash.slice(1)) ?? undefined;
  drafts.restore((step) => steps.show(Math.min(steps.stepInAddress(step), page.steps.length), document.activeElement));
  inAddress()?.scrollIntoView();
  window.addEventListener("hashchange", () => {
    if (!page.state.isSent) steps.show(steps.stepInAddress(page.state.step), inAddress());
  });
  sending.watch();
}

/** The receipt of an answer that was sent without the script, as far as the endpoint tells of it in the address. */
function showReceipt(receipt) {
  const told = new URLSearchParams(location.search);
  const [number, time] = [told.get("number") ?? "", new Date(told.get("time") ?? "")];
  if (!/^[\w-]{1,64}$/.test(number) || Number.isNaN(time.getTime())) return;
  const written = { dateStyle: "long", timeStyle: "short" };
  receipt.querySelector("#receipt-number").textContent = number;
  receipt.querySelector("#receipt-time").textContent = time.toLocaleString(document.documentElement.lang, written);
  receipt.hidden = false;
}

/** An old draft goes by itself, and what an endpoint has received needs none. */
function removeOldDrafts() {
  const receipt = document.querySelector("[data-sent]");
  const isReceived = (key) => receipt && key.startsWith(`utsikt-svar:${receipt.dataset.sent}:`);
  draftStore.removeWhere((key, draft) => !(draft?.expires > Date.now()) || isReceived(key));
}

removeOldDrafts();
for (const receipt of document.querySelectorAll("#receipt[hidden]")) showReceipt(receipt);
for (const form of document.querySelectorAll("form.answering")) begin(form);
