import { existsSync } from "node:fs";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { UserError } from "../../domain/errors.ts";
import { createState, type State } from "../model/state.ts";
import { lockFolder } from "./lock-folder.ts";

/** Grows with each change that an older sandbox could not read. */
const version = 4;
/** How long changes are gathered before they are written, in milliseconds. */
const delay = 250;

export interface KeptState {
  readonly state: State;
  /** Whether there was one already. */
  readonly isOld: boolean;
  /** Says that something may have changed; it is written soon. */
  readonly touch: () => void;
  /** Writes what is not written yet. */
  readonly save: () => Promise<void>;
  /** Writes what is not written yet, and leaves the folder to others. */
  readonly close: () => Promise<void>;
  /** Leaves the folder to others as it was. */
  readonly leave: () => void;
}

/**
 * Reads the state that a folder keeps, or begins one. With null for a folder it is in memory alone. Throws a UserError
 * where the folder cannot be written, is another sandbox's, or holds what is no state; `onError` is told of what cannot
 * be written later.
 */
export async function keepState(
  folder: string | null,
  { now, onError }: { readonly now: Date; readonly onError: (error: unknown) => void },
): Promise<KeptState> {
  if (folder === null) {
    return {
      state: createState(now),
      isOld: false,
      touch: nothing,
      save: async () => {},
      close: async () => {},
      leave: nothing,
    };
  }
  const unlock = await openFolder(folder);
  const path = join(folder, "sandbox.state");
  const isOld = existsSync(path);
  let state: State;
  try {
    state = isOld ? await readState(path) : createState(now);
  } catch (error) {
    unlock();
    throw error;
  }
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let isClosed = false;

  function write(): void {
    timer = null;
    // Serialized at once, so that what is written is one moment's state; renamed, so that it is whole.
    const bytes = serialize({ version, state });
    writing = writeAfter(writing, path, bytes).catch(onError);
  }

  async function save(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    write();
    await writing;
  }

  return {
    state,
    isOld,
    touch: () => {
      if (!isClosed) timer ??= setTimeout(write, delay);
    },
    save,
    close: async () => {
      isClosed = true;
      await save();
      unlock();
    },
    leave: unlock,
  };
}

function nothing(): void {}

/** Writes one state after the other. */
async function writeAfter(earlier: Promise<void>, path: string, bytes: Buffer): Promise<void> {
  await earlier;
  await writeFile(`${path}.new`, bytes, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Makes the folder where it is not there, and takes it for this process. */
async function openFolder(folder: string): Promise<() => void> {
  try {
    await mkdir(folder, { recursive: true });
    return lockFolder(folder);
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${folder} cannot be written: ${reasonOf(error)}; give another DATA_DIR`, { cause: error });
  }
}

async function readState(path: string): Promise<State> {
  const bytes = await readFile(path).catch((error: unknown) => {
    throw new UserError(`${path} cannot be read: ${reasonOf(error)}; give another DATA_DIR`, { cause: error });
  });
  try {
    const kept: { version: number; state: State } = deserialize(bytes);
    if (kept.version < 2) noteQueues(kept.state);
    if (kept.version < 3) noteReleases(kept.state);
    if (kept.version < 4) noteTeams(kept.state);
    if (kept.version >= 1 && kept.version <= version) return kept.state;
  } catch {
    // Told below, as what it means.
  }
  throw new UserError(
    `${path} is not a sandbox's state that this version reads; move it away, or give another DATA_DIR`,
  );
}

/** Repositories of the first version had no merge queues. */
function noteQueues({ repositories }: State): void {
  for (const repository of repositories.values()) repository.mergeQueue = null;
}

/** Repositories of the first two versions had no releases. */
function noteReleases({ repositories }: State): void {
  for (const repository of repositories.values()) Object.assign(repository, { releases: [], chosenLatest: null });
}

/** In the first three versions organisations had no teams, and there were fewer settings. */
function noteTeams({ accounts, repositories }: State): void {
  for (const { organization } of accounts.values()) {
    if (organization === null) continue;
    const may = "membersCanCreateRepositories" in organization && organization.membersCanCreateRepositories === true;
    Object.assign(organization, { teams: [], properties: new Map(), membersCanCreate: { public: may, private: may } });
  }
  for (const repository of repositories.values()) {
    Object.assign(repository, { isTemplate: false, signoffRequired: false, rulesets: [] });
    Object.assign(repository, { protections: new Map(), properties: new Map() });
    Object.assign(repository.merging, { allowAutoMerge: false, allowUpdateBranch: false });
  }
}

/** As in "permission denied", of what Node calls "EACCES: permission denied, mkdir '/data'". */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z]+: ([^,]+)/.exec(message)?.[1] ?? message;
}
