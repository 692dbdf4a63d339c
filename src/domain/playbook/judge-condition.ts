import { type Finding, named } from "../config/read-by-schema.ts";
import { nearest } from "../nearest.ts";
import type { Condition } from "./condition.ts";
import type { Input } from "./input-schema.ts";
import { judgeValue } from "./judge-value.ts";

/** A condition, where it stands, and the inputs that it may look at. */
export interface ConditionToJudge {
  readonly condition: Condition | undefined;
  readonly path: readonly PropertyKey[];
  readonly inputs: Readonly<Record<string, Input>>;
}

/** What no schema can say of a condition. */
export function judgeCondition({ condition, path, inputs }: ConditionToJudge): readonly Finding[] {
  if (condition === undefined) return [];
  const { input, is, in: oneOf, has, given, all, any, not } = condition;
  const ways = [all, any, not, input].filter((way) => way !== undefined).length;
  const tests = [is, oneOf, has, given].filter((test) => test !== undefined).length;
  if (ways !== 1) return [named(path, "has to be about one input, or one of all, any and not")];
  if (input === undefined) {
    if (tests > 0) return [named(path, "compares without naming an input: write input: and its name")];
    return [
      ...(all ?? []).map((inner, index) => ({ inner, at: ["all", index] })),
      ...(any ?? []).map((inner, index) => ({ inner, at: ["any", index] })),
      ...(not === undefined ? [] : [{ inner: not, at: ["not"] }]),
    ].flatMap(({ inner, at }) => judgeCondition({ condition: inner, path: [...path, ...at], inputs }));
  }
  if (tests !== 1) return [named(path, "needs one of is, in, has and given")];
  const looked = Object.hasOwn(inputs, input) ? inputs[input] : undefined;
  if (looked === undefined) return [named([...path, "input"], unknownInput(input, Object.keys(inputs)))];
  if (has !== undefined && looked.type !== "list")
    return [named([...path, "has"], `is for lists, and ${input} is none`)];
  if (looked.type === "list" && (is ?? oneOf) !== undefined) {
    return [named(path, `compares the list ${input} as a whole: write has:`)];
  }
  const values = [...(is === undefined ? [] : [is]), ...(oneOf ?? [])];
  return values.flatMap((value) => {
    const problem = judgeValue(looked, value);
    return problem === null ? [] : [named(path, `can never be, because ${input} ${problem}`)];
  });
}

/** Says that an input is not known, and which one was meant. */
export function unknownInput(name: string, known: readonly string[]): string {
  const meant = name.length > 60 ? null : nearest(name, known);
  const question = meant === null ? "" : ` Did you mean ${meant}?`;
  return `is no input that is known here.${question} Known are ${known.join(", ")}`;
}
