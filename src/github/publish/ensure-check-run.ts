import type { SurfaceReference } from '../../ports/code-host.ts';
import { printExternalId } from '../external-id.ts';
import { type CheckRun, createCheckRunClient } from './check-run-client.ts';
import { ensureWritten, type Wanted, type Writer, type Written } from './ensure-written.ts';
import type { Publishing } from './publishing.ts';
import type { SurfaceOf } from './surface-of.ts';

type WantedCheckRun = Wanted & { readonly surface: SurfaceOf<'check-run'> };

/** A check run on one commit. Its state never goes back from completed, and no annotation is sent twice. */
export function ensureCheckRun(publishing: Publishing, place: WantedCheckRun): Promise<SurfaceReference> {
  // A check run stays with its commit, so each commit has a record of its own.
  const wanted = { ...place, key: `${place.key}@${place.surface.sha.slice(0, 12)}` };
  return ensureWritten(publishing, wanted, createCheckRunWriter(publishing, wanted));
}

function createCheckRunWriter(publishing: Publishing, wanted: WantedCheckRun): Writer {
  const { subject } = wanted;
  const client = createCheckRunClient(publishing, wanted);

  return {
    create(effectKey, digest) {
      const externalId = printExternalId({ number: subject.number, effect: effectKey });
      return {
        async lookUp() {
          const check = await client.find(externalId);
          // Annotations may be missing, and then it has to be completed.
          return check === null ? null : toWritten(check, client.isAsWanted(check) ? digest : null);
        },
        send: async () => toWritten(await client.create(externalId), client.isOneLot ? digest : null),
      };
    },
    update: ({ number }, digest) => ({
      async lookUp() {
        const check = await client.read(number);
        return check !== null && client.isAsWanted(check) ? toWritten(check, digest) : null;
      },
      async send() {
        const check = await client.read(number);
        if (check === null) {
          return 'gone';
        }
        await client.complete(check);
        return toWritten(check, digest);
      },
    }),
  };
}

function toWritten(check: CheckRun, digest: string | null): Written {
  return { number: check.id, url: check.html_url ?? '', digest };
}
