import type { Log } from "../domain/log.ts";
import type { Task, TaskOf } from "../domain/task.ts";
import type { CheckedTemplate } from "../domain/template/check-template.ts";
import type { OctokitFor } from "../github/create-octokit-for.ts";
import type { ContributorsTemplates } from "../render/render-contributors.ts";
import type { UntrustedRenderer } from "../render/render-untrusted.ts";
import type { KeyedHash } from "../store/keyed-hash.ts";
import type { Database, Transaction } from "../store/open-database.ts";
import type { PlaybookCache } from "./playbook/create-playbook-cache.ts";

/** Has something looked at, once, however often it is asked for before that. */
export type Enqueue = (task: Task) => Promise<void>;

/** A repository whose history is to be read, of which installation. */
export interface BackfillPlace {
  readonly installationId: number;
  readonly repositoryId: number;
  readonly owner: string;
  readonly name: string;
}

/** Has the next slice of a repository's history read, as part of a transaction where one is given. */
type EnqueueBackfill = (place: BackfillPlace, transaction?: Transaction) => Promise<void>;

/** Has a confirmed plan of a playbook carried out, as part of a transaction where one is given. */
type EnqueueRun = (
  run: { readonly installationId: number; readonly runId: string },
  transaction?: Transaction,
) => Promise<void>;

/** Where a pull request is, of which installation. */
export type PullRequestPlace = Omit<TaskOf<"pull request">, "kind">;

/** The templates of acknowledgements that come with the app. */
export type BuiltInSection = "sections" | "flat" | "table";

/** The words of what the app says. */
export interface Templates {
  readonly comment: (context: object) => string;
  readonly check: (context: object) => string;
  readonly playbookCheck: (context: object) => string;
  readonly reply: (context: object) => string;
  readonly plan: (context: object) => string;
  readonly acknowledgements: Readonly<Record<BuiltInSection, (context: object) => string>>;
  readonly contributors: ContributorsTemplates;
  /** How the run of a playbook stands, and whom a repository's first issue thanks for the playbook. */
  readonly run: (context: object) => string;
  readonly madeWith: (context: object) => string;
  /** What a repository's own templates may include. */
  readonly partials: Readonly<Record<string, CheckedTemplate>>;
  /** Renders a repository's own templates. */
  readonly renderUntrusted: UntrustedRenderer["render"];
}

/** All that handlers need, made in main. */
export interface Deps {
  readonly database: Database;
  /** Stands for addresses, and for those who asked to be forgotten. */
  readonly hash: KeyedHash;
  readonly octokitFor: OctokitFor;
  readonly enqueue: Enqueue;
  readonly enqueueBackfill: EnqueueBackfill;
  readonly enqueueRun: EnqueueRun;
  readonly clock: () => Date;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Is told how the run of a playbook ended. */
  readonly noteRunEnd: (state: "done" | "incomplete" | "failed") => void;
  /** A folder for clones, which are there only while a history is read. */
  readonly clonesFolder: string;
  readonly templates: Templates;
  readonly playbookCache: PlaybookCache;
  /** Where people reach the app's own pages, without a slash at the end; null where nobody does. */
  readonly publicUrl: string | null;
  readonly log: Log;
}
