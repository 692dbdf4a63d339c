import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Actor, Forge } from "../forge.ts";
import type { Account } from "../model/account.ts";

/** Where the story's texts and files are. */
export const storyFolder = join(import.meta.dirname, "../../../templates/sandbox/story");

const day = 86_400_000;

/** Gives the forge as it was some days ago, its clock going on by a second at each look; it tells nobody of anything. */
export type DaysAgo = (days: number) => Forge;

/** Lets a story be told that ends where the forge's clock is now. */
export function lookBack(forge: Forge): DaysAgo {
  const end = forge.clock().getTime();
  return (days) => {
    let now = end - days * day;
    return { ...forge, announce: async () => {}, clock: () => new Date((now += 1000)) };
  };
}

/** One of the story's texts, by its path below its folder. */
export function readText(path: string): Promise<string> {
  return readFile(join(storyFolder, path), "utf8");
}

export function by(account: Account): Actor {
  return { account, viaAppId: null };
}
