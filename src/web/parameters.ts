import { z } from "zod";
import { type Role, roles } from "../domain/credit/roles.ts";
import { UserError } from "../domain/errors.ts";
import { daysAfter, startOf } from "./days.ts";

/** Which days are asked for. */
export interface Period {
  /** The first and the last day that count, as `2026-03-01`; null for no bound. */
  readonly since: string | null;
  readonly until: string | null;
}

/** What an address asks for behind its question mark. */
export interface Asked extends Period {
  /** Null for all. */
  readonly role: Role | null;
  /** Which part of a list, from 1 on. */
  readonly page: number;
}

/** How many people a page lists. */
export const pageSize = 50;

type Query = Readonly<Record<string, string>>;

/** How many people the last page of a list ends with at most. */
const mostPeople = 10_000;
const usualLimit = 100;
const largestLimit = 1000;

const day = z.iso
  .date({ error: "has to be a day such as 2026-03-01" })
  // Databases and JavaScript count the years before the first otherwise, and those after the last.
  .refine((text) => /^(19[789]|2)/.test(text), { error: "has to be a day between 1970 and 2999" })
  .optional();
const fields = {
  period: { since: day, until: day },
  role: z.enum(roles, { error: `has to be one of ${roles.join(", ")}` }).optional(),
  limit: wholeNumber(largestLimit).default(usualLimit),
};
const pageSchema = z.object({
  ...fields.period,
  role: fields.role,
  page: wholeNumber(mostPeople / pageSize).default(1),
});
const tallySchema = z.strictObject({
  ...fields.period,
  role: fields.role,
  page: wholeNumber(mostPeople / largestLimit).default(1),
  limit: fields.limit,
});
const personSchema = z.strictObject({ ...fields.period, limit: fields.limit });

/** Reads what the address of a page asks for; what it does not know it leaves alone. Throws a UserError of one line. */
export function readPageQuery(query: Query): Asked {
  const { since = null, until = null, role = null, page } = read(pageSchema, query);
  return { ...inOrder({ since, until }), role, page };
}

/** Reads what the address of a tally asks for, where nothing unknown is taken. Throws a UserError of one line. */
export function readTallyQuery(query: Query): Asked & { readonly limit: number } {
  const { since = null, until = null, role = null, page, limit } = read(tallySchema, query);
  return { ...inOrder({ since, until }), role, page, limit };
}

/** The same for one person, whose roles are told apart anyhow. */
export function readPersonQuery(query: Query): Period & { readonly limit: number } {
  const { since = null, until = null, limit } = read(personSchema, query);
  return { ...inOrder({ since, until }), limit };
}

/** From which moment on, and before which, in UTC. */
export function momentsOf({ since, until }: Period): { readonly since: Date | null; readonly until: Date | null } {
  return {
    since: since === null ? null : startOf(since),
    until: until === null ? null : daysAfter(startOf(until), 1),
  };
}

function wholeNumber(most: number) {
  const error = `has to be a number from 1 to ${most}`;
  return z
    .string()
    .regex(/^\d{1,6}$/, { error })
    .transform(Number)
    .refine((value) => value >= 1 && value <= most, { error });
}

/** A field that a form leaves empty says nothing. */
function read<Schema extends z.ZodType>(schema: Schema, query: Query): z.output<Schema> {
  const result = schema.safeParse(Object.fromEntries(Object.entries(query).filter(([, value]) => value !== "")));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue?.code === "unrecognized_keys") {
    throw new UserError(`there is no parameter ${JSON.stringify(issue.keys[0])} here`);
  }
  throw new UserError(`${issue?.path.join(".")} ${issue?.message}`);
}

function inOrder(asked: Period): Period {
  if (asked.since !== null && asked.until !== null && asked.since > asked.until) {
    throw new UserError("since is a later day than until; give them the other way round");
  }
  return asked;
}
