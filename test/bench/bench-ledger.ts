import type { Role } from "../../src/domain/credit/roles.ts";
import { rememberInstallation } from "../../src/store/installations.ts";
import { type Database, openDatabase } from "../../src/store/open-database.ts";
import { rememberRepository } from "../../src/store/repositories.ts";
import { createWeb } from "../../src/web/create-web.ts";

const credits = 200_000;
const people = 5000;
const repositories = 20;
const now = new Date(Date.UTC(2026, 10, 20));
const paths = [
  "/",
  "/tidewater",
  "/tidewater?since=2026-10-22",
  "/tidewater?role=reviewer",
  "/tidewater/repository-3",
  "/tidewater/-/people/person-7",
  "/api/tally/tidewater?limit=1000",
];

/** How long the pages of an organisation with many credits take, the first time and then. */
export async function benchLedger(url: string | null): Promise<void> {
  const database = await openDatabase({ url, folder: null });
  try {
    await fill(database);
    // Every request comes a minute after the one before, so that none is answered with what was kept.
    let moment = now.getTime();
    const clock = (): Date => new Date((moment += 60_000));
    const web = createWeb({ database, clock, github: "https://github.com" });
    for (const path of paths) {
      const times: number[] = [];
      let size = 0;
      for (let turn = 0; turn < 4; turn += 1) {
        const begun = performance.now();
        const response = await web.request(path);
        size = (await response.text()).length;
        if (response.status !== 200) throw new Error(`${path} answers ${response.status}`);
        times.push(performance.now() - begun);
      }
      const [first = 0, ...later] = times;
      const line = `${first.toFixed(0)} ms, then ${Math.min(...later).toFixed(0)} ms, ${(size / 1024).toFixed(0)} kB`;
      process.stdout.write(`${path}: ${line}\n`);
    }
  } finally {
    await database.close();
  }
}

async function fill({ query }: Database): Promise<void> {
  await query.transaction().execute(async (transaction) => {
    await rememberInstallation(transaction, { installationId: 1, accountId: 1, login: "tidewater" });
    for (let id = 1; id <= repositories; id += 1) {
      const repository = { id, owner: "tidewater", name: `repository-${id}`, isPrivate: false, defaultBranch: "main" };
      await rememberRepository(transaction, 1, repository);
    }
  });
  const rows = 1000;
  for (let from = 0; from < people; from += rows) {
    const values = Array.from({ length: rows }, (_, index) => {
      const id = from + index;
      return { installation_id: 1, account_id: id, login: `person-${id}`, name: `Person ${id}` };
    });
    await query.insertInto("people").values(values).execute();
  }
  for (let from = 0; from < credits; from += rows) {
    const values = Array.from({ length: rows }, (_, index) => toCredit(from + index));
    await query.insertInto("credits").values(values).execute();
  }
}

/** Some do much more than others, as everywhere. */
function toCredit(number: number) {
  const subject = Math.floor(number / 2);
  const author = (subject * 7919) % people;
  const account = number % 2 === 0 ? Math.floor(author / (1 + (subject % 50))) : (number * 104_729) % people;
  const roles: readonly Role[] = ["author", "reviewer", "author", "co-author", "author", "mentor"];
  return {
    installation_id: 1,
    repository_id: 1 + (subject % repositories),
    subject_kind: "pull request" as const,
    subject: String(subject),
    person_key: `account:${account}`,
    account_id: account,
    display_name: `Person ${account}`,
    role: roles[number % 2 === 0 ? 0 : 1 + ((number >> 1) % 5)] ?? "author",
    is_assistant: false,
    state: "landed" as const,
    counted_at: new Date(now.getTime() - (subject % 1400) * 24 * 3_600_000),
    evidence: JSON.stringify([{ kind: "commit", url: "https://example.com", label: "4f2a91c" }]),
  };
}
