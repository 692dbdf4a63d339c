import type { Database } from "../../store/open-database.ts";
import { rememberTold, wasTold } from "../../store/told.ts";
import type { Deps } from "../deps.ts";
import { type PlaybookAsk, runPlaceOf } from "./playbook-ask.ts";

/** What a comment's command does, in one word: done once, it is done, however often the comment is delivered. */
export function deedOf({ comment }: PlaybookAsk, what: string): string {
  return `playbook ${comment.conversation.number} ${comment.id} ${what}`;
}

export function wasDone({ database }: Pick<Deps, "database">, ask: PlaybookAsk, deed: string): Promise<boolean> {
  return wasTold(database, runPlaceOf(ask), deed);
}

/** Keeps that it is done, as part of what does it. */
export function rememberDeed(
  database: Pick<Database, "query">,
  ask: PlaybookAsk,
  { deed, now }: { readonly deed: string; readonly now: Date },
): Promise<void> {
  return rememberTold(database, runPlaceOf(ask), { thing: deed, now });
}
