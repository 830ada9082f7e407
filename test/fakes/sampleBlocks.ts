/** Small pieces of Block Kit for the fake's tests. */
export const times = <T>(count: number, one: T): T[] => Array.from({ length: count }, () => one);

export const plain = (text: string) => ({ type: 'plain_text', text });

export const section = (text: string) => ({ type: 'section', text: { type: 'mrkdwn', text } });

export const button = (fields: object = {}) => ({
  type: 'button',
  action_id: 'go',
  text: plain('Go'),
  ...fields,
});

export const actions = (...elements: object[]) => ({ type: 'actions', elements });

export const options = (...values: string[]) =>
  values.map((value) => ({ text: plain(`Option ${value}`), value }));

/** Labelled with the type of its element, and named by it. */
export const input = (type: string, element: object = {}, fields: object = {}) => ({
  type: 'input',
  block_id: type,
  label: plain(`A ${type}`),
  element: { type, action_id: 'value', ...element },
  ...fields,
});

export const modal = (fields: object = {}) => ({
  type: 'modal',
  title: plain('Cancel'),
  blocks: [section('Hi')],
  ...fields,
});

export const table = { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] };
