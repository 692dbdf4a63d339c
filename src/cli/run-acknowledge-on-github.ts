import project from "../../package.json" with { type: "json" };
import { isExcluded } from "../domain/config/is-excluded.ts";
import type { CreditSettings } from "../domain/credit/pull-request-credit.ts";
import { UserError } from "../domain/errors.ts";
import { acknowledge } from "../domain/release/acknowledge.ts";
import { findRange } from "../domain/release/version-order.ts";
import { createReader, type Reader } from "../github/create-reader.ts";
import { NotThere } from "../github/errors.ts";
import { readFileFromRepository } from "../github/read-file-from-repository.ts";
import { type RangeOnGitHub, readRange, readRepositoryByName, readTagsOfRepository } from "../github/read-range.ts";
import { creditRangeOnGitHub } from "./credit-range-on-github.ts";
import { explainGitHubError } from "./explain-github-error.ts";
import { formatAcknowledgements } from "./format-acknowledgements.ts";
import { startProgress } from "./progress.ts";
import { putOutSection } from "./put-out-section.ts";
import { type ReleaseWishes, readReleaseWishes } from "./read-release-wishes.ts";
import type { AcknowledgeRequest } from "./run-acknowledge.ts";
import type { Terminal } from "./terminal.ts";

/** What the command `acknowledge` was asked for, of a repository on GitHub. */
export interface AcknowledgeOnGitHubRequest extends AcknowledgeRequest {
  readonly owner: string;
  readonly name: string;
  readonly token: string;
  readonly apiUrl: string;
}

/** What to read, by names and by commits. */
interface Range extends RangeOnGitHub {
  readonly release: string | null;
  readonly range: string;
  readonly tag: string | null;
  /** What is at its end. */
  readonly to: string;
}

/** Asks GitHub about a range and thanks everybody in it, in print or in a file. Nothing is written there. */
export async function runAcknowledgeOnGitHub(request: AcknowledgeOnGitHubRequest, terminal: Terminal): Promise<void> {
  const { owner, name, token, apiUrl } = request;
  const progress = startProgress(terminal.stderr, "requests to GitHub");
  try {
    const reader = createReader({
      token,
      baseUrl: apiUrl,
      userAgent: `curtain-call/${project.version}`,
      clock: () => new Date(),
      onRequest: () => progress.advance(1),
    });
    const text = await composeSection(reader, request, terminal);
    progress.stop();
    await putOutSection(text.words, { write: request.write, range: text.range }, terminal);
  } catch (error) {
    throw explainGitHubError(error, { repository: `${owner}/${name}`, apiUrl });
  } finally {
    progress.stop();
  }
}

async function composeSection(
  reader: Reader,
  request: AcknowledgeOnGitHubRequest,
  { stderr }: Terminal,
): Promise<{ readonly words: string; readonly range: string }> {
  const repository = await readRepositoryByName(reader, request);
  const { owner, name } = repository;
  const found = await findRangeOnGitHub(reader, { ...request, owner, name });
  const readFile = (path: string): Promise<string | null> =>
    readFileFromRepository(reader, { owner, name, path, ref: found.to });
  const wishes = await readReleaseWishes(request, { name: `${owner}/${name}`, readFile }, { tag: found.tag, stderr });
  const credits = await creditRangeOnGitHub(reader, {
    repository,
    range: found,
    wishes,
    settings: toCreditSettings(wishes),
  });
  const { release, range } = found;
  const words = await formatAcknowledgements(acknowledge(credits, { ...wishes.rules, release, range }), wishes.form);
  return { words, range };
}

function toCreditSettings({ settings, rules }: ReleaseWishes): CreditSettings {
  const { commenters, trailers, paths } = settings;
  const isOut = (login: string): boolean => isExcluded(rules.uncredited ?? [], login);
  return { assistants: "section", commenters, trailers, paths, isExcluded: isOut };
}

async function findRangeOnGitHub(
  reader: Reader,
  { owner, name, ...wanted }: Pick<AcknowledgeOnGitHubRequest, "owner" | "name" | "from" | "to">,
): Promise<Range> {
  const tags = new Map(
    (await readTagsOfRepository(reader, { owner, name })).map((tag) => [tag.name, tag.sha] as const),
  );
  const where = `${owner}/${name}`;
  if (wanted.from === null && !tags.has(wanted.to)) {
    throw new UserError(`'${wanted.to}' is no tag in ${where}; v1.3.0..main would be a range`);
  }
  const start = wanted.from ?? findRange([...tags.keys()], wanted.to).from;
  const from = start === null ? null : (tags.get(start) ?? start);
  const to = tags.get(wanted.to) ?? wanted.to;
  try {
    return {
      ...(await readRange(reader, { owner, name, from, to })),
      release: tags.has(wanted.to) ? wanted.to : null,
      range: start === null ? wanted.to : `${start}..${wanted.to}`,
      tag: [wanted.to, start].find((end) => end !== null && tags.has(end)) ?? null,
      to,
    };
  } catch (cause) {
    if (!(cause instanceof NotThere)) throw cause;
    throw new UserError(
      `GitHub knows no way from '${start ?? ""}' to '${wanted.to}' in ${where}; each has to be a tag, a branch or a commit there`,
      { cause },
    );
  }
}
