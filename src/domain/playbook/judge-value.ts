import type { InputValue } from "./condition.ts";
import type { Input } from "./input-schema.ts";
import { readPattern } from "./match-pattern.ts";

const longestLine = 200;
const longestText = 10_000;
/** A match takes time in proportion to the text. */
const longestMatched = 1000;
const mostEntries = 50;
const login = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;
const team = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}\/[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/;

/**
 * What is wrong with a value for an input, to be read after the input's name; null where nothing is. Whether there has to
 * be one is not asked here.
 */
export function judgeValue(input: Input, value: Exclude<InputValue, null>): string | null {
  if (typeof value === "number") return input.type === "number" ? judgeNumber(input, value) : expected(input);
  if (typeof value === "boolean") return input.type === "boolean" ? null : expected(input);
  if (typeof value !== "string") return input.type === "list" ? judgeList(input, value) : expected(input);
  if (input.type === "choice") return input.options.includes(value) ? null : expected(input);
  if (input.type === "person") return login.test(value) ? null : expected(input);
  if (input.type === "team") return team.test(value) ? null : expected(input);
  return input.type === "string" ? judgeText(input, value) : expected(input);
}

/** What an input takes, to be read after its name. */
export function expected(input: Input): string {
  if (input.type === "choice") return `has to be one of ${input.options.join(", ")}`;
  return `has to be ${expectations[input.type]}`;
}

const expectations = {
  string: "a text",
  number: "a number",
  boolean: "yes or no",
  list: "a list, with commas between its entries",
  person: "somebody's login, such as ada",
  team: "a team of the organisation, such as acme/platform",
} as const satisfies Record<Exclude<Input["type"], "choice">, string>;

function judgeNumber({ min, max, whole }: Input & { readonly type: "number" }, value: number): string | null {
  if (!Number.isFinite(value)) return "has to be a number";
  if (whole && !Number.isSafeInteger(value)) return "has to be a whole number";
  if (min !== undefined && value < min) return `has to be at least ${min}`;
  return max !== undefined && value > max ? `has to be at most ${max}` : null;
}

function judgeList(input: Input & { readonly type: "list" }, values: readonly string[]): string | null {
  const { min = 0, max = mostEntries } = input.length ?? {};
  if (values.length < min) return `needs at least ${min} entries`;
  if (values.length > Math.min(max, mostEntries)) return `may have ${Math.min(max, mostEntries)} entries at most`;
  if (new Set(values).size < values.length) return "has an entry twice";
  for (const value of values) {
    const { options } = input;
    if (options !== undefined && !options.includes(value)) return `may have these entries: ${options.join(", ")}`;
    if (value === "") return "has an empty entry";
    if (value.length > longestLine) return `has an entry of more than ${longestLine} characters`;
    const problem = judgeCharacters(value, false) ?? judgePattern(input, value);
    if (problem !== null) return problem;
  }
  return null;
}

function judgeText(input: Input & { readonly type: "string" }, value: string): string | null {
  const usual = input.multiline ? longestText : longestLine;
  const { min = 0, max = usual } = input.length ?? {};
  const most = input.pattern === undefined ? max : Math.min(max, longestMatched);
  const count = Array.from(value).length;
  if (count < min) return `needs at least ${min} characters`;
  if (count > most) return `may have ${most} characters at most`;
  return judgeCharacters(value, input.multiline) ?? judgePattern(input, value);
}

/** What no answer may hold, wherever it goes. */
function judgeCharacters(value: string, isMultiline: boolean): string | null {
  if (!value.isWellFormed()) return "holds half a character";
  const lines = isMultiline ? value.replace(/\r\n?|\n|\t/g, "") : value;
  if (/[\n\r\p{Zl}\p{Zp}]/u.test(lines)) return "has to be a single line";
  // Marks that turn the direction of writing make a file read differently from what it says: https://trojansource.codes.
  if (/[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u.test(lines)) return "holds characters that are not seen";
  // GitHub would run what follows, in any workflow that the answer got into.
  if (value.includes("${{")) return "holds ${{, which GitHub's workflows would run: leave it away";
  return null;
}

function judgePattern(
  { pattern, help }: { readonly pattern?: string | undefined; readonly help?: string | undefined },
  value: string,
): string | null {
  if (pattern === undefined) return null;
  const reading = readPattern(pattern);
  // One that cannot be read takes nothing: the manifest's own check says why.
  if (reading.ok && reading.pattern.matches(value)) return null;
  return `does not match ${pattern}${help === undefined ? "" : ` (${help.replace(/\.$/, "")})`}`;
}
