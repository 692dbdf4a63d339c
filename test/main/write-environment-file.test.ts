import { parseEnv } from "node:util";
import { expect, test } from "vitest";
import { setValues } from "../../src/main/write-environment-file.ts";

test.each([
  ["a file that is empty gets them", "", { A: "1" }, "A=1\n"],
  ["a last line without an end gets one", "B=2", { A: "1" }, "B=2\nA=1\n"],
  ["an older value is replaced where it stands", "A=0\n# note\nB=2\n", { A: "1" }, "A=1\n# note\nB=2\n"],
  ["a second one of a name goes", "A=0\nB=2\nA=3\n", { A: "1" }, "A=1\nB=2\n"],
  ["null takes one out", "A=0\nB=2\n", { A: null }, "B=2\n"],
  ["a value over lines is replaced whole", 'A="x\nB=9\ny"\nB=2\n', { A: "1" }, "A=1\nB=2\n"],
  ["what looks like one within another stays", 'B="x\nA=9\ny"\n', { A: "1" }, 'B="x\nA=9\ny"\nA=1\n'],
  ["a comment is no value", "# A=0\n", { A: "1" }, "# A=0\nA=1\n"],
  ["lines are written in one", "", { A: "x\ny\n" }, 'A="x\\ny\\n"\n'],
  ["what is special is quoted", "", { A: "it's # one" }, `A="it's # one"\n`],
])("%s", (_, before, values, after) => {
  const text = setValues(before, values);
  expect(text).toBe(after);
  for (const [name, value] of Object.entries(values)) expect(parseEnv(text)[name] ?? null).toBe(value);
});

test("a quote that is never closed is told, as it would swallow what follows", () => {
  expect(() => setValues('B="x\n', { A: "x\ny" })).toThrow("a quote that is never closed");
});
