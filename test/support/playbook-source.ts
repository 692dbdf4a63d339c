import { writeFiles } from "../../src/sandbox/actions/contents.ts";
import { createRepository } from "../../src/sandbox/actions/repositories.ts";
import { type Forge, gitDirectory } from "../../src/sandbox/forge.ts";
import type { Account } from "../../src/sandbox/model/account.ts";
import type { Repository } from "../../src/sandbox/model/repository.ts";
import { by } from "./graphql-sandbox.ts";
import { manifestOf } from "./make-playbook.ts";
import { git } from "./repository.ts";

/** A file's text or bytes, or those with git's mode; null takes it away. */
export type FileToPut = string | Buffer | { readonly mode: string; readonly content: string | Buffer } | null;

/** Writes files to a branch, main where none is given, in one commit. Gives its id. */
export async function putFiles(
  forge: Forge,
  { repository, branch = "main", author }: { repository: Repository; branch?: string; author: Account },
  contents: Readonly<Record<string, FileToPut>>,
): Promise<string> {
  const files = Object.entries(contents).map(([path, file]) => {
    if (file === null) return { path, mode: "100644", content: null };
    const { mode, content } = typeof file === "string" || Buffer.isBuffer(file) ? toPlain(file) : file;
    return { path, mode, content: Buffer.from(content) };
  });
  return writeFiles(forge, { repository, branch, files, message: "Change files" }, by(author));
}

function toPlain(content: string | Buffer) {
  return { mode: "100644", content };
}

/** The manifest of the least playbook of that name. */
export function manifestNamed(name: string, ...lines: readonly string[]): string {
  return manifestOf(...lines).replace("name: tide-tables", `name: ${name}`);
}

/** A repository of an account's with these files beside its README. */
export async function makeSource(
  forge: Forge,
  wanted: { owner: Account; author: Account; name: string; private?: boolean },
  files: Readonly<Record<string, FileToPut>>,
): Promise<Repository> {
  const { author, ...settings } = wanted;
  const repository = await createRepository(forge, { ...settings, autoInit: true }, by(author));
  await putFiles(forge, { repository, author }, files);
  return repository;
}

/** Sets a tag to where main is, by a tag object where it has a message. */
export function tagMain(forge: Forge, repository: Repository, tag: string, message: string | null = null): void {
  const annotation = message === null ? [] : ["-a", "-m", message];
  const identity = ["-c", "user.name=Ada Example", "-c", "user.email=ada@example.com"];
  git(gitDirectory(forge, repository), [...identity, "tag", "--force", ...annotation, tag, "main"]);
}
