import type { LedgerWish } from "../store/ledger-wish.ts";
import type { LedgerTally } from "../store/rank-people.ts";
import { readTally } from "../store/tally.ts";
import { readTallyOfRole } from "../store/tally-of-role.ts";
import type { Asked } from "./parameters.ts";
import type { Site } from "./site.ts";

/** One part of the list of people, in one role or all. */
export interface TallyPart extends LedgerTally {
  readonly hasMore: boolean;
}

/** Adds up what is asked for, and keeps the part of it that this page of the list is about. */
export async function readPart(
  { database }: Pick<Site, "database">,
  { wish, asked, size }: { readonly wish: LedgerWish; readonly asked: Asked; readonly size: number },
): Promise<TallyPart> {
  const { role, page } = asked;
  const wanted = { ...wish, limit: page * size };
  const tally =
    role === null ? await readTally(database, wanted) : await readTallyOfRole(database, { ...wanted, role });
  return { ...tally, people: tally.people.slice((page - 1) * size), hasMore: tally.peopleCount > page * size };
}
