import { once } from "node:events";
import { type ClaimRules, createClaimRules } from "../domain/credit/claims.ts";
import { readCredits } from "../domain/credit/credits.ts";
import { parseMailmap } from "../domain/credit/mailmap.ts";
import { createPeople, createPeopleAsGit } from "../domain/credit/people.ts";
import type { Role } from "../domain/credit/roles.ts";
import { type AssistantPolicy, createTally } from "../domain/credit/tally.ts";
import { decodeUtf8, decodeUtf8OrWestern } from "../git/decode-text.ts";
import { openClone } from "../git/open-clone.ts";
import { readHistory, type Selection } from "../git/read-history.ts";
import { readSettings } from "../git/read-settings.ts";
import { requireCommits, requirePaths, resolveRange } from "../git/resolve-range.ts";
import { formatEvidence, listedPeople } from "./format-evidence.ts";
import { loadFormat } from "./format-report.ts";
import { startProgress } from "./progress.ts";
import { createReport } from "./report.ts";
import type { Terminal } from "./terminal.ts";

/** What the command `credits` was asked for, checked. */
export interface CreditsRequest {
  readonly directory: string;
  readonly range: string;
  readonly paths: readonly string[];
  readonly since: string | undefined;
  readonly until: string | undefined;
  readonly format: "table" | "markdown" | "json" | "csv" | "evidence";
  readonly roles: ReadonlySet<Role>;
  readonly top: number;
  readonly parse: ClaimRules["parse"];
  readonly assistants: AssistantPolicy;
  readonly additional: Readonly<Record<string, Role>>;
  readonly emails: boolean;
}

/** Reads a clone and prints who made what is in it. Nothing is printed before the whole history has been read. */
export async function runCredits(request: CreditsRequest, terminal: Terminal): Promise<void> {
  const isAsGit = request.parse === "shortlog";
  const decode = isAsGit ? decodeUtf8 : decodeUtf8OrWestern;

  const opening = openClone(request.directory);
  const [clone, revisions, settings, formatReport] = await Promise.all([
    opening,
    opening.then((opened) => resolveRange(opened, request.range)),
    opening.then((opened) => readSettings(opened, decode)),
    request.format === "evidence" ? null : loadFormat({ ...request, format: request.format }, terminal.stdout),
  ]);
  await requirePaths(clone, revisions, request.paths);
  const mailmap = parseMailmap(settings.mailmaps);
  const people = isAsGit ? createPeopleAsGit(mailmap) : createPeople(mailmap);
  const claims = createClaimRules({ parse: request.parse, additional: request.additional, grammar: settings.grammar });
  const history = (): ReturnType<typeof readHistory> => readHistory(clone, selection, decode);
  const selection: Selection = { ...request, revisions };

  const tally = createTally({ ...request, claims, people, chosenRoles: request.roles, countSelf: isAsGit });
  const progress = startProgress(terminal.stderr);
  try {
    for await (const commits of history()) {
      for (const commit of commits) tally.add(commit);
      progress.advance(commits.length);
    }
  } finally {
    progress.stop();
  }
  const total = tally.finish();
  if (total.commits === 0) await requireCommits(clone, request.range, revisions);
  if (clone.shallow) {
    terminal.stderr.write(
      `curtain-call: the history in ${clone.directory} is cut (a shallow clone), and so is the credit; git fetch --unshallow brings the rest\n`,
    );
  }

  if (formatReport === null) {
    const listed = listedPeople(total, request.top);
    for await (const commits of history()) {
      const credits = commits.flatMap((commit) =>
        readCredits(commit, { claims, people: total.settled, countSelf: isAsGit }),
      );
      await print(formatEvidence(credits, { listed, roles: request.roles, emails: request.emails }), terminal);
    }
    return;
  }
  await print(formatReport(createReport(total, request)), terminal);
}

async function print(text: string, { stdout }: Terminal): Promise<void> {
  if (text !== "" && !stdout.write(text)) await once(stdout, "drain");
}
