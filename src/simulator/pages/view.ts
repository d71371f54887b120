import type { HtmlEscapedString } from 'hono/utils/html';
import type { Account } from '../state/account.ts';
import type { World } from '../state/world.ts';

/** A piece of a page, already escaped. */
export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** What every page is made for: the world, who looks at it, and what to tell them first. */
export type View = {
  readonly world: World;
  readonly viewer: Account;
  /** Why the last form was refused, if it was. */
  readonly fault: string | null;
  /** Where the page is, to come back to. */
  readonly path: string;
};
