import { playbookFolders } from "../../domain/playbook/playbook-folders.ts";
import { hasFiles } from "../../git/has-files.ts";
import { listTree } from "../../git/list-tree.ts";

/**
 * The folders of a commit with a `playbook.yml` in them, at the top and in `playbooks`, by their names: the one at the top where
 * there are two. Null where there are too many files.
 */
export async function findFolders(directory: string, commit: string): Promise<ReadonlyMap<string, string> | null> {
  const top = await listTree(directory, commit);
  const inner = await listTree(directory, `${commit}:playbooks`);
  if (top === "too much" || inner === "too much") return null;
  const names = [top, inner].map((entries) =>
    (entries ?? []).flatMap(({ path, type }) => (type === "tree" ? [path] : [])),
  );
  const folders = playbookFolders(names[0] ?? [], names[1] ?? []);
  const paths = folders.map(({ folder }) => `${commit}:${folder}/playbook.yml`);
  const there = await hasFiles(directory, paths);
  const found = folders.filter((_, index) => there[index]);
  // Of two the later one would win.
  return new Map(found.toReversed().map(({ name, folder }) => [name, folder]));
}
