import { chmod, mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { stringify } from "yaml";
import { UserError } from "../../domain/errors.ts";
import type { RenderedFile, RenderedPlaybook } from "../../domain/playbook/rendered-playbook.ts";
import { kebabCase } from "../../render/change-case.ts";
import { TemplateFailed } from "../../render/template-failed.ts";

/** A file to write. */
export type TreeFile = Pick<RenderedFile, "path" | "mode" | "bytes">;

/** Writes files into a folder that is empty or not there yet. Throws a UserError where it holds anything. */
export async function writeTree(folder: string, files: readonly TreeFile[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  if ((await readdir(folder)).length > 0)
    throw new UserError(`${folder} is not empty; name a folder that is, or a new one`);
  for (const { path, mode, bytes } of files) {
    const target = join(folder, path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes, { flag: "wx" });
    if (mode === "100755") await chmod(target, 0o755);
  }
}

/** The issues as files of Markdown, with what GitHub is told of each above its text. */
export function issueFiles({ issues }: RenderedPlaybook): readonly TreeFile[] {
  return issues.map(({ title, body, labels, milestone, assignees }, index) => {
    const heading = stringify({ title, labels, milestone, assignees }, { lineWidth: 0 });
    const path = `${String(index + 1).padStart(2, "0")}-${slugOf(title)}.md`;
    return { path, mode: "100644", bytes: new TextEncoder().encode(`---\n${heading}---\n${body}`) };
  });
}

/** Everything about the repository but its files and issues, as YAML. */
export function repositoryFile({ repository }: RenderedPlaybook): TreeFile {
  return {
    path: "repository.yml",
    mode: "100644",
    bytes: new TextEncoder().encode(stringify(repository, { lineWidth: 0 })),
  };
}

function slugOf(title: string): string {
  try {
    return kebabCase(title).slice(0, 60);
  } catch (error) {
    if (error instanceof TemplateFailed) return "issue";
    throw error;
  }
}
