import type { Deps } from "./deps.ts";

/** The app's own login, as commits and comments of its have it: what it makes is other people's work. */
export async function readOwnLogin({ octokitFor }: Pick<Deps, "octokitFor">, installationId: number): Promise<string> {
  const client = octokitFor(installationId, { permissions: { metadata: "read" } });
  return `${await client.botLogin()}[bot]`;
}
