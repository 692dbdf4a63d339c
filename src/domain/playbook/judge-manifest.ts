import { type Finding, named } from "../config/read-by-schema.ts";
import type { Condition } from "./condition.ts";
import type { Input } from "./input-schema.ts";
import { judgeCondition, unknownInput } from "./judge-condition.ts";
import { judgeValue } from "./judge-value.ts";
import type { Manifest } from "./manifest-schema.ts";
import { readPattern } from "./match-pattern.ts";

/** What no schema can say of a manifest: names that have to be there, values that have to fit, what says nothing. */
export function judgeManifest(manifest: Manifest): readonly Finding[] {
  return [
    ...judgeInputs(manifest),
    ...conditionsOf(manifest).flatMap(({ condition, path }) =>
      judgeCondition({ condition, path, inputs: manifest.inputs }),
    ),
    ...judgeDerived(manifest),
    ...judgeFileRules(manifest),
    ...judgeIssues(manifest),
    ...judgeRepository(manifest),
  ];
}

function judgeInputs({ inputs }: Manifest): readonly Finding[] {
  return Object.entries(inputs).flatMap(([name, input], index) => [
    ...judgeCondition({
      condition: input.when,
      path: ["inputs", name, "when"],
      // It is asked in this order, so that only what stands before has an answer.
      inputs: Object.fromEntries(Object.entries(inputs).slice(0, index)),
    }),
    ...judgeInput(name, input),
  ]);
}

function judgeInput(name: string, input: Input): readonly Finding[] {
  const path = ["inputs", name];
  const findings: Finding[] = [];
  if (/(?:^|-)(?:password|passphrase|secret|token|credential|api-?key|private-?key)s?(?:$|-)/.test(name)) {
    findings.push(named(path, "looks like a secret, and every answer is public to whoever reads the repository"));
  }
  if (name === "name" && (input.type !== "string" || input.when !== undefined || !input.required)) {
    findings.push(named(path, "is the repository's name: it has to be a string that is always asked for"));
  }
  if ("pattern" in input && input.pattern !== undefined) {
    const reading = readPattern(input.pattern);
    if (!reading.ok) findings.push(named([...path, "pattern"], reading.message));
  }
  if ("length" in input && input.length?.max !== undefined && input.length.max < input.length.min) {
    findings.push(named([...path, "length"], "has a max that is smaller than its min"));
  }
  if (input.type === "number" && input.min !== undefined && input.max !== undefined && input.max < input.min) {
    findings.push(named([...path, "max"], "is smaller than min"));
  }
  if ("options" in input && new Set(input.options).size < (input.options?.length ?? 0)) {
    findings.push(named([...path, "options"], "has an option twice"));
  }
  if ("default" in input && input.default !== undefined && input.default !== "") {
    const problem = judgeValue(input, input.default);
    if (problem !== null) findings.push(named([...path, "default"], problem));
  }
  return findings;
}

/** Every condition outside of inputs, with where it stands. */
function conditionsOf({ files, issues, repository }: Manifest): readonly {
  readonly condition: Condition | undefined;
  readonly path: readonly PropertyKey[];
}[] {
  const lists = { labels: repository.labels, milestones: repository.milestones, teams: repository.teams };
  return [
    ...files.map(({ when }, index) => ({ condition: when, path: ["files", index, "when"] })),
    ...issues.map(({ when }, index) => ({ condition: when, path: ["issues", index, "when"] })),
    ...Object.entries(lists).flatMap(([name, list]) =>
      list.map(({ when }, index) => ({ condition: when, path: ["repository", name, index, "when"] })),
    ),
    { condition: repository.protection?.when, path: ["repository", "protection", "when"] },
  ];
}

function judgeDerived({ inputs, derived }: Manifest): readonly Finding[] {
  return Object.keys(derived)
    .filter((name) => Object.hasOwn(inputs, name) || name === "name")
    .map((name) => named(["derived", name], "is an input already: take another name"));
}

function judgeFileRules({ files, inputs, derived }: Manifest): readonly Finding[] {
  return files.flatMap(({ path: glob, when, executable, each, as }, index) => {
    const path = ["files", index];
    const findings: Finding[] = [];
    if (!glob.startsWith("files/")) findings.push(named([...path, "path"], 'has to begin with "files/"'));
    if (when === undefined && executable === undefined && each === undefined) {
      findings.push(named(path, "says nothing: give it when, executable or each"));
    }
    if ((each === undefined) !== (as === undefined)) findings.push(named(path, "needs each and as, or none of them"));
    if (each !== undefined && inputs[each]?.type !== "list") {
      const lists = Object.keys(inputs).filter((name) => inputs[name]?.type === "list");
      findings.push(
        named(
          [...path, "each"],
          inputs[each] === undefined ? unknownInput(each, lists) : `has to be a list, and ${each} is none`,
        ),
      );
    }
    if (as !== undefined && (as === "name" || Object.hasOwn(inputs, as) || Object.hasOwn(derived, as))) {
      findings.push(named([...path, "as"], "is an input already: take another name"));
    }
    return findings;
  });
}

function judgeIssues({ issues, repository }: Manifest): readonly Finding[] {
  const milestones = new Set(repository.milestones.map(({ title }) => title));
  return issues.flatMap(({ milestone }, index) =>
    milestone === undefined || milestones.has(milestone)
      ? []
      : [named(["issues", index, "milestone"], "is none of repository.milestones: add it there")],
  );
}

function judgeRepository({ repository }: Manifest): readonly Finding[] {
  const names = repository.labels.map(({ name }) => name.toLowerCase());
  const titles = repository.milestones.map(({ title }) => title);
  return [
    ...repeated(names).map((index) => named(["repository", "labels", index], "stands here a second time")),
    ...repeated(titles).map((index) => named(["repository", "milestones", index], "stands here a second time")),
  ];
}

function repeated(values: readonly string[]): readonly number[] {
  return values.flatMap((value, index) => (values.indexOf(value) < index ? [index] : []));
}
