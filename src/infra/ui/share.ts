/** LINE's own friend picker with a text ready to send; works in the LINE app and in any browser. */
export function shareUrl(text: string): string {
  return `https://line.me/R/share?text=${encodeURIComponent(text)}`;
}

/** LINE's address that shows the official account with its "add" button, or its talk when it is a friend already. */
export function addFriendUrl(basicId: string): string {
  return `https://line.me/R/ti/p/${encodeURIComponent(basicId)}`;
}
