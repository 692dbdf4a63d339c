import { onTestFinished } from "vitest";
import { askForBackfill } from "../../src/app/ask-for-backfill.ts";
import type { BackfillPlace } from "../../src/app/deps.ts";
import type { SentRequest } from "../../src/github/tell-answer.ts";
import type { Schedule } from "../../src/main/app-routines.ts";
import { type App, startApp } from "../../src/main/start-app.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { type Backfill, readBackfill } from "../../src/store/backfills.ts";
import type { Database } from "../../src/store/open-database.ts";
import { rememberRepository } from "../../src/store/repositories.ts";
import { openInMemory } from "./open-in-memory.ts";
import { temporaryFolder } from "./repository.ts";
import { isBusy, type TestApp } from "./start-test-app.ts";

export interface SecondApp {
  readonly app: App;
  readonly database: Database;
  readonly requests: SentRequest[];
  readonly complaints: object[];
  readonly placeOf: (repository: Repository) => BackfillPlace;
  /** Has a repository's history read. */
  readonly ask: (repository: Repository) => Promise<void>;
  /** How far that has come. */
  readonly progressOf: (repository: Repository) => Promise<Backfill>;
  /** Waits until nothing is left to do. */
  readonly idle: () => Promise<void>;
}

type Given = Pick<TestApp, "forge" | "credentials"> & { readonly installation: { readonly id: number } };

/** The app once more, with a ledger of its own, which nobody tells of anything; for one test. */
export async function startSecondApp(
  { forge, credentials, installation }: Given,
  given: {
    readonly database?: Database;
    readonly clonesFolder?: string;
    readonly onRequest?: () => void;
    readonly schedule?: Schedule;
  } = {},
): Promise<SecondApp> {
  const database = given.database ?? (await openInMemory());
  const requests: SentRequest[] = [];
  const complaints: object[] = [];
  const complain = (fields: object, text: string): void => void complaints.push({ ...fields, text });
  const app = await startApp({
    credentials,
    database,
    ledgerKey: new Uint8Array(32),
    tokens: { control: null, metrics: null, operations: null },
    clonesFolder: given.clonesFolder ?? temporaryFolder(),
    clock: forge.clock,
    log: { info: () => {}, warn: complain, error: complain },
    pause: 0,
    contentLimits: [],
    ...(given.schedule !== undefined && { schedule: given.schedule }),
    onRequest: (request) => {
      if (request.installationId === null) return;
      requests.push(request);
      given.onRequest?.();
    },
  });
  onTestFinished(async () => {
    await app.stop();
    if (given.database === undefined) await database.close();
  });
  const placeOf = ({ id: repositoryId, owner, name }: Repository): BackfillPlace => {
    return { installationId: installation.id, repositoryId, owner: owner.login, name };
  };
  return {
    app,
    database,
    requests,
    complaints,
    placeOf,
    ask: async (repository) => {
      const { id, owner, name, defaultBranch } = repository;
      const stored = { id, owner: owner.login, name, isPrivate: repository.private, defaultBranch };
      await database.query
        .transaction()
        .execute((transaction) => rememberRepository(transaction, installation.id, stored));
      await askForBackfill(app.deps, placeOf(repository));
    },
    progressOf: async (repository) => {
      const found = await readBackfill(database, placeOf(repository));
      if (found === null) throw new Error("nobody asked for it");
      return found;
    },
    idle: async () => {
      while (await isBusy(app));
    },
  };
}
