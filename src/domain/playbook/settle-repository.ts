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
export function settleRepository(given: Texts): Settled {
  const { manifest, values, organisation } = given;
  const { repository: settings } = manifest;
  const fitting = createFitting(given.texts);
  const milestones = settleMilestones(given, fitting);
  const titles = new Set(milestones.map(({ title }) => title));
  // A milestone that these answers do not ask for is no issue's.
  const issues = settleIssues(given, fitting).map((issue) => {
    return issue.milestone !== null && titles.has(issue.milestone) ? issue : { ...issue, milestone: null };
  });
  const topics = settings.topics.flatMap((_, index) =>
    fitting.valid(["repository", "topics", index], /^[a-z0-9][a-z0-9-]{0,49}$/, "topic: small letters, digits and -"),
  );
  const properties = Object.keys(settings.properties).flatMap((name) => {
    const value = fitting.optional(["repository", "properties", name], 200);
    return value === null ? [] : [[name, value] as const];
  });
  const { when, ...protection } = settings.protection ?? {};
  const repository = {
    owner: organisation,
    name: String(values.get("name") ?? ""),
    title: titleOf(values),
    description: fitting.optional(["repository", "description"], 350),
    homepage: fitting.optional(["repository", "homepage"], 255),
    visibility: settings.visibility,
    topics: Array.from(new Set(topics)),
    features: settings.features,
    merge: settings.merge,
    labels: settleLabels(given, fitting, issues),
    milestones,
    protection: "branch" in protection && holds(when, values) ? protection : null,
    teams: settleTeams(given, fitting),
    properties: Object.fromEntries(properties),
  };
  return { repository, issues, errors: fitting.errors };
}

/** Rendered texts by where they stand, held against what GitHub takes; what does not fit is noted in `errors`. */
interface Fitting {
  /** A text that has to be there, of so many characters at most. */
  readonly fit: (path: readonly PropertyKey[], most: number) => string;
  readonly optional: (path: readonly PropertyKey[], most: number) => string | null;
  /** None where it is empty; else one, which has to have this form. */
  readonly valid: (path: readonly PropertyKey[], form: RegExp, expected: string) => readonly string[];
  readonly refuse: (path: readonly PropertyKey[], message: string) => void;
  readonly errors: readonly PlaybookError[];
}

function createFitting(texts: Texts["texts"]): Fitting {
  const errors: PlaybookError[] = [];
  function text(path: readonly PropertyKey[]): string {
    return (texts.get(textKey(path)) ?? "").trim();
  }
  function refuse(path: readonly PropertyKey[], message: string): void {
    errors.push({ path: "playbook.yml", line: null, message: `${textKey(path)} ${message}.` });
  }
  function fit(path: readonly PropertyKey[], most: number): string {
    const written = text(path);
    if (written === "") refuse(path, "is empty with these answers");
    if (Array.from(written).length > most) refuse(path, `has more than ${most} characters with these answers`);
    return written;
  }
  function valid(path: readonly PropertyKey[], form: RegExp, expected: string): readonly string[] {
    const written = text(path);
    if (written !== "" && !form.test(written)) refuse(path, `makes ${quote(written)}, which is no ${expected}`);
    return written === "" ? [] : [written];
  }
  return { fit, optional: (path, most) => (text(path) === "" ? null : fit(path, most)), valid, refuse, errors };
}

function settleIssues({ manifest, values, bodies }: Texts, { fit, valid }: Fitting): readonly RenderedIssue[] {
  return manifest.issues.flatMap((issue, index) => {
    if (!holds(issue.when, values)) return [];
    const path = ["issues", index];
    const people = issue.assignees.flatMap((_, place) => valid([...path, "assignees", place], loginForm, "login"));
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
}

/** The labels that the manifest describes, and those that only an issue names. */
function settleLabels(
  { manifest, values }: Texts,
  { fit }: Fitting,
  issues: readonly RenderedIssue[],
): RenderedRepository["labels"] {
  const described = manifest.repository.labels.flatMap(({ color, description, when }, index) => {
    if (!holds(when, values)) return [];
    const name = fit(["repository", "labels", index, "name"], 50);
    return [{ name, color: color.toLowerCase(), description: description ?? null }];
  });
  const named = issues.flatMap(({ labels }) => labels.map((name) => ({ name, color: plainColor, description: null })));
  const byName = new Map<string, RenderedRepository["labels"][number]>();
  // GitHub tells labels apart without case.
  for (const label of [...described, ...named]) {
    const key = label.name.toLowerCase();
    if (!byName.has(key)) byName.set(key, label);
  }
  return Array.from(byName.values());
}

function settleMilestones({ manifest, values }: Texts, { fit, optional }: Fitting): RenderedRepository["milestones"] {
  const milestones = manifest.repository.milestones.flatMap(({ when }, index) => {
    if (!holds(when, values)) return [];
    const path = ["repository", "milestones", index];
    return [{ title: fit([...path, "title"], 250), description: optional([...path, "description"], 1000) }];
  });
  return Array.from(new Map(milestones.map((milestone) => [milestone.title, milestone])).values());
}

function settleTeams(
  { manifest, values, organisation }: Texts,
  { optional, refuse }: Fitting,
): RenderedRepository["teams"] {
  return manifest.repository.teams.flatMap(({ permission, when }, index) => {
    const path = ["repository", "teams", index, "team"];
    const written = holds(when, values) ? optional(path, 200) : null;
    if (written === null) return [];
    const team = readTeam(written, organisation);
    if (!teamForm.test(team) || !team.startsWith(`${organisation}/`)) {
      refuse(path, `makes ${quote(team)}, which is no team of ${organisation}`);
    }
    return [{ team, permission }];
  });
}

/** What people call the repository: its name, where nobody said. */
export function titleOf(values: InputValues): string {
  const title = values.get("title");
  return typeof title === "string" && title !== "" ? title : String(values.get("name") ?? "");
}
