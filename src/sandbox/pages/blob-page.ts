import type { Hono } from "hono";
import { decodeUtf8OrWestern } from "../../git/decode-text.ts";
import { type Forge, gitDirectory } from "../forge.ts";
import { readBlob } from "../git/blobs.ts";
import { findEntry } from "../git/trees.ts";
import type { Repository } from "../model/repository.ts";
import { notFound } from "../refusal.ts";
import { crumbsTo } from "./crumbs.ts";
import { contentPath } from "./paths.ts";
import { renderFile } from "./people-text.ts";
import { frameOf, requireRepository } from "./repository-frame.ts";
import { type NamedContent, readRevision } from "./revision-in-address.ts";
import { type Site, showPage } from "./site.ts";

/** How many lines of a file a page shows, and up to which size in bytes it shows a file at all. */
const mostLines = 5000;
const largestText = 1024 * 1024;

/** What browsers may show as a picture; everything else that is raw is plain text, HTML above all. */
const imageTypes: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  svg: "image/svg+xml",
  ico: "image/x-icon",
};

/** One file: on a page with its lines, and raw. */
export function addBlobPages(app: Hono, site: Site): void {
  const { forge } = site;
  app.get("/:owner/:repository/blob/*", async (context) => {
    const repository = requireRepository(forge, context);
    const place = await readRevision(forge, repository, context);
    const { revision, path } = place;
    const { bytes, isFolder } = await readFileAt(forge, repository, place);
    if (isFolder) return context.redirect(contentPath(repository, { kind: "tree", revision, path }));
    const view = await viewContent(forge, { repository, place, bytes, plain: context.req.query("plain") === "1" });
    const data = {
      frame: frameOf(forge, repository, "Code"),
      revision,
      crumbs: crumbsTo(repository, { revision, path }),
      raw: contentPath(repository, { kind: "raw", revision, path }),
      history: contentPath(repository, { kind: "commits", revision, path }),
      size: bytes.length,
      ...view,
    };
    return showPage(site, context, { template: "blob", title: path, data });
  });
  app.get("/:owner/:repository/raw/*", async (context) => {
    const repository = requireRepository(forge, context);
    const place = await readRevision(forge, repository, context);
    const { bytes, isFolder } = await readFileAt(forge, repository, place);
    if (isFolder) throw notFound();
    const type = imageTypes[extensionOf(place.path)] ?? "text/plain; charset=utf-8";
    return context.body(new Uint8Array(bytes), 200, { "Content-Type": type });
  });
}

async function readFileAt(forge: Forge, repository: Repository, { commit, path }: NamedContent) {
  const directory = gitDirectory(forge, repository);
  const entry = await findEntry(directory, commit, path);
  if (entry?.type === "tree") return { bytes: Buffer.alloc(0), isFolder: true };
  const bytes = entry === null ? null : await readBlob(directory, entry.sha);
  if (bytes === null) throw notFound();
  return { bytes, isFolder: false };
}

interface Content {
  readonly repository: Repository;
  readonly place: NamedContent;
  readonly bytes: Buffer;
  /** Whether Markdown shall be shown as it is written. */
  readonly plain: boolean;
}

async function viewContent(forge: Forge, { repository, place, bytes, plain }: Content) {
  const extension = extensionOf(place.path);
  const nothing = {
    isImage: false,
    isBinary: false,
    isLarge: false,
    isMarkdown: false,
    html: null,
    lines: [],
    omitted: 0,
  };
  const isMarkdown = /^(?:md|markdown)$/.test(extension);
  if (imageTypes[extension] !== undefined && extension !== "svg") return { ...nothing, isImage: true };
  if (bytes.subarray(0, 8000).includes(0)) return { ...nothing, isBinary: true };
  if (bytes.length > largestText) return { ...nothing, isLarge: true };
  const text = decodeUtf8OrWestern(bytes, 0, bytes.length);
  if (isMarkdown && !plain) {
    const { revision, path } = place;
    return { ...nothing, isMarkdown, html: await renderFile(forge, repository, { text, revision, path }) };
  }
  const lines = text.replace(/\r?\n$/, "").split(/\r?\n/);
  const shown = lines.slice(0, mostLines).map((line, index) => ({ number: index + 1, text: line }));
  return { ...nothing, isMarkdown, isImage: extension === "svg", lines: shown, omitted: lines.length - shown.length };
}

function extensionOf(path: string): string {
  return /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? "";
}
