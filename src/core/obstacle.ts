/** Why something cannot be done, found out here rather than by the server. Its message is a whole sentence for the user. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';

  /** @param action what would help, where it is not a matter of the input. */
  constructor(message: string, readonly action?: 'signIn') {
    super(message);
  }
}
