import { mapIdentity, parseMailmap } from "../../../src/domain/credit/mailmap.ts";
import { rolesByTrailerKey } from "../../../src/domain/credit/roles.ts";
import { readShortlogTrailers } from "../../../src/domain/credit/shortlog-trailers.ts";
import { parseStrictTrailers } from "../../../src/domain/credit/strict-trailers.ts";
import { findTolerantTrailers } from "../../../src/domain/credit/tolerant-trailers.ts";
import { defaultTrailerGrammar } from "../../../src/domain/credit/trailer-grammar.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

const roles = rolesByTrailerKey();

/** Messages of commits. */
export const trailers: FuzzTarget = {
  name: "trailers",
  pieces: [
    "\n",
    "\n\n",
    "Add tides",
    "Co-authored-by",
    "Reviewed-by",
    "Fixes",
    ":",
    ": ",
    "Ada Example <ada@example.com>",
    "<",
    ">",
    "@",
    "---------",
    "---",
    "```",
    "~~~",
    "#",
    " ",
    "\t",
    "(cherry picked from commit 4f2a91c0)",
    "Signed-off-by: Grace Sample <grace@example.org>\n",
    "-",
  ],
  longest: 1_000_000,
  read: (text) => {
    const lines = text.split("\n").length;
    for (const { line, value } of [...parseStrictTrailers(text), ...findTolerantTrailers(text, roles)]) {
      if (line < 0 || line >= lines) throw new Error(`a trailer is on line ${line} of ${lines}`);
      if (value.length > text.length) throw new Error("a trailer is longer than its message");
    }
    readShortlogTrailers(text, defaultTrailerGrammar);
  },
};

/** Files that say who is who. */
export const mailmaps: FuzzTarget = {
  name: "mailmaps",
  pieces: [
    "\n",
    "Ada Example",
    "Grace Sample",
    " ",
    "<ada@example.com>",
    "<grace@example.org>",
    "<ADA@example.com>",
    "<",
    ">",
    "#",
    "# a comment",
    "\t",
    "Ada Example <ada@example.com> <old@example.com>\n",
    "<new@example.com> Old <old@example.com>\n",
  ],
  longest: 1_000_000,
  read: (text) => {
    const mailmap = parseMailmap([text]);
    for (const address of ["ada@example.com", "old@example.com", text.slice(0, 100)]) {
      const mapped = mapIdentity(mailmap, { name: "Ada Example", address });
      if (typeof mapped.name !== "string" || typeof mapped.address !== "string") throw new Error("nobody is left");
    }
  },
};
