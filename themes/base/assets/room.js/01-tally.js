// The page for the room. Without this script it is questions with boxes to fill in by pen. The script shows one part at a time,
// counts hands, and keeps everything on the device. No part in this folder uses one that comes after it; the last runs them.
//
// This part is arithmetic and no page. It counts as the page of results does, by the rules of src/survey/direction.rs, and a
// test holds the two against each other.
"use strict";

/** What is counted of hands for more (`up`), as today (`same`) and less (`down`) of something. */
const tally = {
  /** Up minus down. */
  net: ({ up, down }) => up - down,

  /** Whether up and down each have at least a quarter of the hands. */
  isDivided({ up, same, down }) {
    const all = up + same + down;
    return all > 0 && up * 4 >= all && down * 4 >= all;
  },

  agreement(counts) {
    const { up, same, down } = counts;
    const all = up + same + down;
    if (all < 2) return "too_few";
    if (tally.isDivided(counts)) return "divided";
    return Math.max(up, same, down) * 4 >= all * 3 ? "agreed" : "mixed";
  },

  /** Order of items: the highest net first; of equals the one that fewer want less of. */
  compare: (a, b) => tally.net(b) - tally.net(a) || a.down - b.down,

  /** The answer with most hands; null where two have as many, or nobody raised one. */
  leaning(counts) {
    const ways = ["up", "same", "down"];
    const most = Math.max(...ways.map((way) => counts[way]));
    const leaders = ways.filter((way) => counts[way] === most);
    return most > 0 && leaders.length === 1 ? leaders[0] : null;
  },

  /** How many hands there are of those present: of several choices each is held against them alone. */
  hands(numbers, isSeveral) {
    return isSeveral ? Math.max(0, ...numbers) : numbers.reduce((sum, number) => sum + number, 0);
  },

  /** Start and length of the bar's pieces, in hundredths: less on the left, as today across the middle, more on the right. */
  pieces({ up, same, down }, present) {
    const unit = 50 / Math.max(present, up + same + down, 1);
    const start = 50 - (same / 2) * unit;
    return {
      down: [start - down * unit, down * unit],
      same: [start, same * unit],
      up: [start + same * unit, up * unit],
    };
  },
};
