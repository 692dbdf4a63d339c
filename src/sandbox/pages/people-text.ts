import { posix } from "node:path";
import { markSafe, type SafeHtml } from "../../render/load-pages.ts";
import { renderMarkdown } from "../../render/render-markdown.ts";
import { type Forge, gitDirectory } from "../forge.ts";
import { resolveCommit } from "../git/resolve-commit.ts";
import type { Repository } from "../model/repository.ts";
import { findAccount, findRepository } from "../model/state.ts";
import { profileUrl } from "../present/account.ts";
import { commitPath, contentPath, issuePath } from "./paths.ts";

/** How many of what might be commits' ids in the texts of one page are looked up. */
const mostCommitsSought = 40;

/** Renders what people wrote about a repository; the name keeps the ids of one text apart from those of others. */
export type TextRenderer = (text: string, name: string) => SafeHtml;

/** Makes the renderer for texts that stand on one page: which commits they name is asked of git beforehand. */
export async function textRenderer(
  forge: Forge,
  repository: Repository,
  texts: readonly (string | null)[],
): Promise<TextRenderer> {
  const links = await referenceLinks(forge, repository, texts);
  const relative = relativeTo(repository, { revision: repository.defaultBranch, path: "" });
  return (text, name) => markSafe(renderMarkdown(text, { breaks: true, name, links: { ...links, relative } }));
}

/** Renders a Markdown file, whose relative links lead to what lies beside it. */
export async function renderFile(
  forge: Forge,
  repository: Repository,
  { text, revision, path }: { text: string; revision: string; path: string },
): Promise<SafeHtml> {
  const links = await referenceLinks(forge, repository, [text]);
  const relative = relativeTo(repository, { revision, path });
  return markSafe(renderMarkdown(text, { breaks: false, name: "file", links: { ...links, relative } }));
}

async function referenceLinks(forge: Forge, repository: Repository, texts: readonly (string | null)[]) {
  const directory = gitDirectory(forge, repository);
  const ids = texts.flatMap((text) => text?.toLowerCase().match(/\b[\da-f]{7,40}\b/g) ?? []);
  const commits = new Map<string, string | null>();
  for (const id of [...new Set(ids)].slice(0, mostCommitsSought)) commits.set(id, await resolveCommit(directory, id));
  return {
    mention: (login: string) => {
      const account = findAccount(forge.state, login);
      return account === null ? null : profileUrl("", account);
    },
    issue: ({ repository: name, number }: { repository: string | null; number: number }) => {
      const [owner = "", other = ""] = name?.split("/") ?? [];
      const place = name === null ? repository : findRepository(forge.state, owner, other);
      const issue = place?.issues.get(number);
      return issue === undefined ? null : issuePath(issue);
    },
    commit: (id: string) => {
      const sha = commits.get(id) ?? null;
      return sha === null ? null : commitPath(repository, sha);
    },
  };
}

function relativeTo(repository: Repository, { revision, path }: { revision: string; path: string }) {
  return (url: string, kind: "link" | "image"): string => {
    const [, target = "", rest = ""] = /^([^?#]*)(.*)$/s.exec(url) ?? [];
    const folder = target.startsWith("/") ? "/" : `/${posix.dirname(path)}`;
    const resolved = posix.join(folder, decode(target)).replace(/^\/+|\/+$/g, "");
    return contentPath(repository, { kind: kind === "image" ? "raw" : "blob", revision, path: resolved }) + rest;
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // Not an address, so a name with a percent sign.
    return text;
  }
}
