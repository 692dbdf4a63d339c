import type { ColumnType, Generated, Selectable } from "kysely";
import type { Evidence, LedgerEntry } from "../domain/ledger/entry.ts";
import type { Subject } from "../domain/ledger/subject.ts";
import type { JournalEntry } from "../domain/playbook/journal.ts";
import type { Run, RunState } from "../domain/playbook/run.ts";

/** The tables as they are after every migration. Each row says whose it is: installations never mix. */
export interface Tables {
  deliveries: DeliveriesTable;
  installations: InstallationsTable;
  repositories: RepositoriesTable;
  backfills: BackfillsTable;
  people: PeopleTable;
  addresses: AddressesTable;
  forgotten: ForgottenTable;
  pull_requests: PullRequestsTable;
  credits: CreditsTable;
  credit_changes: CreditChangesTable;
  tallies: TalliesTable;
  tally_days: TallyDaysTable;
  uneven_works: SubjectColumns;
  tallied_repositories: TalliedRepositoriesTable;
  mentorships: MentorshipsTable;
  corrections: CorrectionsTable;
  earlier_work: EarlierWorkTable;
  configurations: ConfigurationsTable;
  releases: ReleasesTable;
  told: ToldTable;
  playbook_runs: PlaybookRunsTable;
  playbook_effects: PlaybookEffectsTable;
  keys: KeysTable;
  routines: RoutinesTable;
  delivery_logs: DeliveryLogsTable;
  missing_deliveries: MissingDeliveriesTable;
}

/** The columns that name a pull request, a commit or an issue. */
export interface SubjectColumns {
  installation_id: number;
  repository_id: number;
  subject_kind: Subject["kind"];
  /** Its number or commit, as text. */
  subject: string;
}

/** The last configuration of a repository that was good, in force while a newer one is broken. */
interface ConfigurationsTable {
  installation_id: number;
  repository_id: number;
  text: string;
}

interface DeliveriesTable {
  /** GitHub's own id, the same when it delivers again. */
  id: string;
  event: string;
  action: string | null;
  /** Null for events that belong to the app as a whole. */
  installation_id: number | null;
  /** The body as it came, as text: jsonb refuses some strings that JSON allows. Null once it is not needed. */
  payload: string | null;
  state: "received" | "done" | "failed" | "dead";
  /** What people quote when it is dead. */
  reference: string | null;
  tries: number;
  received_at: Date;
  finished_at: Date | null;
  error: string | null;
}

interface InstallationsTable {
  installation_id: number;
  /** Whose it is; null where only the installation's number is known. */
  account_id: number | null;
  login: string | null;
  state: "active" | "suspended" | "gone";
  gone_at: Date | null;
}

export interface RepositoriesTable {
  installation_id: number;
  repository_id: number;
  owner: string;
  name: string;
  is_private: boolean;
  default_branch: string;
  /** Since when the installation does not reach it; null while it does. */
  gone_at: ColumnType<Date | null, Date | null | undefined>;
  history_state: Generated<"none" | "loading" | "loaded">;
  /** The id of the folder that its settings are in, as it was last seen. */
  settings_tree: Generated<string | null>;
  /** The commit of the default branch up to which the ledger has them all; null before it begins. */
  seen_sha: Generated<string | null>;
  /** When it is looked next for what changed there without us; null for now. */
  reconcile_at: Generated<Date | null>;
  /** Until when that is known; null before the first look. */
  reconciled_to: Generated<Date | null>;
}

/** How far the history of a repository is read. */
export interface BackfillsTable {
  installation_id: number;
  repository_id: number;
  state: "waiting" | "running" | "done" | "failed";
  /** What is read at the moment, and where in it to go on. */
  phase: string | null;
  cursor: string | null;
  /** Null while it is not known. */
  pulls_total: number | null;
  pulls_done: number;
  commits_done: number;
  started_at: Date;
  updated_at: Date;
  finished_at: Date | null;
  error: string | null;
}

interface PeopleTable {
  installation_id: number;
  account_id: number;
  /** For display: it may change, and may be somebody else's tomorrow. */
  login: string;
  /** What to call them; null where nothing but the login is known. */
  name: ColumnType<string | null, string | null | undefined>;
  /** Whether they asked never to be listed. */
  is_hidden: Generated<boolean>;
}

/** Whose an address is. The address itself is never kept. */
interface AddressesTable {
  installation_id: number;
  address_hash: string;
  account_id: number;
}

/** Those who asked to be forgotten: all that is kept is by what to know them again. */
interface ForgottenTable {
  installation_id: number;
  account_hash: string;
}

interface PullRequestsTable {
  installation_id: number;
  repository_id: number;
  number: number;
  state: "open" | "closed" | "merged";
  title: string;
  url: string;
  head_sha: string | null;
  landed_sha: string | null;
  /** How many commits landed, the last of them `landed_sha`; null before. */
  landed_commits: number | null;
  /** The numbers of those that it brings to another branch, and of those that it takes back, as its text says. */
  backport_of: Generated<readonly number[]>;
  reverts: Generated<readonly number[]>;
}

export interface CreditsTable extends SubjectColumns {
  /** Who, in one word: `account:101`, `address:<hash>`, `assistant:<name>`, or `name:<name>`. */
  person_key: string;
  account_id: number | null;
  display_name: string;
  role: LedgerEntry["role"];
  is_assistant: boolean;
  state: LedgerEntry["state"];
  /** Null while it is promised, and only then. */
  counted_at: Date | null;
  evidence: ColumnType<readonly Evidence[], string>;
}

