/** Where all servers of the comparison take webhooks. */
export const WEBHOOK_PATH = '/api/github/webhooks';
