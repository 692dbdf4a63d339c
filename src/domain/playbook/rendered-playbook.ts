import type { InputValue } from "./condition.ts";
import type { Manifest } from "./manifest-schema.ts";

/** A file of the new repository. */
export interface RenderedFile {
  readonly path: string;
  readonly mode: "100644" | "100755";
  /** Whether it was made of a template; all others are copied byte for byte. */
  readonly isRendered: boolean;
  readonly bytes: Uint8Array;
}

/** An issue that the repository begins with. */
export interface RenderedIssue {
  readonly title: string;
  readonly body: string;
  readonly labels: readonly string[];
  /** Its title. */
  readonly milestone: string | null;
  /** Logins. */
  readonly assignees: readonly string[];
}

type Settings = Manifest["repository"];

/** What the repository becomes besides its files, with every text rendered and every condition decided. */
export interface RenderedRepository {
  readonly owner: string;
  readonly name: string;
  /** What people call it: its name, where nobody said. */
  readonly title: string;
  readonly description: string | null;
  readonly homepage: string | null;
  readonly visibility: Settings["visibility"];
  readonly topics: readonly string[];
  readonly features: Settings["features"];
  readonly merge: Settings["merge"];
  readonly labels: readonly { readonly name: string; readonly color: string; readonly description: string | null }[];
  readonly milestones: readonly { readonly title: string; readonly description: string | null }[];
  readonly protection: Omit<NonNullable<Settings["protection"]>, "when"> | null;
  /** Teams as `organisation/team`. */
  readonly teams: readonly { readonly team: string; readonly permission: Settings["teams"][number]["permission"] }[];
  readonly properties: Readonly<Record<string, string>>;
}

/** Everything that a playbook makes of answers. */
export interface RenderedPlaybook {
  /** Those that are derived included. */
  readonly inputs: Readonly<Record<string, InputValue>>;
  readonly repository: RenderedRepository;
  readonly files: readonly RenderedFile[];
  readonly issues: readonly RenderedIssue[];
}
