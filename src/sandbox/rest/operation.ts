import type { operations } from "@octokit/openapi-types";
import type { Actor, Forge } from "../forge.ts";
import { actingAccount, type Caller, type Need, requireAccess } from "../identity/access.ts";
import { type OrganizationNeed, requireInOrganization } from "../identity/organization-access.ts";
import type { Account, RepositoryRole } from "../model/account.ts";
import type { Access } from "../model/app.ts";
import type { Repository } from "../model/repository.ts";
import { findAccount, findRepository } from "../model/state.ts";
import { notFound, Refusal } from "../refusal.ts";

export type OperationId = keyof operations;

/** What GitHub describes as parameters in path and query, and as body, by the operation's id. */
type PathOf<Id extends OperationId> = operations[Id] extends { parameters: { path: infer Values extends object } }
  ? Values
  : object;
type QueryOf<Id extends OperationId> = operations[Id] extends { parameters: { query?: infer Values } }
  ? NonNullable<Values>
  : object;
type BodyOf<Id extends OperationId> =
  NonNullable<operations[Id]["requestBody" & keyof operations[Id]]> extends {
    content: { "application/json": infer Body };
  }
    ? NonNullable<Body>
    : unknown;

/** A request that GitHub's description has judged well put. */
export interface JudgedRequest {
  readonly forge: Forge;
  readonly caller: Caller;
  readonly parameters: object;
  readonly body: unknown;
  /** The header `Accept`. */
  readonly accept: string;
}

/** The same, by the operation that it is for. */
export type OperationRequest<Id extends OperationId> = Omit<JudgedRequest, "parameters" | "body"> & {
  readonly parameters: PathOf<Id> & QueryOf<Id>;
  readonly body: BodyOf<Id>;
};

/** The same, in a repository that the caller may use as the operation needs. */
export type RepositoryRequest<Id extends OperationId> = OperationRequest<Id> & {
  readonly repository: Repository;
};

/** The same, in an organisation. */
type OrganizationRequest<Id extends OperationId> = OperationRequest<Id> & {
  readonly organization: Account;
};

export interface Answer {
  readonly status: number;
  /** Sent as JSON; none for undefined. */
  readonly body?: unknown;
  /** In place of a body as JSON. */
  readonly raw?: { readonly contentType: string; readonly content: Uint8Array };
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the answer is a part of a list. */
  readonly page?: Page;
}

export interface Page {
  readonly number: number;
  readonly size: number;
  /** Of the whole list. */
  readonly total: number;
}

/** One of GitHub's operations, with what it asks of the caller. */
export interface Operation {
  readonly id: OperationId;
  /** The permissions of which an app needs one, as it is told in a header; none where it needs none in particular. */
  readonly permissions: Need["permissions"];
  readonly answer: (request: JudgedRequest) => Promise<Answer> | Answer;
}

/** An operation that is about no repository, or looks for it by itself. */
export function operation<Id extends OperationId>(
  id: Id,
  answer: (request: OperationRequest<Id>) => Promise<Answer> | Answer,
): Operation {
  // The router hands each operation only requests of its own id.
  return { id, permissions: [], answer: answer as unknown as Operation["answer"] };
}

/** An operation in the repository that the path names. */
export function inRepository<Id extends OperationId>(
  id: Id,
  need: Need,
  answer: (request: RepositoryRequest<Id>) => Promise<Answer> | Answer,
): Operation {
  const answerThere = (request: JudgedRequest): Promise<Answer> | Answer => {
    const { owner, repo } = request.parameters as { owner: string; repo: string };
    const repository = findRepository(request.forge.state, owner, repo);
    if (repository === null) throw notFound();
    requireAccess(request.caller, repository, need);
    return answer({ ...request, repository } as unknown as RepositoryRequest<Id>);
  };
  return { id, permissions: need.permissions, answer: answerThere };
}

/** An operation in the organisation that the path names. */
export function inOrganization<Id extends OperationId>(
  id: Id,
  need: OrganizationNeed,
  answer: (request: OrganizationRequest<Id>) => Promise<Answer> | Answer,
): Operation {
  const answerThere = (request: JudgedRequest): Promise<Answer> | Answer => {
    const { org } = request.parameters as { org: string };
    const organization = findAccount(request.forge.state, org);
    if (organization?.type !== "Organization") throw notFound();
    requireInOrganization(request.caller, organization, need);
    return answer({ ...request, organization } as unknown as OrganizationRequest<Id>);
  };
  return { id, permissions: [need.permission], answer: answerThere };
}

/** To read, an app needs one of these permissions, a person only to see the repository. */
export function toRead(...names: string[]): Need {
  return needOf("read", "read", names);
}

/** To write, an app needs one of these permissions, a person the role. */
export function toWrite(role: RepositoryRole, ...names: string[]): Need {
  return needOf(role, "write", names);
}

function needOf(role: RepositoryRole, access: Access, names: readonly string[]): Need {
  return { role, permissions: names.map((name) => [name, access] as const) };
}

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export function created(body: unknown): Answer {
  return { status: 201, body };
}

export function done(): Answer {
  return { status: 204 };
}

/** The page of a list that the request asks for; only what is on it is presented. */
export function paged<Item>(
  request: { readonly parameters: object },
  items: readonly Item[],
  present: (item: Item) => unknown,
): Answer {
  const { part, page } = cutPage(request, items);
  return { status: 200, body: part.map((item) => present(item)), page };
}

export function cutPage<Item>(
  { parameters }: { readonly parameters: object },
  items: readonly Item[],
): { part: Item[]; page: Page } {
  const { page: number = 1, per_page: size = 30 } = parameters as { page?: number; per_page?: number };
  return { part: items.slice((number - 1) * size, number * size), page: { number, size, total: items.length } };
}

/** Whoever does what the request asks for. Throws where nobody is signed in. */
export function actorOf({ caller }: { readonly caller: Caller }): Actor {
  const account = actingAccount(caller);
  return { account, viaAppId: caller.kind === "installation" ? caller.installation.app.id : null };
}

/** Throws unless a person is signed in. */
export function requirePerson({ caller }: { readonly caller: Caller }) {
  if (caller.kind === "user") return caller.account;
  if (caller.kind === "installation") throw new Refusal(403, "Resource not accessible by integration");
  throw new Refusal(401, "Requires authentication");
}
