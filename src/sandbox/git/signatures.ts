/** Who did something to an object, and when. */
export interface Signature {
  readonly name: string;
  readonly email: string;
  /** To the second. */
  readonly date: Date;
  /** The clock's distance from UTC there, as `+0200`. */
  readonly offset: string;
}

/** Reads `Name <address> seconds offset` as git does: the address first, then what follows the last `>`. */
export function parseSignature(text: string): Signature {
  const [, name = "", email = ""] = /^([^<]*)<([^>]*)>/.exec(text) ?? [];
  const time = text.slice(text.lastIndexOf(">") + 1);
  return { name: name.trim(), email: email.trim(), ...parseTime(time) };
}

/** Reads `seconds offset`; a time that is none becomes 1970, as git shows it. */
export function parseTime(text: string): Pick<Signature, "date" | "offset"> {
  const [, seconds = "0", offset = "+0000"] = /^\s*(-?\d+) ([+-]\d{4})\s*$/.exec(text) ?? [];
  const date = new Date(Number(seconds) * 1000);
  return { date: Number.isNaN(date.getTime()) ? new Date(0) : date, offset };
}

/** Writes a signature as it stands in a commit or tag, without what could begin another line or address. */
export function formatSignature({ name, email, date, offset }: Signature): string {
  const seconds = Math.max(0, Math.floor(date.getTime() / 1000));
  return `${clean(name)} <${clean(email)}> ${seconds} ${/^[+-]\d{4}$/.test(offset) ? offset : "+0000"}`;
}

function clean(text: string): string {
  return text.replace(/[\n\r<>\0]/g, "").trim();
}
