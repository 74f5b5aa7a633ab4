// Finds an installed Chromium: the one named by CHROMIUM, or the first known name on the PATH.
// Nothing is downloaded; `tests/run` installs Debian's package where there is none.

import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/** The path of the browser's program. */
export function findChromium() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const places = (process.env.PATH ?? "").split(delimiter);
  const candidates = names.flatMap((name) => places.map((place) => join(place, name)));
  const found = [...candidates, ...elsewhere].find(isProgram);
  if (!found) throw new Error("no Chromium found; install one, or name it in CHROMIUM");
  return found;
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
