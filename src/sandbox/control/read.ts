import type { z } from "zod";
import { parseJson, readText } from "../http/parse-json.ts";
import { Refusal } from "../refusal.ts";

/** The JSON of a request's body. Throws a Refusal with the first thing that is wrong with it. */
export async function read<Schema extends z.ZodType>(request: Request, schema: Schema): Promise<z.output<Schema>> {
  const result = schema.safeParse(parseJson(await readText(request)));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Refusal(422, `${issue?.path.join(".") || "body"}: ${issue?.message ?? "is invalid"}`);
}
