// Every page, style sheet and picture of the site, in the W3C's Nu HTML Checker.
// Proves that there is no error. Its knowledge of CSS lags behind browsers; what it does not know yet is listed here.
// The checker is Java from npm; `tests/run` installs a Java runtime where there is none.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { allPages, failOn, files, folder, pages } from "./site.mjs";

const checker = join(createRequire(import.meta.url).resolve("vnu-jar/package.json"), "../build/dist/vnu.jar");

// Standards that every current browser has and the checker's CSS does not.
const tooNew = [
  /^CSS: “container(-name|-type)?”: Property “container(-name|-type)?” doesn't exist\.$/,
  /^CSS: Unrecognized at-rule “@container”$/,
  /^CSS: “paint-order”: Property “paint-order” doesn't exist\.$/,
];

function check(paths) {
  const options = ["-jar", checker, "--format", "json", "--exit-zero-always", "--also-check-css", "--also-check-svg"];
  return new Promise((done, fail) => {
    execFile(
      "java",
      [...options, ...paths.map((path) => join(folder, path))],
      { maxBuffer: 1 << 28 },
      (error, _, stderr) => {
        if (error) fail(new Error(`the checker did not run: ${error.message.slice(0, 300)}`));
        else done(JSON.parse(stderr).messages);
      },
    );
  });
}

test("valid: HTML, CSS and SVG, by the Nu checker", async () => {
  const others = files.filter((file) => /\.(css|svg)$/.test(file));
  const chosen = [...pages, ...others];
  assert.ok(chosen.length >= Math.min(allPages.length, pages.length));
  const messages = await check(chosen);
  // Read from disk there is no 'self', so the checker thinks the pages' own policy refuses their style sheets;
  // `quiet.test.mjs` asks the browser instead. Other remarks that are not errors are matters of taste.
  const errors = messages.filter(
    ({ type, message }) => type === "error" && !tooNew.some((known) => known.test(message)),
  );
  const broken = messages.filter(({ type }) => type === "non-document-error");
  failOn(
    [...errors, ...broken].map(({ url, lastLine, message }) => ({
      path: url ? `${relative(folder, fileURLToPath(url))}:${lastLine ?? ""}` : "(checker)",
      text: message,
    })),
  );
});
