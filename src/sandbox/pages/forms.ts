import type { Context } from "hono";

/** The fields of a form, by name. */
export type Fields = Readonly<Record<string, string>>;

/** Reads the texts of a form that was sent, with the line breaks that git and GitHub's API have. */
export async function readForm(context: Context): Promise<Fields> {
  const body = await context.req.parseBody();
  const texts = Object.entries(body).flatMap(([name, value]) => {
    return typeof value === "string" ? [[name, value.replaceAll("\r\n", "\n")] as const] : [];
  });
  return Object.fromEntries(texts);
}