/** What changed in the credit that counts and is not added up yet; the database itself writes it. */
interface CreditChangesTable extends SubjectColumns {
  person_key: string;
  is_assistant: boolean;
  role: LedgerEntry["role"];
  /** In UTC. */
  day: Date;
  /** 1 for credit that is there now, and -1 for what is not any more. */
  change: number;
  id: Generated<number>;
}

/** What somebody did, added up. */
interface TalliesTable {
  installation_id: number;
  /** 0 for all that are in `tallied_repositories`. */
  repository_id: number;
  /** Empty for any role. */
  role: LedgerEntry["role"] | "";
  person_key: string;
  is_assistant: boolean;
  works: number;
  /** The day of each work, in order. */
  days: readonly Date[];
}

/** What was done on a day. */
interface TallyDaysTable {
  installation_id: number;
  repository_id: number;
  role: LedgerEntry["role"] | "";
  day: Date;
  /** With assistants'. */
  works: number;
  /** Of people alone. */
  credits: number;
}

/** The public repositories that are in the tallies of repository 0. */
interface TalliedRepositoriesTable {
  installation_id: number;
  repository_id: number;
}

/** Who taught whom; these rows come and go with the mentor's credit. */
export interface MentorshipsTable extends SubjectColumns {
  mentor_key: string;
  mentor_account_id: number | null;
  mentor_name: string;
  mentee_key: string;
  mentee_account_id: number | null;
  mentee_name: string;
  counted_at: Date | null;
  url: string;
}

/** What people said by commands. */
interface CorrectionsTable extends SubjectColumns {
  comment_id: number;
  /** Which one in the comment it is. */
  position: number;
  action: "credit" | "remove";
  account_id: number;
  login: string;
  /** Null where all roles are removed. */
  role: LedgerEntry["role"] | null;
  mentee_account_id: number | null;
  mentee_login: string | null;
  /** Who said it; null for somebody who was forgotten since. */
  by_account_id: number | null;
  url: string;
  made_at: Date;
}

/** What GitHub said about newcomers where the history is not read yet. */
interface EarlierWorkTable {
  installation_id: number;
  repository_id: number;
  account_id: number;
  has_earlier: boolean;
}

/** What a release was found to consist of, by which its page is made; whom to thank for it is the ledger's. */
interface ReleasesTable {
  installation_id: number;
  repository_id: number;
  release_id: number;
  tag: string;
  is_draft: boolean;
  /** As `v1.3.0..v1.4.0`. */
  range: string;
  works: ColumnType<readonly StoredWork[], string, string>;
  /** How it was when a look at it came to its end, in one line; null where none did. */
  state: Generated<string | null>;
  /** Null for a draft, and where it was not kept. */
  published_at: ColumnType<Date | null, Date | null | undefined>;
}

/** A work of a release: subjects as `pull request 12`. */
export interface StoredWork {
  readonly subject: string;
  readonly originals: readonly string[];
}

/** What a repository was told of already. */
interface ToldTable {
  installation_id: number;
  repository_id: number;
  /** In one word, as a release's number and what is the matter with it. */
  thing: string;
  told_at: Date;
}

/** A plan of a playbook, and what became of it. */
interface PlaybookRunsTable {
  id: string;
  installation_id: number;
  /** Where it was asked for, and by which comment: 0 for the issue's own text. */
  repository_id: number;
  issue_number: number;
  comment_id: number;
  hash: string;
  plan: ColumnType<Run["plan"], string, string>;
  answers: ColumnType<Run["answers"], string, string>;
  state: RunState;
  /** Whose playbook it is whatever its version, and who uses it. */
  source_key: string;
  used_by: string;
  requester_id: number;
  confirmed_by_id: ColumnType<number | null, number | null | undefined>;
  confirmed_by_login: ColumnType<string | null, string | null | undefined>;
  target_id: ColumnType<number | null, number | null | undefined>;
  cause: ColumnType<string | null, string | null | undefined>;
  created_at: Date;
  finished_at: ColumnType<Date | null, Date | null | undefined>;
}

export type StoredRun = Selectable<PlaybookRunsTable>;

/** What a run has begun and done. */
interface PlaybookEffectsTable {
  run_id: string;
  effect: string;
  state: JournalEntry["state"];
  result: ColumnType<JournalEntry["result"], string>;
  cause: string | null;
  changed_at: Date;
}

/** By what the keys are known again that hashes were made with. */
interface KeysTable {
  name: string;
  fingerprint: string;
}

/** What one process of several does every now and then. */
interface RoutinesTable {
  name: string;
  begun_at: Date;
}

/** How far GitHub's log of an app's deliveries is read. */
interface DeliveryLogsTable {
  app_id: string;
  /** Everything that was delivered before is known. */
  read_to: Date | null;
  /** When the reading began that is under way, and where to go on; null where none is. */
  begun_at: Date | null;
  cursor: string | null;
}

/** What GitHub has sent and we do not have. */
interface MissingDeliveriesTable {
  id: string;
  attempt_id: string;
  installation_id: number | null;
  delivered_at: Date;
  /** How often we asked for it. */
  asked: Generated<number>;
  ask_at: Date;
}
