import { findSection } from "../../../src/domain/release/find-section.ts";
import { writeSection } from "../../../src/domain/release/marker-block.ts";
import { compareTags, findRange } from "../../../src/domain/release/version-order.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

/** Texts of releases. */
export const releaseBodies: FuzzTarget = {
  name: "release bodies",
  pieces: [
    "\n",
    "\r\n",
    "News.",
    "<!-- curtain-call:acknowledgements -->",
    "<!-- curtain-call:acknowledgements v1..v2 0123456789abcdef -->\n",
    "<!-- /curtain-call:acknowledgements -->\n",
    "<!-- curtain-call:keep -->",
    "<!-- curtain-call:contributors -->\n",
    "```",
    "````",
    "~~~",
    "> ",
    "- ",
    "1. ",
    "    ",
    " ",
    "<!--",
    "-->",
  ],
  longest: 125_000,
  read: (text) => {
    const section = { range: "v1.0.0..v1.1.0", text: "## Thank you\n\nAda" };
    const written = writeSection(text, section);
    const again = writeSection(written.text, section);
    if (again.text !== written.text) throw new Error("a second time changes something");
    const before = findSection(text);
    const outside = before === null ? [text, ""] : [text.slice(0, before.start), text.slice(before.end)];
    const isKept = written.text.startsWith(outside[0] ?? "") && written.text.endsWith(outside[1] ?? "");
    if (!isKept) throw new Error("what stands outside was touched");
  },
};

/** Names of tags, one on each line. */
export const versions: FuzzTarget = {
  name: "versions",
  pieces: [
    "\n",
    "v",
    "V",
    "1",
    "0",
    "00",
    ".",
    "-",
    "+",
    "rc",
    "beta.",
    "alpha1",
    "v1.2.3",
    "1.2",
    "web-v",
    "@acme/web@",
    "release/",
    "2026-03-02",
    "nightly",
    "99999999999999999999",
  ],
  longest: 100_000,
  read: (text) => {
    // As long as a tag of git's may well be, where there are many.
    const tags = text.split("\n").slice(0, 200);
    const [first = "", second = "", third = ""] = tags;
    const { from } = findRange(tags, first);
    if (from !== null && !tags.includes(from)) throw new Error(`${from} is no tag`);
    if (Math.sign(compareTags(first, second)) !== -Math.sign(compareTags(second, first))) {
      throw new Error(`the order of ${first} and ${second} depends on who asks`);
    }
    if (compareTags(first, second) < 0 && compareTags(second, third) < 0 && compareTags(first, third) >= 0) {
      throw new Error(`${first}, ${second} and ${third} have no order`);
    }
    if ((compareTags(first, second) === 0) !== (first === second)) throw new Error("different tags are equal");
  },
};
