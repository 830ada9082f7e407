/** Takes Slack's calls with the signing secret of now or with the one before, while the one takes the other's place. */
import {
  type App,
  HTTPModuleFunctions,
  HTTPReceiver,
  type HTTPReceiverOptions,
  isValidSlackRequest,
} from '@slack/bolt';

type Listen = HTTPReceiver['requestListener'];

const { bufferIncomingMessage, defaultBodyLimit } = HTTPModuleFunctions;

export class EitherSecretReceiver extends HTTPReceiver {
  readonly #before: HTTPReceiver;

  constructor(options: HTTPReceiverOptions, oldSecret: string) {
    super(options);
    this.#before = new HTTPReceiver({ ...options, signingSecret: oldSecret });
    this.requestListener = chooseBySignature(this.requestListener, this.#before.requestListener, oldSecret);
  }

  override init(app: App): void {
    super.init(app);
    this.#before.init(app);
  }
}

/** What is signed with the old secret goes to the old listener, anything else to the new one. Both verify it again. */
function chooseBySignature(listen: Listen, listenAsBefore: Listen, oldSecret: string): Listen {
  async function listenToEither(...[request, response]: Parameters<Listen>): Promise<void> {
    try {
      const { headers, rawBody } = await bufferIncomingMessage(request, defaultBodyLimit);
      const isAsBefore = isValidSlackRequest({
        signingSecret: oldSecret,
        body: rawBody.toString(),
        headers: {
          'x-slack-signature': String(headers['x-slack-signature']),
          'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
        },
      });
      (isAsBefore ? listenAsBefore : listen)(request, response);
    } catch {
      // Too long a body, or a path that is not Slack's.
      response.writeHead(404).end();
    }
  }

  return (request, response) => {
    // Without a signature there is nothing to choose by.
    if (request.headers['x-slack-signature'] === undefined) listen(request, response);
    else void listenToEither(request, response);
  };
}
