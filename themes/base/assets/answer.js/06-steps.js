// Steps: one section of the form at a time; on the last the answers are checked. Takes the page, the checks and the list of
// answers; gives ways to go to a step or a field. What can be done on a step is for `actions`.

function createSteps(page, checks, listAnswers) {
  const { sections, state, say } = page;
  const progress = make("p", { className: "progress" });
  const review = make("div", { className: "copy-of-answers" });

  const isLast = () => state.step === page.steps.length;

  function show(step, focus) {
    state.step = step;
    page.introduction.hidden = step > 0;
    sections.forEach((section, at) => {
      section.hidden = at !== step;
    });
    const heading = sections[step].querySelector("h2");
    progress.textContent = say("step", { n: step + 1, total: sections.length });
    heading.before(progress);
    heading.tabIndex = -1;
    if (!checks.hasErrors()) document.title = `${progress.textContent}: ${page.title}`;
    if (isLast()) {
      heading.textContent = say("check");
      review.replaceChildren(make("p", {}, say("check_lead")), ...listAnswers({ change, open }));
      heading.after(review);
    }
    page.notice.replaceChildren();
    page.announce("step");
    (focus ?? heading).focus();
  }

  /** Shows the step that has the field, and goes there. */
  function goTo(field) {
    show(
      sections.findIndex((section) => section.contains(field)),
      field,
    );
  }

  function change(field) {
    checks.clear();
    goTo(field);
  }

  function open(step) {
    checks.clear();
    show(step);
  }

  function next() {
    if (checks.check([sections[state.step]], goTo)) show(state.step + 1);
  }

  /** The step of the question that the address names, as links from other pages do; else `usual`. */
  function stepInAddress(usual) {
    const id = location.hash && CSS.escape(location.hash.slice(1));
    const step = page.steps.findIndex((section) => id && section.querySelector(`[id="${id}"]`));
    return step < 0 ? usual : step;
  }

  return {
    show,
    next,
    back: () => open(state.step - 1),
    isLast,
    /** True when nothing is wrong in the whole form; else what is wrong is told. */
    isComplete: () => checks.check(sections, goTo),
    stepInAddress,
  };
}
