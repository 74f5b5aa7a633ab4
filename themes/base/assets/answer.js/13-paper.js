// Paper: prints the answers when there are any, else the empty form with its evidence unfolded. Takes the page, its fields
// and the list of answers. What is hidden in print is for the stylesheet.

function createPaper(page, fields, listAnswers) {
  const copy = make("section", { className: "paper-copy" });
  page.box.after(copy);
  const openedForPrint = [];

  window.addEventListener("beforeprint", () => {
    const hasAnswers = !page.state.isSent && fields.isAnswered();
    document.body.classList.toggle("prints-answers", hasAnswers);
    copy.replaceChildren(...(hasAnswers ? listAnswers() : []));
    for (const details of page.form.querySelectorAll("details:not([open])")) {
      details.open = true;
      openedForPrint.push(details);
    }
  });
  window.addEventListener("afterprint", () => {
    document.body.classList.remove("prints-answers");
    for (const details of openedForPrint.splice(0)) details.open = false;
  });
}
