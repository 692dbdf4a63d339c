import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { findPerson, findRepository, type PublicPerson, type PublicRepository } from "../store/find-public.ts";
import type { LedgerWish } from "../store/ledger-wish.ts";
import { findOwner, type PublicOwner } from "../store/public-owners.ts";
import { momentsOf, type Period } from "./parameters.ts";
import type { Site } from "./site.ts";

/** What an address is about: an owner's public repositories, or one of them. */
export interface Place {
  readonly owner: PublicOwner;
  readonly repository: PublicRepository | null;
}

export interface PersonHere {
  readonly owner: PublicOwner;
  readonly person: PublicPerson;
}

/** What names may hold; nothing else is asked of the database. */
const loginForm = /^[\w-]{1,100}(\[bot\])?$/;
const repositoryForm = /^[\w.-]{1,100}$/;

/** What the address names, whatever its casing. Throws a 404 where there is nothing that anybody may see. */
export async function findPlace({ database }: Pick<Site, "database">, context: Context): Promise<Place> {
  const login = context.req.param("owner") ?? "";
  const owner = loginForm.test(login) ? await findOwner(database, login) : null;
  if (owner === null) throw new HTTPException(404);
  const name = context.req.param("repository");
  if (name === undefined) return { owner, repository: null };
  const repository = repositoryForm.test(name) ? await findRepository(database, owner, name) : null;
  if (repository === null) throw new HTTPException(404);
  return { owner, repository };
}

/** The person whom the address names, as somebody with credit of this owner's. Throws a 404 where there is nobody. */
export async function findPersonHere(site: Pick<Site, "database">, context: Context): Promise<PersonHere> {
  const { owner } = await findPlace(site, context);
  const login = context.req.param("login") ?? "";
  const person = loginForm.test(login) ? await findPerson(site.database, owner, login) : null;
  if (person === null) throw new HTTPException(404);
  return { owner, person };
}

/** What to ask the ledger for: of public repositories alone, always. */
export function wishFor({ owner, repository }: Place, period: Period): LedgerWish {
  return {
    installationId: owner.installationId,
    visible: { alsoRepositoryId: null },
    repositoryId: repository?.id ?? null,
    accountId: null,
    ...momentsOf(period),
  };
}
