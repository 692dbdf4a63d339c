import fc from "fast-check";

const names = [
  "Ada Example",
  "Grace Sample",
  "ada example",
  "Jörg Muster",
  "JÖRG MUSTER",
  "高橋",
  "A. B",
  "",
  "Ada  Example",
];
const addresses = [
  "ada@example.com",
  "ADA@example.com",
  "grace@example.org",
  "101+ada@users.noreply.github.com",
  "ada@users.noreply.github.com",
  "jörg@example.com",
  "a",
  "a b@example.com",
];

/** The name of a person, sometimes of nobody. */
export const personName = fc.constantFrom(...names);
/** An address, well-formed or not. */
export const personAddress = fc.constantFrom(...addresses);

/** A value as people write it behind `Co-authored-by:`. */
const trailerValue = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(personName, personAddress).map(([name, address]) => `${name} <${address}>`) },
  fc.constantFrom(
    "Ada Example",
    "$(git config user.email)",
    "Ada <ada@example.com>>",
    "Ada <ada@example.com>.",
    "Ada <ada@example.com>, Grace <grace@example.org>",
    "<ada@example.com>",
    "Ada <>",
    "Ada <ada@example.com",
    "Ada ada@example.com>",
    "//example.com",
    "",
  ),
);

const trailerKey = fc.constantFrom(
  "Co-authored-by",
  "co-authored-BY",
  "Signed-off-by",
  "signed-off-by",
  "Reviewed-by",
  "Reported-and-tested-by",
  "Mentored-by",
  "Fixes",
  "https",
  "Key 1",
  "K-1",
);
const keyEnd = fc.constantFrom(": ", ":", " : ", "\t:\t", " ", "; ");
const trailerLine = fc.tuple(trailerKey, keyEnd, trailerValue).map((parts) => parts.join(""));

const otherLine = fc.constantFrom(
  "",
  "",
  "",
  " ",
  "\t",
  "some prose",
  "* a bullet",
  " a continuation",
  "\tanother: one",
  "# a comment",
  "#",
  "---------",
  "---",
  "--- a/file",
  "Conflicts:",
  "\tsrc/file.ts",
  "(cherry picked from commit 0123456789)",
  "# ------------------------ >8 ------------------------",
  "```",
  "Signed-off-by: Ada Example <ada@example.com>",
);
const anyLine = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replace(/[\0\n\uFFFD]/g, ""));

/** A commit message full of trailers, near misses and what git treats in a way of its own. */
export const commitMessage = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 5, arbitrary: trailerLine },
        { weight: 6, arbitrary: otherLine },
        { weight: 1, arbitrary: anyLine },
      ),
      { maxLength: 14 },
    ),
    fc.constantFrom("\n", "\n", "\n", "\r\n"),
    fc.constantFrom("", "\n", "\n", "\n\n"),
  )
  .map(([lines, lineBreak, end]) => lines.join(lineBreak) + end);

const mailmapLine = fc.oneof(
  fc.tuple(personName, personAddress).map(([name, address]) => `${name} <${address}>`),
  fc.tuple(personAddress, personAddress).map(([proper, commit]) => `<${proper}> <${commit}>`),
  fc
    .tuple(personName, personAddress, personName, personAddress)
    .map(([proper, address, name, commit]) => `${proper} <${address}> ${name} <${commit}>`),
  fc.constantFrom(
    "# Ada <ada@example.com>",
    " # Ada <ada@example.com>",
    "Ada <ada@example.com> # a note",
    "Grace <grace@example.org> <ada@example.com> # a note",
    "Ada",
    "Ada <ada@example.com",
    "<> <ada@example.com>",
    "Grace <grace@example.org> <>",
    "\tGrace \t<grace@example.org>\r",
    "",
  ),
);

/** A mailmap with entries of all four forms, and lines that only resemble them. */
export const mailmapText = fc
  .tuple(fc.array(mailmapLine, { maxLength: 12 }), fc.constantFrom("", "\n"))
  .map(([lines, end]) => lines.join("\n") + end);
