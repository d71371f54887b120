import type { AgentEvent } from '../../ports/agent-event.ts';
import { toAbout } from '../parts/to-about.ts';
import type { Item, Notice } from './notice.ts';

/** Tells each notice of Codex as what it means. */
export function createTeller(emit: (event: AgentEvent) => void): (notice: Notice) => void {
  const startedMs = new Map<string, number>();

  function tellStart(item: Item): void {
    if (item.type !== 'agentMessage') {
      startedMs.set(item.id, performance.now());
      emit({ kind: 'tool.start', call: item.id, tool: item.type, about: aboutOf(item) });
    }
  }

  function tellEnd(item: Item): void {
    if (item.type === 'agentMessage') {
      emit({ kind: 'text', text: item.text });
      return;
    }
    const ok = item.type === 'fileChange' ? item.status === 'completed' : item.exitCode === 0;
    const ms = Math.round(performance.now() - (startedMs.get(item.id) ?? performance.now()));
    startedMs.delete(item.id);
    emit({ kind: 'tool.end', call: item.id, tool: item.type, ok, ms });
  }

  return (notice) => {
    switch (notice.method) {
      case 'item/started':
        tellStart(notice.params.item);
        break;
      case 'item/completed':
        tellEnd(notice.params.item);
        break;
      case 'thread/tokenUsage/updated': {
        const { inputTokens, outputTokens } = notice.params.tokenUsage.last;
        emit({ kind: 'usage', inputTokens, outputTokens });
        break;
      }
      case 'error':
        if (notice.params.willRetry) {
          emit({ kind: 'retry', why: notice.params.error.message, waitMs: 0 });
        }
        break;
      case 'warning':
        emit({ kind: 'warning', message: notice.params.message });
        break;
      case 'configWarning':
        emit({ kind: 'warning', message: notice.params.summary });
        break;
      case 'turn/completed':
    }
  };
}

function aboutOf(item: Exclude<Item, { type: 'agentMessage' }>): string {
  return item.type === 'commandExecution'
    ? toAbout({ command: item.command })
    : toAbout({ path: item.changes.map(({ path }) => path).join(', ') });
}
