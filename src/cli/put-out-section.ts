import { once } from "node:events";
import type { Section } from "../domain/release/marker-block.ts";
import type { Terminal } from "./terminal.ts";
import { writeSectionIntoFile } from "./write-section-into-file.ts";

/** Prints a section, or writes it into a file and says what became of it. */
export async function putOutSection(
  text: string,
  { write, range }: Pick<Section, "range"> & { readonly write: string | null },
  { stdout, stderr }: Pick<Terminal, "stdout" | "stderr">,
): Promise<void> {
  if (write !== null) stderr.write(`${await writeSectionIntoFile(write, { range, text })}\n`);
  else if (!stdout.write(text)) await once(stdout, "drain");
}
