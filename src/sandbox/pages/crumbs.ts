import type { Repository } from "../model/repository.ts";
import { contentPath } from "./paths.ts";

/** The folders above a path, each with its page, and the path's own name without one. */
export function crumbsTo(repository: Repository, { revision, path }: { revision: string; path: string }) {
  const parts = path === "" ? [] : path.split("/");
  const root = {
    name: repository.name,
    href: parts.length === 0 ? null : contentPath(repository, { kind: "tree", revision }),
  };
  const others = parts.map((name, index) => {
    const isLast = index === parts.length - 1;
    const above = parts.slice(0, index + 1).join("/");
    return { name, href: isLast ? null : contentPath(repository, { kind: "tree", revision, path: above }) };
  });
  return [root, ...others];
}
