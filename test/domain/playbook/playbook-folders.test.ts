import { expect, test } from "vitest";
import { foldersOfPath, playbookFolders } from "../../../src/domain/playbook/playbook-folders.ts";
import { isNamedIn, readSourceName } from "../../../src/domain/playbook/source-name.ts";

test.for<[path: string, folders: string[]]>([
  ["README.md", []],
  ["tides/playbook.yml", ["tides"]],
  ["playbooks/README.md", ["playbooks"]],
  ["playbooks/tides/files/a.md", ["playbooks", "playbooks/tides"]],
])("a change of %s may belong to %j", ([path, folders]) => {
  expect(foldersOfPath(path)).toEqual(folders);
});

test("only folders that a playbook may be named after are looked at", () => {
  expect(playbookFolders(["tides", ".github", "Docs", "a\nb"], ["tides", "moon-phases"])).toEqual([
    { name: "tides", folder: "tides" },
    { name: "tides", folder: "playbooks/tides" },
    { name: "moon-phases", folder: "playbooks/moon-phases" },
  ]);
});

test.for<[written: string, owner: string, name: string, ref: string | null]>([
  ["acme/playbooks", "acme", "playbooks", null],
  ["acme/playbooks@v3", "acme", "playbooks", "v3"],
  ["acme/playbooks@release/v3", "acme", "playbooks", "release/v3"],
])("%s is read as its parts", ([written, owner, name, ref]) => {
  expect(readSourceName(written)).toEqual({ owner, name, ref });
});

test("a repository is a source at whatever version and in whatever case it is named", () => {
  const sources = ["other/tides", "Acme/Playbooks@v3"];
  expect(isNamedIn(sources, { owner: "acme", name: "playbooks" })).toBe(true);
  expect(isNamedIn(sources, { owner: "acme", name: "playbooks-2" })).toBe(false);
  expect(isNamedIn(sources, { owner: "other", name: "playbooks" })).toBe(false);
});
