// The program under test: the one named by UTSIKT, else the newest of cargo's.

import assert from "node:assert/strict";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository. */
export const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** The path of the program. */
export function program() {
  if (process.env.UTSIKT) return process.env.UTSIKT;
  const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
  const found = ["release", "debug"].map((kind) => join(target, kind, "utsikt")).filter(existsSync);
  assert.ok(found.length > 0, "no program to build with: cargo build, or name it in UTSIKT");
  return found.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0];
}
