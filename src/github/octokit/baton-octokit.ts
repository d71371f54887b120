import { ProbotOctokit } from 'probot';

interface PluginSwitches {
  readonly throttle?: object;
  readonly retry?: object;
}

/**
 * Probot's Octokit without its throttling and retries. They hold every comment back for seconds, and send a POST
 * again after an answer 5xx. Probot heeds these switches only in the function form of `defaults`.
 */
export const BatonOctokit = ProbotOctokit.defaults((options: PluginSwitches) => ({
  ...options,
  throttle: { ...options.throttle, enabled: false },
  retry: { ...options.retry, enabled: false },
}));
