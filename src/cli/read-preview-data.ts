import { readFile } from "node:fs/promises";
import { z } from "zod";
import { roles } from "../domain/credit/roles.ts";
import { UserError } from "../domain/errors.ts";
import { oneLine } from "../domain/one-line.ts";
import type { Acknowledgements } from "../domain/release/acknowledge.ts";

const person = z.object({
  name: z.string(),
  login: z.string().nullable(),
  url: z.string().nullable(),
  mention: z.string().nullable().default(null),
  isNewcomer: z.boolean(),
  isTeam: z.boolean().default(false),
  works: z.number(),
  roles: z.partialRecord(z.enum(roles), z.number()),
  pulls: z.array(z.number()),
});
const people = z.array(person);
const lists = { people, team: people, community: people };
const sections = z.enum([
  "wrote",
  "reviewed",
  "found",
  "suggested",
  "tested",
  "helped",
  "documented",
  "designed",
  "maintained",
  "gathered",
  "shared",
]);
const acknowledgementsShape = z.object({
  release: z.string().nullable(),
  range: z.string(),
  ...lists,
  sections: z.array(z.object({ name: sections, ...lists })),
  newcomers: people,
  assistants: people,
});
const objectShape = z.record(z.string(), z.unknown(), { error: "has to be an object" });

/** A release as `acknowledge --format json` prints it, from a file. Throws a UserError where it is none. */
export async function readReleaseData(path: string): Promise<Acknowledgements> {
  return judge(acknowledgementsShape, await readJson(path), {
    path,
    remedy: "write one with curtain-call acknowledge <tag> --format json",
  });
}

/** Any object, from a file. Throws a UserError where it is none. */
export async function readObjectData(path: string): Promise<object> {
  return judge(objectShape, await readJson(path), { path, remedy: "templates/comments shows what is asked for" });
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    const code = cause instanceof Error && "code" in cause ? String(cause.code) : "it is not text";
    throw new UserError(`${path} cannot be read (${code}); name a file of JSON, or sample`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : "";
    throw new UserError(oneLine(`${path} is no JSON: ${said}`), { cause });
  }
}

function judge<Shape extends z.ZodType>(
  shape: Shape,
  value: unknown,
  { path, remedy }: { readonly path: string; readonly remedy: string },
): z.infer<Shape> {
  const result = shape.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue?.path.map(String).join(".") || "the whole";
  throw new UserError(oneLine(`${path}: ${place}: ${issue?.message ?? "it is not understood"}; ${remedy}`));
}
