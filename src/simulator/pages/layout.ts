import { html } from 'hono/html';
import type { Html, View } from './view.ts';

/** The frame of every page: where one is, and whom one acts as. */
export function layout(view: View, title: string, content: Html): Html {
  const users = [...view.world.accounts.values()].filter((account) => account.type === 'User');
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" type="image/svg+xml" href="/avatars/${view.viewer.id}.svg" />
      </head>
      <body>
        <header>
          <nav>
            <a class="brand" href="/">Simulated GitHub</a>
            <a href="/deliveries">Webhook deliveries</a>
          </nav>
          <form method="post" action="/acting">
            <label>
              acting as
              <select name="login">
                ${users.map(
                  ({ login }) =>
                    html`<option value="${login}" ${login === view.viewer.login ? 'selected' : ''}>${login}</option>`,
                )}
              </select>
            </label>
            <input type="hidden" name="back" value="${view.path}" />
            <button>Switch</button>
          </form>
        </header>
        <main>${view.fault === null ? '' : html`<p class="fault" role="alert">${view.fault}</p>`} ${content}</main>
      </body>
    </html>`;
}
