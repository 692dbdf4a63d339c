/** The text with A–Z in lower case and every other letter left alone, as git compares addresses and trailer keys. */
export function asciiLowerCase(text: string): string {
  return /[A-Z]/.test(text) ? text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase()) : text;
}
