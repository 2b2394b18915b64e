/** LINE's address that shows the official account with its "add" button, or its talk when it is a friend already. */
export function addFriendUrl(basicId: string): string {
  return `https://line.me/R/ti/p/${encodeURIComponent(basicId)}`;
}
