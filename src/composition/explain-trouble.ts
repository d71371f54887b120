import type { Settings } from '../config/settings.ts';
import { findApi } from '../github/find-api.ts';
import { createGithubFetch } from '../github/octokit/fetch-github.ts';
import { statusOf } from '../github/octokit/request-failure.ts';
import {
  mayPass,
  reasonOf,
  type Trouble,
  troubleOf,
  troubleOfSilence,
} from '../github/octokit/trouble-of.ts';
import { appWords } from './app-words.ts';

/** What to do about it, in the words of the operator. */
export interface Explained {
  /** Whether it may go away by itself. */
  readonly passes: boolean;
  /** What happened. */
  readonly text: string;
  readonly remedy: string;
}

/** With the question whose answer is explained, less than a check of the doctor may take. */
const LOOK_WITHIN_MS = 4_000;

const REMEDIES: Readonly<Record<Trouble, string>> = {
  refused:
    "Compare APP_ID and the key's fingerprint with the App's settings page, and check that GITHUB_API_URL is the REST API " +
    'of the GitHub that has the App.',
  limit:
    'Wait; it is asked again until it answers. If this lasts, see what else uses this App, or this address.',
  'no-api': 'Set GITHUB_API_URL to the REST API: leave it out for github.com, else https://HOST/api/v3.',
  key: "Download a new private key on the App's settings page, and give its file as PRIVATE_KEY_PATH.",
  certificate:
    'Where the certificate is of an authority of your own, name its file in NODE_EXTRA_CA_CERTS, or enter it in the ' +
    "machine's store and set NODE_USE_SYSTEM_CA=1; git looks in that store, too. Else see that it has not run out, and that " +
    "this machine's clock is right.",
  'other-host': 'Write the host in GITHUB_API_URL as the certificate has it.',
  name: 'Check the host in GITHUB_API_URL and the name servers of this machine.',
  connection:
    'Check host and port in GITHUB_API_URL, firewalls, and HTTPS_PROXY: whether a proxy is needed, and listens there.',
  proxy:
    'Check user name and password in HTTPS_PROXY, and whether the proxy lets this machine out to GitHub.',
  silence:
    'Check GITHUB_API_URL, the network, and HTTPS_PROXY if there is a proxy; githubstatus.com tells of outages.',
};

/** Says why GitHub did not tell us who we are. Looks for its API where what was asked seems to be none. Never rejects. */
export async function explainTrouble(
  error: unknown,
  { app, apiUrl }: Pick<Settings, 'app' | 'apiUrl'>,
): Promise<Explained> {
  const trouble = troubleOf(error);
  const passes = mayPass(trouble);
  const why = reasonOf(error);
  if (trouble === 'no-api' || statusOf(error) === 404) {
    const found = await findApi(apiUrl, createGithubFetch(LOOK_WITHIN_MS));
    if (found !== null) {
      return {
        passes,
        text: `GITHUB_API_URL ${apiUrl} is not the REST API of GitHub (${why}), and ${found} is`,
        remedy: `Write GITHUB_API_URL=${found}.`,
      };
    }
  }
  return { passes, text: toText(trouble, { app, apiUrl, why }), remedy: REMEDIES[trouble] };
}

/** Says why no answer came to a request that was not signed. */
export function explainSilence(error: unknown, apiUrl: string): Pick<Explained, 'text' | 'remedy'> {
  const trouble = troubleOfSilence(error);
  const isUntrusted = trouble === 'certificate' || trouble === 'other-host';
  const what = isUntrusted ? `the certificate of ${apiUrl} is not trusted` : `${apiUrl} cannot be reached`;
  return { text: `${what}: ${reasonOf(error)}`, remedy: REMEDIES[trouble] };
}

function toText(
  trouble: Trouble,
  { app, apiUrl, why }: Pick<Settings, 'app' | 'apiUrl'> & { readonly why: string },
): string {
  const unknown = `so ${appWords(app)} is not known to fit`;
  const silent = `GitHub cannot be reached, ${unknown}: ${why}`;
  const untrusted = `The certificate of ${apiUrl} is not trusted, ${unknown}: ${why}`;
  const texts: Readonly<Record<Trouble, string>> = {
    refused: `GitHub at ${apiUrl} refuses us (${appWords(app)}): ${why}`,
    limit: `GitHub at ${apiUrl} wants to be left alone for a while, ${unknown}: ${why}`,
    'no-api': `GITHUB_API_URL ${apiUrl} is not the REST API of GitHub: ${why}`,
    key: `The private key cannot be used (${appWords(app)}): ${why}`,
    certificate: untrusted,
    'other-host': untrusted,
    name: `GitHub cannot be reached, ${unknown}: the name in ${apiUrl} is not found (${why})`,
    proxy: `GitHub cannot be reached, ${unknown}: the proxy does not let us out (${why})`,
    connection: silent,
    silence: silent,
  };
  return texts[trouble];
}
