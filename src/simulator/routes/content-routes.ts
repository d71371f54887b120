import { Hono } from 'hono';
import { z } from 'zod';
import { readCommit } from '../git/commit.ts';
import { resolveCommit } from '../git/refs.ts';
import { readTree, type TreeEntry } from '../git/tree.ts';
import { deleteFile, putFile } from '../operations/put-file.ts';
import type { Rest } from '../serializers/schemas.ts';
import { toGitCommit } from '../serializers/to-commit.ts';
import { toContentEntry, toContentFile } from '../serializers/to-content.ts';
import { accepted } from '../server/accepted.ts';
import type { ApiEnvironment } from '../server/call.ts';
import { GitHubError, notFound } from '../server/github-error.ts';
import { readBody } from '../server/read-body.ts';
import { readRepository, writeRepository } from '../server/repository-of.ts';
import type { Repository } from '../state/repository.ts';
import type { World } from '../state/world.ts';
import { NEEDS } from './needs.ts';

const person = z.object({ name: z.string(), email: z.string() });
const put = z.object({
  message: z.string(),
  content: z.base64(),
  sha: z.string().optional(),
  branch: z.string().optional(),
  author: person.optional(),
  committer: person.optional(),
});
const removal = put.omit({ content: true }).extend({ sha: z.string() });

const PATH = '/repos/:owner/:repo/contents/:path{.+}';

/** Files and directories of a repository. */
export function contentRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  for (const path of [PATH, '/repos/:owner/:repo/contents', '/repos/:owner/:repo/readme'] as const) {
    routes.get(path, async (call) => {
      const repository = readRepository(world, call, NEEDS.readContents);
      const fallback = path.endsWith('/readme') ? 'README.md' : '';
      const wanted = (call.req.param('path') ?? fallback).replace(/\/+$/, '');
      const at = await requireRevision(repository, call.req.query('ref'));
      const object = await repository.git.objects.read(
        wanted === '' ? `${at.sha}^{tree}` : `${at.sha}:${wanted}`,
      );
      if (!object) {
        throw notFound();
      }
      if (object.type === 'tree') {
        const entries = (await readTree(repository.git, object.sha)) ?? [];
        const listed = entries.map((entry) => withPath(entry, wanted));
        return call.json(listed.map((entry) => toContentEntry(world, repository, { entry, ref: at.ref })));
      }
      if (/\braw\b/.test(call.req.header('accept') ?? '')) {
        const type = 'application/vnd.github.raw+json; charset=utf-8';
        return call.body(Uint8Array.from(object.content), 200, { 'content-type': type });
      }
      return call.json(toContentFile(world, repository, { path: wanted, object, ref: at.ref }));
    });
  }
  return routes.route('/', contentWriteRoutes(world));
}

function contentWriteRoutes(world: World): Hono<ApiEnvironment> {
  const routes = new Hono<ApiEnvironment>();
  routes.put(PATH, accepted(world, 'repos/create-or-update-file-contents'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.writeContents) };
    const path = call.req.param('path');
    const { content, sha, ...rest } = await readBody(call, put);
    const written = await putFile(act, {
      ...rest,
      path,
      content: Buffer.from(content, 'base64'),
      replaces: sha ?? null,
    });
    const { repository } = act;
    const object = await repository.git.objects.read(`${written.commitSha}:${path}`);
    const commit = await readCommit(repository.git, written.commitSha);
    if (object?.type !== 'blob' || !commit) {
      throw new Error(`The file ${path} just written to ${repository.fullName} cannot be read back.`);
    }
    const {
      content: _content,
      encoding: _encoding,
      ...shown
    } = toContentFile(world, repository, {
      path,
      object,
      ref: written.branch,
    });
    const answer = { content: shown, commit: toGitCommit(world, repository, commit) };
    return call.json(answer, written.isNew ? 201 : 200);
  });
  routes.delete(PATH, accepted(world, 'repos/delete-file'), async (call) => {
    const act = { world, ...writeRepository(world, call, NEEDS.writeContents) };
    const { sha, ...rest } = await readBody(call, removal);
    const commitSha = await deleteFile(act, { ...rest, path: call.req.param('path'), replaces: sha });
    const commit = await readCommit(act.repository.git, commitSha);
    const answer: Rest['file-commit'] = {
      content: null,
      commit: commit ? toGitCommit(world, act.repository, commit) : {},
    };
    return call.json(answer);
  });
  return routes;
}

async function requireRevision(repository: Repository, asked: string | undefined) {
  const ref = asked ?? repository.defaultBranch;
  const sha = await resolveCommit(repository.git, ref);
  if (!sha) {
    throw new GitHubError(
      404,
      asked === undefined ? 'This repository is empty.' : `No commit found for the ref ${ref}`,
    );
  }
  return { ref, sha };
}

function withPath(entry: TreeEntry, directory: string): TreeEntry {
  return directory === '' ? entry : { ...entry, path: `${directory}/${entry.path}` };
}
