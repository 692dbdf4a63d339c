import type { z } from "zod";

/** A sandbox, with the token of somebody who sees everything. */
export interface SandboxAccess {
  readonly api: string;
  readonly token: string;
  readonly organization: string;
}

/** What the sandbox answers at a path of its REST interface; null where there is nothing. Throws where it refuses. */
export async function ask<Answer>(
  { api, token }: SandboxAccess,
  path: string,
  shape: z.ZodType<Answer>,
): Promise<Answer | null> {
  const response = await fetch(`${api}${path}`, { headers: { authorization: `Bearer ${token}` } });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
  return shape.parse(await response.json());
}

/** The same, of what has to be there. */
export async function get<Answer>(sandbox: SandboxAccess, path: string, shape: z.ZodType<Answer>): Promise<Answer> {
  const answer = await ask(sandbox, path, shape);
  if (answer === null) throw new Error(`GET ${path}: there is nothing`);
  return answer;
}

/** All that is listed at a path, page by page. */
export async function getAll<Item>(sandbox: SandboxAccess, path: string, shape: z.ZodType<Item[]>): Promise<Item[]> {
  const all: Item[] = [];
  for (let page = 1; ; page += 1) {
    const mark = path.includes("?") ? "&" : "?";
    const items = await get(sandbox, `${path}${mark}per_page=100&page=${page}`, shape);
    all.push(...items);
    if (items.length < 100) return all;
  }
}
