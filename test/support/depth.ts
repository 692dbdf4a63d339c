/** How much to try: little in `npm test`, much in `npm run test:deep`. */
export function depth(amounts: { quick: number; deep: number }): number {
  return process.env["TEST_DEPTH"] === "deep" ? amounts.deep : amounts.quick;
}
