import { describe, expect, test } from 'vitest';
import { PLUG_INS } from '../../src/catalog/plug-ins.ts';
import { type RepositoryCatalog, readRepositoryCatalog } from '../../src/catalog/read-repository-catalog.ts';

function read(files: Readonly<Record<string, string>>): Promise<RepositoryCatalog> {
  const server = { plugIns: PLUG_INS, files: { workflows: [], roles: [], profiles: [] } };
  return readRepositoryCatalog(server, {
    readFile: async (path) => (files[path] === undefined ? null : Buffer.from(files[path])),
    listFiles: async () => [],
  });
}

describe('src/catalog/parse-pipeline-file', () => {
  test('reads .claude/pipeline.yaml, under what .github/baton.yml says', async () => {
    const { settings } = await read({
      '.claude/pipeline.yaml': 'orchestrator:\n  max_retries: 3\n  coverage_threshold: 90\n',
      '.github/baton.yml': 'delivery: { maxRetries: 4 }\n',
    });
    expect(settings.delivery).toEqual({ maxRetries: 4, coverageThreshold: 90 });
    expect((await read({ '.claude/pipeline.yaml': '' })).settings.delivery).toEqual({});
  });

  test('the keys of .claude/pipeline.yaml count in .github/baton.yml too, and one value is set in the end', async () => {
    const { settings } = await read({
      '.claude/pipeline.yaml': 'orchestrator:\n  max_retries: 3\n  coverage_threshold: 90\n',
      '.github/baton.yml':
        'orchestrator:\n  max_retries: 4\n  latency_target_ms: 50\ndelivery: { latencyTargetMs: 60 }\n',
    });
    expect(settings.delivery).toEqual({ maxRetries: 4, coverageThreshold: 90, latencyTargetMs: 60 });
    // A replica of the version before refuses an order with settings that it does not know.
    expect(settings).not.toHaveProperty('orchestrator');
    const faulty = read({ '.github/baton.yml': 'orchestrator:\n  max_retries: none\n' });
    await expect(faulty).rejects.toThrow(
      '.github/baton.yml:2:16: `orchestrator.max_retries` must be a number',
    );
  });
});
