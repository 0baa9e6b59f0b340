import { render } from './render';
import { given, isWords, type Text, type Words } from './words';

/** Why something cannot be done, found out here rather than by the server: a whole sentence for the user. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';
  readonly words: Words;

  /** @param action what would help, where it is not a matter of the input. */
  constructor(
    words: Text,
    readonly action?: 'signIn' | 'openSettings',
  ) {
    const known = isWords(words) ? words : given(words);
    // VS Code shows some errors by itself, as notifications.
    super(render(known, 'notification'));
    this.words = known;
  }
}
