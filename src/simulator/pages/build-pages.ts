import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { csrf } from 'hono/csrf';
import { html } from 'hono/html';
import { HTTPException } from 'hono/http-exception';
import { secureHeaders } from 'hono/secure-headers';
import { findCheckRun } from '../operations/check-runs.ts';
import { findIssue, findPull } from '../operations/find-issue.ts';
import { GitHubError } from '../server/github-error.ts';
import type { World } from '../state/world.ts';
import type { CallApi } from './call-api.ts';
import { checkRunPage } from './check-run-page.ts';
import { deliveriesPage } from './deliveries-page.ts';
import { formRoutes } from './form-routes.ts';
import { homePage } from './home-page.ts';
import { issueListPage } from './issue-list-page.ts';
import { issuePage, newIssuePage } from './issue-page.ts';
import { layout } from './layout.ts';
import { newPullPage } from './new-pull-page.ts';
import { findPageRepository, toView } from './page-context.ts';
import { pullPage } from './pull-page.ts';

/** The pages for a person: plain HTML, no script. */
export async function buildPages(world: World, callApi: CallApi): Promise<Hono> {
  const style = await readFile(new URL('./style.css', import.meta.url), 'utf8');
  const pages = new Hono();
  pages.use(csrf());
  pages.use(
    secureHeaders({
      // A browser would then refuse plain HTTP for everything else on this machine.
      strictTransportSecurity: false,
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    }),
  );
  pages.get('/style.css', (context) =>
    context.text(style, 200, { 'content-type': 'text/css; charset=utf-8' }),
  );
  pages.get('/avatars/:file', (context) => {
    const id = Number.parseInt(context.req.param('file'), 10);
    const account = [...world.accounts.values()].find((one) => one.id === id);
    return context.body(avatar(account?.login ?? '?'), 200, { 'content-type': 'image/svg+xml' });
  });
  pages.get('/', (context) => context.html(homePage(toView(world, context))));
  pages.get('/deliveries', (context) => context.html(deliveriesPage(toView(world, context))));
  pages.route('/', repositoryPages(world));
  pages.route('/', formRoutes(world, callApi));
  pages.onError((error, context) => {
    const status = error instanceof GitHubError || error instanceof HTTPException ? error.status : 500;
    const view = { ...toView(world, context), fault: error.message };
    return context.html(layout(view, error.message, html`<p><a href="/">All repositories</a></p>`), status);
  });
  pages.notFound((context) => {
    const view = { ...toView(world, context), fault: 'There is no such page.' };
    return context.html(layout(view, 'Not found', html`<p><a href="/">All repositories</a></p>`), 404);
  });
  return pages;
}

function repositoryPages(world: World): Hono {
  const pages = new Hono();
  pages.get('/:owner/:repo', (context) => {
    const repository = findPageRepository(toView(world, context), context);
    return context.redirect(`/${repository.fullName}/issues`);
  });
  for (const kind of ['issues', 'pulls'] as const) {
    pages.get(`/:owner/:repo/${kind}`, (context) => {
      const view = toView(world, context);
      return context.html(issueListPage(view, findPageRepository(view, context), kind));
    });
  }
  pages.get('/:owner/:repo/issues/new', (context) => {
    const view = toView(world, context);
    return context.html(newIssuePage(view, findPageRepository(view, context)));
  });
  pages.get('/:owner/:repo/pulls/new', (context) => {
    const view = toView(world, context);
    return context.html(newPullPage(view, findPageRepository(view, context)));
  });
  pages.get('/:owner/:repo/issues/:number{[0-9]+}', (context) => {
    const view = toView(world, context);
    const repository = findPageRepository(view, context);
    const issue = findIssue(repository, context.req.param('number'));
    if (issue.pull) {
      return context.redirect(`/${repository.fullName}/pull/${issue.number}`);
    }
    return context.html(issuePage(view, repository, issue));
  });
  pages.get('/:owner/:repo/pull/:number{[0-9]+}', async (context) => {
    const view = toView(world, context);
    const repository = findPageRepository(view, context);
    const issue = findPull(repository, context.req.param('number'));
    return context.html(await pullPage(view, repository, issue));
  });
  pages.get('/:owner/:repo/runs/:id{[0-9]+}', (context) => {
    const view = toView(world, context);
    const repository = findPageRepository(view, context);
    return context.html(checkRunPage(view, repository, findCheckRun(repository, context.req.param('id'))));
  });
  return pages;
}

// A letter on a colour of its own is enough to tell people apart.
function avatar(login: string): string {
  const hue = Array.from(login).reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 360, 7);
  const letter = /^[a-z0-9]/i.test(login) ? login.charAt(0).toUpperCase() : '?';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40"><rect width="40" height="40" rx="20" fill="hsl(${hue} 55% 45%)"/><text x="20" y="27" text-anchor="middle" font-family="sans-serif" font-size="20" fill="#fff">${letter}</text></svg>`;
}
