import { readCommands } from "../../../src/domain/command/read-commands.ts";
import { readSentences } from "../../../src/domain/credit/read-sentences.ts";
import { readStatement } from "../../../src/domain/credit/stated-relations.ts";
import type { FuzzTarget } from "../fuzz-target.ts";

const markdown = [
  "\n",
  "\n\n",
  " ",
  "    ",
  "\t",
  "> ",
  "- ",
  "1. ",
  "# ",
  "---",
  "===",
  "```",
  "`",
  "*",
  "_",
  "~~",
  "[",
  "](",
  ")",
  "[^1]",
  "[^1]: ",
  "![",
  "<details>",
  "</details>",
  "<a href='",
  "<?",
  "<!",
  "&amp;",
  "\\",
  "| a | b |\n| - | - |\n",
  "[x] ",
  "https://example.com/",
  "www.",
  "@ada",
  "ada@example.com",
];
/** As many as GitHub takes in a comment, and the parser's time for what is let through, on a machine that others use too. */
const comment = { longest: 65_000, patience: 15_000 };

export const commands: FuzzTarget = {
  ...comment,
  name: "commands",
  pieces: [
    ...markdown,
    "/credit",
    "/credit @ada for testing",
    "/credit @ada, @grace for reviews and docs\n",
    "/credit remove @ada",
    "/credit why @ada\n",
    "/credit release v1.0.0",
    "/credit forget-me\n",
    "/credit help",
    " for ",
    " and ",
    ", ",
  ],
  read: (text) => {
    const requests = readCommands(text);
    if (requests.length > 20) throw new Error("more commands than anybody may give");
    for (const { source, line, command } of requests) {
      if (/[\r\n]/.test(source) || line < 1) throw new Error(`a command is on no line: ${source}`);
      if (command.kind === "mistake" && /[\r\n]/.test(command.text)) throw new Error(`a refusal has several lines`);
    }
  },
};

export const sentences: FuzzTarget = {
  ...comment,
  name: "sentences",
  pieces: [
    ...markdown,
    "Supersedes ",
    "Takes over ",
    "Backport of ",
    "Reverts ",
    "#12",
    "acme/tides#12",
    " and ",
    ", ",
    ". ",
    "https://example.com/acme/tides/pull/12",
  ],
  read: (text) => {
    for (const sentence of readSentences(text)) readStatement(sentence);
  },
};
