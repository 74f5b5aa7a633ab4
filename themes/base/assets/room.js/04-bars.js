// The picture of a count: less left of the middle, as today across it, more right of it. Takes the page.

function createBars(page) {
  const space = "http://www.w3.org/2000/svg";

  function shape(name, attributes) {
    const element = document.createElementNS(space, name);
    element.setAttribute("vector-effect", "non-scaling-stroke");
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  }

  /** A bar; its numbers stand in words beside it, so that the picture itself says nothing. */
  function bar(counts, present) {
    const svg = shape("svg", {
      class: "balance-bar",
      viewBox: "0 0 100 10",
      preserveAspectRatio: "none",
      "aria-hidden": "true",
    });
    for (const [way, [x, width]] of Object.entries(tally.pieces(counts, present))) {
      svg.append(shape("rect", { class: `bar-${way}`, x: x.toFixed(3), y: 1, width: width.toFixed(3), height: 8 }));
    }
    svg.append(shape("line", { class: "bar-middle", x1: 50, x2: 50, y1: 0, y2: 10 }));
    return svg;
  }

  /** The words of a bar. */
  const words = (counts) => page.say("bar", { ...counts, net: page.signed(tally.net(counts)) });

  return { bar, words };
}
