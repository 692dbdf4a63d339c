export function contains(text: string, part: string): boolean {
  return text.toLowerCase().includes(part.toLowerCase());
}
