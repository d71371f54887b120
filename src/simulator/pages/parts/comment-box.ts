import { html, raw } from 'hono/html';
import type { Account } from '../../state/account.ts';
import type { Reaction } from '../../state/reaction.ts';
import { renderMarkdown } from '../markdown/render-markdown.ts';
import type { Html } from '../view.ts';
import { moment } from './moment.ts';

const FACES: Readonly<Record<Reaction['content'], string>> = {
  '+1': '👍',
  '-1': '👎',
  laugh: '😄',
  confused: '😕',
  heart: '❤️',
  hooray: '🎉',
  rocket: '🚀',
  eyes: '👀',
};

export type Written = {
  readonly id: string;
  readonly user: Account;
  readonly at: string;
  readonly body: string | null;
  readonly reactions: readonly Reaction[];
};

/** A body or comment with its author and reactions. */
export function commentBox(written: Written): Html {
  const body = written.body ?? '';
  return html`<article class="comment" id="${written.id}">
    <header>
      <img src="/avatars/${written.user.id}.svg" alt="" width="20" height="20" />
      <strong>${written.user.login}</strong>
      ${written.user.type === 'Bot' ? html`<span class="badge">bot</span>` : ''}
      ${moment(written.at)}
    </header>
    <div class="markdown">${body === '' ? html`<p class="quiet">No description.</p>` : raw(renderMarkdown(body))}</div>
    ${reactionRow(written.reactions)}
  </article>`;
}

function reactionRow(reactions: readonly Reaction[]): Html | '' {
  if (reactions.length === 0) {
    return '';
  }
  const contents = [...new Set(reactions.map((reaction) => reaction.content))];
  return html`<p class="reactions">
    ${contents.map((content) => {
      const count = reactions.filter((reaction) => reaction.content === content).length;
      return html`<span>${FACES[content]} ${count}</span> `;
    })}
  </p>`;
}
