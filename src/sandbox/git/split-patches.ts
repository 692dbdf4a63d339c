import { decodeUtf8OrWestern } from "../../git/decode-text.ts";

const header = "diff --git ";

/**
 * Splits git's patches into each file's hunks, from the first `@@` on and without the last line break; an empty text
 * where a file has none. Every line of a hunk has a mark before it and git quotes odd paths, so that no line but a
 * header can begin as a header does.
 */
export function splitPatches(output: Buffer): string[] {
  const patches: string[] = [];
  for (let start = 0; start < output.length; ) {
    const next = output.indexOf(`\n${header}`, start);
    const end = next === -1 ? output.length : next + 1;
    patches.push(hunksOf(output.subarray(start, end)));
    start = end;
  }
  return patches;
}

function hunksOf(patch: Buffer): string {
  const before = patch.indexOf("\n@@ ");
  if (before === -1) return "";
  const end = patch.at(-1) === 0x0a ? patch.length - 1 : patch.length;
  return decodeUtf8OrWestern(patch, before + 1, end);
}
