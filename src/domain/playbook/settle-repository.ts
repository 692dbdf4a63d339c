import { quote } from "../config/configuration-error.ts";
import { holds } from "./condition.ts";
import type { Manifest } from "./manifest-schema.ts";
import { textKey } from "./manifest-texts.ts";
import { type InputValues, readTeam } from "./parse-answers.ts";
import type { PlaybookError } from "./playbook.ts";
import type { RenderedIssue, RenderedRepository } from "./rendered-playbook.ts";

/** What is known once every text was rendered. */
export interface Texts {
  readonly manifest: Manifest;
  readonly values: InputValues;
  readonly organisation: string;
  /** The rendered texts by `textKey`. */
  readonly texts: ReadonlyMap<string, string>;
  /** The issues' texts, by their places. */
  readonly bodies: ReadonlyMap<number, string>;
}

interface Settled {
  readonly repository: RenderedRepository;
  readonly issues: readonly RenderedIssue[];
  /** What GitHub would not take, now that the answers are in it. */
  readonly errors: readonly PlaybookError[];
}

/** The colour of a label that only an issue names. */
const plainColor = "ededed";
const teamForm = /^[A-Za-z0-9][A-Za-z0-9_-]*\/[A-Za-z0-9][A-Za-z0-9_.-]*$/;
const loginForm = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** Puts rendered texts together to what GitHub is to be told, and says what it would refuse. */
export function settleRepository({ manifest, values, organisation, texts, bodies }: Texts): Settled {
  const { repository: settings } = manifest;
  const errors: PlaybookError[] = [];
  function text(path: readonly PropertyKey[]): string {
    return (texts.get(textKey(path)) ?? "").trim();
  }
  function fit(path: readonly PropertyKey[], most: number): string {
    const written = text(path);
    if (written === "") errors.push(refusal(path, "is empty with these answers"));
    if (Array.from(written).length > most)
      errors.push(refusal(path, `has more than ${most} characters with these answers`));
    return written;
  }
  function optional(path: readonly PropertyKey[], most: number): string | null {
    return text(path) === "" ? null : fit(path, most);
  }
  function valid(path: readonly PropertyKey[], form: RegExp, expected: string): string {
    const written = text(path);
    if (!form.test(written)) errors.push(refusal(path, `makes ${quote(written)}, which is no ${expected}`));
    return written;
  }

  const labels = settings.labels.flatMap(({ color, description, when }, index) => {
    if (!holds(when, values)) return [];
    const name = fit(["repository", "labels", index, "name"], 50);
    return [{ name, color: color.toLowerCase(), description: description ?? null }];
  });
  const milestones = settings.milestones.flatMap(({ when }, index) => {
    if (!holds(when, values)) return [];
    const path = ["repository", "milestones", index];
    return [{ title: fit([...path, "title"], 250), description: optional([...path, "description"], 1000) }];
  });
  const teams = settings.teams.flatMap(({ permission, when }, index) => {
    const path = ["repository", "teams", index, "team"];
    if (!holds(when, values) || text(path) === "") return [];
    const team = readTeam(text(path), organisation);
    if (!teamForm.test(team) || !team.startsWith(`${organisation}/`)) {
      errors.push(refusal(path, `makes ${quote(team)}, which is no team of ${organisation}`));
    }
    return [{ team, permission }];
  });
  const issues = manifest.issues.flatMap((issue, index) => {
    if (!holds(issue.when, values)) return [];
    const path = ["issues", index];
    const people = issue.assignees.flatMap((_, place) => {
      const at = [...path, "assignees", place];
      return text(at) === "" ? [] : [valid(at, loginForm, "login")];
    });
    return [
      {
        title: fit([...path, "title"], 250),
        body: bodies.get(index) ?? "",
        labels: issue.labels.map((_, place) => fit([...path, "labels", place], 50)),
        milestone: issue.milestone === undefined ? null : fit([...path, "milestone"], 250),
        assignees: Array.from(new Set(people)),
      },
    ];
  });

  const byName = new Map(labels.map((label) => [label.name.toLowerCase(), label]));
  for (const name of issues.flatMap((issue) => issue.labels)) {
    const key = name.toLowerCase();
    if (!byName.has(key)) byName.set(key, { name, color: plainColor, description: null });
  }
  const titles = new Map(milestones.map((milestone) => [milestone.title, milestone]));
  const topics = settings.topics.flatMap((_, index) => {
    const path = ["repository", "topics", index];
    return text(path) === "" ? [] : [valid(path, /^[a-z0-9][a-z0-9-]{0,49}$/, "topic: small letters, digits and -")];
  });
  const properties = Object.keys(settings.properties).flatMap((name) => {
    const value = optional(["repository", "properties", name], 200);
    return value === null ? [] : [[name, value] as const];
  });
  const { when, ...protection } = settings.protection ?? {};
  const name = String(values.get("name") ?? "");
  const repository = {
    owner: organisation,
    name,
    title: titleOf(values),
    description: optional(["repository", "description"], 350),
    homepage: optional(["repository", "homepage"], 255),
    visibility: settings.visibility,
    topics: Array.from(new Set(topics)),
    features: settings.features,
    merge: settings.merge,
    labels: Array.from(byName.values()),
    milestones: Array.from(titles.values()),
    protection: "branch" in protection && holds(when, values) ? protection : null,
    teams,
    properties: Object.fromEntries(properties),
  };
  return { repository, issues, errors };
}

/** What people call the repository: its name, where nobody said. */
export function titleOf(values: InputValues): string {
  const title = values.get("title");
  return typeof title === "string" && title !== "" ? title : String(values.get("name") ?? "");
}

function refusal(path: readonly PropertyKey[], message: string): PlaybookError {
  return { path: "playbook.yml", line: null, message: `${textKey(path)} ${message}.` };
}
