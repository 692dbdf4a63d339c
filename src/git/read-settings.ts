import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { resolve } from "node:path";
import {
  type ConfiguredTrailer,
  defaultTrailerGrammar,
  type TrailerGrammar,
} from "../domain/credit/trailer-grammar.ts";
import { UserError } from "../domain/errors.ts";
import type { DecodeText } from "./decode-text.ts";
import type { Clone } from "./open-clone.ts";
import { reasonOf, runGit } from "./run-git.ts";

/** What the repository and its configuration say about reading people and trailers. */
export interface Settings {
  /** The texts of its mailmaps; later ones win. */
  readonly mailmaps: readonly string[];
  readonly grammar: TrailerGrammar;
}

/** Reads the settings that git itself would use in this repository. */
export async function readSettings(clone: Clone, decode: DecodeText): Promise<Settings> {
  const wanted = "^(core\\.comment(char|string)|trailer\\..*|mailmap\\.(blob|file))$";
  const { status, stdout, stderr } = await runGit(clone.directory, ["config", "--null", "--get-regexp", wanted]);
  // Status 1 says that none of them is set.
  if (status > 1) throw new UserError(`git cannot read the configuration of ${clone.directory}: ${reasonOf(stderr)}`);
  const values = new Map<string, string>();
  for (const line of stdout.toString().split("\0").filter(Boolean)) {
    const [key = "", ...value] = line.split("\n");
    values.set(key, value.join("\n"));
  }
  return { mailmaps: await readMailmaps(clone, values, decode), grammar: trailerGrammar(values) };
}

/** The three places of git-mailmap's configuration, in git's order. */
async function readMailmaps(clone: Clone, values: ReadonlyMap<string, string>, decode: DecodeText): Promise<string[]> {
  const blob = values.get("mailmap.blob") ?? (clone.bare ? "HEAD:.mailmap" : undefined);
  const sources = await Promise.all([
    clone.bare ? null : readFile(resolve(clone.root, ".mailmap"), constants.O_NOFOLLOW),
    blob === undefined ? null : readBlob(clone, blob),
    values.has("mailmap.file") ? readFile(await mailmapFile(clone), 0) : null,
  ]);
  return sources.filter((bytes) => bytes !== null).map((bytes) => decode(bytes, 0, bytes.length));
}

async function mailmapFile(clone: Clone): Promise<string> {
  // Git expands `~` and `%(prefix)` in it.
  const { stdout } = await runGit(clone.directory, ["config", "--null", "--type=path", "--get", "mailmap.file"]);
  return resolve(clone.root, stdout.toString().replace(/\0$/, ""));
}

/** The bytes of a file, or null where git too would go on without it: it is not there, or is a link or a folder. */
async function readFile(path: string, flags: number): Promise<Buffer | null> {
  try {
    const file = await open(path, constants.O_RDONLY | flags);
    try {
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP" || code === "EISDIR") return null;
    throw new UserError(`the mailmap ${path} cannot be read (${String(code)}); mend its permissions`, { cause });
  }
}

async function readBlob(clone: Clone, name: string): Promise<Buffer | null> {
  const named = await runGit(clone.directory, ["rev-parse", "--quiet", "--verify", name]);
  if (named.status !== 0) return null;
  const { status, stdout, stderr } = await runGit(clone.directory, ["cat-file", "blob", name]);
  if (status === 0) return stdout;
  throw new UserError(
    `git cannot read the mailmap ${name} in ${clone.directory}: ${reasonOf(stderr)}; git fsck tells more`,
  );
}

function trailerGrammar(values: ReadonlyMap<string, string>): TrailerGrammar {
  const configured = new Map<string, ConfiguredTrailer>();
  for (const [key, value] of values) {
    const [, name, variable] = /^trailer\.(.+)\.(key|command|cmd|where|ifexists|ifmissing)$/s.exec(key) ?? [];
    if (name === undefined) continue;
    const known = configured.get(name.toLowerCase())?.key ?? null;
    configured.set(name.toLowerCase(), { name, key: variable === "key" ? value : known });
  }
  const comment = values.get("core.commentstring") ?? values.get("core.commentchar");
  return {
    commentPrefix: comment === undefined || comment === "auto" ? defaultTrailerGrammar.commentPrefix : comment,
    separators: values.get("trailer.separators") ?? defaultTrailerGrammar.separators,
    configured: [...configured.values()],
  };
}
