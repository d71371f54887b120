import { access } from 'node:fs/promises';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Stage, setStage } from '../support/stage.ts';

const CHROMIUM = '/usr/bin/chromium';
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
const hasBrowser = await access(CHROMIUM).then(
  () => true,
  () => false,
);

let stage: Stage;
let browser: Browser;
beforeAll(async () => {
  if (hasBrowser) {
    stage = await setStage({ environment: { LOG_LEVEL: 'debug' } });
    [browser] = await Promise.all([
      chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS }),
      stage.startBaton(),
    ]);
  }
});
afterAll(async () => {
  if (hasBrowser) {
    await browser.close();
    await stage.stop();
  }
});

/** A fresh page, and all that it complained of. */
async function openPage(options: Parameters<Browser['newContext']>[0] = {}) {
  const page = await (await browser.newContext(options)).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => void complaints.push(message.text()));
  page.on('pageerror', (error) => void complaints.push(error.message));
  return { page, complaints };
}

/** The text of the page as it is when Baton has dealt with all that it was told. */
async function readAgain(page: Page): Promise<string> {
  await stage.simulator.settle();
  await page.reload();
  return page.locator('main').innerText();
}

async function comment(page: Page, text: string): Promise<void> {
  await page.getByLabel('Comment', { exact: true }).fill(text);
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
}

/** Resolves when Baton has dealt with all that it was told so far. */
async function handled(): Promise<void> {
  await stage.simulator.settle();
  const stored = stage.simulator.deliveries().filter(({ outcome }) => outcome?.statusCode === 202);
  for (const { guid } of stored) {
    await stage.heard((line) =>
      line.msg === 'a delivery was handled' && line['guid'] === guid ? true : null,
    );
  }
}

/** Where a path of the demo's repository is. */
function at(path: string): string {
  return `${stage.simulator.url}/acme/orders-api${path}`;
}

describe.skipIf(!hasBrowser)(`scenarios/pages-by-hand (needs ${CHROMIUM})`, () => {
  it('leads a person from a new issue to a merged pull request', async () => {
    const { page, complaints } = await openPage();

    await page.goto(stage.simulator.url);
    await page.getByRole('link', { name: 'acme/orders-api' }).click();
    await page.getByRole('link', { name: 'New issue' }).click();
    await page.getByLabel('Title').fill('Pages for GET /orders');
    await page.getByLabel('Description').fill('Please:\n\n- one page at a time\n  with a limit');
    await page.getByRole('button', { name: 'Create' }).click();
    await page.waitForURL(at('/issues/1'));
    expect(await page.locator('.markdown li').innerText()).toBe('one page at a time\nwith a limit');

    await page.getByLabel('Label', { exact: true }).fill('baton:backend-feature');
    await page.getByRole('button', { name: 'Add' }).click();
    await stage.advanced(({ state }) => state === 'held');
    expect(page.url()).toBe(at('/issues/1'));
    expect(await readAgain(page)).toContain('Baton waits for an approval');

    await comment(page, '/baton aprove');
    await page.waitForURL(/\/issues\/1#issuecomment-\d+$/);
    await handled();
    expect(await readAgain(page)).toContain('Did you mean /baton approve?');

    await comment(page, '/baton approve');
    await stage.advanced(({ decision }) => decision === 'finish');
    expect(await readAgain(page)).toContain('Baton is done');

    await page.getByRole('link', { name: '#2' }).first().click();
    await page.waitForURL(at('/pull/2'));
    await page.getByRole('button', { name: 'Merge pull request' }).click();
    await page.getByText('Merged by ada').waitFor();
    expect(page.url()).toBe(at('/pull/2'));
    await page.goto(at('/issues/1'));
    expect(await page.locator('.state').first().innerText()).toBe('closed');
    expect(complaints).toEqual([]);
  });

  it('fits a narrow window and a dark one', async () => {
    const { page } = await openPage({ viewport: { width: 400, height: 800 }, colorScheme: 'dark' });
    // What the first test left behind.
    for (const path of ['/', '/acme/orders-api/issues/1', '/acme/orders-api/pull/2', '/deliveries']) {
      const answer = await page.goto(`${stage.simulator.url}${path}`);
      expect(answer?.status()).toBe(200);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(13, 17, 23)');
    }
  });
});
