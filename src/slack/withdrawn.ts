/** What a requester alone is told who withdrew: often to correct something, so the form is one click away. */
import { nameOf, type Request } from '../domain/request.ts';
import { againLabels, withdrawnText } from '../language/again.ts';
import { section } from './blocks.ts';
import { askAgainButton } from './buttons.ts';
import type { Message } from './card.ts';

export function withdrawnMessage(request: Request): Message {
  const text = withdrawnText(nameOf(request));
  return { text, blocks: [section(text), askAgainButton(request, 'withdrawn', againLabels.correct)] };
}
