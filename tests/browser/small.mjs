// Small sites of `tests/sites`, built with the program and the theme as they stand here.
// Takes the program named by UTSIKT, else the newest of cargo's.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** The path of the program. */
export function program() {
  if (process.env.UTSIKT) return process.env.UTSIKT;
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const programs = ["release", "debug"].map((kind) => join(target, kind, "utsikt")).filter(existsSync);
  assert.ok(programs.length > 0, "no program to build with: cargo build, or name it in UTSIKT");
  return programs.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}

/** Runs the program with these arguments in a site's folder; gives what it prints. */
export function run(site, args) {
  const env = { ...process.env, LANG: "sv_SE.UTF-8" };
  return execFileSync(program(), args, { cwd: site, stdio: "pipe", encoding: "utf8", env });
}

/** Gives a site the real theme instead of the test theme, and builds it. */
export function build(site, options) {
  cpSync(join(root, "themes/base"), join(site, "themes/base"), { recursive: true });
  const settings = join(site, "data/site.yaml");
  writeFileSync(settings, readFileSync(settings, "utf8").replace("theme: test", "theme: base"));
  run(site, ["build", ...options]);
}
