import type { GraphQLResolveInfo } from "graphql";
import type { Actor, Forge } from "../forge.ts";
import type { Caller } from "../identity/access.ts";
import type { Account } from "../model/account.ts";
import type { GitReader } from "./git-reader.ts";
import type { Problem } from "./problem.ts";

/** Who may ask: an app as itself may not. */
type SignedIn = Extract<Caller, { readonly kind: "user" | "installation" }>;

/** What all resolvers of one request share. */
export interface Context {
  readonly forge: Forge;
  readonly caller: SignedIn;
  /** The account that the caller acts as. */
  readonly viewer: Account;
  readonly git: GitReader;
  readonly rateLimit: RateLimit;
  /** How many fields were resolved so far. */
  resolved: number;
  /** Ends the request at once with an answer. */
  readonly stop: (answer: Problem) => void;
}

export interface RateLimit {
  readonly limit: number;
  readonly cost: number;
  readonly remaining: number;
  readonly resetAt: string;
  readonly used: number;
  readonly nodeCount: number;
}

/** How to find one field of a type: from what stands for the object, and the field's arguments. */
export type Fields<Source> = {
  readonly [field: string]: (source: Source, args: never, context: Context, info: GraphQLResolveInfo) => unknown;
};

export function actorOf({ caller, viewer }: Context): Actor {
  return { account: viewer, viaAppId: caller.kind === "installation" ? caller.installation.app.id : null };
}
