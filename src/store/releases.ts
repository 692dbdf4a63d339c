import { isDeepStrictEqual } from "node:util";
import { sql } from "kysely";
import { type Subject, subjectKey, toSubject } from "../domain/ledger/subject.ts";
import type { RangeWork } from "../domain/release/range-works.ts";
import type { KnownRelease } from "../domain/release/releases-to-look-at.ts";
import { jsonText } from "./json-text.ts";
import type { Database, Transaction } from "./open-database.ts";
import type { RepositoryKey } from "./subject-key.ts";
import type { StoredWork } from "./tables.ts";

export interface StoredRelease {
  readonly id: number;
  readonly tag: string;
  readonly isDraft: boolean;
  /** As `v1.3.0..v1.4.0`. */
  readonly range: string;
  readonly works: readonly RangeWork[];
}

interface ReleaseToRemember extends StoredRelease {
  /** Null for a draft. */
  readonly publishedAt: Date | null;
}

/** What comes late belongs to a release that was just made; older ones are not looked through. */
const newest = 5;

/** Keeps what a release consists of; nobody's name is in it. Gives whether that is new. */
export async function rememberRelease(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  { id, tag, isDraft, range, works, publishedAt }: ReleaseToRemember,
): Promise<boolean> {
  const known = await query
    .selectFrom("releases")
    .select("works")
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("release_id", "=", id)
    .executeTakeFirst();
  const values = { tag, is_draft: isDraft, range, works: jsonText(works.map(toStored)), published_at: publishedAt };
  await query
    .insertInto("releases")
    .values({ installation_id: installationId, repository_id: repositoryId, release_id: id, ...values })
    .onConflict((conflict) => conflict.columns(["installation_id", "repository_id", "release_id"]).doUpdateSet(values))
    .execute();
  return known === undefined || !isDeepStrictEqual(known.works, works.map(toStored));
}

/** Keeps how a release was when all was done about it: it is looked at again when it is otherwise. */
export async function keepReleaseState(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  { id, state }: { readonly id: number; readonly state: string },
): Promise<void> {
  await query
    .updateTable("releases")
    .set({ state })
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("release_id", "=", id)
    .execute();
}

/** The releases of a repository that are known, with how they were. */
export async function readKnownReleases(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
): Promise<KnownRelease[]> {
  return query
    .selectFrom("releases")
    .select(["release_id as id", "tag", "state"])
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .orderBy("release_id")
    .execute();
}

/** The published release of a tag; null where none is known. Drafts are for those who may write alone. */
export async function readPublishedRelease(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  tag: string,
): Promise<StoredRelease | null> {
  const row = await query
    .selectFrom("releases")
    .selectAll()
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("tag", "=", tag)
    .where("is_draft", "=", false)
    .orderBy("release_id", "desc")
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { release_id: id, range, works } = row;
  return { id, tag, isDraft: false, range, works: works.map(toWork) };
}

/** A release that has to be looked at again. */
export interface TaggedRelease {
  readonly releaseId: number;
  readonly tag: string;
}

/** The releases that a tag has a part in: those that are known by it, of which drafts may share one, and those that begin with it. */
export async function findReleasesAtTag(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  tag: string,
): Promise<TaggedRelease[]> {
  const { rows } = await sql<TaggedRelease>`
    select release_id as "releaseId", tag
    from releases
    where installation_id = ${installationId} and repository_id = ${repositoryId}
      and (tag = ${tag} or starts_with(range, ${`${tag}..`}))
    order by release_id
  `.execute(query);
  return rows;
}

/** The newest releases that have one of these as a work of their own, or as what one was brought from. */
export async function findReleasesWith(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  subjects: readonly Subject[],
): Promise<TaggedRelease[]> {
  if (subjects.length === 0) return [];
  const works = jsonText(subjects.map(toText));
  const { rows } = await sql<TaggedRelease>`
    select release_id as "releaseId", tag
    from (
      select * from releases
      where installation_id = ${installationId} and repository_id = ${repositoryId}
      order by release_id desc
      limit ${newest}
    ) releases
    where exists (
      select from jsonb_array_elements(releases.works) work
      where ${works}::text::jsonb ? (work->>'subject') or exists (
        select from jsonb_array_elements_text(work->'originals') original where ${works}::text::jsonb ? original
      )
    )
    order by release_id
  `.execute(query);
  return rows;
}

/** Of the newest releases those that were published at a moment or later. */
export async function findReleasesSince(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  moment: Date,
): Promise<{ readonly releaseId: number; readonly tag: string }[]> {
  return query
    .selectFrom("releases")
    .select(["release_id as releaseId", "tag"])
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("published_at", ">=", moment)
    .orderBy("release_id", "desc")
    .limit(newest)
    .execute();
}

/** Forgets a release that is gone. */
export async function forgetRelease(
  { query }: Pick<Database, "query">,
  { installationId, repositoryId }: RepositoryKey,
  id: number,
): Promise<void> {
  await query
    .deleteFrom("releases")
    .where("installation_id", "=", installationId)
    .where("repository_id", "=", repositoryId)
    .where("release_id", "=", id)
    .execute();
}

/** The releases that thank an account, in repositories that are there, with where they are. */
export async function findReleasesOf(
  transaction: Transaction,
  installationId: number,
  accountId: number,
): Promise<
  {
    readonly repositoryId: number;
    readonly owner: string;
    readonly name: string;
    readonly releaseId: number;
    readonly tag: string;
  }[]
> {
  const { rows } = await sql<{ repositoryId: number; owner: string; name: string; releaseId: number; tag: string }>`
    select releases.repository_id as "repositoryId", repositories.owner, repositories.name, release_id as "releaseId", tag
    from releases
    join repositories using (installation_id, repository_id)
    where installation_id = ${installationId} and repositories.gone_at is null and exists (
      select from jsonb_array_elements(releases.works) work, credits
      where credits.installation_id = releases.installation_id and credits.repository_id = releases.repository_id
        and credits.account_id = ${accountId}
        and (work->>'subject' = credits.subject_kind || ' ' || credits.subject
          or work->'originals' ? (credits.subject_kind || ' ' || credits.subject))
    )
    order by release_id
  `.execute(transaction);
  return rows;
}

function toStored({ subject, originals }: RangeWork): StoredWork {
  return { subject: toText(subject), originals: originals.map(toText) };
}

function toWork({ subject, originals }: StoredWork): RangeWork {
  return { subject: fromText(subject), originals: originals.map(fromText) };
}

function toText(subject: Subject): string {
  return `${subject.kind} ${subjectKey(subject)}`;
}

function fromText(text: string): Subject {
  const kinds = ["pull request", "commit", "issue"] as const;
  const kind = kinds.find((one) => text.startsWith(`${one} `));
  if (kind === undefined) throw new Error(`no kind of subject is in ${text}`);
  return toSubject(kind, text.slice(kind.length + 1));
}
