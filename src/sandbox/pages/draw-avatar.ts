import type { Account } from "../model/account.ts";

/** Draws an account's picture as SVG: its first letter on a pattern and in colours that its number decides. */
export function drawAvatar({ id, login, type }: Pick<Account, "id" | "login" | "type">): string {
  const hue = (id * 137) % 360;
  const letter = login
    .charAt(0)
    .toUpperCase()
    .replace(/[^A-Z\d]/, "?");
  const shape = type === "User" ? `<circle cx="32" cy="32" r="32"` : `<rect width="64" height="64" rx="12"`;
  const angle = (id * 53) % 360;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">`,
    `<clipPath id="edge">${shape}/></clipPath>`,
    `<g clip-path="url(#edge)">`,
    `<rect width="64" height="64" fill="hsl(${hue} 45% 42%)"/>`,
    `<path d="M-40 32h144v80H-40z" fill="hsl(${(hue + 40) % 360} 50% 36%)" transform="rotate(${angle} 32 32)"/>`,
    `<text x="32" y="43" text-anchor="middle" font-family="system-ui, sans-serif" font-size="32" font-weight="600"`,
    ` fill="#fff">${letter}</text></g></svg>`,
  ].join("");
}
