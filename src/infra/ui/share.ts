/** LINE's own friend picker with a text ready to send; works in the LINE app and in any browser. */
export function shareUrl(text: string): string {
  return `https://line.me/R/share?text=${encodeURIComponent(text)}`;
}
