import type { Database } from "./open-database.ts";

export interface RoutineClaim {
  readonly name: string;
  readonly now: Date;
  /** Milliseconds since it was begun last, by whichever process. */
  readonly every: number;
}

/** Takes on what is done now and then; true for one process, and only when it is due. */
export async function claimRoutine(
  { query }: Pick<Database, "query">,
  { name, now, every }: RoutineClaim,
): Promise<boolean> {
  const before = new Date(now.getTime() - every);
  const claimed = await query
    .insertInto("routines")
    .values({ name, begun_at: now })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet({ begun_at: now }).where("routines.begun_at", "<=", before),
    )
    .returning("name")
    .execute();
  return claimed.length > 0;
}
