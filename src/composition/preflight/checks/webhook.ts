import type { Settings } from '../../../config/settings.ts';
import type { AppReading } from '../../../github/inspect-app.ts';
import { type Check, fail, type Line, ok, warn } from '../check.ts';

/** Random hexadecimal digits of this length have 80 bits. */
const LEAST_SECRET = 20;
const PAGE = "the App's settings page (General, Webhook)";

/** The secret that deliveries are signed with, and where GitHub sends them. */
export const check: Check = {
  name: 'webhook',
  of: 'settings',
  async run({ settings, app: open }) {
    const desk = await open();
    const lines = [
      ...judgeSecret(settings.app.webhookSecret.reveal()),
      // That GitHub does not answer is another check's word.
      ...(desk.kind === 'read' ? judgeHook(desk.app.hook, settings.listen) : []),
    ];
    if (lines.length > 0) {
      return lines;
    }
    return [
      ok(
        desk.kind === 'read'
          ? 'has a secret of good length, and leads to our path'
          : 'has a secret of good length',
      ),
    ];
  },
};

function judgeSecret(secret: string): readonly Line[] {
  return secret.length < LEAST_SECRET || new Set(secret).size < 8
    ? [
        warn(
          'the secret is short or simple, so that it might be guessed',
          `Make one with \`openssl rand -hex 32\`; set it as WEBHOOK_SECRET and on ${PAGE}.`,
        ),
      ]
    : [];
}

function judgeHook(hook: AppReading['hook'], { webhookPath }: Settings['listen']): readonly Line[] {
  if (hook.url === null) {
    return [fail('GitHub has no URL to deliver to', `Enter it on ${PAGE}; its path is ${webhookPath}.`)];
  }
  const path = URL.parse(hook.url)?.pathname;
  return [
    ...(hook.hasSecret
      ? []
      : [fail('GitHub signs nothing: the App has no webhook secret', `Enter WEBHOOK_SECRET on ${PAGE}.`)]),
    ...(hook.contentType === 'json'
      ? []
      : [fail('GitHub delivers forms, not JSON', `Choose application/json on ${PAGE}.`)]),
    ...(path === webhookPath
      ? []
      : [
          warn(
            `GitHub delivers to the path ${path ?? '(none)'}, and Baton listens at ${webhookPath}`,
            `Change the URL on ${PAGE}, or WEBHOOK_PATH, unless a proxy in between rewrites the path.`,
          ),
        ]),
  ];
}
