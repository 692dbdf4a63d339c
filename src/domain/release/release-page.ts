/** Where the ledger's own pages show everybody whom a release thanks, behind the address that they are reached at. */
export function releasePagePath(
  { owner, name }: { readonly owner: string; readonly name: string },
  tag: string,
): string {
  return `/${encodeURIComponent(owner)}/${encodeURIComponent(name)}/-/releases/${encodeURIComponent(tag)}`;
}
