/** Somebody on GitHub: a person, an organization, or the bot of an App. */
export type Account = {
  readonly id: number;
  readonly nodeId: string;
  readonly login: string;
  readonly type: 'User' | 'Organization' | 'Bot';
  readonly name: string;
  readonly email: string;
  readonly createdAt: string;
};
