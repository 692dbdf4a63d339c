import { basename, join } from "node:path";
import { UserError } from "../../domain/errors.ts";
import { decodeText } from "../../domain/playbook/check-files.ts";
import { kebabCase } from "../../render/change-case.ts";
import { readFiles } from "../../render/read-playbook-folder.ts";
import { TemplateFailed } from "../../render/template-failed.ts";
import type { Terminal } from "../terminal.ts";
import { writeTree } from "./write-tree.ts";

const scaffold = join(import.meta.dirname, "../../../templates/new-playbook");
/** What the scaffold is called, in its manifest alone. */
const placeholder = "name: new-playbook";

/** Writes a small playbook that passes its checks and tests into a folder that is empty or not there yet. */
export async function newPlaybook(folder: string, { stdout }: Pick<Terminal, "stdout">): Promise<void> {
  const name = nameFor(folder);
  const files = await readFiles(scaffold, ".");
  await writeTree(
    folder,
    files.map(({ path, mode, bytes }) => {
      const plain = path.replace(/^\.\//, "");
      const text = plain === "playbook.yml" ? decodeText(bytes) : null;
      const named = text?.replace(placeholder, () => `name: ${name}`);
      return {
        path: plain,
        mode: mode === "100755" ? "100755" : "100644",
        bytes: named === undefined ? bytes : new TextEncoder().encode(named),
      };
    }),
  );
  stdout.write(`${name} is in ${folder}; next: playbook lint ${folder}\n`);
}

function nameFor(folder: string): string {
  try {
    const name = kebabCase(basename(folder)).slice(0, 50);
    if (/^[a-z]/.test(name)) return name;
  } catch (error) {
    if (!(error instanceof TemplateFailed)) throw error;
  }
  throw new UserError(`'${basename(folder)}' makes no name for a playbook: begin the folder's name with a letter`);
}
