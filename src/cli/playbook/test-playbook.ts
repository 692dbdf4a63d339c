import { rm, stat } from "node:fs/promises";
import { UserError } from "../../domain/errors.ts";
import { decodeText } from "../../domain/playbook/check-files.ts";
import type { PlaybookError } from "../../domain/playbook/playbook.ts";
import type { RenderedPlaybook } from "../../domain/playbook/rendered-playbook.ts";
import { readFiles } from "../../render/read-playbook-folder.ts";
import { createUntrustedRenderer } from "../../render/render-untrusted.ts";
import type { Terminal } from "../terminal.ts";
import { makePlaybook } from "./make-playbook.ts";
import { complain, countOf, openPlaybook } from "./open-playbook.ts";
import { readTestCases, type TestCase } from "./test-case.ts";
import { issueFiles, repositoryFile, type TreeFile, writeTree } from "./write-tree.ts";

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
      const made = treeOf(await makePlaybook(opened, one, { renderer, terminal, again }));
      if (update) {
        await keep(one, made);
        continue;
      }
      const found = compare(made, await expectedTree(one)).map((difference) => ({
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

function treeOf(rendered: RenderedPlaybook): readonly TreeFile[] {
  return [
    ...rendered.files.map((file) => ({ ...file, path: `files/${file.path}` })),
    ...issueFiles(rendered).map((file) => ({ ...file, path: `issues/${file.path}` })),
    repositoryFile(rendered),
  ];
}

async function keep({ expected }: TestCase, made: readonly TreeFile[]): Promise<void> {
  await rm(expected, { recursive: true, force: true });
  await writeTree(expected, made);
}

async function expectedTree({ expected }: TestCase): Promise<ReadonlyMap<string, TreeFile>> {
  const isThere = await stat(expected).then(
    (status) => status.isDirectory(),
    () => false,
  );
  if (!isThere) return new Map();
  const files = await readFiles(expected, ".");
  return new Map(
    files.map(({ path, mode, bytes }) => {
      const file = {
        path: path.replace(/^\.\//, ""),
        mode: mode === "100755" ? ("100755" as const) : ("100644" as const),
        bytes,
      };
      return [file.path, file] as const;
    }),
  );
}

function compare(made: readonly TreeFile[], expected: ReadonlyMap<string, TreeFile>): readonly PlaybookError[] {
  const paths = new Set(made.map(({ path }) => path));
  return [
    ...made.flatMap((file) => compareFile(file, expected.get(file.path))),
    ...Array.from(expected.keys())
      .filter((path) => !paths.has(path))
      .map((path) => ({ path, line: null, message: "is expected, and not made." })),
  ];
}

function compareFile(made: TreeFile, expected: TreeFile | undefined): readonly PlaybookError[] {
  const { path } = made;
  if (expected === undefined) return [{ path, line: null, message: "is made, and not expected." }];
  if (made.mode !== expected.mode) {
    const can = made.mode === "100755" ? "can be run, and is expected not to." : "cannot be run, and is expected to.";
    return [{ path, line: null, message: can }];
  }
  const [now, before] = [decodeText(made.bytes), decodeText(expected.bytes)];
  if (now === null || before === null) {
    return Buffer.compare(made.bytes, expected.bytes) === 0 ? [] : [{ path, line: null, message: "has other bytes." }];
  }
  if (now === before) return [];
  const [lines, others] = [now.split("\n"), before.split("\n")];
  const line = lines.findIndex((text, index) => text !== others[index]);
  const at = line === -1 ? lines.length : line;
  return [{ path, line: at + 1, message: `${show(others[at])} is expected, and ${show(lines[at])} is made.` }];
}

function show(text: string | undefined): string {
  return text === undefined ? "the end" : JSON.stringify(text.slice(0, 80));
}
