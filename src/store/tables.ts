/** The tables as they are after every migration. Each row says whose it is: installations never mix. */
export interface Tables {
  deliveries: DeliveriesTable;
  repositories: RepositoriesTable;
  people: PeopleTable;
  pull_requests: PullRequestsTable;
  credits: CreditsTable;
  configurations: ConfigurationsTable;
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

interface RepositoriesTable {
  installation_id: number;
  repository_id: number;
  owner: string;
  name: string;
  is_private: boolean;
  default_branch: string;
}

interface PeopleTable {
  installation_id: number;
  account_id: number;
  /** For display: it may change, and may be somebody else's tomorrow. */
  login: string;
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
}

export interface CreditsTable {
  installation_id: number;
  repository_id: number;
  pull_number: number;
  /** Who, in one word: "account:101", or "name:Ada Finch" where no account is known. */
  person_key: string;
  account_id: number | null;
  display_name: string;
  role: string;
  /** What within the pull request it is for, such as an issue's number; "" for the pull request itself. */
  subject: string;
  is_assistant: boolean;
  state: "promised" | "landed" | "lost";
  evidence_kind: string;
  evidence_url: string;
  /** The commit or the trailer that it was found in. */
  evidence_detail: string | null;
}
