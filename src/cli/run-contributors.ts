import { once } from "node:events";
import { type Configuration, defaultConfiguration } from "../domain/config/configuration-schema.ts";
import { readConfiguration } from "../domain/config/read-configuration.ts";
import { contributorRules } from "../domain/contributors/contributor-rules.ts";
import { type Contributor, listContributors } from "../domain/contributors/list-contributors.ts";
import { contributorsSection } from "../domain/contributors/write-contributors.ts";
import { createClaimRules } from "../domain/credit/claims.ts";
import { parseMailmap } from "../domain/credit/mailmap.ts";
import { createPeople } from "../domain/credit/people.ts";
import { toPublicPerson } from "../domain/credit/public-person.ts";
import { roles } from "../domain/credit/roles.ts";
import { createTally } from "../domain/credit/tally.ts";
import { UserError } from "../domain/errors.ts";
import { decodeUtf8OrWestern } from "../git/decode-text.ts";
import { type Clone, openClone } from "../git/open-clone.ts";
import { readFileOfClone } from "../git/read-file-of-clone.ts";
import { readHistory } from "../git/read-history.ts";
import { readSettings } from "../git/read-settings.ts";
import { requireCommits, resolveRange } from "../git/resolve-range.ts";
import { type ContributorsFormat, formatContributors, loadContributorsWords } from "./format-contributors.ts";
import { startProgress } from "./progress.ts";
import type { Terminal } from "./terminal.ts";
import { writeSectionIntoFile } from "./write-section-into-file.ts";

/** What the command `contributors` was asked for, checked. */
export interface ContributorsRequest {
  readonly directory: string;
  readonly format: ContributorsFormat;
  /** Logins or names, besides those that the clone's settings leave out. */
  readonly exclude: readonly string[];
  /** The file to write into; null for standard output. */
  readonly write: string | null;
}

const configurationPath = ".github/curtain-call.yml";

/** Reads a clone and names everybody, in print or in a file. */
export async function runContributors(request: ContributorsRequest, terminal: Terminal): Promise<void> {
  const clone = await openClone(request.directory);
  const configuration = await readConfigurationOf(clone);
  if (clone.shallow) {
    terminal.stderr.write(
      `curtain-call: the history in ${clone.directory} is cut (a shallow clone), so some may be missing; git fetch --unshallow brings the rest\n`,
    );
  }
  const rules = contributorRules(configuration);
  const contributors = listContributors(await readContributors(clone, configuration, terminal), {
    ...rules,
    exclude: [...rules.exclude, ...request.exclude],
  });
  if (request.write === null) {
    const text = await formatContributors(contributors, request.format);
    if (!terminal.stdout.write(text)) await once(terminal.stdout, "drain");
    return;
  }
  const { list, beginning } = await loadContributorsWords(contributors);
  terminal.stderr.write(`${await writeSectionIntoFile(request.write, contributorsSection(list), beginning)}\n`);
}

async function readConfigurationOf(clone: Clone): Promise<Configuration> {
  const text = await readFileOfClone(clone, configurationPath);
  if (text === null) return defaultConfiguration;
  const reading = readConfiguration(text);
  if (reading.ok) return reading.configuration;
  const [first] = reading.errors;
  throw new UserError(
    `${configurationPath} in ${clone.directory} is broken in line ${first?.line ?? 1}: ${first?.message.replace(/\.$/, "") ?? ""}; mend it, or take it away`,
  );
}

async function readContributors(
  clone: Clone,
  { credit }: Configuration,
  { stderr }: Terminal,
): Promise<readonly Contributor[]> {
  const [revisions, { mailmaps, grammar }] = await Promise.all([
    resolveRange(clone, "HEAD"),
    readSettings(clone, decodeUtf8OrWestern),
  ]);
  const tally = createTally({
    claims: createClaimRules({ parse: "tolerant", additional: credit.trailers, grammar }),
    people: createPeople(parseMailmap(mailmaps)),
    chosenRoles: new Set(roles),
    assistants: "section",
    countSelf: false,
  });
  const progress = startProgress(stderr);
  try {
    for await (const commits of readHistory(clone, { revisions, paths: [] }, decodeUtf8OrWestern)) {
      for (const commit of commits) tally.add(commit);
      progress.advance(commits.length);
    }
  } finally {
    progress.stop();
  }
  const total = tally.finish();
  if (total.commits === 0) await requireCommits(clone, "HEAD", revisions);
  return [...total.people, ...total.assistants].map(({ person, roles: own }) => ({
    ...toPublicPerson(person),
    roles: new Set(roles.filter((role) => own[role] !== undefined)),
  }));
}
