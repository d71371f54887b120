import { statusOf } from '../octokit/request-failure.ts';

/** The answer's data; null when GitHub says that there is no such thing. */
export async function nullWhenMissing<Data>(answer: Promise<{ readonly data: Data }>): Promise<Data | null> {
  try {
    return (await answer).data;
  } catch (error) {
    if (statusOf(error) === 404) {
      return null;
    }
    throw error;
  }
}
