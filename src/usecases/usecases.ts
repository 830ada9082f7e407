/** Everything that Countersign can do, built from the world it is given. */
import { createAnnounce } from './announce.ts';
import { createAnnounceBulk } from './announceBulk.ts';
import { createAnnounceFreeze } from './announceFreeze.ts';
import { createAnswerDraft } from './answerDraft.ts';
import { createTryToAskAgain } from './askAgain.ts';
import { createTryToAskBulkAgain } from './askBulkAgain.ts';
import { createAskForCancellation } from './ask.ts';
import { createCheckAsk } from './checkAsk.ts';
import { createBeginDraft, createCheckList } from './beginDraft.ts';
import { createDecideOnBulk } from './decideOnBulk.ts';
import { createDecideOnRequest } from './decideOnRequest.ts';
import { createDispatch } from './dispatch.ts';
import { createDispatchBulk } from './dispatchBulk.ts';
import { createFreezeDispatch } from './freeze.ts';
import { createAgreeToLift } from './lift.ts';
import { createLookUpUnsettled } from './lookUpUnsettled.ts';
import { createMakeBulk } from './makeBulk.ts';
import { createForesee } from './foresee.ts';
import { createHomes } from './home.ts';
import type { World } from './ports.ts';
import { createQueries } from './queries.ts';
import { createRaiseAlarm, createReceiveWebhook } from './receiveWebhook.ts';
import { createRecognisePayment } from './recognise.ts';
import { createReviewRequest } from './review.ts';
import { createSettleByPerson } from './settleByPerson.ts';
import { createShareSummaryFiles } from './shareSummaryFiles.ts';
import { createSignOffSummary } from './signOff.ts';
import { createSteerBulk } from './steerBulk.ts';
import { createPostSummary, createShowSummary } from './summarise.ts';
import { createTick } from './tick.ts';
import { createWatchRequest } from './watch.ts';
import { createWorkOnDraft } from './workOnDraft.ts';

export type Usecases = ReturnType<typeof createUsecases>;

export function createUsecases(world: World) {
  const dispatch = createDispatch(world);
  const makeBulk = createMakeBulk(world);
  return {
    foresee: createForesee(world),
    checkAsk: createCheckAsk(world),
    askForCancellation: createAskForCancellation(world),
    tryToAskAgain: createTryToAskAgain(world),
    tryToAskBulkAgain: createTryToAskBulkAgain(world),
    recognisePayment: createRecognisePayment(world),
    reviewRequest: createReviewRequest(world),
    tryToDecide: createDecideOnRequest(world, { trial: true }),
    decideOnRequest: createDecideOnRequest(world),
    settleByPerson: createSettleByPerson(world),
    watchRequest: createWatchRequest(world),
    dispatch,
    lookUpUnsettled: createLookUpUnsettled(world),
    freezeDispatch: createFreezeDispatch(world),
    agreeToLift: createAgreeToLift(world),
    announceFreeze: createAnnounceFreeze(world),
    announce: createAnnounce(world),
    checkList: createCheckList(world),
    beginDraft: createBeginDraft(world),
    workOnDraft: createWorkOnDraft(world, makeBulk),
    answerDraft: createAnswerDraft(world, makeBulk),
    makeBulk,
    tryToDecideOnBulk: createDecideOnBulk(world, { trial: true }),
    decideOnBulk: createDecideOnBulk(world),
    steerBulk: createSteerBulk(world),
    dispatchBulk: createDispatchBulk(world, dispatch),
    announceBulk: createAnnounceBulk(world),
    postSummary: createPostSummary(world),
    shareSummaryFiles: createShareSummaryFiles(world),
    showSummary: createShowSummary(world),
    signOffSummary: createSignOffSummary(world),
    receiveWebhook: createReceiveWebhook(world),
    raiseAlarm: createRaiseAlarm(world),
    tick: createTick(world),
    ...createHomes(world),
    ...createQueries(world),
  };
}
