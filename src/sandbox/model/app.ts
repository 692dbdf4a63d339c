import type { Account } from "./account.ts";
import type { Repository } from "./repository.ts";

export type Access = "read" | "write" | "admin";
/** What an app asks for or was granted, by GitHub's names, as `{ pull_requests: "write" }`. */
export type Permissions = Readonly<Record<string, Access>>;

/** A GitHub App. */
export interface App {
  readonly id: number;
  readonly nodeId: string;
  readonly slug: string;
  name: string;
  description: string | null;
  readonly owner: Account;
  /** Whom its installations act as: `slug[bot]`. */
  readonly bot: Account;
  readonly clientId: string;
  readonly clientSecret: string;
  /** SPKI in PEM. The private half is its owner's alone. */
  readonly publicKey: string;
  permissions: Permissions;
  events: readonly string[];
  externalUrl: string;
  webhook: { url: string | null; secret: string | null; contentType: "json" | "form"; insecureSsl: boolean };
  readonly createdAt: Date;
  updatedAt: Date;
}

export interface Installation {
  readonly id: number;
  readonly app: App;
  readonly account: Account;
  permissions: Permissions;
  events: readonly string[];
  /** Null for all of the account's repositories, those made later included. */
  repositories: Set<Repository> | null;
  suspended: { readonly at: Date; readonly by: Account } | null;
  readonly createdAt: Date;
  updatedAt: Date;
}

/** What a bearer of a token may do, and as whom. */
export type Token =
  | { readonly kind: "user"; readonly account: Account }
  | {
      readonly kind: "installation";
      readonly installation: Installation;
      readonly permissions: Permissions;
      /** Null for all that the installation has. */
      readonly repositories: ReadonlySet<Repository> | null;
      readonly expiresAt: Date;
    };

/** An app that a person has agreed to register, until its maker has fetched it: by the code in the redirect. */
export interface ManifestConversion {
  readonly app: App;
  readonly privateKey: string;
}

/** One attempt to deliver a webhook. */
export interface Delivery {
  readonly id: number;
  /** The same for each attempt at the same event. */
  readonly guid: string;
  readonly appId: number;
  readonly event: string;
  readonly action: string | null;
  readonly installationId: number | null;
  readonly repositoryId: number | null;
  readonly redelivery: boolean;
  readonly url: string;
  readonly request: { readonly headers: Readonly<Record<string, string>>; readonly body: string };
  deliveredAt: Date;
  /** Null until it was answered or given up. */
  outcome: DeliveryOutcome | null;
}

export interface DeliveryOutcome {
  /** As in "OK", "Bad Gateway", "timed out", "failed to connect to host". */
  readonly status: string;
  /** Zero where there was no answer. */
  readonly statusCode: number;
  readonly seconds: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}
