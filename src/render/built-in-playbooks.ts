import { readdirSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../templates/playbooks");

/** The names of the playbooks that come with the product. */
export function builtInPlaybooks(): readonly string[] {
  return readdirSync(folder).toSorted();
}

/** The folder of one of them; null where there is none of that name. */
export function builtInFolder(name: string): string | null {
  return builtInPlaybooks().includes(name) ? join(folder, name) : null;
}
