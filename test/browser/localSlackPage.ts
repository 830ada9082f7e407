/** The local Slack page as people use it (see sandbox/localSlack.ts). Every verb waits until it can be done. */
import { chromium, type Locator } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
/** How long a verb looks for what it names before it fails. */
const PATIENCE_MS = 10_000;

/** The page has one line for every text; this stands for what breaks it, until it leaves the page. */
const LINE_BREAK = '⏎';

export type LocalSlackPage = Awaited<ReturnType<typeof openLocalSlack>>;

export async function openLocalSlack(url: string) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGS });
  const page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
  page.setDefaultTimeout(PATIENCE_MS);
  await page.routeWebSocket(/./, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((message) => server.send(String(message).replaceAll(LINE_BREAK, String.raw`\n`)));
  });
  await page.goto(url);
  await page.getByText('ui live').waitFor();

  const form = page.locator('.modal');
  const thread = page.locator('.thread-pane');
  const anywhere = page.locator('.msg, .modal, .home-inner');
  const sidebar = page.locator('.sidebar-item');
  const field = (label: string) =>
    form.locator('.bk-input').filter({ has: page.locator(exactly('.bk-label', label)) });

  return {
    become: async (person: string) => {
      await page.locator('.actas select').selectOption({ label: person });
    },

    openChannel: async (name: string) => {
      await page.locator(exactly('.sidebar-item', name)).click();
      await page.locator(exactly('.channel-title', `# ${name}`)).waitFor();
    },

    /** What the bot wrote to one person; the page shows everybody's. */
    openDirectMessages: (person: string) =>
      sidebar.filter({ has: page.locator('.dot'), hasText: person }).click(),

    openHome: () => sidebar.filter({ has: page.locator('.app-dot') }).click(),

    type: (text: string) => send(page.locator('.main .composer'), text),

    replyInThread: (text: string) => send(thread.locator('.composer'), text),

    openThread: async (messageText: string) => {
      const root = page.locator('.main .msg').filter({ hasText: messageText }).last();
      await root.hover();
      await root.getByTitle('Reply in thread').click();
      await thread.filter({ hasText: messageText }).waitFor();
    },

    fillForm: async (values: Readonly<Record<string, string>>) => {
      for (const [label, value] of Object.entries(values))
        await field(label).locator('input, textarea').fill(value.replaceAll('\n', LINE_BREAK));
    },

    /** In a select or among radio buttons. */
    choose: async (label: string, option: string) => {
      const select = field(label).locator('select');
      const radio = field(label).locator(exactly('.bk-options label', option));
      await select.or(radio).waitFor();
      await ((await radio.count()) > 0 ? radio.click() : select.selectOption({ label: option }));
    },

    submitForm: (button: string) => form.getByRole('button', { name: button, exact: true }).click(),

    closeForm: () => form.locator('.modal-x').click(),

    /** The last such button on the page, or in the last message or form that holds `within`. */
    press: (button: string, { within = '' } = {}) =>
      anywhere.filter({ hasText: within }).getByRole('button', { name: button, exact: true }).last().click(),

    waitForText: (text: string | RegExp) => anywhere.filter({ hasText: text }).first().waitFor(),

    waitForNoForm: () => form.waitFor({ state: 'detached' }),

    /** Until no message in sight offers it: open the thread first. */
    waitForNoButton: (button: string) =>
      page
        .locator('.msg')
        .getByRole('button', { name: button, exact: true })
        .first()
        .waitFor({ state: 'detached' }),

    screenshot: async (path: string) => {
      // The page follows new messages, not those that grow.
      const last = thread.locator('.msg').last();
      if ((await last.count()) > 0) await last.scrollIntoViewIfNeeded();
      await page.screenshot({ path });
    },

    close: () => browser.close(),
  };
}

function exactly(selector: string, text: string): string {
  return `${selector}:text-is(${JSON.stringify(text)})`;
}

async function send(composer: Locator, text: string): Promise<void> {
  await composer.locator('textarea').fill(text);
  // Not Enter: after "@name" that would take a suggestion.
  await composer.getByRole('button', { name: 'Send', exact: true }).click();
}
