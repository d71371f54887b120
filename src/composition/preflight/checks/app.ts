import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppReading, Grants } from '../../../github/inspect-app.ts';
import { appWords } from '../../app-words.ts';
import { type Check, fail, type Line, ok, warn } from '../check.ts';
import { compareGrants } from '../compare-grants.ts';
import { type AppManifest, parseManifest } from '../parse-manifest.ts';

const MANIFEST = join(import.meta.dirname, '../../../../app.yml');
const APP_PAGE = "the App's settings page (Permissions & events)";

/** Whether GitHub takes the key, and has granted all that `app.yml` asks for. */
export const check: Check = {
  name: 'app',
  of: 'settings',
  async run({ settings: { app }, app: open }) {
    const [desk, manifest] = await Promise.all([open(), readFile(MANIFEST, 'utf8').then(parseManifest)]);
    if (desk.kind === 'unknown') {
      return [fail(desk.text, desk.remedy)];
    }
    const lines = [...judgeApp(desk.app, manifest), ...judgeInstallations(desk.app, manifest)];
    return [ok(`GitHub knows us as ${desk.app.slug} (${appWords(app)})`), ...lines];
  },
};

function judgeApp({ permissions, events }: AppReading, manifest: AppManifest): readonly Line[] {
  const { missing, surplus } = compareGrants(permissions, manifest.permissions);
  const unheard = manifest.events.filter((event) => !events.includes(event));
  return [
    ...(missing.length === 0
      ? []
      : [
          fail(
            `the App lacks permissions: ${missing.join(', ')}`,
            `Grant them on ${APP_PAGE}, and accept them where it is installed.`,
          ),
        ]),
    ...(unheard.length === 0
      ? []
      : [fail(`the App is not told of events: ${unheard.join(', ')}`, `Subscribe to them on ${APP_PAGE}.`)]),
    ...(surplus.length === 0
      ? []
      : [warn(`the App has more than it needs: ${surplus.join(', ')}`, `Take it away on ${APP_PAGE}.`)]),
  ];
}

function judgeInstallations(
  { installations, permissions }: AppReading,
  manifest: AppManifest,
): readonly Line[] {
  if (installations.length === 0) {
    return [warn('the App is not installed anywhere', "Install it from the App's public page.")];
  }
  return installations.flatMap((installation): readonly Line[] => {
    const { account, suspended } = installation;
    if (suspended) {
      return [
        warn(`${account} has suspended the App`, 'Ask its owner to lift that, or to uninstall the App.'),
      ];
    }
    const { missing } = compareGrants(installation.permissions, toAsked(manifest.permissions, permissions));
    return missing.length === 0
      ? []
      : [
          warn(
            `${account} has not accepted permissions: ${missing.join(', ')}`,
            'Its owner finds the request under Settings, GitHub Apps, Configure.',
          ),
        ];
  });
}

/** What the App itself lacks is said once, and not for each installation again. */
function toAsked(wanted: Grants, ofApp: Grants): Grants {
  const lacking = compareGrants(ofApp, wanted).missing.map((grant) => grant.split(':')[0]);
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => !lacking.includes(name)));
}
