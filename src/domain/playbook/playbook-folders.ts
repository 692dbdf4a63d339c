/** How a playbook may be called, and so its folder. */
const playbookName = /^[a-z][a-z0-9-]{0,49}$/;
/** More than that nobody looks through. */
const most = 500;

/** The folders that may be playbooks, of all folders at the top of a repository and in its folder `playbooks`, by their names. */
export function playbookFolders(
  top: readonly string[],
  inPlaybooks: readonly string[],
): readonly { readonly name: string; readonly folder: string }[] {
  const folders = [
    ...top.map((name) => ({ name, folder: name })),
    ...inPlaybooks.map((name) => ({ name, folder: `playbooks/${name}` })),
  ];
  return folders.filter(({ name }) => playbookName.test(name)).slice(0, most);
}

/** Which of these folders a changed path may belong to: the first part of it, and the second below `playbooks`. */
export function foldersOfPath(path: string): readonly string[] {
  const [first = "", second, third] = path.split("/");
  if (second === undefined) return [];
  return third === undefined || first !== "playbooks" ? [first] : [first, `${first}/${second}`];
}
