/** The picture of a summary as a block of its message. */
import type { ImageBlock } from '@slack/types';
import type { Picture } from '../usecases/summaryFiles.ts';

export type ShowPicture = (picture: Picture) => ImageBlock;

export const bySlackId: ShowPicture = ({ slackId, altText }) => ({
  type: 'image',
  slack_file: { id: slackId },
  alt_text: altText,
});

/** A local Slack shows only what it is told the address of. */
export const byAddress: ShowPicture = (picture) =>
  picture.address === null
    ? bySlackId(picture)
    : { type: 'image', image_url: picture.address, alt_text: picture.altText };
