import { rm, stat } from "node:fs/promises";
import { UserError } from "../../domain/errors.ts";
import { compareTrees, type TreeFile } from "../../domain/playbook/compare-trees.ts";
import { readFiles } from "../../render/read-playbook-folder.ts";
import { createUntrustedRenderer } from "../../render/render-untrusted.ts";
import { treeOfPlaybook } from "../../render/tree-of-playbook.ts";
import type { Terminal } from "../terminal.ts";
import { makePlaybook } from "./make-playbook.ts";
import { complain, countOf, openPlaybook } from "./open-playbook.ts";
import { readTestCases, type TestCase } from "./test-case.ts";
import { writeTree } from "./write-tree.ts";

/**
 * Makes a playbook of each of its cases, and compares what comes out, to the byte, with what is kept beside the case; with
 * `update` it is kept anew. Throws a UserError where anything differs, after a line for each file that does.
 */
export async function testPlaybook(
  { named, update }: { readonly named: string; readonly update: boolean },
  terminal: Terminal,
): Promise<void> {
  const opened = await openPlaybook(named, terminal);
  const { shown, folder } = opened;
  const { cases, errors } = await readTestCases(folder);
  complain(errors, shown, terminal);
  if (errors.length > 0) throw new UserError(`${shown} has ${countOf(errors.length, "mistake")} in its tests`);
  if (cases.length === 0) {
    throw new UserError(
      `${shown} has no tests; write tests/least.yml with "answers: { name: tides }", and add --update`,
    );
  }
  const renderer = createUntrustedRenderer({ timeout: 10_000 });
  let differences = 0;
  try {
    for (const one of cases) {
      const again = (line: string): string => `tests/${one.name}.yml could say ${line}`;
      const made = treeOfPlaybook(await makePlaybook(opened, one, { renderer, terminal, again }));
      if (update) {
        await keep(one, made);
        continue;
      }
      const found = compareTrees(made, await expectedTree(one)).map((difference) => ({
        ...difference,
        path: `tests/${one.name}/${difference.path}`,
      }));
      complain(found, shown, terminal);
      differences += found.length;
    }
  } finally {
    await renderer.close();
  }
  if (differences > 0) {
    throw new UserError(
      `${countOf(differences, "file")} of ${shown} not as expected; --update keeps them as they are now`,
    );
  }
  terminal.stdout.write(`${countOf(cases.length, "case")} ${update ? "kept" : "as expected"}\n`);
}

async function keep({ expected }: TestCase, made: readonly TreeFile[]): Promise<void> {
  await rm(expected, { recursive: true, force: true });
  await writeTree(expected, made);
}

async function expectedTree({ expected }: TestCase): Promise<readonly TreeFile[]> {
  const isThere = await stat(expected).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!isThere) return [];
  const files = await readFiles(expected, ".");
  return files.map(({ path, mode, bytes }) => ({
    path: path.replace(/^\.\//, ""),
    mode: mode === "100755" ? "100755" : "100644",
    bytes,
  }));
}
